/** Fills databases, in a process of its own: what it leaves on its heap is not that of the platform. */
import { fork } from 'node:child_process';
import { Cipher, configureCipher, keyringFromFile } from '@anju/access';
import { communications } from '@anju/communications-service';
import { complaints } from '@anju/complaints-service';
import { directory } from '@anju/directory-service';
import { insights } from '@anju/insights';
import { reception } from '@anju/reception-service';
import { sales } from '@anju/sales-service';
import { appraisal } from '@anju/appraisal-service';
import { Chance, Lottery } from './chance';
import { ContactBulk, type Crew } from './contacts';
import { homesOf, settleCustomers, type Ground } from './estate';
import { HomeSales, type SalesCrew } from './home-sales';
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

/** Services whose databases are filled. */
export const filledServices = [
  'directory',
  'reception',
  'complaints',
  'sales',
  'appraisal',
  'communications',
  'insights',
] as const;

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

/** What is to be loaded, and where. */
export interface BulkOrder {
  readonly size: BulkSize;
  readonly ground: Ground;
  readonly crew: Crew & SalesCrew;
  /** Of the services that are to be filled, whose tables are there. */
  readonly databaseUrls: Readonly<Record<string, string>>;
  /** Of the personal data. */
  readonly keysFile: string;
}

/** What came of it. */
export interface BulkLoad {
  readonly customers: readonly LoadedCustomer[];
  readonly rows: number;
  /** Until all rows were sent, and until the database had indexes and statistics again. */
  readonly seconds: { readonly rows: number; readonly all: number };
}

async function carryOut({ size, ground, crew, databaseUrls, keysFile }: BulkOrder): Promise<BulkLoad> {
  const began = performance.now();
  const secondsSince = (): number => (performance.now() - began) / 1_000;
  configureCipher(new Cipher(keyringFromFile(keysFile)));
  const { customers, interactions, seed } = size;
  const chance = new Chance(seed);
  const open = (definition: Parameters<typeof ServiceBulk.open>[0]): Promise<ServiceBulk> =>
    ServiceBulk.open(definition, databaseUrls[definition.name]!, chance);
  const services = {
    directory: await open(directory),
    reception: await open(reception),
    complaints: await open(complaints),
    sales: await open(sales),
    appraisal: await open(appraisal),
    communications: await open(communications),
    insights: await open(insights),
  };
  const all = Object.values(services);
  const relieve = async (): Promise<void> => {
    for (const service of all) await service.relieve();
  };
  const known = await ReferencesBulk.open(all.filter((service) => service !== services.directory));
  const selling = await HomeSales.open(services.sales, ground, crew, chance, homesOf(customers));
  const residents = await settleCustomers(
    customers,
    services.directory,
    known,
    selling,
    ground,
    chance,
    relieve,
  );
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
  await selling.close(services.sales);
  await bulk.close(services);
  for (const service of all) await service.endRows();
  const sent = secondsSince();
  const rows = await Promise.all(all.map((service) => service.close()));
  return {
    customers: residents.map(({ customerId: id }, index) => ({ id, contacts: contacts[index]! })),
    rows: rows.reduce((sum, count) => sum + count, 0),
    seconds: { rows: sent, all: secondsSince() },
  };
}

/**
 * Fills the databases of services that are not running: customers with homes, and contacts of the last three
 * years with what they led to, evenly over that time.
 * @throws Error if the rules or the databases refuse something
 */
export async function loadBulk(order: BulkOrder): Promise<BulkLoad> {
  // Nearly everything is given back at once; a small young generation would keep it for long.
  const child = fork(__filename, { execArgv: ['--max-semi-space-size=64'], serialization: 'advanced' });
  return new Promise((resolve, reject) => {
    child.once('message', (load) => resolve(load as BulkLoad));
    child.once('exit', (code) => reject(new Error(`the load ended with ${code}`)));
    child.send(order);
  });
}

if (require.main === module) {
  process.once('disconnect', () => process.exit());
  process.once('message', (order: BulkOrder) => {
    void carryOut(order).then(
      (load) => process.send!(load, () => process.exit()),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        process.exit(1);
      },
    );
  });
}
