/** A column of a table; numbers stand at the right. */
export interface PrintedColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
}

export interface PrintedTable {
  readonly columns: readonly PrintedColumn[];
  /** As many texts in each as there are columns. */
  readonly rows: readonly (readonly string[])[];
}

export interface PrintedSection {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly table: PrintedTable | null;
}

/** Lines that people fill in by hand: who signs, and on which day. */
export interface PrintedSignatures {
  readonly signers: readonly string[];
  /** The word before the day. */
  readonly day: string;
}

/**
 * A document for paper: plain texts in an order, whatever it is made into. Nothing in it is markup; who renders it
 * escapes.
 */
export interface PrintedDocument {
  /** BCP 47. */
  readonly language: 'zh-CN' | 'en';
  readonly title: string;
  /** Name and value, at its head: whose it is, which period, when it was made. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly sections: readonly PrintedSection[];
  /** Null where nobody signs. */
  readonly signatures: PrintedSignatures | null;
  readonly madeAt: Date;
  /** What stands at the foot of a page. @param page from 1 */
  readonly footer: (page: number, pages: number) => string;
}
