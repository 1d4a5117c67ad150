import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds of the machine's clock, with fractions. */
export const instant = (): number => performance.timeOrigin + performance.now();

/** Lets so many go on in a second, evenly; who comes late is not made up for by a rush. */
export class Pace {
  private next = instant();

  constructor(private readonly perSecond: number) {}

  async turn(): Promise<void> {
    const mine = Math.max(this.next, instant());
    this.next = mine + 1_000 / this.perSecond;
    await sleep(Math.max(0, mine - instant()));
  }
}
