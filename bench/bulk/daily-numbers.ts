import type { ServiceBulk } from './service-bulk';

/** The numbers of a day in a project: each once, none left out, and the next one known to the service. */
export class DailyNumbers {
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

  /** Tells the service how far each day has come. */
  async write(service: ServiceBulk): Promise<void> {
    const table = await service.table('counter', ['series', 'value']);
    for (const [day, value] of this.last) table.add([`${this.kind}:${this.projectId}:${day}`, String(value)]);
  }
}
