import type { BusinessCalendar } from './calendar';
import { parseLocalDateTime, type LocalDate } from './local-date';

/** What the desk makes sure of before it opens, and when it closes (S4 4.1.1.2, 4.1.2.7). */
export const deskChecklists = {
  OPENING: ['COMPUTER_ON', 'PHONE_BACK_AT_DESK', 'RADIOS_READY'],
  // From closing on the control centre answers (CAL-05), so that it has to be told.
  CLOSING: ['PHONE_FORWARDED_TO_CONTROL_CENTRE', 'COMPUTER_OFF'],
} as const;

export const deskChecklistKinds = ['OPENING', 'CLOSING'] as const;
export type DeskChecklistKind = (typeof deskChecklistKinds)[number];
export type DeskChecklistItem = (typeof deskChecklists)[DeskChecklistKind][number];

export interface DeskChecklist {
  /** By when; null on a day on which the desk is closed. */
  readonly dueAt: Date | null;
  readonly items: readonly DeskChecklistItem[];
}

/**
 * The checklist of one day, by the hours that the desk has on it.
 * @param openingLeadMinutes so long before opening the desk is to be ready
 * @throws RangeError when `on` is not a date
 */
export function deskChecklist(
  kind: DeskChecklistKind,
  on: LocalDate,
  serviceDesk: BusinessCalendar,
  openingLeadMinutes: number,
): DeskChecklist {
  const hours = serviceDesk.hoursOn(on);
  if (!hours) return { dueAt: null, items: [] };
  const at = parseLocalDateTime(`${on} ${kind === 'OPENING' ? hours.from : hours.to}`, serviceDesk.timeZone);
  const lead = kind === 'OPENING' ? openingLeadMinutes * 60_000 : 0;
  return { dueAt: new Date(+at - lead), items: deskChecklists[kind] };
}
