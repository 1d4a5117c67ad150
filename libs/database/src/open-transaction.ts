import type { QueryResult } from 'pg';
import type { PreparedTexts } from './prepared-texts';
import { StatementBatch, type Statement } from './statement-batch';

/** Only what is sent by itself may be several statements. */
const several = /;\s*\S/;
/** Without values and in every transaction. */
const commit = 'COMMIT';
/** What comes often asks by keys: a plan made anew for each time's values would be the same, and costs as much again. */
const onePlanForAllValues = 'SET LOCAL plan_cache_mode TO force_generic_plan';

/** A transaction of one connection: what of it is not sent yet, and in which pieces it is. */
export class OpenTransaction {
  private unsent: Statement[];
  private isSending = false;
  private willSend = false;
  private hasBegun = false;
  private readonly beginnings: number;

  /** @param send gives something to pg's client, as its `query` takes it */
  constructor(
    beginning: string,
    private readonly texts: PreparedTexts,
    private readonly send: (query: string | StatementBatch) => unknown,
  ) {
    this.unsent = [beginning, onePlanForAllValues].map((text) => ({
      ...{ text, values: [], prepared: texts.next(text) },
    }));
    this.beginnings = this.unsent.length;
  }

  /** Whether something waits for the next statement. */
  get hasUnsent(): boolean {
    return this.unsent.length > 0;
  }

  /** Sends a statement with whatever is asked in the same go, and with what was to be sent later. */
  ask(text: string, values: readonly unknown[]): Promise<QueryResult> {
    return new Promise((resolve, reject) => {
      const prepared = values.length > 0 || text === commit ? this.texts.next(text) : null;
      this.unsent.push({ text, values, prepared, waiting: { resolve, reject } });
      if (this.isSending || this.willSend) return;
      this.willSend = true;
      process.nextTick(() => {
        this.willSend = false;
        this.sendNext();
      });
    });
  }

  /** Sends a statement with the next one that is asked. Where it fails, that one does. */
  later(text: string, values: readonly unknown[]): void {
    this.unsent.push({ text, values, prepared: this.texts.next(text) });
  }

  /** Takes back what is not sent. @returns whether PostgreSQL has heard of the transaction at all */
  giveUp(): boolean {
    const left = this.unsent;
    this.unsent = [];
    for (const { waiting } of left) waiting?.reject(new Error('the transaction was rolled back before'));
    return this.hasBegun;
  }

  /** Whether it would be committed without anything in it. */
  get isEmpty(): boolean {
    return !this.hasBegun && this.unsent.length === this.beginnings;
  }

  private sendNext(): void {
    if (this.isSending) return;
    const last = this.unsent.findLastIndex(({ waiting }) => waiting !== undefined);
    if (last < 0) return;
    const alone = this.unsent.findIndex(({ text, values }) => values.length === 0 && several.test(text));
    const statements = this.unsent.splice(0, alone < 0 ? last + 1 : Math.max(alone, 1));
    this.hasBegun = true;
    this.isSending = true;
    if (alone === 0) {
      const [{ text, waiting }] = statements as [Statement];
      const answered = this.send(text) as Promise<QueryResult>;
      void answered.then(waiting?.resolve, waiting?.reject).finally(() => this.sent());
      return;
    }
    this.send(
      new StatementBatch(statements, (failure, undone) => {
        const [failed] = undone;
        if (failure && failed && !failed.waiting) Object.assign(failure, { sentLater: failed.text });
        if (failure) this.texts.undone(undone, failure);
        this.sent();
      }),
    );
  }

  private sent(): void {
    this.isSending = false;
    this.sendNext();
  }
}
