import type { CountedSeverity } from './case-step';
import type { CountedCase } from './counted-case';
import { compared, severityByHand } from './counted-severity';
import type { StoredCase } from './case-check';

export interface HistoryRow {
  readonly aggregate_id: string;
  readonly version: number;
  readonly command: string;
  readonly from_status: string | null;
  readonly to_status: string;
  readonly at: Date;
  readonly facts: readonly Record<string, unknown>[];
}

type Find = (what: string) => void;

/** What is entered after it happened. */
const lateComing = ['fileComplaint', 'passOnComplaint'];

/** The history has all that was counted, and leads step by step to the state; severity never lags behind the facts. */
export function checkHistory(
  story: number,
  { counted, stored }: { readonly counted: CountedCase; readonly stored: StoredCase },
  rows: readonly HistoryRow[],
  find: Find,
): void {
  const found = rows.map(({ command, at }) => `${command} ${at.getTime()}`);
  const [missing, more] = differences(counted.history, found);
  if (missing.length + more.length > 0) {
    find(`case ${story}, history: by hand also ${missing.join(', ')}; found also ${more.join(', ')}`);
  }
  let status: string | null = null;
  let severity: CountedSeverity = 'GENERAL';
  let latest = -Infinity;
  let cameLate = false;
  const facts = new Set<string>();
  rows.forEach((row, index) => {
    if (row.version !== index + 1) find(`case ${story}: version ${row.version} at place ${index + 1}`);
    if (row.from_status !== status) {
      find(`case ${story}: ${row.command} from ${row.from_status} after ${status}`);
    }
    // What is known late was due at its own moments, all the same.
    const isDue = row.command.startsWith('deadline:');
    if (!isDue) cameLate = lateComing.includes(row.command);
    if (row.at.getTime() < latest && !(isDue && cameLate)) {
      find(`case ${story}: ${row.command} goes back in time`);
    }
    latest = Math.max(latest, row.at.getTime());
    status = row.to_status;
    for (const fact of row.facts) {
      if (fact['type'] === 'ComplaintReceived') severity = fact['severity'] as CountedSeverity;
      if (fact['type'] === 'ComplaintSeverityChanged') severity = fact['to'] as CountedSeverity;
      if (fact['type'] === 'ComplaintReceived' || fact['type'] === 'ComplaintFactsAdded') {
        for (const one of (fact['facts'] as string[] | undefined) ?? []) facts.add(one);
      }
    }
    // What was reported counts whatever the company's numbers are.
    const none = { groupSize: 0, secondComplaints: 0, raisedTo: 'GENERAL' as const };
    const least = severityByHand(
      { ...none, facts: [...facts] },
      { weekOld: false, monthOld: false },
      { hotGroupSize: 1, majorGroupSize: 1 },
    );
    if (compared(severity, least) < 0) {
      find(`case ${story}: ${severity} after ${row.command}, but the facts say ${least}`);
    }
  });
  if (status !== stored.status || rows.length !== stored.version || severity !== stored.severity) {
    const end = [stored.status, stored.version, stored.severity].join();
    find(`case ${story}: the history ends ${[status, rows.length, severity].join()}, the case is ${end}`);
  }
}

/** What the one has more often than the other, and the other way round. */
export function differences(one: readonly string[], other: readonly string[]): [string[], string[]] {
  const counts = new Map<string, number>();
  for (const what of one) counts.set(what, (counts.get(what) ?? 0) + 1);
  for (const what of other) counts.set(what, (counts.get(what) ?? 0) - 1);
  const times = (sign: number): string[] =>
    [...counts].flatMap(([what, count]) => Array.from({ length: Math.max(0, sign * count) }, () => what));
  return [times(1), times(-1)];
}
