import type { LaterStep, StepOf } from './case-step';
import { wrongStatus, type Done, type Steps } from './counted-answers';
import type { CountedCase, VisitAttempt } from './counted-case';
import { isPaused, isRunning, pause } from './counted-clock';
import { groupSteps } from './counted-groups';
import { paperSteps } from './counted-papers';
import { replySteps } from './counted-replies';
import { compared, worse } from './counted-severity';
import { dateOf } from './naive-calendar';

const spoken = ['PHONE', 'IN_PERSON'];
/** Where everybody reads what a customer is told. */
const publicChannels = ['QQ_GROUP'];
/** Duties that are done with the customer; what is owed to the company waits for nobody. */
const pausable = ['RESPONSE', 'CALLBACK', 'REPLY', 'MEASURES', 'COMPANY_RESULT', 'RETURN_VISIT'];

/** From the receipt to the response and what is known meanwhile (CMP-02, CMP-04…06, CMP-11). */
const handlingSteps: Steps<
  | 'acknowledgeComplaint'
  | 'respondToComplaint'
  | 'recordComplaintProgress'
  | 'promiseComplaintCallback'
  | 'addComplaintFacts'
  | 'raiseComplaintSeverity'
  | 'changeComplaintCauseClass'
  | 'fileDemandForm'
  | 'passOnComplaint'
  | 'recordComplaintUrging'
> = {
  acknowledgeComplaint(one, _, { at }) {
    if (one.status !== 'RECEIVED') return wrongStatus;
    one.status = 'ACKNOWLEDGED';
    one.tell('complaint-acknowledged', at);
    const { department, handler } = one.assignment ?? {};
    if (department === 'EQUIPMENT' && handler === 'HANDLER') return 'DONE';
    one.assignment = { department: 'EQUIPMENT', handler: 'HANDLER' };
    one.offer = null;
    one.tell('complaint-assigned', at);
    return 'DONE';
  },
  respondToComplaint(one, { channel }, { at }) {
    if (!one.isBeingHandled) return wrongStatus;
    if (one.needsApproval || publicChannels.includes(channel)) return 'COMPLAINT_ANSWER_NOT_APPROVED';
    one.status = 'IN_HANDLING';
    one.answers += 1;
    one.tell('complaint-responded', at);
    one.meet('RESPONSE', at);
    one.meet('MEASURES', at);
    if (spoken.includes(channel)) one.meet('CALLBACK', at);
    return 'DONE';
  },
  recordComplaintProgress(one, { toldBy }, { at }) {
    if (!one.isBeingHandled && one.status !== 'RESOLVED') return wrongStatus;
    const isWritten = toldBy !== null && !spoken.includes(toldBy);
    if ((one.needsApproval && isWritten) || publicChannels.includes(toldBy ?? '')) {
      return 'COMPLAINT_ANSWER_NOT_APPROVED';
    }
    one.progressTold ||= toldBy !== null;
    one.tell('complaint-progress-recorded', at);
    if (toldBy && spoken.includes(toldBy)) one.meet('CALLBACK', at);
    return 'DONE';
  },
  promiseComplaintCallback(one, _, { at }) {
    if (!one.isUnresolved) return wrongStatus;
    if (one.owed('CALLBACK').length > 0) return 'CALLBACK_ALREADY_PROMISED';
    one.tell('complaint-callback-promised', at);
    one.start('CALLBACK', at);
    return 'DONE';
  },
  addComplaintFacts(one, { facts }, { at }) {
    if (!one.isOpen) return wrongStatus;
    const added = facts.filter((fact) => !one.facts.has(fact));
    if (added.length === 0) return 'COMPLAINT_FACTS_ALREADY_KNOWN';
    for (const fact of added) one.facts.add(fact);
    one.tell('complaint-facts-added', at);
    one.weigh(at);
    return 'DONE';
  },
  raiseComplaintSeverity(one, { to }, { at }) {
    if (!one.isOpen) return wrongStatus;
    if (compared(to, one.severity) <= 0) return 'SEVERITY_NOT_HIGHER';
    one.raisedTo = worse(one.raisedTo, to);
    one.weigh(at);
    return 'DONE';
  },
  changeComplaintCauseClass(one, { to }, { at }) {
    if (!one.isOpen) return wrongStatus;
    if (to === one.causeClass) return 'CAUSE_CLASS_UNCHANGED';
    one.causeClass = to;
    one.tell('complaint-cause-class-changed', at);
    return 'DONE';
  },
  fileDemandForm(one, _, { at }) {
    if (!one.isOpen) return wrongStatus;
    if (one.owed('DEMAND_FORM').length === 0) return 'DEMAND_FORM_NOT_REQUIRED';
    one.demandForms.push(new Set());
    one.tell('demand-form-filed', at);
    one.meet('DEMAND_FORM', at);
    return 'DONE';
  },
  passOnComplaint(one, { passedOnAt, reference }, { at }) {
    if (!one.isUnresolved) return wrongStatus;
    if (passedOnAt < one.receipt.receivedAt || passedOnAt > at) return 'COMPLAINT_PASSING_NOT_THEN';
    if (one.passings.has(reference)) return 'COMPLAINT_PASSED_ON_ALREADY';
    one.passings.set(reference, passedOnAt);
    one.tell('complaint-passed-on', at);
    one.oweReply(passedOnAt, at);
    return 'DONE';
  },
  recordComplaintUrging(one, { customer }, { at }) {
    if (!one.isOpen) return wrongStatus;
    if (customer !== null && !one.members.has(customer)) return 'URGING_CUSTOMER_NOT_IN_CASE';
    one.urgings += 1;
    one.tell('complaint-urged', at);
    return 'DONE';
  },
};

/** From the resolution to the end, or to the beginning again (CMP-11, CMP-12). */
const outcomeSteps: Steps<
  | 'resolveComplaint'
  | 'recordReturnVisit'
  | 'recordReturnVisitAttempt'
  | 'submitSpecialReport'
  | 'reopenComplaint'
  | 'closeComplaint'
> = {
  resolveComplaint(one, _, { at }) {
    if (one.status !== 'IN_HANDLING') return wrongStatus;
    if (!one.assignment) return 'COMPLAINT_HANDLER_MISSING';
    one.status = 'RESOLVED';
    one.resolvedAt = at;
    one.resolutions += 1;
    one.tell('complaint-resolved', at);
    one.start('RETURN_VISIT', at);
    if (one.severity !== 'GENERAL') one.start('SPECIAL_REPORT', at);
    return 'DONE';
  },
  recordReturnVisit(one, { satisfaction, newDemand, customer }, { at }) {
    if (one.status !== 'RESOLVED') return wrongStatus;
    if (!isMember(one, customer)) return 'VISITED_CUSTOMER_NOT_IN_CASE';
    one.visits.push({ at, satisfaction, told: one.asTold() });
    one.tell('return-visit-recorded', at);
    if (newDemand) one.tell('linked-case-requested', at);
    one.meet('RETURN_VISIT', at);
    one.meet('CALLBACK', at);
    if (satisfaction <= one.surroundings(at).policy.dissatisfiedUpTo) one.reopen(at);
    return 'DONE';
  },
  recordReturnVisitAttempt(one, { customer, obstacle }, { at }) {
    if (one.status !== 'RESOLVED') return wrongStatus;
    if (!isMember(one, customer)) return 'VISITED_CUSTOMER_NOT_IN_CASE';
    const attempt: VisitAttempt = { at, customer, obstacle, released: null, told: one.asTold() };
    one.attempts.push(attempt);
    one.tell('return-visit-attempted', at);
    const isOwed = one.owed('RETURN_VISIT').length > 0;
    // Whoever declines was called, as he was promised.
    if (obstacle === 'DECLINED') one.meet('CALLBACK', at);
    if (!isOwed) return 'DONE';
    const found = whatAttemptsShow(one, one.surroundings(at).policy.unreachableAfterDays);
    if (found.has('NOTHING')) return 'DONE';
    attempt.released = found.has('DECLINED') ? 'DECLINED' : 'UNREACHABLE';
    if (attempt.released === 'DECLINED') one.meet('RETURN_VISIT', at);
    one.lapse(at, ['RETURN_VISIT', 'CALLBACK']);
    return 'DONE';
  },
  submitSpecialReport(one, _, { at }) {
    if (one.status !== 'RESOLVED') return wrongStatus;
    if (one.owed('SPECIAL_REPORT').length === 0) {
      const isSent = one.clocks.some(({ kind, metAt }) => kind === 'SPECIAL_REPORT' && metAt !== null);
      return isSent && one.severity !== 'GENERAL'
        ? 'SPECIAL_REPORT_ALREADY_SUBMITTED'
        : 'SPECIAL_REPORT_NOT_REQUIRED';
    }
    one.tell('special-report-submitted', at);
    one.meet('SPECIAL_REPORT', at);
    return 'DONE';
  },
  reopenComplaint(one, _, { at }) {
    if (one.status !== 'RESOLVED' && one.status !== 'CLOSED') return wrongStatus;
    one.reopen(at);
    return 'DONE';
  },
  closeComplaint(one, _, { at }) {
    if (one.status !== 'RESOLVED') return wrongStatus;
    // Nobody writes any more to a customer who was visited.
    const holding = one.owed().filter(({ kind }) => kind !== 'REPLY' && kind !== 'MEASURES');
    if (holding.length + one.owedByClass(at).length > 0) return 'COMPLAINT_CLOSING_INCOMPLETE';
    one.lapse(at);
    one.status = 'CLOSED';
    one.closedAt = at;
    one.closings.push({ from: at, to: null });
    one.tell('complaint-closed', at);
    return 'DONE';
  },
};

/** Waiting for the customer, and for another handler. */
const waitingSteps: Steps<
  | 'pauseComplaintClocks'
  | 'resumeComplaintClocks'
  | 'handOverComplaint'
  | 'acceptComplaintHandOver'
  | 'refuseComplaintHandOver'
> = {
  pauseComplaintClocks(one, { clocks }, { at }) {
    if (!one.isOpen) return wrongStatus;
    if (clocks?.some((kind) => !pausable.includes(kind))) return 'COMPLAINT_CLOCK_NOT_PAUSABLE';
    const paused = one.clocks.filter((one) => isRunning(one) && (clocks ?? pausable).includes(one.kind));
    if (paused.length === 0) return 'NO_COMPLAINT_CLOCK_RUNNING';
    for (const clock of paused) {
      pause(clock, at, one.surroundings(at));
      one.tell('complaint-clock-paused', at, clock);
    }
    return 'DONE';
  },
  resumeComplaintClocks(one, _, { at }) {
    if (!one.isOpen) return wrongStatus;
    if (!one.owed().some(isPaused)) return 'NO_COMPLAINT_CLOCK_PAUSED';
    for (const clock of one.resumeAll(at)) one.tell('complaint-clock-resumed', at, clock);
    return 'DONE';
  },
  handOverComplaint(one, { to }, { at }) {
    if (!one.isOpen) return wrongStatus;
    if (!one.assignment) return 'COMPLAINT_HANDLER_MISSING';
    const offer = { department: 'CUSTOMER_SERVICE', handler: to };
    const { department, handler } = one.assignment;
    if (department === offer.department && handler === to) return 'COMPLAINT_ALREADY_ASSIGNED';
    if (one.offer) return 'COMPLAINT_HAND_OVER_OPEN';
    one.offer = offer;
    one.tell('complaint-hand-over-offered', at);
    return 'DONE';
  },
  acceptComplaintHandOver(one, _, done) {
    return answerOffer(one, done, (offer) => {
      one.assignment = offer;
      one.tell('complaint-assigned', done.at);
    });
  },
  refuseComplaintHandOver(one, _, done) {
    return answerOffer(one, done, () => undefined);
  },
};

function answerOffer(
  one: CountedCase,
  { at, by }: Done,
  answer: (offer: NonNullable<CountedCase['offer']>) => void,
): string {
  if (!one.isOpen) return wrongStatus;
  const { offer } = one;
  if (!offer) return 'COMPLAINT_HAND_OVER_NOT_OPEN';
  if (offer.handler !== by) return 'COMPLAINT_HAND_OVER_OF_ANOTHER';
  one.offer = null;
  one.tell('complaint-hand-over-answered', at);
  answer(offer);
  return 'DONE';
}

/** Of everybody in the case: that he wants no visit, was never reached on so many days, or neither. */
function whatAttemptsShow({ members, attempts, resolvedAt }: CountedCase, days: number): ReadonlySet<string> {
  const everybody: readonly (number | null)[] = members.size === 0 ? [null] : [...members];
  const lately = attempts.filter(({ at }) => at >= resolvedAt!);
  return new Set(
    everybody.map((who) => {
      const own = lately.filter(({ customer }) => customer === who);
      if (own.some(({ obstacle }) => obstacle === 'DECLINED')) return 'DECLINED';
      const silent = own.filter(({ obstacle }) => obstacle === 'NO_ANSWER');
      return new Set(silent.map(({ at }) => dateOf(at))).size >= days ? 'UNREACHABLE' : 'NOTHING';
    }),
  );
}

function isMember({ members }: CountedCase, customer: number | null): boolean {
  return customer === null ? members.size === 0 : members.has(customer);
}

const steps: Steps<LaterStep['command']> = {
  ...{ ...handlingSteps, ...outcomeSteps, ...waitingSteps },
  ...{ ...replySteps, ...paperSteps, ...groupSteps },
};

/** What a step is answered, counted by hand, and all that comes of it: `DONE`, or the code of the refusal. */
export function takeStep(one: CountedCase, step: LaterStep, done: Done): string {
  one.reach(done.at);
  // The table has for each command the function of its step.
  const take = steps[step.command] as (
    one: CountedCase,
    step: StepOf<LaterStep['command']>,
    done: Done,
  ) => string;
  const answer = take(one, step, done);
  if (answer === 'DONE') one.write(step.command, done.at);
  one.reach(done.at);
  return answer === 'NOTHING' ? 'DONE' : answer;
}
