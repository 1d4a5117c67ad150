import { HttpRefused } from '@anju/http';

/** Why a file is not taken: each code with what its message needs. */
export type FileRefusals = {
  FILE_NAME_NOT_USABLE: Record<never, never>;
  FILE_EMPTY: Record<never, never>;
  FILE_TOO_LARGE: { readonly limit: number; readonly limitMegabytes: number };
  /** `taken`: the kinds that are. */
  FILE_KIND_NOT_TAKEN: { readonly taken: readonly string[] };
  /** The bytes are something else than the name or the declared type says. */
  FILE_DISGUISED: { readonly name: string; readonly declared?: string | undefined };
  /** So many uploads of one person wait to be used. */
  UPLOADS_WAITING: { readonly limit: number };
  /** So many uploads of one person come in at this moment. */
  TOO_MANY_UPLOADS: { readonly limit: number; readonly retryAfterSeconds: number };
  /** As many uploads come in as the process takes at once. */
  UPLOADS_FULL: { readonly retryAfterSeconds: number };
};

export type FileRefusalCode = keyof FileRefusals;

/** With the status of the answer. */
export const fileRefusalStatuses: Readonly<Record<FileRefusalCode, number>> = {
  FILE_NAME_NOT_USABLE: 400,
  FILE_EMPTY: 400,
  FILE_TOO_LARGE: 413,
  FILE_KIND_NOT_TAKEN: 415,
  FILE_DISGUISED: 415,
  UPLOADS_WAITING: 429,
  TOO_MANY_UPLOADS: 429,
  UPLOADS_FULL: 503,
};

/** A file that is not taken; its message is put into the reader's language where it is answered. */
export class FileRefused extends HttpRefused {
  override readonly name = 'FileRefused';

  constructor(
    override readonly code: FileRefusalCode,
    details: Readonly<Record<string, unknown>>,
  ) {
    super(code, code, { details, headers: retryAfter(details) });
  }
}

function retryAfter({ retryAfterSeconds }: Readonly<Record<string, unknown>>): Record<string, string> {
  return typeof retryAfterSeconds === 'number' ? { 'retry-after': String(retryAfterSeconds) } : {};
}

export function fileRefused<Code extends FileRefusalCode>(code: Code, data: FileRefusals[Code]): FileRefused {
  return new FileRefused(code, data);
}
