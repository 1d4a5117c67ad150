import { countEvidence } from './count-told';
import type { Played, Tally } from './tally';
import { day, midnightOf, minutesOf, oneWorkingDayAfter } from './wall-time';

/** What is due two days after the call, then seven days after each word that leaves some owed. */
function countFollowUps(
  story: Played,
  receivedAt: number,
  owed: number,
  wonAt: number | null,
  tally: Tally,
): { readonly isUnderFollowed: boolean } {
  const until = wonAt ?? Infinity;
  const termEnd = receivedAt + 30 * day;
  let [due, counted, inTerm]: [number | null, number, number] = [receivedAt + 2 * day, 0, 0];
  for (const step of story.all('followUpLead')) {
    const at = minutesOf(step.at);
    tally.add('lead_follow_ups_made', at, 1, step.input.outcome);
    if (due !== null && at >= due) tally.add('lead_follow_ups_missed', due);
    if (step.input.outcome !== 'NOT_REACHED') counted += 1;
    if (at < termEnd) inTerm = counted;
    due = counted < owed ? at + 7 * day : null;
  }
  if (due !== null && due < until) tally.add('lead_follow_ups_missed', due);
  return { isUnderFollowed: inTerm < owed && termEnd <= until };
}

/** Square metres times CNY a square metre, less the discount, in fen. */
function totalInFen(area: string, unitPrice: string, discount: string | null): number {
  const hundredths = (text: string): number => Math.round(Number(text) * 100);
  return Math.floor((hundredths(area) * hundredths(unitPrice) + 50) / 100) - hundredths(discount ?? '0');
}

function countContract(story: Played, tally: Tally): void {
  const signedAt = story.time('signContract');
  if (signedAt === null) return;
  const { area, unitPrice, discount } = story.one('draftContract')!.input;
  tally.add('contracts_signed', signedAt);
  tally.add('contracts_amount', signedAt, totalInFen(area, unitPrice, discount) / 100);
  const dueAt = signedAt + 30 * day;
  const submitted = story.time('submitFiling');
  const isLate = submitted === null || submitted >= dueAt;
  if (isLate) tally.add('filings_overdue', dueAt);
  tally.share('filings_on_time', dueAt, !isLate);
  const filedAt = story.time('noteFilingReturned');
  if (filedAt === null) return;
  tally.add('contracts_filed', filedAt);
  tally.share('filing_days', filedAt, (midnightOf(filedAt) - midnightOf(signedAt)) / day);
  const tellBy = oneWorkingDayAfter(filedAt);
  const toldAt = story.time('tellContractReturned');
  tally.share('buyers_told_of_return', tellBy, toldAt !== null && toldAt < tellBy);
}

/** A prospect, and his contract when he signs one. */
export function countProspect(story: Played, tally: Tally): void {
  const { at, input } = story.one('recordLead')!;
  const receivedAt = minutesOf(at);
  const wonAt = story.time('signContract');
  tally.add('leads_received', receivedAt, 1, input.kind, input.source);
  tally.share('lead_conversion', receivedAt, wonAt !== null, input.kind);
  tally.add('leads_won', wonAt);
  const { isUnderFollowed } = countFollowUps(story, receivedAt, input.kind === 'VISIT' ? 3 : 2, wonAt, tally);
  tally.share('lead_follow_up_compliance', receivedAt, !isUnderFollowed);
  if (isUnderFollowed) {
    tally.add('leads_under_followed', receivedAt + 30 * day);
    countEvidence(tally, receivedAt + 30 * day, 'LEAD_UNDER_FOLLOWED');
  }
  tally.add('units_subscribed', story.time('openSale'));
  countContract(story, tally);
}
