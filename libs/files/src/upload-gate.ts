import { fileRefused } from './file-refusals';

/** After so many seconds there may be room again: most uploads take less. */
export const roomAgainSeconds = 5;

/**
 * How many uploads a process takes in at the same time: each has a connection, a part of a disk and the work of
 * sealing. Nobody alone may have more than a quarter of them, so that he does not keep the others out.
 */
export class UploadGate {
  private readonly mostOfOne: number;
  private readonly openOf = new Map<string, number>();
  private open = 0;

  /** @param most at least 1 */
  constructor(private readonly most: number) {
    this.mostOfOne = Math.max(1, Math.floor(most / 4));
  }

  /**
   * Does the work of an upload where there is room for it.
   * @throws FileRefused TOO_MANY_UPLOADS where it is the person who has too many, UPLOADS_FULL where all have
   */
  async pass<Result>(person: string, work: () => Promise<Result>): Promise<Result> {
    const his = this.openOf.get(person) ?? 0;
    if (his >= this.mostOfOne) {
      throw fileRefused('TOO_MANY_UPLOADS', { limit: this.mostOfOne, retryAfterSeconds: roomAgainSeconds });
    }
    if (this.open >= this.most) {
      throw fileRefused('UPLOADS_FULL', { retryAfterSeconds: roomAgainSeconds });
    }
    this.open += 1;
    this.openOf.set(person, his + 1);
    try {
      return await work();
    } finally {
      this.open -= 1;
      const left = this.openOf.get(person)! - 1;
      if (left > 0) this.openOf.set(person, left);
      else this.openOf.delete(person);
    }
  }
}
