/** How long a part of a distributed start took, in seconds, as it said itself. */
export interface PartOfStart {
  readonly name: string;
  readonly seconds: number;
}

const partLine = /^ {2}([\w-]+) +\S*127\.0\.0\.1:\d+\S* +\((?:.*, )?(\d+\.\d) s\)$/gm;

/**
 * Reads the lines by which the broker and each process say where they answer and how long that took.
 * @param output of `npm run start:distributed`
 */
export function partsOf(output: string): PartOfStart[] {
  return [...output.matchAll(partLine)].map(([, name, seconds]) => ({
    name: name!,
    seconds: Number(seconds),
  }));
}
