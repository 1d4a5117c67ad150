import { addLocalDays, localDateTime, parseLocalDateTime } from '@anju/kernel';
import type { CommunicationsEnvironment } from './policy';

/** Whether nothing may be sent at that instant, by the project's wall clock (COM-05). */
export function isQuiet(at: Date, { policy, timeZone }: CommunicationsEnvironment): boolean {
  const { from, to } = policy.quietHours;
  const time = localDateTime(at, timeZone).slice(11, 16);
  return from <= to ? from <= time && time < to : from <= time || time < to;
}

/**
 * When a message that is due at `at` may go: at once, or at the end of the quiet hours that it is due in
 * (COM-05).
 * @throws RangeError for an invalid instant or an unknown zone
 */
export function sendableFrom(at: Date, environment: CommunicationsEnvironment): Date {
  if (!isQuiet(at, environment)) return at;
  const { policy, timeZone } = environment;
  const { to } = policy.quietHours;
  const [today = '', time = ''] = localDateTime(at, timeZone).split('T');
  return parseLocalDateTime(`${time.slice(0, 5) < to ? today : addLocalDays(today, 1)} ${to}`, timeZone);
}
