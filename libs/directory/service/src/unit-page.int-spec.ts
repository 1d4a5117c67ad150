import { rule } from '@anju/testing';
import {
  DirectoryUnderTest,
  administrator,
  registerTestProject,
  staff,
  type TestProject,
} from '../test/directory-under-test';

const page = `query($id: ID!) { unit(id: $id) {
  home owners(newestFirst: true) { from to customer { name phones { masked } } }
  byTurn: owners { from } allThree: owners(on: "2021-03-31") { customer { name } } tomorrow: owners(on: "2027-01-01") { from }
  residents { role } warrantyEndsOn inWarranty
  before: inWarranty(on: "2026-03-01") last: inWarranty(on: "2026-03-02") after: inWarranty(on: "2026-03-03") } }`;

describe('the page of a unit', () => {
  let under: DirectoryUnderTest;
  let ours: TestProject;
  let unitId: string;

  beforeAll(async () => {
    under = await DirectoryUnderTest.start('unit page');
    ours = await registerTestProject(under, 'JX');
    unitId = ours.unitIds[0];
    const agent = staff('FRONT_DESK', ours.projectId);
    const owners = [
      { name: '赵一', number: '13800000001', from: '2016-01-01', to: '2021-03-31' },
      { name: '钱二', number: '13800000002', from: '2021-03-31', to: null },
      { name: '孙三', number: '13800000003', from: '2021-03-31', to: '2025-12-31' },
    ];
    for (const { name, number, from, to } of owners) {
      const customer = { projectId: ours.projectId, kind: 'PERSON', name, phones: [{ number }] };
      const { id } = await under.command(agent, 'registerCustomer', 'Customer', customer);
      const role = { id, unitId, role: 'OWNER', from, to };
      await under.command(agent, 'startCustomerRole', 'Customer', role);
    }
    const warranty = { id: unitId, warrantyEndsOn: '2026-03-02' };
    await under.command(administrator, 'correctUnit', 'Unit', warranty);
  });

  afterAll(() => under.close());

  rule(['DIR-02', 'DIR-05'], 'shows its owners through time, masked, the latest first', async () => {
    const { unit } = await under.read<{
      unit: { owners: { customer: { name: string } }[]; allThree: object[] };
    }>(...[staff('FRONT_DESK', ours.projectId), page, { id: unitId }]);
    expect(unit).toMatchObject({
      ...{ byTurn: [{ from: '2016-01-01' }, { from: '2021-03-31' }, { from: '2021-03-31' }] },
      ...{ tomorrow: [{ from: '2021-03-31' }], residents: [{ role: 'OWNER' }] },
    });
    expect(unit.owners.at(-1)).toEqual({
      ...{ from: '2016-01-01', to: '2021-03-31' },
      customer: { name: '赵一', phones: [{ masked: '138****0001' }] },
    });
    expect(unit.owners.map(({ customer }) => customer.name).sort()).toEqual(['孙三', '赵一', '钱二']);
    expect(unit.allThree).toHaveLength(3);
  });

  rule(
    'DIR-01',
    'says whether the warranty covers it, to the end of its last day in the project',
    async () => {
      const read = async (): Promise<object> => {
        const data = await under.read<{ unit: object }>(
          ...[staff('FRONT_DESK', ours.projectId), page, { id: unitId }],
        );
        return data.unit;
      };
      under.clock.moveTo(new Date('2026-03-02T15:59:59Z'));
      expect(await read()).toMatchObject({ inWarranty: true, before: true, last: true, after: false });
      under.clock.moveTo(new Date('2026-03-02T16:00:00Z'));
      expect(await read()).toMatchObject({ inWarranty: false, before: true, last: true, after: false });
    },
  );

  it('tells a guard of the home, and of its owners nothing', async () => {
    const { data, errors } = await under.ask(staff('LOBBY_GUARD', ours.projectId), page, { id: unitId });
    expect(data!['unit']).toMatchObject({
      home: '3-2-1201',
      inWarranty: false,
      owners: null,
      allThree: null,
    });
    expect(new Set(errors!.map(({ extensions }) => extensions['code']))).toEqual(new Set(['FORBIDDEN']));
  });
});
