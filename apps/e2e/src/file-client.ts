import type { Visitor } from './graph-client';

/** What came back from an address of files. */
export interface FileAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  /** Empty where the answer is a file. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Of the first error. */
  readonly code: string | null;
}

async function answerOf(response: Response): Promise<FileAnswer> {
  const body = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type')?.startsWith('application/json') && body.length > 0;
  const json = isJson ? (JSON.parse(body.toString()) as Record<string, unknown>) : {};
  const errors = json['errors'] as readonly { readonly extensions: { readonly code: string } }[] | undefined;
  const { status, headers } = response;
  return { status, headers, body, json, code: errors?.[0]?.extensions.code ?? null };
}

function headersOf({ token }: Visitor): Record<string, string> {
  return { 'accept-language': 'en', ...(token !== null && { authorization: `Bearer ${token}` }) };
}

/** Uploads a file for complaints of a project. */
export async function sendFile(
  who: Visitor,
  projectId: string,
  file: { readonly name: string; readonly content: Buffer; readonly type?: string },
): Promise<FileAnswer> {
  const response = await fetch(new URL(`/files/complaints?project=${projectId}`, who.url), {
    method: 'POST',
    body: file.content as unknown as RequestInit['body'],
    headers: {
      ...headersOf(who),
      'content-type': file.type ?? 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    },
  });
  return answerOf(response);
}

/** Reads what is at an address such as `Complaint.attachments.downloadPath`. */
export async function readFileAt(who: Visitor, path: string): Promise<FileAnswer> {
  return answerOf(await fetch(new URL(path, who.url), { headers: headersOf(who) }));
}
