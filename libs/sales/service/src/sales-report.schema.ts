import { Extensions, Field, ID, InputType } from 'type-graphql';
import type { SalesReportStatus } from '@anju/sales-rules';
import { ChangeInput, CommandInput, FilterConditions, connectionType } from '@anju/subgraph';
import { SalesReportStatusEnum } from './contract-enums';
import { SalesReport } from './sales-report.entity';
import { salesResult } from './sales.refusals';

export const SalesReportConnection = connectionType(SalesReport, 'SalesReport');

@InputType({ description: 'The report of a month that is over.' })
export class OpenSalesReportInput extends CommandInput {
  @Field(() => ID, { description: 'The project.' })
  projectId: string;

  @Extensions({ maxLength: 10 })
  @Field(() => String, { nullable: true, description: '`YYYY-MM`; the month before this one unless told.' })
  month?: string | null;
}

@InputType({ description: 'A report, and the guards of a command on it.' })
export abstract class SalesReportChangeInput extends ChangeInput {
  @Field(() => ID, { description: 'The report.' })
  salesReportId: string;
}

@InputType({ description: 'Sends a report to finance, as the ledger has the month now.' })
export class SendSalesReportInput extends SalesReportChangeInput {}

@InputType({ description: 'Brings a report that was sent up to the ledger.' })
export class CorrectSalesReportInput extends SalesReportChangeInput {
  @Extensions({ maxLength: 5_000 })
  @Field(() => String, { description: 'Why it is otherwise.' })
  reason: string;
}

@InputType({ description: 'All conditions together.' })
export class SalesReportFilter {
  @Field(() => ID, { nullable: true, description: 'Of this project.' })
  projectId?: string | null;

  @Field(() => String, { nullable: true, description: 'Of this month, `YYYY-MM`.' })
  month?: string | null;

  @Field(() => SalesReportStatusEnum, { nullable: true, description: 'In this status.' })
  status?: SalesReportStatus | null;

  @Field(() => Boolean, { nullable: true, description: 'True: past its time, and not sent.' })
  overdue?: boolean | null;
}

/** What the filter asks of rows `t` of the table of reports. */
export function salesReportConditions(filter: SalesReportFilter | null | undefined): FilterConditions {
  const overdue = `t.missed_at is not null and t.status = 'OPEN'`;
  return new FilterConditions()
    .where(filter?.projectId, (id) => `t.project_id = ${id}`)
    .where(filter?.month, (month) => `t.month = ${month}`)
    .where(filter?.status, (status) => `t.status = ${status}`)
    .either(filter?.overdue, `(${overdue})`, `not (${overdue})`);
}

export const OpenSalesReportResult = salesResult(
  'OpenSalesReport',
  SalesReport,
  'SALES_MONTH_NOT_VALID',
  'SALES_MONTH_NOT_OVER',
  'SALES_REPORT_EXISTS',
);
export const SendSalesReportResult = salesResult(
  'SendSalesReport',
  SalesReport,
  'SALES_REPORT_NOT_IN_REQUIRED_STATUS',
);
export const CorrectSalesReportResult = salesResult(
  'CorrectSalesReport',
  SalesReport,
  'SALES_REPORT_NOT_IN_REQUIRED_STATUS',
  'SALES_TEXT_MISSING',
  'SALES_REPORT_ALREADY_RIGHT',
);
