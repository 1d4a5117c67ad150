import { setTimeout as sleep } from 'node:timers/promises';

export interface Patience {
  /** How long it may take; two minutes, since machines are shared. */
  readonly patienceMillis?: number;
  /** Between two looks; 20. */
  readonly pollMillis?: number;
}

/** Polls until something is so, for what tells nobody when it happens. @throws Error naming it when it takes too long */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  { patienceMillis = 120_000, pollMillis = 20 }: Patience = {},
): Promise<void> {
  const end = Date.now() + patienceMillis;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`in vain waited until ${what}`);
    await sleep(pollMillis);
  }
}
