import { rule } from '@anju/testing';
import {
  DirectoryUnderTest,
  registerTestProject,
  staff,
  type TestProject,
} from '../test/directory-under-test';

describe('merging two records of one customer', () => {
  let under: DirectoryUnderTest;
  let ours: TestProject;
  let supervisor: ReturnType<typeof staff>;

  beforeEach(async () => {
    under = await DirectoryUnderTest.start('merge');
    ours = await registerTestProject(under, 'JX');
    supervisor = staff('SERVICE_SUPERVISOR', ours.projectId);
  });

  afterEach(() => under.close());

  function take<Result extends object = { id: string; code?: string }>(
    field: string,
    input: object,
    selection = 'id',
  ): Promise<Result> {
    return under.command<Result>(supervisor, field, 'Customer', input, selection);
  }

  async function customer(name: string, phone: string, more: object = {}): Promise<string> {
    const input = { projectId: ours.projectId, kind: 'PERSON', name, phones: [{ number: phone }], ...more };
    return (await take('registerCustomer', input)).id;
  }

  async function twoRecords(): Promise<{ id: string; mergedId: string }> {
    const id = await customer('王秀兰', '13812345678');
    const mergedId = await customer('王秀蘭', '13812345679', {
      identityDocuments: [{ kind: 'PASSPORT', number: 'E12345678' }],
    });
    await take('startCustomerRole', { id, unitId: ours.unitIds[0], role: 'OWNER', from: '2024-05-01' });
    await take('startCustomerRole', {
      id: mergedId,
      unitId: ours.unitIds[1],
      role: 'OWNER',
      from: '2025-01-01',
    });
    return { id, mergedId };
  }

  const all = `id status name otherNames phones { masked } identityDocuments { kind } roles { from unit { home } }
    mergedInto { id name } mergedFrom { id } history { command to }`;

  rule(
    'DIR-06',
    'loses nothing: the one that goes on has both, the other keeps its history and says where it went',
    async () => {
      const { id, mergedId } = await twoRecords();
      const survivor = await take<object>('mergeCustomers', { id, mergedId }, all);
      expect(survivor).toEqual({
        ...{
          id,
          status: 'ACTIVE',
          name: '王秀兰',
          otherNames: ['王秀蘭'],
          mergedInto: null,
          mergedFrom: [{ id: mergedId }],
        },
        phones: [{ masked: '138****5678' }, { masked: '138****5679' }],
        identityDocuments: [{ kind: 'PASSPORT' }],
        roles: [
          { from: '2024-05-01', unit: { home: '3-2-1201' } },
          { from: '2025-01-01', unit: { home: '3-2-1202' } },
        ],
        history: [
          { command: 'registerCustomer', to: 'ACTIVE' },
          { command: 'startCustomerRole', to: 'ACTIVE' },
          { command: 'mergeCustomers', to: 'ACTIVE' },
        ],
      });
      const { customer: gone } = await under.read<{ customer: object }>(
        supervisor,
        `query($id: ID!) { customer(id: $id) { ${all} } }`,
        { id: mergedId },
      );
      expect(gone).toMatchObject({
        ...{
          status: 'MERGED',
          name: '王秀蘭',
          phones: [{ masked: '138****5679' }],
          mergedInto: { id, name: '王秀兰' },
        },
        roles: [],
        history: [
          { command: 'registerCustomer', to: 'ACTIVE' },
          { command: 'startCustomerRole', to: 'ACTIVE' },
          { command: 'mergeCustomers', to: 'MERGED' },
        ],
      });
      const { unit } = await under.read<{ unit: object }>(
        supervisor,
        `query($id: ID!) { unit(id: $id) { owners { customer { id } } } }`,
        { id: ours.unitIds[1] },
      );
      expect(unit).toEqual({ owners: [{ customer: { id } }] });
    },
  );

  rule('DIR-06', 'is told to the other services, and lists show one record', async () => {
    const { id, mergedId } = await twoRecords();
    await take('mergeCustomers', { id, mergedId });
    const events = await under.rows<{ type: string; aggregateid: string; data: Record<string, unknown> }>(
      `select type, aggregateid, payload->'data' as data from outbox where type in ('customer-merged.v1', 'customer-changed.v1')
       order by seq desc limit 2`,
    );
    expect(events).toMatchObject([
      { type: 'customer-changed.v1', aggregateid: id },
      {
        type: 'customer-merged.v1',
        aggregateid: mergedId,
        data: { customerId: mergedId, intoCustomerId: id },
      },
    ]);
    const list = `query($f: CustomerFilter) { customers(filter: $f) { nodes { id } } }`;
    const found = async (filter: object): Promise<object> =>
      (await under.read<{ customers: object }>(supervisor, list, { f: filter })).customers;
    expect(await found({ phone: '13812345679' })).toEqual({ nodes: [{ id }] });
    expect(await found({ name: '王秀蘭' })).toEqual({ nodes: [{ id }] });
    expect(await found({ status: 'MERGED' })).toEqual({ nodes: [{ id: mergedId }] });
  });

  it('is refused for one and the same record, for what was merged before, and for two different people', async () => {
    const { id, mergedId } = await twoRecords();
    const other = await customer('别人', '13800000001', {
      identityDocuments: [{ kind: 'PASSPORT', number: 'E99999999' }],
    });
    expect(await take('mergeCustomers', { id, mergedId: id })).toMatchObject({ code: 'SAME_CUSTOMER' });
    expect(await take('mergeCustomers', { id: other, mergedId })).toMatchObject({
      code: 'IDENTITY_DOCUMENTS_DIFFER',
    });
    await take('mergeCustomers', { id, mergedId });
    expect(await take('mergeCustomers', { id: other, mergedId })).toMatchObject({
      code: 'CUSTOMER_ALREADY_MERGED',
    });
    expect(await take('renameCustomer', { id: mergedId, name: '王' })).toMatchObject({
      code: 'CUSTOMER_ALREADY_MERGED',
    });
    const versions = await under.rows(`select version from customer where id = $1`, [other]);
    expect(versions).toEqual([{ version: 1 }]);
  });

  it('gives a repeated request its first answer, and one of two opposite requests a refusal', async () => {
    const { id, mergedId } = await twoRecords();
    const [one, two] = await Promise.all([
      take('mergeCustomers', { id, mergedId, idempotencyKey: 'merge-1' }),
      take('mergeCustomers', { id: mergedId, mergedId: id }),
    ]);
    expect([one, two].filter(({ code }) => code === 'CUSTOMER_ALREADY_MERGED')).toHaveLength(1);
    expect(await take('mergeCustomers', { id, mergedId, idempotencyKey: 'merge-1' })).toEqual(one);
  });

  it('goes on through several records', async () => {
    const [a, b, c] = [
      await customer('甲', '13800000011'),
      await customer('乙', '13800000012'),
      await customer('丙', '13800000013'),
    ];
    await take('mergeCustomers', { id: b, mergedId: a });
    await take('mergeCustomers', { id: c, mergedId: b });
    const { customer: gone } = await under.read<{ customer: object }>(
      supervisor,
      `query($id: ID!) { customer(id: $id) { survivor { id } mergedInto { id mergedInto { id phones { masked } } } } }`,
      { id: a },
    );
    expect(gone).toEqual({
      survivor: { id: c },
      mergedInto: {
        id: b,
        mergedInto: {
          id: c,
          phones: [{ masked: '138****0013' }, { masked: '138****0012' }, { masked: '138****0011' }],
        },
      },
    });
  });
});
