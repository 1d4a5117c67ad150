import { complaints } from '@anju/complaints-service';
import { directory } from '@anju/directory-service';
import { insights } from '@anju/insights';
import { reception } from '@anju/reception-service';
import { Chance, Lottery } from './chance';
import { ContactBulk, type Crew } from './contacts';
import { settleCustomers, type Ground } from './estate';
import { ReferencesBulk } from './references-bulk';
import { ServiceBulk } from './service-bulk';

export interface BulkSize {
  readonly customers: number;
  readonly interactions: number;
  /** The same seed gives the same data, but for the days. */
  readonly seed: number;
}

/** A customer of the load. */
export interface LoadedCustomer {
  readonly id: string;
  readonly contacts: number;
}

const years = 3;
const yearMillis = 365 * 86_400_000;

/** From when on customers and contacts are there. */
export function bulkBeginsAt(now: Date): Date {
  return new Date(now.getTime() - years * yearMillis);
}

/**
 * How often customers call, against each other: most seldom, a few again and again (a Pareto distribution with
 * exponent 1.5, cut off at 100 times the least).
 */
function callWeights(count: number, chance: Chance): Float64Array {
  return Float64Array.from({ length: count }, () => Math.min(100, (1 - chance.share()) ** (-1 / 1.5)));
}

/**
 * Fills the databases of services that are not running: customers with homes, and contacts of the last three
 * years with what they led to, evenly over that time.
 * @param databaseUrl of a service, whose tables are there
 */
export async function loadBulk(
  databaseUrl: (service: string) => string,
  ground: Ground,
  crew: Crew,
  { customers, interactions, seed }: BulkSize,
): Promise<{ readonly customers: LoadedCustomer[]; readonly rows: number }> {
  const chance = new Chance(seed);
  const open = (definition: Parameters<typeof ServiceBulk.open>[0]): Promise<ServiceBulk> =>
    ServiceBulk.open(definition, databaseUrl(definition.name), chance);
  const services = {
    directory: await open(directory),
    reception: await open(reception),
    complaints: await open(complaints),
    insights: await open(insights),
  };
  const all = Object.values(services);
  const relieve = async (): Promise<void> => {
    for (const service of all) await service.relieve();
  };
  const known = await ReferencesBulk.open([services.reception, services.complaints, services.insights]);
  const residents = await settleCustomers(customers, services.directory, known, ground, chance, relieve);
  const lottery = new Lottery(callWeights(customers, chance));
  const contacts = new Uint32Array(customers);
  const bulk = await ContactBulk.open(services, ground, crew, chance);
  const begins = ground.beginsAt.getTime();
  const each = (ground.now.getTime() - begins) / interactions;
  for (let index = 0; index < interactions; index += 1) {
    const caller = lottery.draw(chance);
    contacts[caller]! += 1;
    bulk.take(residents[caller]!, new Date(begins + Math.floor((index + chance.share()) * each)));
    if (index % 100 === 0) await relieve();
  }
  await bulk.close(services);
  const rows = await Promise.all(all.map((service) => service.close()));
  return {
    customers: residents.map(({ customerId: id }, index) => ({ id, contacts: contacts[index]! })),
    rows: rows.reduce((sum, count) => sum + count, 0),
  };
}
