import { z } from 'zod';
import { file, optional, someOf, wholeNumber, type Setting, type SettingsOf } from '@anju/settings';
import { fileKindNames } from './file-kinds';

/** A bucket, and who may use it. */
export interface S3Place {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Before every key: empty, or ending in a slash. */
  readonly prefix: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Whether the bucket is part of the path, and not of the host's name. */
  readonly pathStyle: boolean;
}

/** @returns null for what is no such address */
export function s3PlaceIn(text: string): S3Place | null {
  if (!URL.canParse(text)) return null;
  const { protocol, host, pathname, username, password, searchParams } = new URL(text);
  const [bucket = '', ...folders] = pathname.split('/').filter((part) => part !== '');
  if (!/^s3\+https?:$/.test(protocol) || !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) return null;
  if (host === '' || username === '' || password === '') return null;
  const style = searchParams.get('style') ?? 'path';
  if (style !== 'path' && style !== 'host') return null;
  return {
    endpoint: `${protocol.slice('s3+'.length)}//${host}`,
    region: searchParams.get('region') ?? 'us-east-1',
    bucket,
    prefix: folders.map((folder) => `${decodeURIComponent(folder)}/`).join(''),
    accessKeyId: decodeURIComponent(username),
    secretAccessKey: decodeURIComponent(password),
    pathStyle: style === 'path',
  };
}

const s3Url: Setting<S3Place> = {
  variable: 'FILES_URL',
  about:
    'A bucket of S3, or of what speaks its protocol, for the files; `style=host` where the bucket is part of the host’s name. Not set: they are kept in FILES_DIR.',
  expected: 'an address such as s3+https://key:secret@s3.example/bucket/folder?region=cn-north-1',
  schema: z.string().transform((text, context) => {
    const place = s3PlaceIn(text);
    if (place) return place;
    context.addIssue('not the address of a bucket');
    return z.NEVER;
  }),
  secret: true,
};

/** What a service that keeps files reads from its environment. */
export const fileSettings = {
  filesDir: file('FILES_DIR', {
    about:
      'A folder for files that people upload, the same for all replicas of the service; with FILES_URL, for files on their way there.',
  }),
  filesUrl: optional(s3Url),
  filesLargestBytes: wholeNumber('FILES_LARGEST_BYTES', {
    about: 'How large one uploaded file may be.',
    from: 1_024,
    to: 1_073_741_824,
    fallback: 52_428_800,
  }),
  filesUploadsAtOnce: wholeNumber('FILES_UPLOADS_AT_ONCE', {
    about:
      'How many uploads a process takes in at the same time, of one person at most a quarter of them; the others are asked to come again.',
    from: 1,
    to: 1_000,
    fallback: 32,
  }),
  filesKinds: someOf('FILES_KINDS', fileKindNames, {
    about: 'Which kinds of files are taken, by what is in them.',
    fallback: fileKindNames,
  }),
};

export type FileSettings = SettingsOf<typeof fileSettings>;
