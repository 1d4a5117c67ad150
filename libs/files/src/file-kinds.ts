/** One kind of file that the platform knows. */
export interface FileKind {
  /** As it is given out again. */
  readonly contentType: string;
  /** The first one is given to a name that has none. */
  readonly extensions: readonly string[];
  /** What its bytes are recognised as; empty for text, which has no mark of its own. */
  readonly recognised: readonly string[];
  /** What else a client may call it. */
  readonly declared?: readonly string[];
}

const officeXml = 'application/vnd.openxmlformats-officedocument';
/** The container of all Office files until 2003: which of them it is, only the name tells. */
const compound = ['application/x-cfb'];

/**
 * The kinds of files that can be taken, by the words of the setting FILES_KINDS. Nothing in the list is carried out
 * by a browser or an office program when it is opened: no HTML, SVG, archives, or documents with macros.
 */
export const fileKinds = {
  JPEG: {
    contentType: 'image/jpeg',
    extensions: ['jpg', 'jpeg'],
    recognised: ['image/jpeg'],
    declared: ['image/jpg'],
  },
  PNG: { contentType: 'image/png', extensions: ['png'], recognised: ['image/png'] },
  GIF: { contentType: 'image/gif', extensions: ['gif'], recognised: ['image/gif'] },
  WEBP: { contentType: 'image/webp', extensions: ['webp'], recognised: ['image/webp'] },
  HEIC: {
    contentType: 'image/heic',
    extensions: ['heic', 'heif'],
    recognised: ['image/heic', 'image/heif'],
  },
  BMP: {
    contentType: 'image/bmp',
    extensions: ['bmp'],
    recognised: ['image/bmp'],
    declared: ['image/x-ms-bmp'],
  },
  TIFF: { contentType: 'image/tiff', extensions: ['tif', 'tiff'], recognised: ['image/tiff'] },
  PDF: { contentType: 'application/pdf', extensions: ['pdf'], recognised: ['application/pdf'] },
  DOCX: {
    contentType: `${officeXml}.wordprocessingml.document`,
    extensions: ['docx'],
    recognised: [`${officeXml}.wordprocessingml.document`],
  },
  XLSX: {
    contentType: `${officeXml}.spreadsheetml.sheet`,
    extensions: ['xlsx'],
    recognised: [`${officeXml}.spreadsheetml.sheet`],
  },
  PPTX: {
    contentType: `${officeXml}.presentationml.presentation`,
    extensions: ['pptx'],
    recognised: [`${officeXml}.presentationml.presentation`],
  },
  DOC: { contentType: 'application/msword', extensions: ['doc'], recognised: compound },
  XLS: { contentType: 'application/vnd.ms-excel', extensions: ['xls'], recognised: compound },
  PPT: { contentType: 'application/vnd.ms-powerpoint', extensions: ['ppt'], recognised: compound },
  MP3: {
    contentType: 'audio/mpeg',
    extensions: ['mp3'],
    recognised: ['audio/mpeg'],
    declared: ['audio/mp3'],
  },
  WAV: {
    contentType: 'audio/wav',
    extensions: ['wav'],
    recognised: ['audio/wav'],
    declared: ['audio/x-wav', 'audio/wave', 'audio/vnd.wave'],
  },
  M4A: {
    contentType: 'audio/mp4',
    extensions: ['m4a'],
    recognised: ['audio/mp4', 'audio/x-m4a'],
    declared: ['audio/m4a', 'audio/aac'],
  },
  AAC: {
    contentType: 'audio/aac',
    extensions: ['aac'],
    recognised: ['audio/aac'],
    declared: ['audio/x-aac'],
  },
  AMR: { contentType: 'audio/amr', extensions: ['amr'], recognised: ['audio/amr'] },
  OGG: { contentType: 'audio/ogg', extensions: ['ogg', 'oga', 'opus'], recognised: ['audio/ogg'] },
  TXT: {
    contentType: 'text/plain',
    extensions: ['txt', 'csv'],
    recognised: [],
    declared: ['text/csv', 'application/csv', 'application/vnd.ms-excel'],
  },
} as const satisfies Record<string, FileKind>;

export type FileKindName = keyof typeof fileKinds;

export const fileKindNames = Object.keys(fileKinds) as readonly FileKindName[];

/** The kinds that some bytes can be, by what they are recognised as. */
export function kindsRecognisedAs(recognised: string): readonly FileKindName[] {
  return fileKindNames.filter((name) =>
    (fileKinds[name].recognised as readonly string[]).includes(recognised),
  );
}

/** Whether the kind's files are called so. */
export function hasExtension(name: FileKindName, extension: string): boolean {
  return (fileKinds[name].extensions as readonly string[]).includes(extension);
}

/** Whether a client that declares this type can mean the kind. */
export function isDeclaredAs(name: FileKindName, declared: string): boolean {
  const kind: FileKind = fileKinds[name];
  return [kind.contentType, ...kind.recognised, ...(kind.declared ?? [])].includes(declared);
}
