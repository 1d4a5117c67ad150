import { salesEvents } from '@anju/events';
import { on, type EventHandler } from '@anju/outbox';
import { put, set } from './facts';

const leads: EventHandler[] = [
  on(salesEvents.leadRecorded, ({ data }, tx) =>
    put(
      tx,
      'fact_lead',
      { id: data.leadId },
      { project_id: data.projectId, kind: data.kind, source: data.source, received_at: data.receivedAt },
    ),
  ),
  on(salesEvents.leadFollowedUp, async ({ id, data }, tx) => {
    await set(tx, 'fact_lead', data.leadId, 'follow_ups = $2, required = $3', data.followUps, data.required);
    await put(
      tx,
      'fact_lead_follow_up',
      { event_id: id },
      { project_id: data.projectId, method: data.method, outcome: data.outcome, made_at: data.at },
    );
  }),
  on(salesEvents.leadVisited, ({ data }, tx) =>
    set(tx, 'fact_lead', data.leadId, 'required = $2', data.required),
  ),
  on(salesEvents.leadFollowUpMissed, ({ id, data }, tx) =>
    put(tx, 'fact_lead_follow_up_miss', { event_id: id }, { project_id: data.projectId, due_at: data.dueAt }),
  ),
  on(salesEvents.leadUnderFollowed, ({ data }, tx) =>
    set(tx, 'fact_lead', data.leadId, 'under_followed_at = coalesce(under_followed_at, $2)', data.at),
  ),
  on(salesEvents.leadSubscribed, ({ data }, tx) =>
    set(tx, 'fact_lead', data.leadId, 'subscribed_at = $2', data.at),
  ),
  on(salesEvents.leadReturned, ({ data }, tx) => set(tx, 'fact_lead', data.leadId, 'subscribed_at = null')),
  on(salesEvents.leadWon, ({ data }, tx) =>
    set(tx, 'fact_lead', data.leadId, 'won_at = $2, closed_at = $2', data.at),
  ),
  on(salesEvents.leadClosed, ({ data }, tx) => set(tx, 'fact_lead', data.leadId, 'closed_at = $2', data.at)),
];

const sales: EventHandler[] = [
  on(salesEvents.saleOpened, ({ data }, tx) =>
    put(tx, 'fact_sale', { id: data.saleId }, { project_id: data.projectId, opened_at: data.at }),
  ),
  on(salesEvents.saleUnitHeld, ({ data }, tx) => set(tx, 'fact_sale', data.saleId, 'held_at = $2', data.at)),
  on(salesEvents.saleUnitRefused, ({ data }, tx) =>
    set(tx, 'fact_sale', data.saleId, 'refused_at = $2', data.at),
  ),
  on(salesEvents.saleContracted, ({ data }, tx) =>
    set(tx, 'fact_sale', data.saleId, 'contracted_at = $2', data.at),
  ),
  on(salesEvents.salePaymentRecorded, ({ data }, tx) =>
    put(
      tx,
      'fact_sale_payment',
      { id: data.paymentId },
      { project_id: data.projectId, kind: data.kind, amount: data.amount, paid_at: data.at },
    ),
  ),
  on(salesEvents.salePaid, ({ data }, tx) => set(tx, 'fact_sale', data.saleId, 'paid_at = $2', data.at)),
  on(salesEvents.saleHandedOver, ({ data }, tx) =>
    set(tx, 'fact_sale', data.saleId, 'handed_over_at = $2', data.at),
  ),
  on(salesEvents.saleWithdrawn, ({ data }, tx) =>
    set(tx, 'fact_sale', data.saleId, 'withdrawn_at = $2', data.at),
  ),
];

const contracts: EventHandler[] = [
  on(salesEvents.contractSigned, ({ data }, tx) =>
    put(
      tx,
      'fact_contract',
      { id: data.contractId },
      {
        project_id: data.projectId,
        total: data.total,
        loan_kind: data.loanKind,
        signed_at: data.at,
        filing_due_at: data.filingDueAt,
      },
    ),
  ),
  on(salesEvents.contractFilingSubmitted, ({ data }, tx) =>
    set(tx, 'fact_contract', data.contractId, 'submitted_at = $2', data.at),
  ),
  on(salesEvents.contractFilingSentBack, ({ data }, tx) =>
    set(tx, 'fact_contract', data.contractId, 'submitted_at = null'),
  ),
  on(salesEvents.contractFilingOverdue, ({ data }, tx) =>
    set(tx, 'fact_contract', data.contractId, 'filing_overdue_at = $2', data.at),
  ),
  on(salesEvents.contractFiled, ({ data }, tx) =>
    set(
      tx,
      'fact_contract',
      data.contractId,
      'filed_at = $2, filing_days = $3, tell_due_at = $4',
      data.at,
      data.filingDays,
      data.tellDueAt,
    ),
  ),
  on(salesEvents.contractReturnTold, ({ data }, tx) =>
    set(tx, 'fact_contract', data.contractId, 'told_at = coalesce(told_at, $2)', data.at),
  ),
  on(salesEvents.contractReturnNotTold, ({ data }, tx) =>
    set(tx, 'fact_contract', data.contractId, 'not_told_at = $2', data.at),
  ),
];

const mortgages: EventHandler[] = [
  on(salesEvents.mortgageOpened, ({ data }, tx) =>
    put(
      tx,
      'fact_mortgage',
      { id: data.mortgageId },
      { project_id: data.projectId, loan_kind: data.loanKind, status: 'COLLECTING', opened_at: data.at },
    ),
  ),
  on(salesEvents.mortgageDocumentsRecomputed, ({ data }, tx) =>
    set(tx, 'fact_mortgage', data.mortgageId, 'loan_kind = $2', data.loanKind),
  ),
  on(salesEvents.mortgageMoved, async ({ id, data }, tx) => {
    await set(
      tx,
      'fact_mortgage',
      data.mortgageId,
      'status = $2, loan_kind = $3, lender_id = $4, approved_amount = $5, disbursed_at = $6',
      data.to,
      data.loanKind,
      data.lenderId,
      data.approvedAmount,
      data.to === 'DISBURSED' ? data.at : null,
    );
    await put(
      tx,
      'fact_mortgage_step',
      { event_id: id },
      { project_id: data.projectId, status: data.from, entered_at: data.standingSince, left_at: data.at },
    );
  }),
  on(salesEvents.mortgageStoodStill, ({ id, data }, tx) =>
    put(
      tx,
      'fact_mortgage_standstill',
      { event_id: id },
      { project_id: data.projectId, status: data.status, due_at: data.at },
    ),
  ),
];

const reports: EventHandler[] = [
  on(salesEvents.salesReportOpened, ({ data }, tx) =>
    put(
      tx,
      'fact_sales_report',
      { id: data.salesReportId },
      { project_id: data.projectId, due_at: data.dueAt },
    ),
  ),
  on(salesEvents.salesReportSent, ({ data }, tx) =>
    set(tx, 'fact_sales_report', data.salesReportId, 'sent_at = $2', data.at),
  ),
  on(salesEvents.salesReportOverdue, ({ data }, tx) =>
    set(tx, 'fact_sales_report', data.salesReportId, 'overdue_at = $2', data.at),
  ),
];

export const salesFacts: readonly EventHandler[] = [
  ...leads,
  ...sales,
  ...contracts,
  ...mortgages,
  ...reports,
];
