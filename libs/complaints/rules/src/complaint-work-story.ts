/** Steps of the work on a case for stories in tests: replies, documents, hand overs, links. */
import { accept, isRefused } from '@anju/kernel';
import { accepted } from '@anju/testing';
import { issueCompanyDemandForm, reportCompanyMeasures, reportCompanyResult } from './company-form';
import type { ComplaintState, ComplaintStatus } from './complaint';
import { environment, reportParts, respond, type ComplaintCommand } from './complaint-story';
import type { DocumentRecipient } from './document-state';
import { confirmDocumentReceipt, reviseDemandForm, reviseSpecialReport } from './documents';
import { acceptComplaintHandOver, handOverComplaint, refuseComplaintHandOver } from './hand-over';
import type { ComplaintFact } from './facts';
import { joinComplaintInto, linkComplaint, splitComplaint } from './linking';
import { issueComplaintNotice, nameComplaintCoordinator, type IssueComplaintNotice } from './notices';
import { passOnComplaint, type PassOnComplaint } from './passing-on';
import {
  approveComplaintReply,
  draftComplaintReply,
  reviseComplaintReply,
  sendBackComplaintReply,
  sendComplaintReply,
  submitComplaintReply,
  withdrawComplaintReply,
  type ApproveComplaintReply,
  type DraftComplaintReply,
} from './replies';
import { replyApprovers, type ReplyStatus } from './reply-state';
import { recordReturnVisitAttempt, type RecordReturnVisitAttempt } from './return-visit-attempts';
import { recordComplaintUrging } from './urging';

export const draftReplyTo =
  (change: Partial<DraftComplaintReply> = {}): ComplaintCommand =>
  (state, at) =>
    draftComplaintReply(
      state,
      {
        by: 'staff-li',
        audience: 'CUSTOMER',
        generalManagerAsked: false,
        statesMeasures: false,
        text: 'The sensor comes on Friday.',
        ...change,
      },
      at,
    );
export const draftReply = draftReplyTo();
export const reviseReply =
  (text: string, by = 'staff-li'): ComplaintCommand =>
  (state, at) =>
    reviseComplaintReply(state, { by, sequence: 1, text }, at);
export const submitReply: ComplaintCommand = (state, at, env) =>
  submitComplaintReply(state, { by: 'staff-li', sequence: 1 }, at, env);
export const approveReplyAs =
  (change: Partial<ApproveComplaintReply> = {}): ComplaintCommand =>
  (state, at) =>
    approveComplaintReply(
      state,
      {
        by: 'staff-lin',
        sequence: 1,
        revision: state.replies[0]?.revisions.length ?? 1,
        as: replyApprovers,
        askGeneralManager: false,
        ...change,
      },
      at,
    );
export const approveReply = approveReplyAs();
export const sendBackReply: ComplaintCommand = (state, at) =>
  sendBackComplaintReply(
    state,
    { by: 'staff-lin', sequence: 1, revision: 1, as: replyApprovers, reason: 'Say when.' },
    at,
  );
export const sendReply: ComplaintCommand = (state, at, env) =>
  sendComplaintReply(state, { by: 'staff-guan', sequence: 1, channel: 'WEB' }, at, env);
export const withdrawReply: ComplaintCommand = (state, at) =>
  withdrawComplaintReply(state, { by: 'staff-li', sequence: 1, reason: 'It is mended.' }, at);

/** A reply on its whole way at one moment: written, approved and sent. */
export const replied =
  (statesMeasures = true): ComplaintCommand =>
  (state, at, env) => {
    const sequence = state.replies.length + 1;
    const draft = draftReplyTo({ statesMeasures });
    const steps: ComplaintCommand[] = [
      draft,
      (now) => submitComplaintReply(now, { by: 'staff-li', sequence }, at, env),
      (now) => {
        const verdict = { by: 'staff-lin', sequence, revision: 1, as: replyApprovers };
        return approveComplaintReply(now, { ...verdict, askGeneralManager: false }, at);
      },
      (now) => sendComplaintReply(now, { by: 'staff-guan', sequence, channel: 'WEB' }, at, env),
    ];
    return steps.reduce<ReturnType<ComplaintCommand>>((done, step) => {
      if (isRefused(done)) return done;
      const next = step(done.state, at, env);
      return isRefused(next) ? next : accept(next.state, ...done.facts, ...next.facts);
    }, accept<ComplaintState, ComplaintFact>(state));
  };
/** Answers as the case asks for it: by a reply that was approved, or at once. */
export const answer: ComplaintCommand = (state, at, env) =>
  (state.answersNeedApproval ? replied() : respond)(state, at, env);

export const issueNotice =
  (change: Partial<IssueComplaintNotice> = {}): ComplaintCommand =>
  (state, at) =>
    issueComplaintNotice(
      state,
      {
        by: 'staff-lin',
        kind: 'HOUSING_QUALITY_NOTICE',
        to: 'DEVELOPER_CUSTOMER_RELATIONS',
        department: null,
        way: 'EMAIL',
        text: 'The wall of 5-1-0302 is cracked.',
        ...change,
      },
      at,
    );
export const nameCoordinator: ComplaintCommand = (state, at) =>
  nameComplaintCoordinator(state, { by: 'staff-lin', coordinatorId: 'staff-he' }, at);
export const issueCompanyForm: ComplaintCommand = (state, at, env) =>
  issueCompanyDemandForm(
    state,
    { by: 'staff-zhi', demand: 'A lift that runs.', finishAt: new Date(+at + 5 * 24 * 3_600_000) },
    at,
    env,
  );
export const reportMeasures: ComplaintCommand = (state, at) =>
  reportCompanyMeasures(state, { by: 'staff-lin', text: 'A new sensor.' }, at);
export const reportResult: ComplaintCommand = (state, at) =>
  reportCompanyResult(state, { by: 'staff-lin', text: 'The lift runs.' }, at);
export const reviseForm: ComplaintCommand = (state, at) =>
  reviseDemandForm(
    state,
    { by: 'staff-lin', demand: 'A lift.', measures: 'A new motor.', reason: 'It is the motor.' },
    at,
  );
export const reviseReport: ComplaintCommand = (state, at) =>
  reviseSpecialReport(state, { by: 'staff-lin', ...reportParts, reason: 'The cause was another.' }, at);
export const confirmReceipt =
  (recipient: DocumentRecipient = 'QUALITY_CENTRE'): ComplaintCommand =>
  (state, at) =>
    confirmDocumentReceipt(
      state,
      {
        by: 'staff-zhi',
        document: 'DEMAND_FORM',
        sequence: 1,
        recipient,
        signedBy: null,
        as: ['QUALITY_CENTRE'],
      },
      at,
    );

export const passOn =
  (change: Partial<PassOnComplaint> = {}): ComplaintCommand =>
  (state, at, env) =>
    passOnComplaint(
      state,
      { by: 'staff-guan', passedOnAt: at, passedOnBy: 'Guan', reference: 'CRC-2026-118', ...change },
      at,
      env,
    );

export const handOver: ComplaintCommand = (state, at) =>
  handOverComplaint(
    state,
    { by: 'staff-li', toDepartment: 'CUSTOMER_SERVICE', toHandlerId: 'staff-he', reason: 'On leave.' },
    at,
  );
export const acceptHandOver: ComplaintCommand = (state, at) =>
  acceptComplaintHandOver(state, { by: 'staff-he' }, at);
export const refuseHandOver: ComplaintCommand = (state, at) =>
  refuseComplaintHandOver(state, { by: 'staff-he', reason: 'Too much already.' }, at);
export const urge: ComplaintCommand = (state, at) =>
  recordComplaintUrging(
    state,
    {
      by: 'staff-zhou',
      customerId: state.members[0]?.customerId ?? null,
      channel: 'PHONE',
      interactionId: 'interaction-9',
      note: 'When at last?',
    },
    at,
  );
export const tryVisitOf =
  (change: Partial<RecordReturnVisitAttempt> = {}): ComplaintCommand =>
  (state, at, env) =>
    recordReturnVisitAttempt(
      state,
      {
        by: 'staff-lin',
        customerId: state.members[0]?.customerId ?? null,
        channel: 'PHONE',
        obstacle: 'NO_ANSWER',
        remarks: null,
        ...change,
      },
      at,
      env,
    );
export const tryVisit = tryVisitOf();
/** The customer, or another member, wants no visit. */
export const declineVisit = (customerId?: string): ComplaintCommand =>
  tryVisitOf({
    ...(customerId !== undefined && { customerId }),
    obstacle: 'DECLINED',
    remarks: 'Needs no visit.',
  });
export const link =
  (otherComplaintId: string): ComplaintCommand =>
  (state, at) =>
    linkComplaint(state, { by: 'staff-lin', otherComplaintId }, at);
export const joinInto =
  (id: string, status: ComplaintStatus = 'IN_HANDLING'): ComplaintCommand =>
  (state, at, env) =>
    joinComplaintInto(state, { by: 'staff-lin', into: { id, status }, reason: 'The same lift.' }, at, env);
export const split =
  (...customerIds: string[]): ComplaintCommand =>
  (state, at, env) =>
    splitComplaint(
      state,
      {
        by: 'staff-lin',
        complaintId: 'case-3',
        customerIds,
        causeClass: 'CLASS_1',
        topic: 'NOISE',
        content: 'It is the noise of the lift.',
        reason: 'Another matter.',
      },
      at,
      env,
    );

const before = new Date('2026-03-02T10:30:00+08:00');

/** The case as it is with some step done that its status may not allow: for commands that need it. */
function after(state: ComplaintState, ...steps: ComplaintCommand[]): ComplaintState {
  let open: ComplaintState = { ...state, status: 'IN_HANDLING', namedStaffIds: [] };
  for (const step of steps) open = accepted(step(open, before, environment));
  const { status, namedStaffIds } = state;
  return { ...open, status, namedStaffIds };
}

/** The case with a reply that has come so far. */
export function withReply(state: ComplaintState, status: ReplyStatus = 'DRAFT'): ComplaintState {
  const steps = { DRAFT: [], IN_APPROVAL: [submitReply], APPROVED: [submitReply, approveReply] };
  return after(state, draftReply, ...(steps[status as keyof typeof steps] ?? []));
}

/** The case with a demand form of the company, its measures reported or not. */
export function withCompanyForm(state: ComplaintState, hasMeasures = false): ComplaintState {
  return after(state, issueCompanyForm, ...(hasMeasures ? [reportMeasures] : []));
}

/** The case with a demand form and a special report. */
export function withDocuments(state: ComplaintState): ComplaintState {
  const sent = { version: 1, by: 'staff-lin', sentTo: ['QUALITY_CENTRE' as const], revisedBecause: null };
  const form = { ...sent, sequence: 1, filedAt: before, severity: 'HOT' as const };
  return {
    ...state,
    demandForms: [{ ...form, demand: 'A lift.', measures: 'A sensor.' }],
    specialReports: [{ ...sent, sequence: 1, submittedAt: before, ...reportParts }],
  };
}

/** The case with an offer to `staff-he`. */
export function withOffer(state: ComplaintState): ComplaintState {
  return { ...after({ ...state, handlerId: 'staff-li' }, handOver) };
}

/** The case with one member more. */
export function withMember(state: ComplaintState, customerId: string): ComplaintState {
  return { ...state, members: [...state.members, { customerId, joinedAt: before, interactionId: null }] };
}
