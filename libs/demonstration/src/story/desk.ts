import type { Prospect } from './people';
import type { Setting } from './setting';
import { StoryBroken, type StoryTeller } from './story-teller';

/** A time of March 2026 at 锦绣花园. @param day of the month @param time `HH:mm` */
export function march(day: number, time: string): Date {
  return new Date(`2026-03-${String(day).padStart(2, '0')}T${time}:00+08:00`);
}

/** A time of April 2026 at 锦绣花园. @param day of the month @param time `HH:mm` */
export function april(day: number, time: string): Date {
  return new Date(`2026-04-${String(day).padStart(2, '0')}T${time}:00+08:00`);
}

/** One person's turn at the graph. */
export class Desk {
  constructor(
    readonly teller: StoryTeller,
    readonly setting: Setting,
  ) {}

  customer(key: string): string {
    return this.setting.customerIds.get(key)!;
  }

  unit(home: string): string {
    return this.setting.unitIds.get(home)!;
  }

  /** Goes on to a time and says what happens then. */
  async at(time: Date, line: string): Promise<void> {
    await this.teller.at(time);
    const clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Asia/Shanghai',
      weekday: 'short',
      day: '2-digit',
      month: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    this.teller.tell(`  ${clock.format(time)}  ${line}`);
  }

  async expectRefusal(account: string, field: string, input: object, code: string): Promise<void> {
    const refusal = await this.teller.refused(account, field, input);
    if (refusal.code !== code)
      throw new StoryBroken(`${field} was refused as ${refusal.code}, not as ${code}`);
    this.teller.tell(`                    ${account}: ${refusal.message}`);
  }

  async record(input: object): Promise<string> {
    const { projectId } = this.setting;
    const { id } = await this.teller.command('zhoumin', 'recordInteraction', 'Interaction', {
      projectId,
      ...input,
    });
    return id;
  }

  /** Enters somebody at the sales office who may buy. */
  async registerProspect({ name, phone }: Prospect): Promise<string> {
    const { id } = await this.teller.command('hejing', 'registerCustomer', 'Customer', {
      projectId: this.setting.projectId,
      kind: 'PERSON',
      name,
      phones: [{ number: phone }],
    });
    return id;
  }

  /** Enters what a caller or visitor of the sales office looks for: three bedrooms, at most 95 m², 1.5 million. */
  async recordLead(kind: 'CALL' | 'VISIT', customerId: string, source: string): Promise<string> {
    const { id } = await this.teller.command('hejing', 'recordLead', 'Lead', {
      projectId: this.setting.projectId,
      ...{ kind, customerId, source, contactConsent: true },
      need: { bedrooms: 3, largestArea: '95.00', budget: '1500000.00' },
    });
    return id;
  }

  async tell(interactionId: string, kind: 'PROGRESS' | 'RESULT', text: string): Promise<void> {
    await this.teller.command('zhoumin', 'tellCustomer', 'Interaction', {
      interactionId,
      kind,
      channel: 'PHONE',
      text,
    });
  }

  async close(interactionId: string): Promise<void> {
    await this.teller.command('zhoumin', 'closeInteraction', 'Interaction', { interactionId });
  }
}
