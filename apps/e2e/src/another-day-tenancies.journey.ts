import { rule } from '@anju/testing';
import { AnotherDay } from './another-day';
import { Counter, reasonsOf, type Obstacle, type Slip } from './another-day-counter';

const bed = { description: '双人床', quantity: 1 };

interface Arrears {
  readonly months: number;
  readonly amount: string;
}

describe('tenancies', () => {
  let day: AnotherDay;
  let counter: Counter;

  beforeAll(async () => {
    day = await AnotherDay.from('2026-03-02 08:30');
    counter = new Counter(day);
  });

  afterAll(() => day?.close());

  /** 刘洋 rents a home from the beginning of the year; the id of his role. */
  async function rents(home: string, feePayer: 'OWNER' | 'TENANT'): Promise<string> {
    const { roles } = await day.do<{ roles: { id: string; role: string; unit: { home: string } }[] }>(
      'zhoumin',
      'startCustomerRole',
      'Customer',
      {
        ...{ id: day.customer('liuyang'), unitId: day.unit(home), role: 'TENANT' },
        ...{ from: '2026-01-01', feePayer },
      },
      'roles { id role unit { home } }',
    );
    await day.settled();
    return roles.find(({ role, unit }) => role === 'TENANT' && unit.home === home)!.id;
  }

  async function movesOut(roleId: string, to: string): Promise<void> {
    await day.do('zhoumin', 'endCustomerRole', 'Customer', { id: day.customer('liuyang'), roleId, to });
    await day.settled();
  }

  async function owes(customer: string, home: string): Promise<Arrears> {
    const { arrears } = await day.ask<{ arrears: Arrears }>(
      'zhoumin',
      'query($unit: ID!, $customer: ID!) { arrears(unitId: $unit, customerId: $customer) { months amount } }',
      { unit: day.unit(home), customer: day.customer(customer) },
    );
    return arrears;
  }

  async function notOfTheHome(home: string): Promise<string> {
    const { code } = await day.refused('zhoumin', 'applyForRelease', {
      ...{ projectId: day.projectId, unitId: day.unit(home), applicantId: day.customer('liuyang') },
    });
    return code;
  }

  describe('whose owner pays the fees', () => {
    const home = '5-1-0302';
    let tenantsObstacles: readonly Obstacle[];
    let ownersObstacles: readonly Obstacle[];
    let issued: Slip;
    let afterLastDay: string;
    let lastSlip: Slip;

    beforeAll(async () => {
      await day.at('2026-03-02 10:00');
      const role = await rents(home, 'OWNER');
      await counter.charge(home, ['2026-01', '2026-02'], '300.00');
      const slip = await counter.apply(home, 'liuyang', [bed]);
      await counter.sign(slip, 'liuyang');
      tenantsObstacles = await counter.obstacles(slip);
      const call = (releaseSlipId: string) => ({
        ...{ releaseSlipId, ownerId: day.customer('chenwei'), knowsOfMove: true, rentOwed: false },
        ...{ ownersThingsOnList: false, consents: true },
      });
      await counter.slip('zhoumin', 'recordOwnerCall', call(slip));
      issued = await counter.slip('zhoumin', 'issueReleaseSlip', { releaseSlipId: slip });
      const owners = await counter.apply(home, 'chenwei', [bed]);
      await counter.sign(owners, 'chenwei');
      ownersObstacles = await counter.obstacles(owners);
      await movesOut(role, '2026-03-02');
      const onLastDay = await counter.apply(home, 'liuyang', [bed]);
      await counter.sign(onLastDay, 'liuyang');
      await counter.slip('zhoumin', 'recordOwnerCall', call(onLastDay));
      await day.at('2026-03-03 00:00');
      afterLastDay = await notOfTheHome(home);
      lastSlip = await counter.slip('zhoumin', 'issueReleaseSlip', { releaseSlipId: onLastDay });
    });

    rule(
      ['DIR-02', 'REC-37'],
      'the tenant owes nothing and is not held up by what the owner owes',
      async () => {
        expect(await owes('liuyang', home)).toEqual({ months: 0, amount: '0.00' });
        expect(reasonsOf(tenantsObstacles)).toEqual(['OWNER_NOT_CALLED']);
        expect(issued).toMatchObject({ status: 'ISSUED', arrearsTold: null });
      },
    );

    rule(['DIR-02', 'REC-36'], 'the owner owes them, and is told', async () => {
      expect(await owes('chenwei', home)).toEqual({ months: 2, amount: '600.00' });
      expect(ownersObstacles).toMatchObject([{ what: 'ARREARS_NOT_TOLD', months: 2, amount: '600.00' }]);
    });

    rule(
      'REC-37',
      'on its last day the tenant still applies, for what the owner lets go; later no more',
      () => {
        expect(lastSlip.status).toBe('ISSUED');
        expect(afterLastDay).toBe('APPLICANT_NOT_OF_UNIT');
      },
    );
  });

  describe('that has ended with fees unpaid', () => {
    const home = '3-2-1201';
    let notPaid: string;
    const owed = {} as Record<'tenantBefore' | 'ownerBefore' | 'tenantAfter' | 'ownerAfter', Arrears>;
    let paidFor: { readonly amount: string; readonly covers: readonly { readonly month: string }[] };
    let owners: Slip;

    beforeAll(async () => {
      await day.at('2026-03-03 10:00');
      const role = await rents(home, 'TENANT');
      await counter.charge(home, ['2026-01', '2026-02'], '280.50');
      await movesOut(role, '2026-02-28');
      await counter.charge(home, ['2026-03'], '280.50');
      await day.at('2026-03-10 10:00');
      notPaid = await notOfTheHome(home);
      owed.tenantBefore = await owes('liuyang', home);
      owed.ownerBefore = await owes('wangxiulan', home);
      const slip = await counter.apply(home, 'wangxiulan', [bed]);
      await counter.sign(slip, 'wangxiulan');
      owners = await counter.slip('zhoumin', 'issueReleaseSlip', { releaseSlipId: slip, arrearsTold: true });
      paidFor = await day.do(
        'zhangli',
        'takePayment',
        'Receipt',
        {
          ...{ projectId: day.projectId, unitId: day.unit(home), payerId: day.customer('liuyang') },
          ...{ amount: '561.00', method: 'TRANSFER' },
        },
        'amount covers { month }',
      );
      owed.tenantAfter = await owes('liuyang', home);
      owed.ownerAfter = await owes('wangxiulan', home);
    });

    rule('DIR-02', 'the former tenant owes the months of his tenancy, the owner those after it', () => {
      expect(owed.tenantBefore).toEqual({ months: 2, amount: '561.00' });
      expect(owed.ownerBefore).toEqual({ months: 1, amount: '280.50' });
    });

    rule(['REC-36', 'REC-37'], 'he gets no slip any more; the owner is told only of her own arrears', () => {
      expect(notPaid).toBe('APPLICANT_NOT_OF_UNIT');
      expect(owners).toMatchObject({ status: 'ISSUED', arrearsTold: { months: 1, amount: '280.50' } });
    });

    rule('REC-35', 'he can pay what he owes, and it pays nobody else’s months', () => {
      expect(paidFor).toMatchObject({
        amount: '561.00',
        covers: [{ month: '2026-01' }, { month: '2026-02' }],
      });
      expect(owed.tenantAfter).toEqual({ months: 0, amount: '0.00' });
      expect(owed.ownerAfter).toEqual({ months: 1, amount: '280.50' });
    });
  });
});
