import type { BusinessCalendar } from './calendar';

/** Who picks up the hotline. */
export type HotlineAnswerer = 'SERVICE_DESK' | 'CONTROL_CENTRE';

/**
 * Who answers the hotline at an instant (CAL-05; S4 4.1.2.6–7): it is answered at all hours, by the desk while
 * it is open; from closing on its phone is forwarded to the control centre.
 */
export function hotlineAnsweredBy(at: Date, serviceDesk: BusinessCalendar): HotlineAnswerer {
  return serviceDesk.isOpen(at) ? 'SERVICE_DESK' : 'CONTROL_CENTRE';
}
