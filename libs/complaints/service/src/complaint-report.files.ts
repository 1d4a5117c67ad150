import type { DataSource } from 'typeorm';
import type { Principal } from '@anju/access';
import { badInput, type InputProblem } from '@anju/commands';
import type { FilesHandler } from '@anju/files';
import { isId, isLocalDate } from '@anju/kernel';
import type { Locale } from '@anju/labels';
import { complaintPolicies } from './complaint-policy';
import { reportPermission, requirePeriod, type ComplaintReports } from './complaint-report';
import { reportDocument, reportFileName, type ReportHead } from './complaint-report.document';
import type { ComplaintReport, ComplaintReportInput } from './complaint-report.schema';
import {
  answerPrinted,
  printLanguage,
  requireReading,
  type PrintEnding,
  type PrintExchange,
} from './printed-answer';

const mostProjects = 1_000;

/** What is asked for. @throws Fault BAD_USER_INPUT naming all that is missing or wrong */
function readAddress(exchange: PrintExchange): ComplaintReportInput & { readonly locale: Locale } {
  const { search } = exchange;
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
  const locale = printLanguage(exchange, problems);
  if (problems.length > 0) throw badInput(...problems);
  const [from, to] = dates as [string, string];
  requirePeriod({ from, to }, 'to');
  return {
    from,
    to,
    projectIds: projectIds.length === 0 ? null : projectIds,
    locale,
  };
}

/** The report on paper (CMP-16): the figures of the graph, laid out for print, at two addresses. */
export class ReportPrinter {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reports: ComplaintReports,
  ) {}

  /** `GET …/report.pdf?from=2026-03-01&to=2026-03-31&project=<id>&language=zh`, and the same with `.html`. */
  places(): Readonly<Record<'report.html' | 'report.pdf', FilesHandler<Principal>>> {
    return {
      'report.html': (exchange) => this.answer(exchange, 'html'),
      'report.pdf': (exchange) => this.answer(exchange, 'pdf'),
    };
  }

  private async answer(exchange: PrintExchange, ending: PrintEnding): Promise<void> {
    requireReading(exchange, reportPermission);
    const { locale, ...input } = readAddress(exchange);
    const report = await this.reports.make(input, exchange.principal);
    const head = await this.headOf(report, input, locale);
    const name = reportFileName(report, head);
    await answerPrinted(exchange, reportDocument(report, head), { name, ending });
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
