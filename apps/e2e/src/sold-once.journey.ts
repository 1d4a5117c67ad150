import { rule } from '@anju/testing';
import { stageTime } from './bad-input-values';
import { outcomeOf, type Answer, type Visitor } from './graph-client';
import { startPlatform, type Platform } from './platform';
import { outcomes, SalesDesk, type Subscribed } from './sales-desk';

const home = '8-1-1502';
const buyers = 50;
let platform: Platform;
let desk: SalesDesk;

beforeAll(async () => {
  platform = await startPlatform(stageTime);
  desk = await SalesDesk.open(platform);
}, 240_000);

afterAll(() => platform?.close());

/** Rows of each table of a service that holds what people did or what became of it. */
async function rowsOf(service: string, ...tables: readonly string[]): Promise<Record<string, number>> {
  const [row] = await platform.running.query<Record<string, number>>(
    service,
    `select ${tables.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ')}`,
  );
  return row!;
}

async function written(): Promise<Record<string, Record<string, number>>> {
  await platform.running.settled();
  return {
    sales: await rowsOf('sales', 'sale', 'lead', 'contract', 'history', 'outbox', 'deadline'),
    directory: await rowsOf('directory', 'unit', 'history', 'outbox', 'answered_sale_step'),
  };
}

function more(
  before: Record<string, Record<string, number>>,
  after: Record<string, Record<string, number>>,
): Record<string, number> {
  const changes = Object.entries(after).flatMap(([service, tables]) =>
    Object.entries(tables).map(
      ([table, n]) => [`${service}.${table}`, n - before[service]![table]!] as const,
    ),
  );
  return Object.fromEntries(changes.filter(([, n]) => n !== 0));
}

/** How the home stands in the directory's own table. */
async function unitInDirectory(): Promise<{ status: string; held_by_sale_id: string | null }> {
  const [unit] = await platform.running.query<{ status: string; held_by_sale_id: string | null }>(
    'directory',
    'select status, held_by_sale_id from unit where id = $1',
    [desk.unit(home)],
  );
  return unit!;
}

describe('one home and fifty buyers at the same instant', () => {
  let winner: Subscribed;
  let answers: readonly Answer[];
  let people: readonly {
    readonly consultant: Visitor;
    readonly customerId: string;
    readonly leadId: string;
  }[];

  beforeAll(async () => {
    const consultants = await Promise.all(Array.from({ length: 5 }, () => desk.consultant()));
    const customers = await desk.customers(buyers);
    people = await Promise.all(
      customers.map(async (customerId, n) => {
        const consultant = consultants[n % consultants.length]!;
        return { consultant, customerId, leadId: await desk.lead(consultant, customerId) };
      }),
    );
  }, 240_000);

  rule(
    ['SAL-03', 'DIR-01'],
    'one gets it; every other is told that it is sold, and nothing is written for him',
    async () => {
      const before = await written();
      answers = await Promise.all(
        people.map(({ consultant, customerId, leadId }) =>
          desk.subscribe(consultant, home, customerId, leadId),
        ),
      );
      expect(outcomes(answers, 'subscribeUnit')).toEqual([
        'DONE',
        ...Array.from({ length: buyers - 1 }, () => 'UNIT_ALREADY_SOLD'),
      ]);
      const refusal = answers.find((answer) => outcomeOf(answer, 'subscribeUnit') !== 'DONE')!;
      expect(refusal.data!['subscribeUnit']).toEqual({
        __typename: 'UnitAlreadySold',
        code: 'UNIT_ALREADY_SOLD',
        message: 'Somebody else has subscribed or bought this unit. Choose another one.',
      });
      const won = answers.findIndex((answer) => outcomeOf(answer, 'subscribeUnit') === 'DONE');
      const saleId = (answers[won]!.data!['subscribeUnit'] as { id: string }).id;
      winner = { saleId, customerId: people[won]!.customerId };
      await desk.whenSaleIs(saleId, 'UNIT_HELD');
      // The sale is opened and answered, its prospect is noted, the project's first report begun, which ends with
      // the month; the home is held: each with its events.
      expect(more(before, await written())).toEqual({
        ...{ 'sales.sale': 1, 'sales.history': 4, 'sales.outbox': 4, 'sales.deadline': 1 },
        ...{ 'directory.history': 1, 'directory.outbox': 2, 'directory.answered_sale_step': 1 },
      });
      expect(await unitInDirectory()).toEqual({ status: 'SUBSCRIBED', held_by_sale_id: saleId });
    },
  );

  it('leaves every other prospect as he was, and no number unused', async () => {
    const leads = await platform.running.query<{ id: string; status: string; version: number }>(
      'sales',
      'select id::text, status, version from lead',
    );
    const touched = leads.filter(({ version, status }) => version !== 1 || status !== 'OPEN');
    expect(touched.map(({ id }) => id)).toEqual([
      people.find(({ customerId }) => customerId === winner.customerId)!.leadId,
    ]);
    const numbers = await platform.running.query<{ number: string }>('sales', 'select number from sale');
    expect(numbers).toEqual([{ number: 'JX-S20260302-001' }]);
  });

  rule('SAL-03', 'after it is given up, fifty race for it once more, and one has it', async () => {
    await desk.done(desk.manager, 'withdrawSale', 'Sale', { saleId: winner.saleId, reason: '首付不足' });
    await desk.whenSaleIs(winner.saleId, 'WITHDRAWN');
    await platform.running.settled();
    expect(await unitInDirectory()).toEqual({ status: 'FOR_SALE', held_by_sale_id: null });
    const others = people.filter(({ customerId }) => customerId !== winner.customerId);
    answers = await Promise.all(
      others.map(({ consultant, customerId, leadId }) =>
        desk.subscribe(consultant, home, customerId, leadId),
      ),
    );
    expect(outcomes(answers, 'subscribeUnit').filter((outcome) => outcome !== 'UNIT_ALREADY_SOLD')).toEqual([
      'DONE',
    ]);
    const won = answers.findIndex((answer) => outcomeOf(answer, 'subscribeUnit') === 'DONE');
    const saleId = (answers[won]!.data!['subscribeUnit'] as { id: string }).id;
    winner = { saleId, customerId: others[won]!.customerId };
    await desk.whenSaleIs(saleId, 'UNIT_HELD');
    expect(await unitInDirectory()).toEqual({ status: 'SUBSCRIBED', held_by_sale_id: saleId });
  });

  describe('and its papers', () => {
    let contractId: string;

    /** Two people do the same to one contract. */
    const both = async (field: string, input: (n: number) => object): Promise<string[]> => {
      const two = [desk.manager, desk.colleague].map((who, n) => who.command(field, input(n)));
      return outcomes(await Promise.all(two), field);
    };

    rule('SAL-11', 'two contracts for one sale: one is drafted', async () => {
      expect(await both('draftContract', () => desk.contractOf(winner))).toEqual([
        'DONE',
        'SALE_HAS_CONTRACT',
      ]);
      const contracts = await platform.running.query<{ id: string }>(
        'sales',
        'select id::text from contract',
      );
      expect(contracts).toHaveLength(1);
      contractId = contracts[0]!.id;
    });

    rule('SAL-11', 'two signings: one is signed, under its own number', async () => {
      const signing = (n: number): object => ({ contractId, onlineSigningNumber: `WQ20260302-000${n}` });
      expect(await both('signContract', signing)).toEqual(['CONTRACT_NOT_IN_REQUIRED_STATUS', 'DONE']);
      await desk.whenSaleIs(winner.saleId, 'CONTRACTED');
      expect(await unitInDirectory()).toEqual({ status: 'CONTRACTED', held_by_sale_id: winner.saleId });
    });

    rule('SAL-11', 'two reviewers: one checks it, and never who signed it', async () => {
      const answers = await Promise.all(
        [desk.manager, desk.colleague, desk.reviewer].map((who) =>
          who.command('checkContract', { contractId }),
        ),
      );
      const came = outcomes(answers, 'checkContract');
      expect(came.filter((outcome) => outcome === 'DONE')).toHaveLength(1);
      expect(
        came.filter(
          (outcome) => !/^(DONE|OWN_CONTRACT_CHECK|CONTRACT_NOT_IN_REQUIRED_STATUS)$/.test(outcome),
        ),
      ).toEqual([]);
      const [contract] = await platform.running.query<{ checks: { by: string }[]; signing: { by: string } }>(
        'sales',
        'select checks, signing from contract where id = $1',
        [contractId],
      );
      expect(contract!.checks).toHaveLength(1);
      expect(contract!.checks[0]!.by).not.toBe(contract!.signing.by);
    });

    rule('SAL-12', 'two filings: it is handed in once', async () => {
      expect(await both('submitFiling', () => ({ contractId }))).toEqual([
        'CONTRACT_NOT_IN_REQUIRED_STATUS',
        'DONE',
      ]);
    });
  });
});

describe('a signing and a withdrawal at the same instant', () => {
  rule('SAL-03', 'one of them is refused, and the sale and its home agree', async () => {
    const sale = await desk.held('8-1-1501');
    const { saleId } = sale;
    const { id: contractId } = await desk.done(
      desk.manager,
      'draftContract',
      'Contract',
      desk.contractOf(sale),
    );
    const [signed, withdrawn] = await Promise.all([
      desk.manager.command('signContract', { contractId, onlineSigningNumber: 'WQ20260302-0100' }),
      desk.colleague.command('withdrawSale', { saleId, reason: '客户放弃' }),
    ]);
    const came = [outcomeOf(signed, 'signContract'), outcomeOf(withdrawn, 'withdrawSale')];
    expect(came.filter((outcome) => outcome === 'DONE')).toHaveLength(1);
    const status = await desk.whenSaleIs(saleId, 'CONTRACTED', 'WITHDRAWN');
    expect(status).toBe(came[0] === 'DONE' ? 'CONTRACTED' : 'WITHDRAWN');
    await platform.running.settled();
    const units = await platform.running.query(
      'directory',
      'select status, held_by_sale_id from unit where id = $1',
      [desk.unit('8-1-1501')],
    );
    expect(units).toEqual([
      status === 'CONTRACTED'
        ? { status: 'CONTRACTED', held_by_sale_id: saleId }
        : { status: 'FOR_SALE', held_by_sale_id: null },
    ]);
  });
});

describe('all that', () => {
  it('met no fault of ours', () => {
    expect(platform.logged().filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
