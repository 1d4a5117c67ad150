import { mayAnywhere, type Permission, type Principal } from '@anju/access';
import { forbidden, type InputProblem } from '@anju/commands';
import { attachmentDisposition, type FilesExchange } from '@anju/files';
import { HttpRefused } from '@anju/http';
import { negotiateLocale, type Locale } from '@anju/labels';
import { htmlSecurityPolicy, renderHtml, renderPdf, type PrintedDocument } from '@anju/printing';

export type PrintExchange = FilesExchange<Principal>;

/** How a document is made, and what is told with it. */
interface PrintFormat {
  readonly contentType: string;
  readonly securityPolicy: string;
  readonly render: (document: PrintedDocument) => string | Promise<Buffer>;
  /** Whether a browser saves it, or shows it. */
  readonly saved: boolean;
}

/** By the ending of the address. */
const printFormats = {
  html: {
    contentType: 'text/html; charset=utf-8',
    securityPolicy: htmlSecurityPolicy,
    render: renderHtml,
    saved: false,
  },
  pdf: {
    contentType: 'application/pdf',
    securityPolicy: "sandbox; default-src 'none'; frame-ancestors 'none'",
    render: renderPdf,
    saved: true,
  },
} as const satisfies Record<string, PrintFormat>;

export type PrintEnding = keyof typeof printFormats;

export function isPrintEnding(ending: string): ending is PrintEnding {
  return Object.hasOwn(printFormats, ending);
}

const languages: Readonly<Record<string, Locale>> = { zh: 'zh-CN', 'zh-CN': 'zh-CN', en: 'en' };

/**
 * The language that is asked for: by the address, else by what the reader's browser says.
 * @param problems where one is added if it is not known
 */
export function printLanguage({ search, forward }: PrintExchange, problems: InputProblem[]): Locale {
  const language = search.get('language');
  if (language === null) return negotiateLocale(forward['accept-language']);
  if (Object.hasOwn(languages, language)) return languages[language]!;
  problems.push({ field: 'language', problem: 'is not known', expected: 'zh or en' });
  return negotiateLocale(undefined);
}

/**
 * Before anything is looked up.
 * @throws HttpRefused where it is not read, Fault FORBIDDEN where the reader has the right in no project
 */
export function requireReading({ request, principal }: PrintExchange, permission: Permission): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new HttpRefused('METHOD_NOT_ALLOWED', 'PRINTED_TAKES_GET', { headers: { allow: 'GET, HEAD' } });
  }
  if (!mayAnywhere(principal, permission)) throw forbidden(permission);
}

/** @param name under which it is saved, without an ending */
export async function answerPrinted(
  { request, response }: PrintExchange,
  document: PrintedDocument,
  { name, ending }: { readonly name: string; readonly ending: PrintEnding },
): Promise<void> {
  const format: PrintFormat = printFormats[ending];
  const content = Buffer.from(await format.render(document));
  response.writeHead(200, {
    'content-type': format.contentType,
    'content-length': content.length,
    'content-disposition': format.saved ? attachmentDisposition(`${name}.${ending}`) : 'inline',
    'content-security-policy': format.securityPolicy,
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}
