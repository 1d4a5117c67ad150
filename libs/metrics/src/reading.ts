/** Asks for something that may take long or fail; one question at a time, and nobody waits longer than he wants. */
export class Reading<Value> {
  private pending: Promise<Value | null> | null = null;

  constructor(private readonly ask: () => Promise<Value>) {}

  /**
   * @param millis how long to wait
   * @returns null where it failed or is not there in time; an answer that comes later is for whoever asks then
   */
  async within(millis: number): Promise<Value | null> {
    this.pending ??= this.ask()
      .catch(() => null)
      .finally(() => (this.pending = null));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), millis);
    });
    try {
      return await Promise.race([this.pending, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
