import { recordWord, type WordFact, type WordState } from '@anju/communications-rules';
import type { Chance } from './chance';
import type { Ground } from './estate';
import { Life } from './life';
import type { Row } from './mould';
import type { AggregateBulk, ServiceBulk } from './service-bulk';

/** A word to a customer, of which an event of another service would have told. */
export type ToldWord = Pick<WordState, 'kind' | 'channel' | 'saidAt' | 'by' | 'subject' | 'subjectId'> & {
  readonly customerId: string;
};

/** The ids that a word in the register has. */
export interface WordIds {
  readonly id: string;
  readonly eventId: string;
}

/** The register of words to customers, as it would stand by the events of the other services. */
export class WordBulk {
  private constructor(
    private readonly ground: Ground,
    private readonly chance: Chance,
    private readonly words: AggregateBulk<WordState, WordFact, unknown>,
  ) {}

  static async open(communications: ServiceBulk, ground: Ground, chance: Chance): Promise<WordBulk> {
    return new WordBulk(ground, chance, await communications.aggregate('CustomerWord', ground.projectId));
  }

  ids(at: Date): WordIds {
    return { id: this.chance.id(at), eventId: this.chance.id(at) };
  }

  rowsOf({ customerId, ...word }: ToldWord, ids = this.ids(word.saidAt)): Row[] {
    const { definition, environment } = this.words;
    const { projectId, now } = this.ground;
    const { saidAt } = word;
    const entry = { ...word, ...ids, projectId, customerIds: [customerId], content: null };
    return this.words.rowsOf(
      new Life(definition, environment, saidAt, now, recordWord(entry, saidAt)),
      word.by,
    );
  }
}
