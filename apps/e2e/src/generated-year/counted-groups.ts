import type { CountedCase } from './counted-case';
import { wrongStatus, type Steps } from './counted-answers';
import { isOwed, type CountedClock } from './counted-clock';
import { openCompanyForm } from './counted-papers';
import { worse } from './counted-severity';

/** What a case owes its customers, whichever case it is. */
const owedToCustomers = ['REPLY', 'MEASURES', 'CALLBACK'];

/** Customers and cases that belong together, or do not (CMP-14). */
export const groupSteps: Steps<'joinComplaint' | 'linkComplaint' | 'joinComplaintInto' | 'splitComplaint'> = {
  joinComplaint(one, { customers }, { at }) {
    if (!one.isOpen) return wrongStatus;
    const added = new Set(customers.filter((customer) => !one.members.has(customer)));
    if (added.size === 0) return 'NOTHING';
    for (const customer of added) {
      one.members.add(customer);
      one.tell('complaint-customer-joined', at);
    }
    one.weigh(at);
    return 'DONE';
  },
  linkComplaint(one, { other: number }, { at, story, caseOf }) {
    if (one.status === 'JOINED') return wrongStatus;
    if (number === story) return 'COMPLAINT_IS_ITSELF';
    if (one.links.some((link) => link.story === number)) return 'COMPLAINT_ALREADY_LINKED';
    one.links.push({ relation: 'RELATED', story: number });
    one.tell('complaint-linked', at);
    const other = caseOf(number);
    if (other.links.some((link) => link.story === story)) return 'DONE';
    other.links.push({ relation: 'RELATED', story });
    other.write('noteComplaintLink', at);
    return 'DONE';
  },
  joinComplaintInto(one, { other: number }, { at, story, caseOf }) {
    if (!one.isUnresolved) return wrongStatus;
    if (number === story) return 'COMPLAINT_IS_ITSELF';
    const other = caseOf(number);
    if (!other.isUnresolved) return 'COMPLAINT_TO_JOIN_NOT_OPEN';
    if (openCompanyForm(one)) return 'COMPANY_DEMAND_FORM_STILL_OPEN';
    one.resumeAll(at);
    const owed = one.owed().filter(({ kind }) => owedToCustomers.includes(kind));
    const left = owed.map((clock) => ({ ...clock, pauses: clock.pauses.map((pause) => ({ ...pause })) }));
    one.lapse(at);
    one.offer = null;
    one.status = 'JOINED';
    one.joinedAt = at;
    one.links.push({ relation: 'JOINED_INTO', story: number });
    one.tell('complaint-joined-into', at);
    other.reach(at);
    takeIn(other, one, left, at);
    other.links.push({ relation: 'TOOK_IN', story });
    other.write('takeInComplaint', at);
    other.reach(at);
    return 'DONE';
  },
  splitComplaint(one, { customers }, { at }) {
    if (!one.isUnresolved) return wrongStatus;
    if (customers.some((customer) => !one.members.has(customer))) return 'SPLIT_CUSTOMERS_NOT_IN_CASE';
    if (one.members.size === new Set(customers).size) return 'SPLIT_LEAVES_NOBODY';
    for (const customer of customers) one.members.delete(customer);
    one.tell('complaint-split-off', at);
    one.weigh(at);
    return 'DONE';
  },
};

/** What the one leaves, the other has from now on: it is as grave and as old as either was. */
function takeIn(other: CountedCase, one: CountedCase, left: readonly CountedClock[], at: number): void {
  other.tell('complaint-took-in', at);
  for (const customer of one.members) {
    if (other.members.has(customer)) continue;
    other.members.add(customer);
    other.tell('complaint-customer-joined', at);
  }
  for (const fact of one.facts) other.facts.add(fact);
  other.raisedTo = worse(other.raisedTo, one.raisedTo);
  other.secondComplaints += one.secondComplaints;
  other.needsApproval ||= one.needsApproval;
  for (const [reference, passedOnAt] of one.passings) other.passings.set(reference, passedOnAt);
  const [older, younger] = one.ageCountsFrom < other.ageCountsFrom ? [one, other] : [other, one];
  other.ages = older.ages.map((age, index) => ({
    ...age,
    isReached: age.isReached || younger.ages[index]!.isReached,
  }));
  other.ageCountsFrom = older.ageCountsFrom;
  for (const clock of left) {
    if (other.clocks.some((own) => own.kind === clock.kind && isOwed(own))) continue;
    // What was missed there was told there.
    other.clocks.push({ ...clock, told: null, waitsFor: 'HANDLER' });
    other.tell('complaint-clock-started', at, other.clocks.at(-1));
  }
  other.weigh(at);
}
