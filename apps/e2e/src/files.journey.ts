import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dayOneBeginsAt } from '@anju/demonstration';
import { newId } from '@anju/kernel';
import { readFileAt, sendFile } from './file-client';
import { everythingStored, outcomeOf, signIn, Visitor } from './graph-client';
import { startPlatform, type Platform } from './platform';

/** A photograph of several megabytes with words in it that nobody may read on the disk. */
const photo = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  Buffer.from('王秀兰的身份证'),
  Buffer.alloc(5_000_000, '像素'),
]);
const name = '王秀兰家 电梯厅.jpg';
const attachments = '... on Complaint { attachments { id name contentType size downloadPath } }';

let platform: Platform;
let desk: Visitor;
let projectId: string;
let complaintId: string;

beforeAll(async () => {
  platform = await startPlatform(dayOneBeginsAt);
  projectId = platform.setting.projectId;
  desk = await signIn(platform, ['FRONT_DESK', 'SERVICE_SUPERVISOR'], {
    staffId: platform.teller.staffId('zhoumin'),
  });
  const filed = await desk.command(
    'fileComplaint',
    { projectId, causeClass: 'CLASS_1', topic: 'LIFT', content: '电梯又停了', channel: 'WECHAT' },
    '... on Complaint { id }',
  );
  ({ id: complaintId } = filed.data!['fileComplaint'] as { id: string });
}, 240_000);

afterAll(() => platform?.close());

async function attachmentsAfter(field: string, input: object): Promise<{ downloadPath: string }[]> {
  const answer = await desk.command(
    field,
    { id: complaintId, ...input },
    `${attachments} ... on Refusal { code message }`,
  );
  expect(outcomeOf(answer, field)).toBe('DONE');
  return (answer.data![field] as { attachments: { downloadPath: string }[] }).attachments;
}

const filesOf = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((file) => join(folder, file))
        .filter((file) => statSync(file).isFile())
    : [];

it('a photograph goes with the case from the upload to the reader, and off it again', async () => {
  const uploaded = await sendFile(desk, projectId, { name, content: photo, type: 'image/jpeg' });
  expect(uploaded).toMatchObject({
    status: 201,
    json: { name, contentType: 'image/jpeg', size: photo.length },
  });
  const again = await sendFile(desk, projectId, { name: '同一张.jpg', content: photo });
  const fileIds = [uploaded.json['id'], again.json['id']];

  const attached = await attachmentsAfter('attachToComplaint', { fileIds, note: '业主微信发来' });
  const { downloadPath } = attached[0]!;
  expect(attached).toMatchObject([{ ...uploaded.json }, { ...again.json }]);

  const reader = await signIn(platform, ['DIVISION_LEADER']);
  const read = await readFileAt(reader, downloadPath);
  expect(read.status).toBe(200);
  const hash = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
  expect(hash(read.body)).toBe(hash(photo));
  expect(Object.fromEntries(read.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-length': String(photo.length),
    'content-disposition': expect.stringMatching(/^attachment; /),
    'content-security-policy': expect.stringContaining('sandbox'),
    'x-content-type-options': 'nosniff',
  });

  const left = await attachmentsAfter('detachFromComplaint', {
    attachmentId: fileIds[0],
    reason: '有别人的身份证',
  });
  expect(left).toMatchObject([{ id: fileIds[1] }]);
  expect(await readFileAt(reader, downloadPath)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  expect((await readFileAt(reader, left[0]!.downloadPath)).body.equals(photo)).toBe(true);
});

it('nobody else uploads or reads', async () => {
  const uploaded = await sendFile(desk, projectId, { name: 'a.txt', content: Buffer.from('说明') });
  const listed = await attachmentsAfter('attachToComplaint', { fileIds: [uploaded.json['id']] });
  const { downloadPath } = listed.at(-1)!;
  const elsewhere = await signIn(platform, ['SERVICE_SUPERVISOR'], {
    roles: [{ role: 'SERVICE_SUPERVISOR', projectIds: [newId()] }],
  });
  const guard = await signIn(platform, ['LOBBY_GUARD']);
  for (const who of [elsewhere, guard]) {
    expect(await readFileAt(who, downloadPath)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    const tried = await sendFile(who, projectId, { name: 'a.txt', content: photo });
    expect(tried).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  }
  const nobody = new Visitor(desk.url, null);
  expect(await readFileAt(nobody, downloadPath)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
});

it.each<[string, string, Buffer, string | undefined, number, string]>([
  ['disguised', 'lift.jpg', Buffer.from('MZ a program of Windows'), 'image/jpeg', 415, 'FILE_DISGUISED'],
  [
    'not of what is taken',
    'all.zip',
    Buffer.from('PK\x05\x06' + '\0'.repeat(18)),
    undefined,
    415,
    'FILE_KIND_NOT_TAKEN',
  ],
  ['oversized', 'large.txt', Buffer.alloc(52_428_801, 'x'), 'text/plain', 413, 'FILE_TOO_LARGE'],
  ['empty', 'empty.txt', Buffer.alloc(0), undefined, 400, 'FILE_EMPTY'],
  ['without a name that can be used', '../..', Buffer.from('x'), undefined, 400, 'FILE_NAME_NOT_USABLE'],
])(
  'a file that is %s is refused, and the reason is told',
  async (_what, given, content, type, status, code) => {
    const file = { name: given, content, ...(type !== undefined && { type }) };
    const answer = await sendFile(desk, projectId, file);
    expect(answer).toMatchObject({ status, code });
    expect((answer.json['errors'] as { message: string }[])[0]!.message).not.toMatch(/[{}]|undefined|^FILE_/);
  },
);

it('contents are on the disk once and sealed, and no name of a file leaves its service', async () => {
  await platform.running.settled();
  const kept = filesOf(join(platform.dataDir, 'files'));
  const sizes = kept.map((file) => statSync(file).size).filter((size) => size > photo.length);
  expect(sizes).toHaveLength(1);
  expect(kept.filter((file) => readFileSync(file).includes('王秀兰'))).toEqual([]);
  const stored = await everythingStored(platform);
  const places = [...stored].filter(([, rows]) => rows.includes('电梯厅')).map(([table]) => table);
  expect(places.sort()).toEqual(['complaints.complaint', 'complaints.stored_file']);
  expect(platform.logged().filter((line) => line.includes('电梯厅'))).toEqual([]);
  expect(platform.logged().filter((line) => line.startsWith('error'))).toEqual([]);
});
