import type { Person } from './case-step';
import type { CountedCase } from './counted-case';
import { isOwed, timeOf, type CountedClock } from './counted-clock';
import type { CountedReply } from './counted-replies';
import type { YearGround } from './year-ground';

interface StoredPause {
  readonly pausedAt: string;
  readonly resumedAt: string | null;
}

export interface StoredClock {
  readonly kind: string;
  readonly startedAt: string;
  readonly dueAt: string;
  readonly warnAt: string | null;
  readonly warnedAt: string | null;
  readonly waitingFor: string;
  readonly pauses: readonly StoredPause[];
  readonly policyVersion: number;
  readonly calendarVersion: number;
  readonly metAt: string | null;
  readonly missedAt: string | null;
  readonly lapsedAt: string | null;
}

interface StoredStep {
  readonly approver: string;
  readonly revision: number;
  readonly askedAt: string;
  readonly decidedAt: string | null;
  readonly by: string | null;
  readonly verdict: string | null;
  readonly voidedAt: string | null;
}

interface StoredReply {
  readonly status: string;
  readonly ladder: readonly string[];
  readonly revisions: readonly unknown[];
  readonly steps: readonly StoredStep[];
}

export interface StoredCase {
  readonly id: string;
  readonly status: string;
  readonly severity: string;
  readonly cause_class: string;
  readonly version: number;
  readonly responsible_department: string | null;
  readonly handler_id: string | null;
  readonly coordinator_id: string | null;
  readonly resolved_at: Date | null;
  readonly closed_at: Date | null;
  readonly ageing: { readonly becomesHotAt: string; readonly becomesMajorAt: string };
  readonly clocks: readonly StoredClock[];
  readonly replies: readonly StoredReply[];
  readonly members: readonly { readonly customerId: string }[];
  readonly linked_cases: readonly { readonly relation: string; readonly complaintId: string }[];
  readonly notices: readonly { readonly kind: string; readonly to: string }[];
  readonly company_forms: readonly { readonly finishAt: string; readonly result: unknown }[];
  readonly document_receipts: readonly unknown[];
  readonly hand_overs: readonly { readonly outcome: string }[];
  readonly urgings: readonly unknown[];
  readonly return_visit_attempts: readonly { readonly at: string; readonly release: string | null }[];
  readonly reopenings: readonly unknown[];
}

/** What of a case is read from its row. */
export const caseColumns = [
  ...['id', 'status', 'severity', 'cause_class', 'version', 'responsible_department', 'handler_id'],
  ...['coordinator_id', 'resolved_at', 'closed_at', 'ageing', 'clocks', 'replies', 'members'],
  ...['linked_cases', 'notices', 'company_forms', 'document_receipts', 'hand_overs', 'urgings'],
  ...['return_visit_attempts', 'reopenings'],
].join(', ');

const millis = (text: string | null): number | null => (text === null ? null : Date.parse(text));
type Find = (what: string) => void;

/** Holds a case as it is stored against the case as it was counted. */
export class CaseCheck {
  constructor(
    private readonly ground: YearGround,
    /** By story. */
    private readonly ids: readonly string[],
    private readonly find: Find,
  ) {}

  compare(story: number, counted: CountedCase, stored: StoredCase): void {
    const same = (what: string, byHand: unknown, found: unknown): void => {
      const [a, b] = [JSON.stringify(byHand), JSON.stringify(found)];
      if (a !== b) this.find(`case ${story}, ${what}: by hand ${a}, found ${b}`);
    };
    const { ground, ids } = this;
    const staff = (person: Person | null | undefined): string | null =>
      person ? ground.staffId(person) : null;
    const customers = ground.customerIds[counted.receipt.project]!;
    const { assignment } = counted;
    same('status', counted.status, stored.status);
    same('severity', counted.severity, stored.severity);
    same('class', counted.causeClass, stored.cause_class);
    same('resolved', counted.resolvedAt, stored.resolved_at?.getTime() ?? null);
    same('closed', counted.closedAt, stored.closed_at?.getTime() ?? null);
    same('department', assignment?.department ?? null, stored.responsible_department);
    same('handler', staff(assignment?.handler), stored.handler_id);
    same('coordinator', staff(counted.coordinator), stored.coordinator_id);
    same('second complaints', counted.secondComplaints, stored.reopenings.length);
    same(
      'members',
      [...counted.members].map((customer) => customers[customer]!).sort(),
      stored.members.map(({ customerId }) => customerId).sort(),
    );
    same(
      'links',
      counted.links.map((link) => `${link.relation} ${ids[link.story]}`).sort(),
      stored.linked_cases.map(({ relation, complaintId }) => `${relation} ${complaintId}`).sort(),
    );
    const { becomesHotAt, becomesMajorAt } = stored.ageing;
    same(
      'ages',
      counted.ages.map(({ dueAt }) => dueAt),
      [millis(becomesHotAt), millis(becomesMajorAt)],
    );
    same('clocks', counted.clocks.map(countedClock).sort(), stored.clocks.map(storedClock).sort());
    same(
      'replies',
      counted.replies.map((reply) => countedReply(reply, staff)),
      stored.replies.map(storedReply),
    );
    same(
      'notices',
      counted.notices,
      stored.notices.map(({ kind, to }) => ({ kind, to })),
    );
    same(
      'company’s forms',
      counted.companyForms.map(({ finishAt, isAnswered }) => [finishAt, isAnswered]),
      stored.company_forms.map(({ finishAt, result }) => [millis(finishAt), result !== null]),
    );
    const received = counted.demandForms.reduce((sum, by) => sum + by.size, 0);
    same('documents received', received, stored.document_receipts.length);
    const isOffered = stored.hand_overs.some(({ outcome }) => outcome === 'OFFERED');
    same('offered', counted.offer !== null, isOffered);
    same('urged', counted.urgings, stored.urgings.length);
    same(
      'tried visits',
      counted.attempts.map(({ at, released }) => `${at} ${released}`),
      stored.return_visit_attempts.map(({ at, release }) => `${millis(at)} ${release}`),
    );
    this.checkCalendar(story, counted);
  }

  /** No duty is due outside its own time; but what would have been due before another rule held is due with it. */
  private checkCalendar(story: number, counted: CountedCase): void {
    for (const { kind, dueAt, calendarVersion, isPutOff } of counted.clocks) {
      const calendar = counted.calendarOf(calendarVersion);
      if (isPutOff || calendar.isIn(timeOf(kind), dueAt)) continue;
      this.find(`case ${story}: ${kind} is due outside its calendar, ${new Date(dueAt).toISOString()}`);
    }
  }
}

/** Duties that wait for whoever has the reply; all others for the same one always. */
const passedOn = ['REPLY', 'RESPONSE', 'MEASURES'];

function countedClock(clock: CountedClock): string {
  const { kind, startedAt, dueAt, warnAt, warnedAt, pauses, policyVersion, calendarVersion } = clock;
  const { metAt, missedAt, lapsedAt } = clock;
  const waitsFor = passedOn.includes(kind) && isOwed(clock) ? clock.waitsFor : '';
  const paused = pauses.map(({ from, to }) => `${from}-${to}`).join();
  return [
    ...[startedAt, kind, dueAt, warnAt, warnedAt, metAt, missedAt, lapsedAt],
    ...[policyVersion, calendarVersion, paused, waitsFor],
  ].join(' ');
}

function storedClock(clock: StoredClock): string {
  const { kind, startedAt, dueAt, warnAt, warnedAt, metAt, missedAt, lapsedAt, pauses } = clock;
  const isOwedStill = metAt === null && lapsedAt === null;
  const waitsFor = passedOn.includes(kind) && isOwedStill ? clock.waitingFor : '';
  const paused = pauses.map((one) => `${millis(one.pausedAt)}-${millis(one.resumedAt)}`).join();
  return [
    ...[millis(startedAt), kind, millis(dueAt), millis(warnAt), millis(warnedAt)],
    ...[millis(metAt), millis(missedAt), millis(lapsedAt)],
    ...[clock.policyVersion, clock.calendarVersion, paused, waitsFor],
  ].join(' ');
}

/** Whose word was waited for, from when to when: each approver's delay is his alone (CMP-08). */
function countedReply(
  { status, ladder, writers, approvals }: CountedReply,
  staff: (person: Person | null) => string | null,
): unknown {
  return [
    ...[status, ladder, writers.length],
    approvals.map((one) => [
      ...[one.approver, one.revision, one.askedAt, one.decidedAt],
      ...[staff(one.by), one.verdict, one.voidedAt],
    ]),
  ];
}

function storedReply({ status, ladder, revisions, steps }: StoredReply): unknown {
  return [
    ...[status, ladder, revisions.length],
    steps.map((one) => [
      ...[one.approver, one.revision, millis(one.askedAt), millis(one.decidedAt)],
      ...[one.by, one.verdict, millis(one.voidedAt)],
    ]),
  ];
}
