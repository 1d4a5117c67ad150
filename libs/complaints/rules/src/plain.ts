import { isBlank } from '@anju/kernel';

/** The values in their order, each once. */
export function unique<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}

/** The parts that a command lacks, and its reason with them where that is missing, too: all is named at once. */
export function lacking<Part extends string>(
  missing: readonly Part[],
  reason: string,
): readonly (Part | 'reason')[] {
  return isBlank(reason) ? [...missing, 'reason'] : missing;
}
