type Body = () => void | Promise<void>;

function title(ids: string | readonly string[], sentence: string): string {
  return `[${[ids].flat().join(' ')}] ${sentence}`;
}

/**
 * A Jest test that proves one or more rules of the rulebook. `docs/rules.md` is made from these.
 * @param ids rule ids, such as `CMP-02`
 * @param sentence what the rule says, in the business's words
 */
export function rule(ids: string | readonly string[], sentence: string, body: Body): void {
  it(title(ids, sentence), () => body() as Promise<void>);
}

/** `rule` once per row; the sentence takes Jest's `%s` and `$name` placeholders. */
rule.each = <Row>(table: readonly Row[]) => {
  return (ids: string | readonly string[], sentence: string, body: (row: Row) => void | Promise<void>) => {
    it.each(table as Row[])(title(ids, sentence), body);
  };
};
