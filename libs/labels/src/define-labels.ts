/** A text in both languages: zh-CN, then en. */
export type Text = readonly [zhCN: string, en: string];

/** The texts of one context. */
export interface Labels {
  /** Texts of values by kind; a kind is the name of an enum of the graph, such as `ComplaintStatus`. */
  readonly values: Readonly<Record<string, Readonly<Record<string, Text>>>>;
  /** Messages by code: of refusals and faults. Placeholders as in `template.ts`, filled from the refusal's data. */
  readonly messages: Readonly<Record<string, Text>>;
}

/** Declares the texts of a context, and keeps their keys for the compiler. */
export function defineLabels<const L extends Labels>(labels: L): L {
  return labels;
}
