import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Pool } from 'pg';
import { benchName } from './households';
import type { HouseholdAnswer, Shape } from './household-query';
import type { Platform } from './platform';

type Customer = HouseholdAnswer['customers']['nodes'][number];
type Interaction = Customer['interactions']['nodes'][number];
type WorkOrder = Interaction['workOrders'][number];
type Complaint = Customer['complaints']['nodes'][number];
type Row<Part> = Part & { readonly parent: string };

const customersSql = `
  select id, name, role_unit_ids from customer where name like $1 and status = 'ACTIVE' order by name, id limit $2`;
const unitsSql = 'select id, home, status from unit where id = any($1) order by home';
const interactionsSql = `
  select p.id as parent, t.* from unnest($1::uuid[]) as p(id) cross join lateral (
    select id, number, status, confirmed_class, received_at from interaction
    where customer_ids @> array[p.id] order by received_at desc, id desc limit $2) t`;
const workOrdersSql = `
  select interaction_id as parent, id, status, fault, technician_id from work_order
  where interaction_id = any($1) order by created_at, id`;
const complaintsSql = `
  select p.id as parent, t.* from unnest($1::uuid[]) as p(id) cross join lateral (
    select id, number, severity, status from complaint
    where customer_ids @> array[p.id] order by received_at desc, id desc limit 20) t`;
const casesSql = `
  select p.id as parent, c.id, c.number from unnest($1::uuid[]) as p(id)
  join complaint c on c.interaction_ids @> array[p.id]`;
const staffSql = 'select id, name from staff where id = any($1)';

function grouped<Part>(rows: readonly Row<Part>[]): ReadonlyMap<string, Part[]> {
  const groups = new Map<string, Part[]>();
  for (const { parent, ...part } of rows) {
    const group = groups.get(parent);
    if (group) group.push(part as Part);
    else groups.set(parent, [part as Part]);
  }
  return groups;
}

/** The answer of `householdQuery` by hand-written SQL, without the graph, tokens, scopes and services. */
export class RawHouseholds {
  private readonly pools: Readonly<Record<'directory' | 'reception' | 'complaints', Pool>>;
  private server: Server | undefined;

  constructor(platform: Platform) {
    const pool = (service: string): Pool => {
      const connections = new Pool({ connectionString: platform.databaseUrl(service), max: 6 });
      // One that is on its way out may still hear that the server stops.
      connections.on('error', () => undefined);
      return connections;
    };
    this.pools = {
      directory: pool('directory'),
      reception: pool('reception'),
      complaints: pool('complaints'),
    };
  }

  async answer({ customers, interactions }: Shape): Promise<HouseholdAnswer> {
    const found = await this.rows<{ id: string; name: string; role_unit_ids: string[] }>(
      'directory',
      customersSql,
      [`${benchName}%`, customers],
    );
    const ids = found.map(({ id }) => id);
    const [units, contacts, complaints] = await Promise.all([
      this.rows<Customer['homes'][number]>('directory', unitsSql, [
        found.flatMap((customer) => customer.role_unit_ids),
      ]),
      this.contacts(ids, interactions),
      this.rows<Row<Complaint>>('complaints', complaintsSql, [ids]),
    ]);
    const unitOf = new Map(units.map((unit) => [unit.id, unit]));
    const complaintsOf = grouped<Complaint>(complaints);
    return {
      customers: {
        nodes: found.map(({ id, name, role_unit_ids }) => ({
          id,
          name,
          homes: role_unit_ids.map((unitId) => unitOf.get(unitId)!),
          interactions: { nodes: contacts.get(id) ?? [] },
          complaints: { nodes: complaintsOf.get(id) ?? [] },
        })),
      },
    };
  }

  /** Answers a posted shape over HTTP, as the gateway answers its query. @returns the address */
  async listen(): Promise<string> {
    this.server = createServer((request, response) => {
      void text(request)
        .then((body) => this.answer(JSON.parse(body) as Shape))
        .then(
          (data) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ data })),
          (error: unknown) => response.writeHead(500).end(String(error)),
        );
    });
    await new Promise<void>((resolve) => this.server!.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    this.server?.close();
    await Promise.all(Object.values(this.pools).map((pool) => pool.end()));
  }

  private async contacts(customerIds: readonly string[], most: number): Promise<Map<string, Interaction[]>> {
    type Contact = { id: string; number: string; status: string; confirmed_class: string; received_at: Date };
    type Order = Omit<WorkOrder, 'technician'> & { technician_id: string | null };
    const contacts = await this.rows<Row<Contact>>('reception', interactionsSql, [customerIds, most]);
    const ids = contacts.map(({ id }) => id);
    const [orders, cases] = await Promise.all([
      this.rows<Row<Order>>('reception', workOrdersSql, [ids]),
      this.rows<Row<{ id: string; number: string }>>('complaints', casesSql, [ids]),
    ]);
    const staff = await this.rows<{ id: string; name: string }>('directory', staffSql, [
      [...new Set(orders.map((order) => order.technician_id))],
    ]);
    const staffById = new Map(staff.map((one) => [one.id, one]));
    const ordersOf = grouped<Order>(orders);
    const caseOf = new Map(cases.map(({ parent, ...complaint }) => [parent, complaint]));
    const complete = contacts.map((contact) => ({
      parent: contact.parent,
      id: contact.id,
      number: contact.number,
      status: contact.status,
      confirmedClass: contact.confirmed_class,
      receivedAt: contact.received_at.toISOString(),
      workOrders: (ordersOf.get(contact.id) ?? []).map(({ technician_id, ...order }) => ({
        ...order,
        technician: technician_id === null ? null : staffById.get(technician_id)!,
      })),
      complaint: caseOf.get(contact.id) ?? null,
    }));
    return new Map(grouped<Interaction>(complete));
  }

  private async rows<Result extends object>(
    service: keyof RawHouseholds['pools'],
    sql: string,
    values: unknown[],
  ): Promise<Result[]> {
    const { rows } = await this.pools[service].query<Result>(sql, values);
    return rows;
  }
}
