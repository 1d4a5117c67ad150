/** Any commands of the work on a case, for stories in which laws hold whatever happens. */
import fc from 'fast-check';
import { addHours, isRefused } from '@anju/kernel';
import { accepted, factsOf } from '@anju/testing';
import { attachToComplaint, detachFromComplaint } from './attachments';
import { customersOf, type ComplaintState } from './complaint';
import {
  acknowledge,
  aReceipt,
  assign,
  customers,
  fileForm,
  pause,
  report,
  resolve,
  Story,
  type ComplaintCommand,
} from './complaint-story';
import {
  acceptHandOver,
  answer,
  declineVisit,
  handOver,
  issueCompanyForm,
  issueNotice,
  link,
  nameCoordinator,
  passOn,
  refuseHandOver,
  reportMeasures,
  reportResult,
  reviseForm,
  reviseReport,
  tryVisit,
  urge,
} from './complaint-work-story';
import {
  complaintDocumentKinds,
  documentRecipients,
  noticeKinds,
  noticeRules,
  type ComplaintDocumentKind,
  type DocumentRecipient,
} from './document-state';
import { confirmDocumentReceipt } from './documents';
import type { ComplaintFact } from './facts';
import { changeComplaintCauseClass } from './handling';
import { joinComplaintInto, splitComplaint, takeInComplaint } from './linking';
import { recordReturnVisit } from './outcome';
import {
  approveComplaintReply,
  draftComplaintReply,
  reviseComplaintReply,
  sendBackComplaintReply,
  sendComplaintReply,
  submitComplaintReply,
  withdrawComplaintReply,
} from './replies';
import { replyApprovers } from './reply-state';
import { raiseComplaintSeverity } from './severity-commands';

/** What is known of the cases that ended in the one that is told of, by their ids. */
export const endedCases = new Map<string, readonly ComplaintFact[]>();
let cases = 0;

const lastReply = (state: ComplaintState): { sequence: number; revision: number } => ({
  sequence: state.replies.length,
  revision: state.replies.at(-1)?.revisions.length ?? 1,
});

const draft = (audience: 'CUSTOMER' | 'PUBLIC_PLATFORM', by: string): ComplaintCommand => {
  const marks = { generalManagerAsked: by === 'staff-li', statesMeasures: audience === 'CUSTOMER' };
  return (state, at) =>
    draftComplaintReply(state, { by, audience, ...marks, text: 'The sensor comes on Friday.' }, at);
};
const submit: ComplaintCommand = (state, at, env) =>
  submitComplaintReply(state, { by: 'staff-li', ...lastReply(state) }, at, env);
const revise: ComplaintCommand = (state, at) =>
  reviseComplaintReply(state, { by: 'staff-li', ...lastReply(state), text: `From ${+at} on.` }, at);
const approve =
  (by: string, askGeneralManager = false): ComplaintCommand =>
  (state, at) =>
    approveComplaintReply(state, { by, as: replyApprovers, ...lastReply(state), askGeneralManager }, at);
const sendBack: ComplaintCommand = (state, at) =>
  sendBackComplaintReply(
    state,
    { by: 'staff-lin', as: replyApprovers, ...lastReply(state), reason: 'Say when.' },
    at,
  );
const send: ComplaintCommand = (state, at, env) =>
  sendComplaintReply(state, { by: 'staff-guan', ...lastReply(state), channel: 'PHONE' }, at, env);
const withdraw: ComplaintCommand = (state, at) =>
  withdrawComplaintReply(state, { by: 'staff-li', ...lastReply(state), reason: 'It is mended.' }, at);

const anyReplyStep: fc.Arbitrary<ComplaintCommand> = fc.constantFrom(
  ...[draft('CUSTOMER', 'staff-li'), draft('CUSTOMER', 'staff-he'), draft('PUBLIC_PLATFORM', 'staff-li')],
  ...[submit, submit, submit, approve('staff-lin'), approve('staff-lin'), approve('staff-zhi')],
  ...[approve('staff-guan', true), approve('staff-he'), sendBack, send, send, revise, withdraw],
);

const changeClass = (to: 'CLASS_1' | 'CLASS_2' | 'CLASS_3'): ComplaintCommand => {
  return (state, at) => changeComplaintCauseClass(state, { by: 'staff-lin', to, reason: 'It is so.' }, at);
};

const anyNotice = fc
  .constantFrom(...noticeKinds)
  .chain((kind) => fc.constantFrom(...noticeRules[kind].to).map((to) => ({ kind, to })))
  .map((notice) => issueNotice({ ...notice, department: 'Water works' }));

const receive =
  (document: ComplaintDocumentKind, sequence: number, recipient: DocumentRecipient = 'QUALITY_CENTRE') =>
  (state: ComplaintState, at: Date) => {
    const receipt = {
      document,
      sequence,
      recipient,
      by: 'staff-zhi',
      signedBy: 'Wang',
      as: documentRecipients,
    };
    return confirmDocumentReceipt(state, receipt, at);
  };
const anyReceipt = fc
  .tuple(
    fc.constantFrom(...complaintDocumentKinds),
    fc.integer({ min: 1, max: 3 }),
    fc.constantFrom(...documentRecipients),
  )
  .map((receipt): ComplaintCommand => receive(...receipt));

const attach: ComplaintCommand = (state, at, env) => {
  const file = { id: `file-${+at}`, name: 'lift.jpg', contentType: 'image/jpeg', size: 100 };
  return attachToComplaint(state, { by: 'staff-zhou', files: [file], notUsable: [], note: null }, at, env);
};
const detach: ComplaintCommand = (state, at) => {
  const attachmentId = state.attachments[0]?.id ?? 'none';
  return detachFromComplaint(state, { by: 'staff-lin', attachmentId, reason: 'Not of this case.' }, at);
};

const split =
  (count: number): ComplaintCommand =>
  (state, at, env) => {
    const complaintId = `split-${(cases += 1)}`;
    const own = { causeClass: 'CLASS_1' as const, topic: 'NOISE', content: 'The noise.', reason: 'Another.' };
    const customerIds = customersOf(state).slice(0, count);
    return splitComplaint(state, { by: 'staff-lin', complaintId, customerIds, ...own }, at, env);
  };

/** Another case that turned out to be the same, with what was done with it, ends in this one. */
const takeIn =
  (days: number, people: number, steps: readonly ComplaintCommand[]): ComplaintCommand =>
  (state, at, env) => {
    const id = `ended-${(cases += 1)}`;
    const channel = people % 2 === 0 ? 'WEB' : 'PHONE';
    const receivedAt = addHours(at, -24 * days);
    const customerIds = customers(people, 5);
    const ended = new Story(aReceipt({ id, channel, receivedAt, customerIds, interactionId: `of-${id}` }));
    for (const step of [acknowledge, assign, ...steps]) {
      if (!isRefused(ended.try(at, step))) ended.at(at, step);
    }
    const by = 'staff-lin';
    const into = { id: state.id, status: state.status };
    const join: ComplaintCommand = (one, now) =>
      joinComplaintInto(one, { by, into, reason: 'The same lift.' }, now, env);
    const decision = ended.try(at, join);
    if (isRefused(decision)) return decision;
    endedCases.set(id, [...ended.facts, ...factsOf(decision)]);
    return takeInComplaint(state, { by, from: accepted(decision) }, at, env);
  };

const anyEnded = fc
  .tuple(fc.nat(40), fc.nat(6), fc.array(fc.oneof(anyReplyStep, fc.constant(pause())), { maxLength: 3 }))
  .map(([days, people, steps]) => takeIn(days, people, steps));

const joinInto: ComplaintCommand = (state, at, env) => {
  const into = { id: 'case-9', status: 'IN_HANDLING' as const };
  return joinComplaintInto(state, { by: 'staff-lin', into, reason: 'The same lift.' }, at, env);
};

/** Replies, documents, hand over, urging, groups: whatever people do with a case beside its course. */
export const anyWork: fc.Arbitrary<ComplaintCommand> = fc.oneof(
  { weight: 5, arbitrary: anyReplyStep },
  { weight: 2, arbitrary: fc.constantFrom(issueCompanyForm, reportMeasures, reportResult) },
  { weight: 2, arbitrary: fc.constantFrom(handOver, acceptHandOver, refuseHandOver) },
  fc.constantFrom(nameCoordinator, passOn(), reviseForm, reviseReport, urge, tryVisit, attach, detach),
  fc.constantFrom(tryVisit, declineVisit()),
  fc.constantFrom(changeClass('CLASS_1'), changeClass('CLASS_2'), changeClass('CLASS_3')),
  fc.constantFrom('case-2', 'case-3').map((other) => link(other)),
  fc.integer({ min: 1, max: 4 }).map(split),
  { weight: 2, arbitrary: anyNotice },
  { weight: 2, arbitrary: anyReceipt },
  anyEnded,
);

const raise: ComplaintCommand = (state, at, env) =>
  raiseComplaintSeverity(state, { by: 'staff-lin', to: 'HOT', reason: 'Feared.' }, at, env);

const visitWithDemand: ComplaintCommand = (state, at, env) => {
  const complaintId = `demand-${(cases += 1)}`;
  const newDemand = { complaintId, causeClass: 'CLASS_1' as const, topic: 'NOISE', content: 'The noise.' };
  const [customerId = null] = customersOf(state);
  const visited = { by: 'staff-lin', customerId, channel: 'PHONE' as const, satisfaction: 4, remarks: null };
  return recordReturnVisit(state, { ...visited, newDemand }, at, env);
};

/** What belongs together, in its order: up the ladder of a reply and out, to the company and back, from hand to hand. */
export const workInOrder: readonly (readonly ComplaintCommand[])[] = [
  [draft('CUSTOMER', 'staff-he'), submit, approve('staff-lin'), send],
  [draft('CUSTOMER', 'staff-he'), submit, approve('staff-lin', true), approve('staff-zhi'), send],
  [draft('PUBLIC_PLATFORM', 'staff-he'), submit, approve('staff-lin'), revise, submit, withdraw],
  [draft('CUSTOMER', 'staff-he'), submit, sendBack, revise, submit, approve('staff-zhi')],
  [issueCompanyForm, reportMeasures, reportResult],
  [handOver, acceptHandOver],
  [handOver, refuseHandOver],
  [attach, detach],
  [raise, fileForm, reviseForm, receive('DEMAND_FORM', 1)],
  [raise, answer, resolve, report, reviseReport, visitWithDemand],
  [changeClass('CLASS_3'), nameCoordinator, tryVisit, urge],
  [passOn(), answer],
];

/** The end in another case: nothing is done after it. */
export const anyEnd: fc.Arbitrary<ComplaintCommand> = fc.constant(joinInto);
