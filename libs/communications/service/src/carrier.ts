import type { AttemptOutcome, MessageChannel } from '@anju/communications-rules';

/** A recipient's copy, ready to go. */
export interface OutgoingCopy {
  /** Also what a carrier tells two copies of the same apart by, where it can. */
  readonly deliveryId: string;
  readonly attempt: number;
  readonly channel: MessageChannel;
  readonly address: string;
  /** Of e-mails; else null. */
  readonly subject: string | null;
  readonly text: string;
}

/** What came of it, and the carrier's code; never its words, which may quote an address. */
export interface CarrierAnswer {
  readonly outcome: AttemptOutcome;
  readonly code: string | null;
}

/** Who takes copies to recipients. */
export interface Carrier {
  /** Answers whatever happens, in bounded time: a carrier that cannot be reached is `TRY_AGAIN`. */
  send(copy: OutgoingCopy): Promise<CarrierAnswer>;
  /** Lets go of connections; the next copy opens one again. */
  close(): Promise<void>;
}

/** Who takes the copies of each channel. */
export type Carriers = Readonly<Record<MessageChannel, Carrier>>;
