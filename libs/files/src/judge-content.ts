import { extensionOf } from './file-name';
import {
  fileKindNames,
  fileKinds,
  hasExtension,
  isDeclaredAs,
  kindsRecognisedAs,
  type FileKindName,
} from './file-kinds';
import { fileRefused } from './file-refusals';

/** What is known of an upload before it is taken. */
export interface Claims {
  /** Clean. */
  readonly name: string;
  /** The `Content-Type` of the upload, without parameters; null where it says nothing. */
  readonly declared: string | null;
}

/** What its bytes are: of a type that is recognised by a mark in them, text, or nothing that is known. */
export type Recognised = { readonly as: string } | 'TEXT' | 'UNKNOWN';

/** What clients send that know nothing of the file. */
const saysNothing: ReadonlySet<string> = new Set([
  '',
  'application/octet-stream',
  'binary/octet-stream',
  'application/x-www-form-urlencoded',
]);

/** What a `Content-Type` says about a file. */
export function declaredType(header: string | undefined): string | null {
  const type = (header ?? '').split(';')[0]!.trim().toLowerCase();
  return saysNothing.has(type) ? null : type;
}

function candidates(recognised: Recognised): readonly FileKindName[] {
  if (recognised === 'TEXT') return ['TXT'];
  return recognised === 'UNKNOWN' ? [] : kindsRecognisedAs(recognised.as);
}

/**
 * Which kind of file it is, by its bytes; name and declared type have to say the same, where they say anything.
 * @param allowed the kinds that are taken here
 * @returns the kind, and the name with its extension
 * @throws FileRefused FILE_DISGUISED for what is not what it says it is, FILE_KIND_NOT_TAKEN for what says what it
 *   is, or says nothing, and is not taken
 */
export function judgeContent(
  { name, declared }: Claims,
  recognised: Recognised,
  allowed: ReadonlySet<FileKindName>,
): { readonly kind: FileKindName; readonly name: string } {
  const extension = extensionOf(name);
  const possible = candidates(recognised);
  const fits = possible.filter(
    (kind) =>
      (extension === null || hasExtension(kind, extension)) &&
      (declared === null || isDeclaredAs(kind, declared)),
  );
  const [kind] = fits;
  if (kind !== undefined && allowed.has(kind)) {
    return { kind, name: extension === null ? `${name}.${fileKinds[kind].extensions[0]}` : name };
  }
  const pretends = fileKindNames.some(
    (one) =>
      !possible.includes(one) &&
      ((extension !== null && hasExtension(one, extension)) ||
        (declared !== null && isDeclaredAs(one, declared))),
  );
  // Of text there is more than can be known: what calls itself something unknown does not pretend to be known.
  const isKnownElse = possible.length > 0 && recognised !== 'TEXT';
  if (kind === undefined && (isKnownElse || pretends)) {
    throw fileRefused('FILE_DISGUISED', { name, declared: declared ?? undefined });
  }
  throw fileRefused('FILE_KIND_NOT_TAKEN', { taken: [...allowed] });
}
