import { receptionEvents } from '@anju/events';
import { instant, Pace } from './pace';
import type { Platform } from './platform';

/** What the customers of the bench have in their names, and nobody else. */
const benchName = '测户';
export const householdCount = 50;
const mostContacts = 20;
/** Every so many have a second home. */
const secondHomeEvery = 5;

/** Somebody who calls the service centre again and again. */
export interface Household {
  readonly customerId: string;
  readonly unitId: string;
  /** From 1 to 20. */
  readonly contacts: number;
}

/** A command that was carried out, as its client saw it; milliseconds of the machine's clock. */
export interface Command {
  readonly field: string;
  readonly sentAt: number;
  readonly answeredAt: number;
  /** Type and aggregate of the event that it wrote. */
  readonly eventType: string;
  readonly subject: string;
}

/** In order; a name has no digits. */
function nameOf(index: number): string {
  const letter = (value: number): string => String.fromCharCode('A'.charCodeAt(0) + value);
  return `${benchName}${letter(Math.floor(index / 26))}${letter(index % 26)}`;
}

/** Registers the customers and their homes. The first by name has the most contacts. */
export async function registerHouseholds({ teller, setting, running }: Platform): Promise<Household[]> {
  const buildingId = setting.buildingIds.get('1')!;
  const { id: sectionId } = await teller.command('admin', 'registerBuildingSection', 'BuildingSection', {
    buildingId,
    number: '9',
  });
  const registerUnit = async (number: number): Promise<string> => {
    const { id } = await teller.command('admin', 'registerUnit', 'Unit', {
      buildingId,
      sectionId,
      number: String(number).padStart(4, '0'),
      status: 'HANDED_OVER',
      preSaleArea: '89.32',
    });
    return id;
  };
  const households: Household[] = [];
  for (let index = 0; index < householdCount; index += 1) {
    const unitIds = [await registerUnit(101 + index)];
    if (index % secondHomeEvery === 0) unitIds.push(await registerUnit(1_101 + index));
    const { id: customerId } = await teller.command('zhoumin', 'registerCustomer', 'Customer', {
      projectId: setting.projectId,
      kind: 'PERSON',
      name: nameOf(index),
      phones: [{ number: String(13_700_000_000 + index) }],
    });
    for (const unitId of unitIds) {
      const role = { id: customerId, unitId, role: 'OWNER', from: '2023-07-01' };
      await teller.command('zhoumin', 'startCustomerRole', 'Customer', role);
    }
    households.push({
      customerId,
      unitId: unitIds[0]!,
      contacts: mostContacts - ((index * 7) % mostContacts),
    });
  }
  await running.settled();
  return households;
}

interface Contact {
  readonly household: Household;
  /** Counts from 0, the latest. */
  readonly age: number;
  readonly receivedAt: Date;
}

/** Two in four are own repairs with a work order and its technician, one a complaint, one a question. */
function kindOf({ age }: Contact): 'REPAIR' | 'COMPLAINT' | 'QUESTION' {
  if (age % 2 === 0) return 'REPAIR';
  return age % 4 === 1 ? 'COMPLAINT' : 'QUESTION';
}

const { interactionRecorded, interactionClassified, workOrderIssued, workOrderAccepted } = receptionEvents;

/** The people at the service centre who take the contacts. */
class ServiceCentre {
  readonly commands: Command[] = [];

  constructor(
    private readonly platform: Platform,
    private readonly pace: Pace,
  ) {}

  async take(contact: Contact): Promise<void> {
    const kind = kindOf(contact);
    const { customerId, unitId } = contact.household;
    const interactionId = await this.command('zhoumin', 'recordInteraction', interactionRecorded.type, {
      projectId: this.platform.setting.projectId,
      channel: 'PHONE',
      customerId,
      unitId,
      content: '厨房水龙头漏水，关不紧',
      topic: kind === 'COMPLAINT' ? 'NOISE' : 'PLUMBING',
      receivedAt: contact.receivedAt,
      facts: { matter: kind === 'QUESTION' ? 'QUESTION' : 'FAULT', wantsToComplain: kind === 'COMPLAINT' },
    });
    await this.command('zhoumin', 'confirmInteractionClass', interactionClassified.type, {
      interactionId,
      ...(kind === 'COMPLAINT' ? { complaint: { causeClass: 'CLASS_1' } } : {}),
    });
    if (kind !== 'REPAIR') return;
    const tomorrow = (hours: number): Date => new Date(Date.now() + (24 + hours) * 3_600_000);
    const workOrderId = await this.command('zhoumin', 'issueWorkOrder', workOrderIssued.type, {
      interactionId,
      fault: '水龙头漏水',
      place: '厨房',
      appointment: { fromAt: tomorrow(0), toAt: tomorrow(1) },
    });
    await this.command('liqiang', 'acceptWorkOrder', workOrderAccepted.type, { workOrderId });
  }

  private async command(account: string, field: string, eventType: string, input: object): Promise<string> {
    await this.pace.turn();
    const entity = field.endsWith('WorkOrder') ? 'WorkOrder' : 'Interaction';
    const sentAt = instant();
    const { id } = await this.platform.teller.command(account, field, entity, input);
    this.commands.push({ field, sentAt, answeredAt: instant(), eventType, subject: id });
    return id;
  }
}

/**
 * Lets every household call as often as it does, through the graph.
 * @param perSecond commands that are sent in a second
 * @param withinSeconds after that no contact is begun, however many are left
 */
export async function takeContacts(
  platform: Platform,
  households: readonly Household[],
  perSecond: number,
  withinSeconds: number,
): Promise<Command[]> {
  const centre = new ServiceCentre(platform, new Pace(perSecond));
  const minute = 60_000;
  const now = Date.now();
  const contacts = households.flatMap((household, index) =>
    Array.from({ length: household.contacts }, (_, age): Contact => {
      return { household, age, receivedAt: new Date(now - (age + 1) * minute - index) };
    }),
  );
  const ends = instant() + withinSeconds * 1_000;
  // More than wait at once, so that a slow answer does not slow down those after it.
  const desks = Array.from({ length: 16 }, async () => {
    for (;;) {
      const contact = instant() < ends ? contacts.shift() : undefined;
      if (!contact) return;
      await centre.take(contact);
    }
  });
  await Promise.all(desks);
  await platform.running.settled();
  return centre.commands;
}
