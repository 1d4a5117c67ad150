import { accept, isBlank, refuse } from '@anju/kernel';
import { specialReportParts, type ComplaintState, type SpecialReportPart } from './complaint';
import {
  documentNumber,
  type ComplaintDocumentKind,
  type DocumentReceipt,
  type DocumentRecipient,
} from './document-state';
import { factOf } from './facts';
import { lacking } from './plain';
import { notAdmitted, type ComplaintDecision } from './transitions';

export interface ReviseDemandForm {
  readonly by: string;
  readonly demand: string;
  readonly measures: string;
  /** What changed since. */
  readonly reason: string;
}

/** A further version of the demand form that was sent last, to the same recipients (CMP-11). */
export function reviseDemandForm(
  state: ComplaintState,
  command: ReviseDemandForm,
  at: Date,
): ComplaintDecision<'DEMAND_FORM_NOT_FILED' | 'DEMAND_FORM_INCOMPLETE' | 'COMPLAINT_REASON_MISSING'> {
  const refusal = notAdmitted(state, 'reviseDemandForm', command.by);
  if (refusal) return refusal;
  const { by, demand, measures, reason } = command;
  const last = state.demandForms.at(-1);
  if (!last) return refuse('DEMAND_FORM_NOT_FILED', {});
  const missing = (['demand', 'measures'] as const).filter((part) => isBlank(command[part]));
  if (missing.length > 0) return refuse('DEMAND_FORM_INCOMPLETE', { missing: lacking(missing, reason) });
  if (isBlank(reason)) return refuse('COMPLAINT_REASON_MISSING', { command: 'reviseDemandForm' });
  const sequence = last.sequence + 1;
  const version = last.version + 1;
  const form = { ...last, sequence, version, filedAt: at, by, demand, measures, revisedBecause: reason };
  const { sentTo } = last;
  return accept(
    { ...state, demandForms: [...state.demandForms, form] },
    factOf('DemandFormRevised', state, at, { by, sequence, version, sentTo }),
  );
}

export interface ReviseSpecialReport extends Readonly<Record<SpecialReportPart, string>> {
  readonly by: string;
  readonly reason: string;
}

/** A further version of the special report that was submitted last, all six parts again (CMP-11). */
export function reviseSpecialReport(
  state: ComplaintState,
  command: ReviseSpecialReport,
  at: Date,
): ComplaintDecision<
  'SPECIAL_REPORT_NOT_SUBMITTED' | 'SPECIAL_REPORT_INCOMPLETE' | 'COMPLAINT_REASON_MISSING'
> {
  const refusal = notAdmitted(state, 'reviseSpecialReport', command.by);
  if (refusal) return refusal;
  const last = state.specialReports.at(-1);
  if (!last) return refuse('SPECIAL_REPORT_NOT_SUBMITTED', {});
  const missing = specialReportParts.filter((part) => isBlank(command[part]));
  if (missing.length > 0) {
    return refuse('SPECIAL_REPORT_INCOMPLETE', { missing: lacking(missing, command.reason) });
  }
  const { by, reason, content, cause, process, result, lessons, correctiveActions } = command;
  if (isBlank(reason)) return refuse('COMPLAINT_REASON_MISSING', { command: 'reviseSpecialReport' });
  const sequence = last.sequence + 1;
  const version = last.version + 1;
  const parts = { content, cause, process, result, lessons, correctiveActions };
  const report = { ...last, ...parts, sequence, version, submittedAt: at, by, revisedBecause: reason };
  const { sentTo } = last;
  return accept(
    { ...state, specialReports: [...state.specialReports, report] },
    factOf('SpecialReportRevised', state, at, { by, sequence, version, sentTo }),
  );
}

export interface ConfirmDocumentReceipt {
  readonly by: string;
  readonly document: ComplaintDocumentKind;
  readonly sequence: number;
  readonly recipient: DocumentRecipient;
  /** Who signed for it outside. */
  readonly signedBy: string | null;
  /** The recipients that the person is, by his roles. */
  readonly as: readonly DocumentRecipient[];
}

/**
 * Records that a document arrived. Recipients who work here confirm it themselves; what went outside is recorded
 * with the name of who signed for it.
 */
export function confirmDocumentReceipt(
  state: ComplaintState,
  command: ConfirmDocumentReceipt,
  at: Date,
): ComplaintDecision<
  | 'COMPLAINT_DOCUMENT_NOT_FOUND'
  | 'COMPLAINT_DOCUMENT_NOT_SENT_TO'
  | 'COMPLAINT_DOCUMENT_ALREADY_RECEIVED'
  | 'COMPLAINT_DOCUMENT_OF_ANOTHER'
  | 'COMPLAINT_DOCUMENT_SIGNATURE_MISSING'
> {
  const refusal = notAdmitted(state, 'confirmDocumentReceipt', command.by);
  if (refusal) return refusal;
  const { by, document, sequence, recipient, signedBy, as } = command;
  const found = documentsOf(state).find((one) => one.document === document && one.sequence === sequence);
  if (!found) return refuse('COMPLAINT_DOCUMENT_NOT_FOUND', { document, sequence });
  if (!found.sentTo.includes(recipient)) {
    return refuse('COMPLAINT_DOCUMENT_NOT_SENT_TO', { recipient, documentSentTo: found.sentTo });
  }
  const before = found.receipts.find((receipt) => receipt.recipient === recipient);
  if (before) return refuse('COMPLAINT_DOCUMENT_ALREADY_RECEIVED', { receivedAt: before.at });
  const isOutside = recipient === 'OUTSIDE_DEPARTMENT';
  if (isOutside && isBlank(signedBy)) return refuse('COMPLAINT_DOCUMENT_SIGNATURE_MISSING', {});
  if (!isOutside && !as.includes(recipient)) return refuse('COMPLAINT_DOCUMENT_OF_ANOTHER', { recipient });
  const receipt: DocumentReceipt = {
    ...{ document, sequence, recipient, at, by },
    signedBy: isOutside ? signedBy : null,
  };
  return accept(
    { ...state, documentReceipts: [...state.documentReceipts, receipt] },
    factOf('ComplaintDocumentReceived', state, at, { by, document, sequence, recipient }),
  );
}

/** A written part of a case with its way to its recipients. */
export interface ComplaintDocument {
  readonly document: ComplaintDocumentKind;
  readonly sequence: number;
  /** See `documentNumber`. */
  readonly number: string;
  readonly version: number;
  /** Who wrote it and sent it. */
  readonly by: string;
  readonly sentAt: Date;
  readonly sentTo: readonly DocumentRecipient[];
  readonly receipts: readonly DocumentReceipt[];
}

/** All written parts of a case, in the order in which they went out. */
export function documentsOf(state: ComplaintState): readonly ComplaintDocument[] {
  const sent: Omit<ComplaintDocument, 'number' | 'receipts'>[] = [
    ...state.demandForms.map(({ sequence, version, by, filedAt, sentTo }) => ({
      ...{ document: 'DEMAND_FORM' as const, sequence, version, by, sentAt: filedAt, sentTo },
    })),
    ...state.specialReports.map(({ sequence, version, by, submittedAt, sentTo }) => ({
      ...{ document: 'SPECIAL_REPORT' as const, sequence, version, by, sentAt: submittedAt, sentTo },
    })),
    ...state.notices.map(({ sequence, by, sentAt, to }) => ({
      ...{ document: 'WRITTEN_NOTICE' as const, sequence, version: 1, by, sentAt, sentTo: [to] },
    })),
    ...state.companyForms.map(({ sequence, by, issuedAt }) => ({
      ...{ document: 'COMPANY_DEMAND_FORM' as const, sequence, version: 1, by, sentAt: issuedAt },
      sentTo: ['SERVICE_CENTRE' as const],
    })),
  ];
  return sent
    .sort((a, b) => +a.sentAt - +b.sentAt)
    .map((one) => ({
      ...one,
      number: documentNumber(state.number, one.document, one.sequence),
      receipts: state.documentReceipts.filter(
        ({ document, sequence }) => document === one.document && sequence === one.sequence,
      ),
    }));
}

/** A document with all that was sent again in its place, and that it was itself sent in the place of; in their order. */
export function versionsOf(
  state: ComplaintState,
  { document, sequence }: Pick<ComplaintDocument, 'document' | 'sequence'>,
): readonly ComplaintDocument[] {
  const ofKind = documentsOf(state).filter((one) => one.document === document);
  const place = ofKind.findIndex((one) => one.sequence === sequence);
  const first = ofKind.findLastIndex(({ version }, index) => index <= place && version === 1);
  const next = ofKind.findIndex(({ version }, index) => index > place && version === 1);
  return ofKind.slice(first, next < 0 ? ofKind.length : next);
}
