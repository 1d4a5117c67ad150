import type { LocalIssuer } from '@anju/access';

/** What the story, the journeys and the bench need of a running platform, in whichever mode it runs. */
export interface RunningPlatform {
  /** Of the graph, such as `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  readonly port: number;
  readonly issuer: LocalIssuer;
  /** What time it is for the platform. */
  now(): Promise<Date>;
  /**
   * Moves the clock with everything that falls due on the way; only before `letClockGo`.
   * @throws ClockMovedBackwards if `to` lies before now; RangeError if it is no instant
   */
  moveClock(to: Date): Promise<void>;
  /** Sets the clock forward and fires nothing, as if the platform had slept; throws as `moveClock` does. */
  setClock(to: Date): Promise<void>;
  /** From now on time goes by itself. */
  letClockGo(): Promise<void>;
  /** Resolves once everything committed before the call, and what followed from it, is dealt with everywhere. */
  settled(): Promise<void>;
  /** Rows of a service's own database, for checks. */
  query<Row>(service: string, sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Ends everything, in order. */
  close(): Promise<void>;
}
