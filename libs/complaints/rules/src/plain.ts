/** The values in their order, each once. */
export function unique<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}
