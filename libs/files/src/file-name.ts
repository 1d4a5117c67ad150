/** Characters of a name at most; file systems take 255 bytes, and a Chinese character is three of them. */
const longest = 80;

/** What turns the direction of writing, or cannot be seen: by these `fdp.exe` can be shown as `exe.pdf`. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029\u115f\u1160\u3164\uffa0]/gu;
/** What a file system or a shell takes for something else than a part of a name. */
const reserved = /[<>:"|?*]/g;
/** Windows takes these for machines, whatever comes behind the dot. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** The part after the last dot, in lower case; null where there is none. */
export function extensionOf(name: string): string | null {
  const at = name.lastIndexOf('.');
  return at > 0 && at < name.length - 1 ? name.slice(at + 1).toLowerCase() : null;
}

/**
 * A file's name as it can be shown and saved anywhere: the last part of its path, without what cannot be seen or
 * is no part of a name, and not longer than 80 characters with the extension kept.
 * @returns null where nothing is left of it
 */
export function cleanFileName(given: string): string | null {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const visible = last
    .replace(/[\t\n\v\f\r]+/g, ' ')
    .replace(invisible, '')
    .replace(/\s+/gu, ' ')
    .replace(reserved, '_')
    .replace(/^[.\s]+|[.\s]+$/gu, '');
  if (visible === '') return null;
  const name = devices.test(visible) ? `_${visible}` : visible;
  const characters = [...name];
  if (characters.length <= longest) return name;
  const extension = extensionOf(name);
  // What is longer is no extension that anybody knows.
  const ending =
    extension !== null && extension.length <= 10 ? `.${[...name].slice(-extension.length).join('')}` : '';
  return `${characters
    .slice(0, longest - [...ending].length)
    .join('')
    .trimEnd()}${ending}`;
}

/**
 * The name of an uploaded file from its `Content-Disposition`: `filename*` in UTF-8 (RFC 8187), else `filename`.
 * @returns null where there is none that can be read
 */
export function fileNameIn(contentDisposition: string | undefined): string | null {
  if (contentDisposition === undefined) return null;
  const extended = /;\s*filename\*\s*=\s*utf-8'[\w-]*'([^;\s]+)/i.exec(contentDisposition)?.[1];
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended);
    } catch {
      return null;
    }
  }
  const quoted = /;\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(contentDisposition)?.[1];
  const plain =
    quoted?.replace(/\\(.)/g, '$1') ?? /;\s*filename\s*=\s*([^;\s"]+)/i.exec(contentDisposition)?.[1];
  // Node reads headers as Latin-1, which is what a client that writes UTF-8 there does not mean.
  return plain === undefined ? null : fromUtf8(plain);
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

function fromUtf8(text: string): string {
  try {
    return strictUtf8.decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}

/** Under which name a browser saves a file, and that it does not show it (RFC 6266). */
export function attachmentDisposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
