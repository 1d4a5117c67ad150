import type { TableStream } from './copy-in';

/** The numbers of a day in a project: each once, none left out, and the next one known to the service. */
export class DailyNumbers {
  /** Of the table that `write` needs. */
  static readonly columns = ['series', 'value'] as const;

  private readonly last = new Map<string, number>();

  /** @param kind how the service names the series */
  constructor(
    private readonly kind: string,
    private readonly projectId: string,
  ) {}

  /** @param day `YYYY-MM-DD` */
  next(day: string): number {
    const next = (this.last.get(day) ?? 0) + 1;
    this.last.set(day, next);
    return next;
  }

  /** Tells the service how far each day has come. @param table of its counters */
  write(table: TableStream): void {
    for (const [day, value] of this.last) table.add([`${this.kind}:${this.projectId}:${day}`, String(value)]);
  }
}
