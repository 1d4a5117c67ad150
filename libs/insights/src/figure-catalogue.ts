import type { MetricUnit } from './metric';

/** A figure of a project as it is now, or of its local day or month so far. */
export interface FigureDefinition {
  /** Its name in both languages is the label of this `FigureId`. */
  readonly id: string;
  /** Chinese, English. */
  readonly definition: readonly [string, string];
  readonly unit: Extract<MetricUnit, 'COUNT' | 'CNY'>;
  readonly facts: string;
  /**
   * SQL condition on a fact `f`. The project's own day and month are `p.day_from`, `p.day_to`, `p.month_from` and
   * `p.month_to`, instants of which the first belongs to it and the second does not.
   */
  readonly where: string;
  readonly sum?: string;
}

const today = (column: string): string => `f.${column} >= p.day_from and f.${column} < p.day_to`;
const thisMonth = (column: string): string => `f.${column} >= p.month_from and f.${column} < p.month_to`;

const contacts = { unit: 'COUNT', facts: 'fact_interaction' } as const;
const orders = { unit: 'COUNT', facts: 'fact_work_order' } as const;
const complaints = { unit: 'COUNT', facts: 'fact_complaint' } as const;
const receipts = { unit: 'CNY', facts: 'fact_receipt', sum: 'f.amount' } as const;
const leads = { unit: 'COUNT', facts: 'fact_lead' } as const;
const contracts = { unit: 'COUNT', facts: 'fact_contract' } as const;

/** What the page of a project shows of today, in its order. */
export const figureCatalogue = [
  {
    id: 'contacts_received_today',
    definition: ['今日接收的来电来访记录数', 'Contacts received today'],
    ...contacts,
    where: today('received_at'),
  },
  {
    id: 'contacts_closed_today',
    definition: ['今日标注“已完成”的记录数', 'Contacts marked 已完成 today'],
    ...contacts,
    where: today('closed_at'),
  },
  {
    id: 'contacts_open',
    definition: ['尚未完成的来电来访记录数', 'Contacts not closed yet'],
    ...contacts,
    where: 'f.closed_at is null',
  },
  {
    id: 'service_items_open',
    definition: ['未完成的自修、整改类、其他类事项数', 'Own, vendor and rectification items not closed yet'],
    ...contacts,
    where: "f.closed_at is null and f.class in ('OWN_REPAIR', 'VENDOR', 'RECTIFICATION')",
  },
  {
    id: 'work_orders_under_way',
    definition: ['未完工的服务工作单数', 'Work orders neither done nor cancelled'],
    ...orders,
    where: 'f.done_at is null and f.cancelled_at is null',
  },
  {
    id: 'work_orders_overdue_now',
    definition: ['约定时间已过仍未完工的服务工作单数', 'Work orders undone past an agreed time'],
    ...orders,
    where: 'f.overdue_at is not null and f.done_at is null and f.cancelled_at is null',
  },
  {
    id: 'follow_ups_open',
    definition: ['分类处理记录中的在办事项数', 'Items in the follow-up register'],
    unit: 'COUNT',
    facts: 'fact_follow_up',
    where: 'f.left_at is null',
  },
  {
    id: 'complaints_received_today',
    definition: ['今日受理的投诉数', 'Complaints received today'],
    ...complaints,
    where: today('received_at'),
  },
  {
    id: 'complaints_open_general',
    definition: ['未关闭的一般投诉数', 'General complaints not closed yet'],
    ...complaints,
    where: "f.closed_at is null and f.severity = 'GENERAL'",
  },
  {
    id: 'complaints_open_hot',
    definition: ['未关闭的热点投诉数', 'Hot complaints not closed yet'],
    ...complaints,
    where: "f.closed_at is null and f.severity = 'HOT'",
  },
  {
    id: 'complaints_open_major',
    definition: ['未关闭的重大投诉数', 'Major complaints not closed yet'],
    ...complaints,
    where: "f.closed_at is null and f.severity = 'MAJOR'",
  },
  {
    id: 'clocks_missed_today',
    definition: ['今日错过的投诉时限数', 'Clocks of complaints missed today'],
    unit: 'COUNT',
    facts: 'fact_complaint_clock',
    where: `f.missed_at is not null and ${today('due_at')}`,
  },
  {
    id: 'fees_collected_today',
    definition: ['今日收款合计，扣除作废', 'Receipts of today, less those taken back'],
    ...receipts,
    where: `f.cancelled_at is null and ${today('issued_at')}`,
  },
  {
    id: 'cash_collected_today',
    definition: ['今日现金收款，扣除作废', 'Cash receipts of today, less those taken back'],
    ...receipts,
    where: `f.method = 'CASH' and f.cancelled_at is null and ${today('issued_at')}`,
  },
  {
    id: 'leads_received_today',
    definition: ['今日来电来访客户数', 'Prospects who called or visited today'],
    ...leads,
    where: today('received_at'),
  },
  {
    id: 'leads_open',
    definition: ['在跟的来电来访客户数', 'Prospects neither won nor given up'],
    ...leads,
    where: 'f.closed_at is null',
  },
  {
    id: 'units_subscribed_this_month',
    definition: ['本月认购的房屋数', 'Homes subscribed this month'],
    unit: 'COUNT',
    facts: 'fact_sale',
    where: thisMonth('held_at'),
  },
  {
    id: 'contracts_signed_this_month',
    definition: ['本月网签的合同数', 'Contracts signed this month'],
    ...contracts,
    where: thisMonth('signed_at'),
  },
  {
    id: 'contracts_amount_this_month',
    definition: ['本月网签合同的总价合计', 'Total prices of the contracts signed this month'],
    unit: 'CNY',
    facts: 'fact_contract',
    sum: 'f.total',
    where: thisMonth('signed_at'),
  },
  {
    id: 'contracts_awaiting_filing',
    definition: ['已网签、备案未退回的合同数', 'Contracts signed whose filing is not back yet'],
    ...contracts,
    where: 'f.filed_at is null',
  },
  {
    id: 'filings_overdue_now',
    definition: ['逾期仍未递交备案的合同数', 'Contracts past their limit and not handed in for filing'],
    ...contracts,
    where: 'f.filing_overdue_at is not null and f.submitted_at is null and f.filed_at is null',
  },
  {
    id: 'mortgages_under_way',
    definition: ['办理中的按揭数', 'Mortgage cases neither disbursed, rejected nor withdrawn'],
    unit: 'COUNT',
    facts: 'fact_mortgage',
    where: "f.status not in ('DISBURSED', 'REJECTED', 'WITHDRAWN')",
  },
  {
    id: 'customer_words_today',
    definition: ['今日告知客户的次数', 'Words to customers today'],
    unit: 'COUNT',
    facts: 'fact_customer_word',
    where: today('said_at'),
  },
] as const satisfies readonly FigureDefinition[];

export type FigureId = (typeof figureCatalogue)[number]['id'];
