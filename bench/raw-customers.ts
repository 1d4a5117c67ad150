/** The customer query by hand-written SQL: a bare HTTP server, which is a process of its own. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Pool } from 'pg';
import type { ShownCustomer } from './customer-query';
import type { Platform } from './platform';
import { cpuOf } from './processes';

type Shown<List extends 'contracts' | 'workOrders' | 'complaints' | 'messages'> =
  ShownCustomer[List]['nodes'][number];
type Home = ShownCustomer['homes'][number];
type Row<Part> = Part & { readonly parent: string };
type Instants<Part, Names extends keyof Part> = Omit<Part, Names> & { [Name in Names]: Date | null };

/** Services whose databases have a part of the answer. */
export const askedServices = ['directory', 'sales', 'reception', 'complaints', 'communications'] as const;

type Asked = (typeof askedServices)[number];

/** As many as a service of the embedded mode has. */
const connections = 4;

// By `offset 0` a customer's rows are looked up and then put in order; PostgreSQL would look for them along the order.
const customersSql = 'select id, name, kind, roles from customer where id = any($1)';
const unitsSql = 'select id, home, status from unit where id = any($1)';
const workOrdersSql = `
  select p.id as parent, t.* from unnest($1::uuid[]) as p(id) cross join lateral (
    select w.id, w.status, w.fault, w.place, w.issued_at as "issuedAt", w.done_at as "doneAt", w.technician_id as "technicianId"
    from (select id from interaction where customer_ids @> array[p.id] offset 0) i
    join work_order w on w.interaction_id = i.id order by w.issued_at desc, w.id desc limit 20) t`;
const staffSql = 'select id, name from staff where id = any($1)';
const contractsSql = `
  select p.id as parent, t.* from unnest($1::uuid[]) as p(id) cross join lateral (
    select id, number, status, signed_at as "signedAt", price->>'total' as total
    from (select * from contract where customer_ids @> array[p.id] offset 0) c order by drafted_at desc, id desc limit 5) t`;
const messagesSql = `
  select p.id as parent, t.* from unnest($1::uuid[]) as p(id) cross join lateral (
    select id, kind, channel, said_at as "saidAt", subject
    from (select * from customer_word where customer_ids @> array[p.id] offset 0) w order by said_at desc, id desc limit 20) t`;
const complaintsSql = `
  select p.id as parent, t.* from unnest($1::uuid[]) as p(id) cross join lateral (
    select id, number, severity, status, received_at as "receivedAt"
    from (select * from complaint where customer_ids @> array[p.id] offset 0) c order by received_at desc, id desc limit 20) t`;

const names = new Map(
  Object.entries({
    customersSql,
    unitsSql,
    contractsSql,
    workOrdersSql,
    staffSql,
    complaintsSql,
    messagesSql,
  }).map(([name, sql]) => [sql, name]),
);

function grouped<Part>(rows: readonly Row<Part>[]): ReadonlyMap<string, Part[]> {
  const groups = new Map<string, Part[]>();
  for (const { parent, ...part } of rows) {
    const group = groups.get(parent);
    if (group) group.push(part as Part);
    else groups.set(parent, [part as Part]);
  }
  return groups;
}

/** Reads customers as `customerQuery` shows them. */
class RawCustomers {
  private readonly pools: Readonly<Record<Asked, Pool>>;

  /** @param urls of the services' databases */
  constructor(urls: Readonly<Record<Asked, string>>) {
    const pool = (connectionString: string): Pool => {
      const opened = new Pool({ connectionString, max: connections });
      // One that is on its way out may still hear that the server stops.
      opened.on('error', () => undefined);
      return opened;
    };
    this.pools = Object.fromEntries(askedServices.map((service) => [service, pool(urls[service])])) as Record<
      Asked,
      Pool
    >;
  }

  /** In the order of the ids. */
  async read(ids: readonly string[]): Promise<ShownCustomer[]> {
    type Contract = Omit<Instants<Shown<'contracts'>, 'signedAt'>, 'price'> & { readonly total: string };
    const [people, contracts, repairs, complaints, messages] = await Promise.all([
      this.people(ids),
      this.rows<Row<Contract>>('sales', contractsSql, [ids]),
      this.repairs(ids),
      this.rows<Row<Instants<Shown<'complaints'>, 'receivedAt'>>>('complaints', complaintsSql, [ids]),
      this.rows<Row<Instants<Shown<'messages'>, 'saidAt'>>>('communications', messagesSql, [ids]),
    ]);
    const contractsOf = grouped<Shown<'contracts'>>(
      contracts.map(({ total, signedAt, ...row }) => ({
        ...row,
        signedAt: signedAt && signedAt.toISOString(),
        price: { total },
      })),
    );
    const complaintsOf = grouped<Shown<'complaints'>>(
      complaints.map((row) => ({ ...row, receivedAt: row.receivedAt!.toISOString() })),
    );
    const messagesOf = grouped<Shown<'messages'>>(
      messages.map((row) => ({ ...row, saidAt: row.saidAt!.toISOString() })),
    );
    return ids.map((id) => {
      const { name, kind, homes } = people.get(id)!;
      return {
        ...{ id, name, kind, homes },
        contracts: { nodes: contractsOf.get(id) ?? [] },
        workOrders: { nodes: repairs.get(id) ?? [] },
        complaints: { nodes: complaintsOf.get(id) ?? [] },
        messages: { nodes: messagesOf.get(id) ?? [] },
      };
    });
  }

  private async people(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Pick<ShownCustomer, 'name' | 'kind' | 'homes'>>> {
    interface Person {
      readonly id: string;
      readonly name: string;
      readonly kind: string;
      readonly roles: readonly { unitId: string; role: string; from: string; to: string | null }[];
    }
    const people = await this.rows<Person>('directory', customersSql, [ids]);
    const day = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
    const living = ['OWNER', 'TENANT', 'FAMILY', 'OCCUPANT'];
    const homesOf = new Map(
      people.map(({ id, roles }) => {
        const held = roles.filter(
          ({ role, from, to }) => living.includes(role) && from <= day && (to === null || to >= day),
        );
        return [id, [...new Set(held.map(({ unitId }) => unitId))]] as const;
      }),
    );
    const units = await this.rows<Home>('directory', unitsSql, [[...homesOf.values()].flat()]);
    const unitById = new Map(units.map((unit) => [unit.id, unit]));
    return new Map(
      people.map(({ id, name, kind }) => {
        return [id, { name, kind, homes: homesOf.get(id)!.map((unitId) => unitById.get(unitId)!) }];
      }),
    );
  }

  private async repairs(ids: readonly string[]): Promise<ReadonlyMap<string, Shown<'workOrders'>[]>> {
    type Order = Instants<Omit<Shown<'workOrders'>, 'technician'>, 'issuedAt' | 'doneAt'> & {
      readonly technicianId: string | null;
    };
    const orders = await this.rows<Row<Order>>('reception', workOrdersSql, [ids]);
    const staffIds = [...new Set(orders.map(({ technicianId }) => technicianId))];
    const staff = await this.rows<{ id: string; name: string }>('directory', staffSql, [staffIds]);
    const staffById = new Map(staff.map((one) => [one.id, one]));
    return grouped<Shown<'workOrders'>>(
      orders.map(({ technicianId, issuedAt, doneAt, ...order }) => ({
        ...order,
        issuedAt: issuedAt!.toISOString(),
        doneAt: doneAt && doneAt.toISOString(),
        technician: technicianId === null ? null : staffById.get(technicianId)!,
      })),
    );
  }

  private async rows<Result extends object>(
    service: keyof RawCustomers['pools'],
    sql: string,
    values: unknown[],
  ): Promise<Result[]> {
    // Prepared once on each connection: what is written by hand for one purpose would be.
    const { rows } = await this.pools[service].query<Result>({ name: names.get(sql)!, text: sql, values });
    return rows;
  }
}

/** The server as a process, used by the one that measures. */
export class RawServer {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(platform: Platform): Promise<RawServer> {
    const urls = Object.fromEntries(askedServices.map((service) => [service, platform.databaseUrl(service)]));
    const child = fork(__filename, [JSON.stringify(urls)]);
    const [url] = (await once(child, 'message')) as [string];
    return new RawServer(child, url);
  }

  /** As the graph's answers would be for each of the customers. */
  async read(ids: readonly string[]): Promise<ShownCustomer[]> {
    const response = await fetch(this.url, { method: 'POST', body: JSON.stringify({ ids }) });
    return ((await response.json()) as { data: ShownCustomer[] }).data;
  }

  /** CPU time so far; null where the machine does not tell. */
  cpuMillis(): number | null {
    return cpuOf(this.child.pid!)?.usedMillis ?? null;
  }

  close(): void {
    this.child.kill();
  }
}

if (require.main === module) {
  process.once('disconnect', () => process.exit());
  const customers = new RawCustomers(JSON.parse(process.argv[2]!) as Record<Asked, string>);
  const server = createServer((request, response) => {
    void text(request)
      .then((body) => customers.read((JSON.parse(body) as { ids: string[] }).ids))
      .then(
        (data) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ data })),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
  });
  server.listen(0, '127.0.0.1', () => {
    process.send!(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });
}
