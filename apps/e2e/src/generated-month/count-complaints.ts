import { countEvidence } from './count-told';
import type { Played, Tally } from './tally';
import { day, fourDeskHoursAfter, hour, midnightOf, minutesOf, oneWorkingDayAfter } from './wall-time';

/** A case with its clocks. */
export function countComplaint(story: Played, tally: Tally): void {
  const contact = story.one('recordInteraction')!;
  const receivedAt = minutesOf(contact.at);
  const people = contact.input.customers.length;
  const { causeClass } = story.one('confirmInteractionClass')!.input;
  const visits = story.all('recordReturnVisit');
  const resolutions = story.times('resolveComplaint');
  const cameBack = visits.filter(({ input }) => input.satisfaction <= 2).map(({ at }) => minutesOf(at));

  // Since when it is hot or major, by its size, by its age, or because it came back; null for a general one.
  const weekOver = receivedAt + 7 * day;
  const raisedAt = people >= 3 ? receivedAt : resolutions[0]! >= weekOver ? weekOver : (cameBack[0] ?? null);
  const severity = people >= 10 ? 'MAJOR' : raisedAt === null ? 'GENERAL' : 'HOT';

  tally.add('complaints_received', receivedAt, 1, severity, causeClass!);
  if (severity === 'MAJOR') tally.add('complaints_major', receivedAt);
  tally.share('second_complaints', receivedAt, cameBack.length > 0);
  const resolvedAt = resolutions.at(-1)!;
  tally.share('complaint_hours_to_resolution', resolvedAt, (resolvedAt - receivedAt) / 60);

  /** A duty counts on the day on which it is due, and is kept by what is done before that moment. */
  const clock = (
    metric: string,
    from: number,
    dueAt: number,
    doneBy: Parameters<Played['time']>[0],
  ): void => {
    const doneAt = story.time(doneBy, from);
    const isKept = doneAt !== null && doneAt < dueAt;
    tally.share(metric, dueAt, isKept);
    if (!isKept) countEvidence(tally, dueAt, 'CLOCK_MISSED');
  };
  const isFromWeb = contact.input.channel === 'WEB';
  // What comes on the web is answered by a reply that is approved and sent.
  const answer = isFromWeb ? 'sendComplaintReply' : 'respondToComplaint';
  for (const from of [receivedAt, ...cameBack]) {
    clock('responses_within_one_working_day', from, oneWorkingDayAfter(from), answer);
  }
  for (const from of isFromWeb ? [receivedAt, ...cameBack] : []) {
    clock('measures_by_closing_time', from, midnightOf(from) + 18 * hour, answer);
    clock('replies_within_four_hours', from, fourDeskHoursAfter(from), answer);
  }
  if (raisedAt !== null) {
    clock('demand_forms_on_time', raisedAt, oneWorkingDayAfter(raisedAt), 'fileDemandForm');
  }
  for (const from of resolutions) {
    clock('return_visits_within_three_days', from, from + 3 * day, 'recordReturnVisit');
    if (raisedAt !== null && raisedAt <= from) {
      clock('special_reports_on_time', from, from + 7 * day, 'submitSpecialReport');
    }
  }
  for (const { at, input } of visits) {
    tally.share('satisfaction', minutesOf(at), input.satisfaction);
    countEvidence(tally, minutesOf(at), 'RETURN_VISIT_SCORE');
  }
}
