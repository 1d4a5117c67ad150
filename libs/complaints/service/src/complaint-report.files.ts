import type { DataSource } from 'typeorm';
import { mayAnywhere, type Principal } from '@anju/access';
import { badInput, forbidden, type InputProblem } from '@anju/commands';
import { attachmentDisposition, type FilesExchange, type FilesHandler } from '@anju/files';
import { HttpRefused } from '@anju/http';
import { isId, isLocalDate } from '@anju/kernel';
import { negotiateLocale, type Locale } from '@anju/labels';
import { htmlSecurityPolicy, renderHtml, renderPdf, type PrintedDocument } from '@anju/printing';
import { complaintPolicies } from './complaint-policy';
import { reportPermission, requirePeriod, type ComplaintReports } from './complaint-report';
import { reportDocument, reportFileName, type ReportHead } from './complaint-report.document';
import type { ComplaintReport, ComplaintReportInput } from './complaint-report.schema';

type Exchange = FilesExchange<Principal>;

/** How a document is made, and what is told with it. */
interface Format {
  readonly ending: string;
  readonly contentType: string;
  readonly securityPolicy: string;
  readonly render: (document: PrintedDocument) => string | Promise<Buffer>;
  /** Whether a browser saves it, or shows it. */
  readonly saved: boolean;
}

const formats = {
  'report.html': {
    ending: 'html',
    contentType: 'text/html; charset=utf-8',
    securityPolicy: htmlSecurityPolicy,
    render: renderHtml,
    saved: false,
  },
  'report.pdf': {
    ending: 'pdf',
    contentType: 'application/pdf',
    securityPolicy: "sandbox; default-src 'none'; frame-ancestors 'none'",
    render: renderPdf,
    saved: true,
  },
} as const satisfies Record<string, Format>;

const languages: Readonly<Record<string, Locale>> = { zh: 'zh-CN', 'zh-CN': 'zh-CN', en: 'en' };
const mostProjects = 1_000;

/** What is asked for. @throws Fault BAD_USER_INPUT naming all that is missing or wrong */
function readAddress(search: URLSearchParams): ComplaintReportInput & { readonly language: Locale | null } {
  const problems: InputProblem[] = [];
  const dates = ['from', 'to'].map((field) => {
    const value = search.get(field) ?? '';
    if (!isLocalDate(value))
      problems.push({ field, problem: 'is missing or no date', expected: 'YYYY-MM-DD' });
    return value;
  });
  const projectIds = search.getAll('project');
  if (projectIds.length > mostProjects || !projectIds.every(isId)) {
    problems.push({ field: 'project', problem: 'is no id', expected: 'the id of a project, once for each' });
  }
  const language = search.get('language');
  if (language !== null && !Object.hasOwn(languages, language)) {
    problems.push({ field: 'language', problem: 'is not known', expected: 'zh or en' });
  }
  if (problems.length > 0) throw badInput(...problems);
  const [from, to] = dates as [string, string];
  requirePeriod({ from, to }, 'to');
  return {
    from,
    to,
    projectIds: projectIds.length === 0 ? null : projectIds,
    language: language === null ? null : languages[language]!,
  };
}

/** The report on paper (CMP-16): the figures of the graph, laid out for print, at two addresses. */
export class ReportPrinter {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reports: ComplaintReports,
  ) {}

  /** `GET …/report.pdf?from=2026-03-01&to=2026-03-31&project=<id>&language=zh`, and the same with `.html`. */
  places(): Readonly<Record<keyof typeof formats, FilesHandler<Principal>>> {
    return {
      'report.html': (exchange) => this.answer(exchange, formats['report.html']),
      'report.pdf': (exchange) => this.answer(exchange, formats['report.pdf']),
    };
  }

  private async answer(
    { request, response, principal, search, forward }: Exchange,
    format: Format,
  ): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new HttpRefused('METHOD_NOT_ALLOWED', 'REPORT_TAKES_GET', { headers: { allow: 'GET, HEAD' } });
    }
    if (!mayAnywhere(principal, reportPermission)) {
      throw forbidden(reportPermission);
    }
    const { language, ...input } = readAddress(search);
    const report = await this.reports.make(input, principal);
    const head = await this.headOf(report, input, language ?? negotiateLocale(forward['accept-language']));
    const content = Buffer.from(await format.render(reportDocument(report, head)));
    const name = `${reportFileName(report, head)}.${format.ending}`;
    response.writeHead(200, {
      'content-type': format.contentType,
      'content-length': content.length,
      'content-disposition': format.saved ? attachmentDisposition(name) : 'inline',
      'content-security-policy': format.securityPolicy,
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : content);
  }

  private async headOf(
    report: ComplaintReport,
    { projectIds = null }: ComplaintReportInput,
    locale: Locale,
  ): Promise<ReportHead> {
    const ids = [...new Set([...(projectIds ?? []), ...report.projects.map(({ projectId }) => projectId)])];
    const rows: { id: string; code: string }[] = await this.dataSource.query(
      `select id, data->>'code' as code from known_reference where kind = 'project' and id = any($1)`,
      [ids],
    );
    const [only, ...more] = projectIds ?? [];
    const policyOf = only !== undefined && more.length === 0 ? only : null;
    return {
      codes: new Map(rows.map(({ id, code }) => [id, code])),
      projectIds,
      locale,
      policy: await complaintPolicies.of(policyOf, this.dataSource.manager),
    };
  }
}
