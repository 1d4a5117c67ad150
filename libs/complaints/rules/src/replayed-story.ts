/** A case as whoever has heard all that was told of it knows it, for the law that the history gives the state. */
import type { ComplaintState } from './complaint';
import type { ComplaintFact } from './facts';
import type { ReplyStep } from './reply-state';

interface KnownReply {
  readonly audience: string;
  readonly status: string;
  readonly wordings: number;
  /** Whose word on which wording was asked for when, and what came of it. */
  readonly asked: readonly {
    readonly approver: string;
    readonly revision: number;
    readonly askedAt: Date;
    readonly decidedAt: Date | null;
    readonly by: string | null;
    readonly verdict: string | null;
    readonly isVoid: boolean;
  }[];
}

/** All of a case that is not words, but its clocks. */
export interface KnownCase {
  readonly status: string;
  readonly severity: string;
  readonly causeClass: string;
  readonly members: readonly string[];
  readonly interactionIds: readonly string[];
  readonly facts: readonly string[];
  readonly namedStaffIds: readonly string[];
  readonly responsibleDepartment: string | null;
  readonly handlerId: string | null;
  readonly coordinatorId: string | null;
  readonly acknowledgedAt: Date | null;
  readonly resolvedAt: Date | null;
  readonly closedAt: Date | null;
  readonly responses: readonly Date[];
  readonly progress: readonly Date[];
  readonly callbackPromises: readonly Date[];
  readonly resolutions: readonly Date[];
  readonly closings: readonly Date[];
  readonly reopenings: readonly Date[];
  readonly visits: readonly (readonly [Date, number])[];
  readonly attempts: readonly Date[];
  readonly urgings: readonly Date[];
  readonly passings: readonly Date[];
  readonly demandForms: readonly (readonly [Date, number])[];
  readonly specialReports: readonly (readonly [Date, number])[];
  readonly notices: readonly (readonly [string, string])[];
  readonly companyForms: readonly (readonly [Date, boolean, boolean])[];
  readonly receipts: readonly string[];
  readonly handOvers: readonly (readonly [string, string])[];
  readonly replies: readonly KnownReply[];
  readonly attachments: readonly (readonly [string, boolean])[];
  readonly links: readonly string[];
}

type FactOf<Type extends ComplaintFact['type']> = Extract<ComplaintFact, { readonly type: Type }>;
type Ended = (complaintId: string) => readonly ComplaintFact[];
type Change<Type extends ComplaintFact['type']> = (
  known: KnownCase,
  fact: FactOf<Type>,
  ended: Ended,
) => Partial<KnownCase>;

const nothing = (): Partial<KnownCase> => ({});
const joined = (one: readonly string[], more: readonly string[]): string[] => [...new Set([...one, ...more])];

function answered(known: KnownCase, outcome: string): KnownCase['handOvers'] {
  return known.handOvers.map(([to, was]) => [to, was === 'OFFERED' ? outcome : was]);
}

/** Nobody whom the complaint names keeps what he has of it, or was offered. */
function named(known: KnownCase, staffIds: readonly string[]): Partial<KnownCase> {
  const namedStaffIds = joined(known.namedStaffIds, staffIds);
  const isNamed = (staffId: string | null): boolean => staffId !== null && namedStaffIds.includes(staffId);
  return {
    namedStaffIds,
    coordinatorId: isNamed(known.coordinatorId) ? null : known.coordinatorId,
    handOvers: known.handOvers.map(([to, was]) => [to, was === 'OFFERED' && isNamed(to) ? 'WITHDRAWN' : was]),
  };
}

function withReply(
  known: KnownCase,
  sequence: number,
  change: (reply: KnownReply) => Partial<KnownReply>,
): Partial<KnownCase> {
  return {
    replies: known.replies.map((reply, index) =>
      index + 1 === sequence ? { ...reply, ...change(reply) } : reply,
    ),
  };
}

const voided = (reply: KnownReply): KnownReply['asked'] =>
  reply.asked.map((one) => ({ ...one, isVoid: true }));

function asking(reply: KnownReply, approver: string | null | undefined, askedAt: Date): KnownReply['asked'] {
  if (!approver) return reply.asked;
  const open = { decidedAt: null, by: null, verdict: null, isVoid: false };
  return [...reply.asked, { approver, revision: reply.wordings, askedAt, ...open }];
}

function decided(
  reply: KnownReply,
  { at, by }: { readonly at: Date; readonly by: string },
  verdict: string,
): KnownReply {
  const asked = reply.asked.map((one) =>
    one.decidedAt === null && !one.isVoid ? { ...one, decidedAt: at, by, verdict } : one,
  );
  return { ...reply, asked };
}

function withLastForm(
  known: KnownCase,
  change: (form: [Date, boolean, boolean]) => void,
): Partial<KnownCase> {
  const forms = known.companyForms.map((form): [Date, boolean, boolean] => [...form]);
  change(forms.at(-1)!);
  return { companyForms: forms };
}

/** What each fact changes of what is known. One that is not in the table does not compile. */
const changes: { readonly [Type in ComplaintFact['type']]: Change<Type> } = {
  ComplaintReceived: (_, fact) => ({
    ...{ status: 'RECEIVED', severity: fact.severity, causeClass: fact.causeClass, facts: fact.facts },
    ...{ members: fact.customerIds, interactionIds: fact.interactionIds, handlerId: fact.handlerId },
    ...{ namedStaffIds: fact.namedStaffIds, responsibleDepartment: fact.responsibleDepartment },
    links: fact.cameFromComplaintId === null ? [] : [`CAME_FROM ${fact.cameFromComplaintId}`],
  }),
  ComplaintAcknowledged: (_, { at }) => ({ status: 'ACKNOWLEDGED', acknowledgedAt: at }),
  ComplaintAssigned: (known, { responsibleDepartment, handlerId }) => ({
    ...{ responsibleDepartment, handlerId, handOvers: answered(known, 'WITHDRAWN') },
  }),
  ComplaintResponded: ({ responses }, { at }) => ({ status: 'IN_HANDLING', responses: [...responses, at] }),
  ComplaintProgressRecorded: ({ progress }, { at }) => ({ progress: [...progress, at] }),
  ComplaintFactsAdded: ({ facts }, fact) => ({ facts: joined(facts, fact.facts) }),
  ComplaintWordsAdded: nothing,
  ComplaintStaffNamed: (known, { staffIds }) => named(known, staffIds),
  ComplaintSeverityChanged: (_, { to }) => ({ severity: to }),
  ComplaintCauseClassChanged: (_, { to }) => ({ causeClass: to }),
  ComplaintCustomerJoined: ({ members, interactionIds }, { customerId, interactionId }) => ({
    members: [...members, customerId],
    interactionIds: joined(interactionIds, interactionId === null ? [] : [interactionId]),
  }),
  ComplaintCustomerReplaced: ({ members }, { customerId, intoCustomerId }) => ({
    members: joined(
      members.map((one) => (one === customerId ? intoCustomerId : one)),
      [],
    ),
  }),
  ComplaintAttachmentAdded: ({ attachments }, { attachmentId }) => ({
    attachments: [...attachments, [attachmentId, false]],
  }),
  ComplaintAttachmentRemoved: ({ attachments }, { attachmentId }) => ({
    attachments: attachments.map(([id, isRemoved]) => [id, isRemoved || id === attachmentId]),
  }),
  DemandFormFiled: ({ demandForms }, { at }) => ({ demandForms: [...demandForms, [at, 1]] }),
  DemandFormRevised: ({ demandForms }, { at, version }) => ({
    demandForms: [...demandForms, [at, version]],
  }),
  ComplaintClockStarted: nothing,
  ComplaintClockWarned: nothing,
  ComplaintClockPaused: nothing,
  ComplaintClockResumed: nothing,
  ComplaintClocksRecomputed: nothing,
  ComplaintAgeingWarned: nothing,
  ComplaintClockMet: nothing,
  ComplaintClockMissed: nothing,
  ComplaintCallbackPromised: ({ callbackPromises }, { at }) => ({
    callbackPromises: [...callbackPromises, at],
  }),
  ComplaintResolved: ({ resolutions }, { at }) => ({
    ...{ status: 'RESOLVED', resolvedAt: at, resolutions: [...resolutions, at] },
  }),
  ReturnVisitRecorded: ({ visits, links }, { at, satisfaction, ledToComplaintId }) => ({
    visits: [...visits, [at, satisfaction]],
    links: ledToComplaintId === null ? links : [...links, `LED_TO ${ledToComplaintId}`],
  }),
  LinkedCaseRequested: nothing,
  SpecialReportSubmitted: ({ specialReports }, { at }) => ({ specialReports: [...specialReports, [at, 1]] }),
  SpecialReportRevised: ({ specialReports }, { at, version }) => ({
    specialReports: [...specialReports, [at, version]],
  }),
  ComplaintReopened: ({ reopenings }, { at }) => ({
    ...{ status: 'REOPENED', resolvedAt: null, closedAt: null, reopenings: [...reopenings, at] },
  }),
  ComplaintClosed: ({ closings }, { at }) => ({
    status: 'CLOSED',
    closedAt: at,
    closings: [...closings, at],
  }),
  ComplaintReplyDrafted: ({ replies }, { audience }) => ({
    replies: [...replies, { audience, status: 'DRAFT', wordings: 1, asked: [] }],
  }),
  ComplaintReplyRevised: (known, { sequence, revision }) =>
    withReply(known, sequence, (one) => ({ status: 'DRAFT', wordings: revision, asked: voided(one) })),
  ComplaintReplySubmitted: (known, { sequence, ladder, at }) =>
    withReply(known, sequence, (reply) => ({ status: 'IN_APPROVAL', asked: asking(reply, ladder[0], at) })),
  ComplaintReplyApproved: (known, fact) =>
    withReply(known, fact.sequence, (reply) => ({
      status: fact.next === null ? 'APPROVED' : 'IN_APPROVAL',
      asked: asking(decided(reply, fact, 'APPROVED'), fact.next, fact.at),
    })),
  ComplaintReplySentBack: (known, fact) =>
    withReply(known, fact.sequence, (reply) => ({
      ...{ status: 'SENT_BACK', asked: decided(reply, fact, 'SENT_BACK').asked },
    })),
  ComplaintReplySent: (known, { sequence, at }) => ({
    ...withReply(known, sequence, () => ({ status: 'SENT' })),
    ...{ status: 'IN_HANDLING', responses: [...known.responses, at] },
  }),
  ComplaintReplyWithdrawn: (known, { sequence }) =>
    withReply(known, sequence, (reply) => ({ status: 'WITHDRAWN', asked: voided(reply) })),
  ComplaintNoticeIssued: ({ notices }, { kind, to }) => ({ notices: [...notices, [kind, to]] }),
  ComplaintCoordinatorNamed: (_, { coordinatorId }) => ({ coordinatorId }),
  CompanyDemandFormIssued: ({ companyForms }, { finishAt }) => ({
    companyForms: [...companyForms, [finishAt, false, false]],
  }),
  CompanyMeasuresReported: (known) => withLastForm(known, (form) => (form[1] = true)),
  CompanyResultReported: (known) => withLastForm(known, (form) => (form[2] = true)),
  ComplaintDocumentReceived: ({ receipts }, { document, sequence, recipient }) => ({
    receipts: [...receipts, `${document} ${sequence} ${recipient}`],
  }),
  ComplaintHandOverOffered: ({ handOvers }, { toHandlerId }) => ({
    handOvers: [...handOvers, [toHandlerId, 'OFFERED']],
  }),
  ComplaintHandOverAnswered: (known, { outcome }) => ({ handOvers: answered(known, outcome) }),
  ComplaintPassedOn: ({ passings }, { passedOnAt }) => ({ passings: [...passings, passedOnAt] }),
  ComplaintUrged: ({ urgings, interactionIds }, { at, interactionId }) => ({
    urgings: [...urgings, at],
    interactionIds: joined(interactionIds, interactionId === null ? [] : [interactionId]),
  }),
  ReturnVisitAttempted: ({ attempts }, { at }) => ({ attempts: [...attempts, at] }),
  ComplaintLinked: ({ links }, { linkedComplaintId }) => ({
    links: [...links, `RELATED ${linkedComplaintId}`],
  }),
  ComplaintJoinedInto: (known, { intoComplaintId }) => ({
    ...{ status: 'JOINED', resolvedAt: null, handOvers: answered(known, 'WITHDRAWN') },
    links: [...known.links, `JOINED_INTO ${intoComplaintId}`],
  }),
  // What the other case left is in what was told of that one.
  ComplaintTookIn: (known, { fromComplaintId, interactionIds }, ended) => {
    const other = replayed(ended(fromComplaintId), ended);
    return {
      ...named(known, other.namedStaffIds),
      interactionIds: joined(known.interactionIds, interactionIds),
      facts: joined(known.facts, other.facts),
      reopenings: [...known.reopenings, ...other.reopenings],
      passings: [...known.passings, ...other.passings],
      links: [...known.links, `TOOK_IN ${fromComplaintId}`],
    };
  },
  ComplaintSplitOff: ({ members, links }, { customerIds, linkedComplaintId }) => ({
    members: members.filter((one) => !customerIds.includes(one)),
    links: [...links, `SPLIT_INTO ${linkedComplaintId}`],
  }),
};

/** Every type of fact that there is. */
export const factTypes = Object.keys(changes) as ComplaintFact['type'][];

const unknown: KnownCase = {
  ...{ status: '', severity: '', causeClass: '', members: [], interactionIds: [], facts: [] },
  ...{ namedStaffIds: [], responsibleDepartment: null, handlerId: null, coordinatorId: null },
  ...{ acknowledgedAt: null, resolvedAt: null, closedAt: null, responses: [], progress: [] },
  ...{ callbackPromises: [], resolutions: [], closings: [], reopenings: [], visits: [], attempts: [] },
  ...{
    passings: [],
    urgings: [],
    demandForms: [],
    specialReports: [],
    notices: [],
    companyForms: [],
    receipts: [],
  },
  ...{ handOvers: [], replies: [], attachments: [], links: [] },
};

/** The case as its facts tell of it, from the first one on. @param ended what was told of cases that ended in it */
export function replayed(facts: readonly ComplaintFact[], ended: Ended): KnownCase {
  return facts.reduce((known, fact) => {
    // The table has for each type the function of its facts.
    const change = changes[fact.type] as Change<ComplaintFact['type']>;
    return { ...known, ...change(known, fact, ended) };
  }, unknown);
}

const instants = (all: readonly { readonly at: Date }[]): Date[] => all.map(({ at }) => at);

/** The same of the case itself. */
export function knownOf(state: ComplaintState): KnownCase {
  const { status, severity, causeClass, interactionIds, namedStaffIds, responsibleDepartment } = state;
  const { handlerId, coordinatorId, resolvedAt, closedAt } = state;
  const asked = ({ voidedAt, reason: _, ...step }: ReplyStep) => ({ ...step, isVoid: voidedAt !== null });
  return {
    ...{ status, severity, causeClass, interactionIds, namedStaffIds, responsibleDepartment, handlerId },
    ...{ coordinatorId, resolvedAt, closedAt },
    members: state.members.map(({ customerId }) => customerId),
    facts: state.facts.map(({ fact }) => fact),
    acknowledgedAt: state.acknowledgement?.at ?? null,
    responses: instants(state.responses),
    progress: instants(state.progress),
    callbackPromises: instants(state.callbackPromises),
    resolutions: instants(state.resolutions),
    closings: instants(state.closings),
    reopenings: instants(state.reopenings),
    visits: state.returnVisits.map(({ at, satisfaction }) => [at, satisfaction]),
    attempts: instants(state.returnVisitAttempts),
    urgings: instants(state.urgings),
    passings: state.passings.map(({ passedOnAt }) => passedOnAt),
    demandForms: state.demandForms.map(({ filedAt, version }) => [filedAt, version]),
    specialReports: state.specialReports.map(({ submittedAt, version }) => [submittedAt, version]),
    notices: state.notices.map(({ kind, to }) => [kind, to]),
    companyForms: state.companyForms.map((one) => [one.finishAt, !!one.measures, !!one.result]),
    receipts: state.documentReceipts.map((one) => `${one.document} ${one.sequence} ${one.recipient}`),
    handOvers: state.handOvers.map(({ toHandlerId, outcome }) => [toHandlerId, outcome]),
    replies: state.replies.map(({ audience, status: standing, revisions, steps }) => ({
      ...{ audience, status: standing, wordings: revisions.length, asked: steps.map(asked) },
    })),
    attachments: state.attachments.map(({ id, removal }) => [id, removal !== null]),
    links: state.linkedCases.map(({ complaintId, relation }) => `${relation} ${complaintId}`),
  };
}
