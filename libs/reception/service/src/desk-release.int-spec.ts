import { createTestDatabase, rule, type TestDatabase } from '@anju/testing';
import { TestDesk, at, elsewhere, idOf, jinxiu, staff } from './testing/test-desk';
import {
  allThere,
  call,
  charge,
  counter,
  done,
  introduceParties,
  landlord,
  outcomeOf,
  owned,
  owner,
  passerBy,
  payment,
  refused,
  rented,
  shiftOf,
  signedSlip,
  wuGang,
} from './testing/desk-parties';
import { lockFeeAccount } from './fee-account.service';

const { zhouMin, chenJing, zhaoJianguo, lobbyGuard, stranger } = staff;
const { finance, secondGuard, guardElsewhere } = counter;

describe('release slips', () => {
  let database: TestDatabase;
  let desk: TestDesk;

  beforeEach(async () => {
    database = await createTestDatabase('desk release');
    desk = await TestDesk.open(database.url, at('2026-03-02 13:10'));
    await introduceParties(desk);
  });

  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  const why = `... on ReleaseNotPossible { version reasons {
    what months amount reason signedById expectedId knowsOfMove rentOwed ownersThingsOnList } }`;
  const reasonsAgainst = async (input: object, who = zhouMin): Promise<Record<string, unknown>[]> => {
    const answer = await refused(desk, who, 'issueReleaseSlip', input, why);
    expect(answer['code']).toBe('RELEASE_NOT_POSSIBLE');
    return answer['reasons'] as Record<string, unknown>[];
  };
  const whats = async (input: object): Promise<unknown[]> =>
    (await reasonsAgainst(input)).map(({ what }) => what);
  const issued = async (unitId = owned, applicantId = owner): Promise<string> => {
    const releaseSlipId = await signedSlip(desk, unitId, applicantId);
    await done(desk, zhouMin, 'issueReleaseSlip', { releaseSlipId });
    return releaseSlipId;
  };

  rule(
    'REC-36',
    'an owner who owes 2 months gets the slip once told; with 3 months the director is informed first',
    async () => {
      await charge(desk, owned, '2026-01', '250');
      await charge(desk, owned, '2026-02', '250');
      const first = await signedSlip(desk, owned, owner);
      expect(await reasonsAgainst({ releaseSlipId: first })).toMatchObject([
        { what: 'ARREARS_NOT_TOLD', months: 2, amount: '500.00' },
      ]);
      const slip = await done(
        desk,
        zhouMin,
        'issueReleaseSlip',
        { releaseSlipId: first, arrearsTold: true },
        'kind status arrearsTold { months amount } director { id }',
      );
      expect(slip).toMatchObject({
        kind: 'OWNER',
        status: 'ISSUED',
        arrearsTold: { months: 2, amount: '500.00' },
        director: null,
      });

      await charge(desk, owned, '2025-12', '250');
      const second = { releaseSlipId: await signedSlip(desk, owned, owner), arrearsTold: true };
      expect(await reasonsAgainst(second)).toMatchObject([
        { what: 'DIRECTOR_NOT_INFORMED', months: 3, amount: '750.00' },
      ]);
      const informed = { releaseSlipId: second.releaseSlipId, directorId: zhaoJianguo.staffId };
      const clerk = { ...informed, directorId: chenJing.staffId };
      const directors = '... on InformedPersonNotDirector { informedId directorIds }';
      expect(await refused(desk, zhouMin, 'informDirector', clerk, directors)).toMatchObject({
        code: 'INFORMED_PERSON_NOT_DIRECTOR',
        informedId: chenJing.staffId,
        directorIds: [zhaoJianguo.staffId],
      });
      await done(desk, zhouMin, 'informDirector', informed);
      const late = await done(
        desk,
        zhouMin,
        'issueReleaseSlip',
        second,
        'status director { id } directorInformedAt',
      );
      expect(late).toMatchObject({ status: 'ISSUED', director: { id: zhaoJianguo.staffId } });
      const [withTwo, withThree] = await desk.events('release-slip-issued.v1');
      expect(withTwo).toMatchObject({ kind: 'OWNER', arrearsMonths: 2, directorInformed: false, lines: 2 });
      expect(withThree).toMatchObject({ arrearsMonths: 3, arrearsAmount: '750.00', directorInformed: true });
    },
  );

  rule(['REC-36', 'REC-37'], 'everything that stands against a slip is said at once, and kept', async () => {
    await charge(desk, rented, '2026-02');
    const bare = { projectId: jinxiu, unitId: rented, applicantId: wuGang };
    const { id: releaseSlipId } = await done(desk, zhouMin, 'applyForRelease', bare);
    const missing = ['IDENTITY_COPY_MISSING', 'GOODS_LIST_EMPTY', 'SIGNATURE_MISSING', 'FEES_UNPAID'];
    expect(await whats({ releaseSlipId, hurry: true })).toEqual([
      ...missing,
      'HURRY_WITH_ARREARS',
      'OWNER_NOT_CALLED',
    ]);
    await desk.moveTo(at('2026-03-02 13:15'));
    const goods = [{ description: '沙发', quantity: 1 }];
    await done(desk, zhouMin, 'listReleaseGoods', { releaseSlipId, goods });
    await done(desk, zhouMin, 'recordIdentityCopy', { releaseSlipId });
    expect(await whats({ releaseSlipId })).toEqual(['SIGNATURE_MISSING', 'FEES_UNPAID', 'OWNER_NOT_CALLED']);
    const slip = await done(
      desk,
      zhouMin,
      'cancelReleaseSlip',
      { releaseSlipId, reason: '不搬了' },
      'status cancelReason refusals { refusedAt by reasons { what amount } } identityCopiedAt',
    );
    expect(slip).toMatchObject({
      status: 'CANCELLED',
      cancelReason: '不搬了',
      identityCopiedAt: at('2026-03-02 13:15').toISOString(),
      refusals: [
        { refusedAt: at('2026-03-02 13:10').toISOString(), by: zhouMin.staffId, reasons: { length: 6 } },
        { refusedAt: at('2026-03-02 13:15').toISOString(), reasons: { length: 3 } },
      ],
    });
    const [first] = await desk.events('release-slip-refused.v1');
    expect(first).toMatchObject({ kind: 'TENANT', arrearsMonths: 1, reasons: { length: 6 } });
  });

  rule('REC-37', 'signed by the wrong party it is refused', async () => {
    const releaseSlipId = await signedSlip(desk, rented, wuGang);
    await done(desk, zhouMin, 'signReleaseSlip', { releaseSlipId, signedById: landlord });
    await done(desk, zhouMin, 'recordOwnerCall', call(releaseSlipId));
    expect(await reasonsAgainst({ releaseSlipId })).toMatchObject([
      { what: 'SIGNED_BY_WRONG_PARTY', signedById: landlord, expectedId: wuGang },
    ]);
  });

  rule('REC-37', 'without the consent of the owner it is refused with his reason', async () => {
    const releaseSlipId = await signedSlip(desk, rented, wuGang);
    const no = { rentOwed: true, ownersThingsOnList: true, consents: false };
    expect(await outcomeOf(desk, zhouMin, 'recordOwnerCall', call(releaseSlipId, no))).toBe(
      'RECEPTION_TEXT_MISSING',
    );
    await done(desk, zhouMin, 'recordOwnerCall', call(releaseSlipId, { ...no, reason: '电视是我的' }));
    const [reason] = await reasonsAgainst({ releaseSlipId });
    expect(reason).toMatchObject({
      what: 'OWNER_DOES_NOT_CONSENT',
      knowsOfMove: true,
      rentOwed: true,
      ownersThingsOnList: true,
      reason: '电视是我的',
    });
    await done(desk, zhouMin, 'recordOwnerCall', call(releaseSlipId));
    expect(await outcomeOf(desk, zhouMin, 'issueReleaseSlip', { releaseSlipId })).toBe('DONE');
  });

  rule('REC-37', 'only an owner of the unit counts as called, and an owner needs no call', async () => {
    const releaseSlipId = await signedSlip(desk, rented, wuGang);
    const answer = await refused(
      desk,
      zhouMin,
      'recordOwnerCall',
      call(releaseSlipId, { ownerId: owner }),
      '... on CalledPartyNotOwner { calledId ownerIds }',
    );
    expect(answer).toMatchObject({
      code: 'CALLED_PARTY_NOT_OWNER',
      calledId: owner,
      ownerIds: [landlord],
    });
    const own = await signedSlip(desk, owned, owner);
    expect(await outcomeOf(desk, zhouMin, 'recordOwnerCall', call(own, { ownerId: owner }))).toBe(
      'OWNER_CALL_NOT_NEEDED',
    );
  });

  rule(['REC-36', 'REC-37'], 'who neither owns nor rents the unit that day gets no slip', async () => {
    const application = { projectId: jinxiu, unitId: rented, applicantId: passerBy };
    expect(await outcomeOf(desk, zhouMin, 'applyForRelease', application)).toBe('APPLICANT_NOT_OF_UNIT');
    const elsewhereOwner = { ...application, applicantId: owner };
    expect(await outcomeOf(desk, zhouMin, 'applyForRelease', elsewhereOwner)).toBe('APPLICANT_NOT_OF_UNIT');
    await desk.dataSource.query(
      `update known_reference set data = data || '{"to":"2026-03-01"}'
       where kind = 'customerRole' and data->>'customerId' = $1`,
      [wuGang],
    );
    const tenant = { ...application, applicantId: wuGang };
    expect(await outcomeOf(desk, zhouMin, 'applyForRelease', tenant)).toBe('APPLICANT_NOT_OF_UNIT');
  });

  rule('REC-37', 'the months of the landlord do not hold up a tenant who owes nothing', async () => {
    const fees = [{ unitId: rented, amount: '180', liableCustomerId: landlord }];
    const charged = { projectId: jinxiu, month: '2026-02', dueAt: '2026-02-10T00:00:00+08:00', fees };
    await done(desk, finance, 'chargeManagementFees', charged);
    const releaseSlipId = await signedSlip(desk, rented, wuGang);
    await done(desk, zhouMin, 'recordOwnerCall', call(releaseSlipId));
    expect(await outcomeOf(desk, zhouMin, 'issueReleaseSlip', { releaseSlipId })).toBe('DONE');
  });

  rule('REC-38', 'in a hurry and without arrears the lobby is told as the slip is issued', async () => {
    const releaseSlipId = await signedSlip(desk, owned, owner);
    const input = { releaseSlipId, hurry: true };
    const slip = await done(desk, zhouMin, 'issueReleaseSlip', input, 'status lobbyToldAt');
    expect(slip).toMatchObject({ status: 'ISSUED', lobbyToldAt: at('2026-03-02 13:10').toISOString() });
    await charge(desk, owned, '2026-02');
    const other = await signedSlip(desk, owned, owner);
    const hurried = { releaseSlipId: other, hurry: true, arrearsTold: true };
    expect(await whats(hurried)).toEqual(['HURRY_WITH_ARREARS']);
  });

  rule('REC-38', 'nothing leaves that is not on the list, and every line is checked', async () => {
    const releaseSlipId = await issued();
    const redeem = (checked: object[], unlisted: string[] = []): Promise<Record<string, unknown>> =>
      refused(
        desk,
        lobbyGuard,
        'redeemReleaseSlip',
        { releaseSlipId, checked, unlisted },
        `... on GoodsNotChecked { uncheckedLines }
         ... on GoodsNotOnSlip { lines { line listed found } unlisted }`,
      );
    expect(await redeem([{ line: 1, found: 1 }])).toMatchObject({
      code: 'GOODS_NOT_CHECKED',
      uncheckedLines: [2],
    });
    const more = [
      { line: 1, found: 1 },
      { line: 2, found: 5 },
      { line: 3, found: 1 },
    ];
    expect(await redeem(more, ['保险柜'])).toMatchObject({
      code: 'GOODS_NOT_ON_SLIP',
      message: expect.stringContaining('保险柜'),
      lines: [
        { line: 2, listed: 4, found: 5 },
        { line: 3, listed: 0, found: 1 },
      ],
      unlisted: ['保险柜'],
    });
    const less = [
      { line: 1, found: 1 },
      { line: 2, found: 3 },
    ];
    const left = await done(
      desk,
      lobbyGuard,
      'redeemReleaseSlip',
      { releaseSlipId, checked: less },
      'status redemption { goods { line found } }',
    );
    expect(left).toMatchObject({ status: 'REDEEMED', redemption: { goods: less } });
  });

  rule('REC-38', 'two guards who redeem at the same moment: one lets the goods pass', async () => {
    const releaseSlipId = await issued();
    const guards = [lobbyGuard, secondGuard, lobbyGuard, secondGuard];
    const outcomes = await Promise.all(
      guards.map((guard) =>
        outcomeOf(desk, guard, 'redeemReleaseSlip', { releaseSlipId, checked: allThere }),
      ),
    );
    expect(outcomes.sort()).toEqual(['DONE', ...Array<string>(3).fill('RELEASE_SLIP_ALREADY_REDEEMED')]);
    expect(await desk.events('release-slip-redeemed.v1')).toHaveLength(1);
  });

  rule('REC-38', 'two desks that issue at the same moment issue one slip', async () => {
    const releaseSlipId = await signedSlip(desk, owned, owner);
    const desks = [zhouMin, chenJing, zhouMin, chenJing];
    const outcomes = await Promise.all(
      desks.map((who) => outcomeOf(desk, who, 'issueReleaseSlip', { releaseSlipId })),
    );
    const wrong = 'RELEASE_SLIP_NOT_IN_REQUIRED_STATUS';
    expect(outcomes.sort()).toEqual(['DONE', wrong, wrong, wrong]);
    expect(await desk.events('release-slip-issued.v1')).toHaveLength(1);
  });

  rule('REC-38', 'a slip that was cancelled, or not issued yet, lets nothing pass', async () => {
    const open = await signedSlip(desk, owned, owner);
    const redeem = (releaseSlipId: string): Promise<string> =>
      outcomeOf(desk, lobbyGuard, 'redeemReleaseSlip', { releaseSlipId, checked: allThere });
    expect(await redeem(open)).toBe('RELEASE_SLIP_NOT_IN_REQUIRED_STATUS');
    const releaseSlipId = await issued();
    await done(desk, zhouMin, 'cancelReleaseSlip', { releaseSlipId, reason: '改日再搬' });
    expect(await redeem(releaseSlipId)).toBe('RELEASE_SLIP_NOT_IN_REQUIRED_STATUS');
  });

  rule('REC-36', 'another goods list has to be signed, and told to the owner, again', async () => {
    const releaseSlipId = await signedSlip(desk, rented, wuGang);
    await done(desk, zhouMin, 'recordOwnerCall', call(releaseSlipId));
    const goods = [{ description: '钢琴', quantity: 1 }];
    await done(desk, zhouMin, 'listReleaseGoods', { releaseSlipId, goods });
    expect(await whats({ releaseSlipId })).toEqual(['SIGNATURE_MISSING', 'OWNER_NOT_CALLED']);
  });

  it('refuses goods without a name or a quantity, by their line', async () => {
    const application = { projectId: jinxiu, unitId: owned, applicantId: owner };
    const apply = (...goods: object[]): Promise<Record<string, unknown>> =>
      refused(
        desk,
        zhouMin,
        'applyForRelease',
        { ...application, goods },
        '... on GoodsQuantityNotPositive { line quantity } ... on ReceptionTextMissing { field }',
      );
    const sofa = { description: '沙发🛋️', quantity: 1 };
    expect(await apply(sofa, { description: '箱子', quantity: -3 })).toMatchObject({
      code: 'GOODS_QUANTITY_NOT_POSITIVE',
      line: 2,
      quantity: -3,
    });
    expect(await apply(sofa, { description: ' ', quantity: 1 })).toMatchObject({
      code: 'RECEPTION_TEXT_MISSING',
      field: 'goods',
    });
    const long = { ...application, goods: [{ description: '长'.repeat(10_000), quantity: 1 }] };
    expect(await desk.commandFault(zhouMin, 'applyForRelease', long)).toBe('BAD_USER_INPUT');
  });

  describe('while fees move', () => {
    const stillWaiting = async (answer: Promise<unknown>): Promise<boolean> =>
      Promise.race([
        answer.then(() => false),
        new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 150)),
      ]);
    const debt = JSON.stringify([
      {
        month: '2026-02',
        amount: '180.00',
        liableCustomerId: wuGang,
        dueAt: at('2026-02-28 00:00'),
        paidBy: [],
      },
    ]);

    rule('REC-37', 'a charge that is just being entered is seen', async () => {
      await done(desk, finance, 'takePayment', payment('0.01'));
      const releaseSlipId = await signedSlip(desk, rented, wuGang);
      await done(desk, zhouMin, 'recordOwnerCall', call(releaseSlipId));
      let answer: Promise<string> | undefined;
      await desk.dataSource.transaction(async (tx) => {
        await lockFeeAccount(tx, rented);
        answer = outcomeOf(desk, zhouMin, 'issueReleaseSlip', { releaseSlipId });
        expect(await stillWaiting(answer)).toBe(true);
        await tx.query('update fee_account set charges = $1 where unit_id = $2', [debt, rented]);
      });
      expect(await answer).toBe('RELEASE_NOT_POSSIBLE');
    });

    rule('REC-37', 'the first charge of a unit that is just being entered is seen, too', async () => {
      const releaseSlipId = await signedSlip(desk, rented, wuGang);
      await done(desk, zhouMin, 'recordOwnerCall', call(releaseSlipId));
      let answer: Promise<string> | undefined;
      await desk.dataSource.transaction(async (tx) => {
        await lockFeeAccount(tx, rented);
        answer = outcomeOf(desk, zhouMin, 'issueReleaseSlip', { releaseSlipId });
        expect(await stillWaiting(answer)).toBe(true);
        await tx.query(
          `insert into fee_account (id, project_id, unit_id, status, charges, credits, payments, customer_ids,
             version, created_at, updated_at) values ($1, $2, $3, 'OPEN', $4, '[]', '[]', '{}', 1, now(), now())`,
          [idOf('account'), jinxiu, rented, debt],
        );
      });
      expect(await answer).toBe('RELEASE_NOT_POSSIBLE');
    });

    it('a payment, a charge and the slip at once end in one order or the other', async () => {
      await charge(desk, rented, '2026-01');
      const releaseSlipId = await signedSlip(desk, rented, wuGang);
      await done(desk, zhouMin, 'recordOwnerCall', call(releaseSlipId));
      await shiftOf(desk, zhouMin);
      const [paid, charged, answer] = await Promise.all([
        outcomeOf(desk, zhouMin, 'takePayment', payment('180')),
        charge(desk, rented, '2026-02').then(() => 'DONE'),
        outcomeOf(desk, chenJing, 'issueReleaseSlip', { releaseSlipId }),
      ]);
      expect([paid, charged]).toEqual(['DONE', 'DONE']);
      expect(['DONE', 'RELEASE_NOT_POSSIBLE']).toContain(answer);
      const last = await outcomeOf(desk, chenJing, 'issueReleaseSlip', { releaseSlipId });
      expect(last).toBe(answer === 'DONE' ? 'RELEASE_SLIP_NOT_IN_REQUIRED_STATUS' : 'RELEASE_NOT_POSSIBLE');
    });
  });

  describe('asked again', () => {
    it('gives the same refusal for the same key, and leaves one trace', async () => {
      await charge(desk, rented, '2026-02');
      const releaseSlipId = await signedSlip(desk, rented, wuGang);
      const input = { releaseSlipId, idempotencyKey: 'desk-7' };
      const first = await refused(desk, zhouMin, 'issueReleaseSlip', input, why);
      await done(desk, finance, 'takePayment', payment('180'));
      expect(await refused(desk, zhouMin, 'issueReleaseSlip', input, why)).toEqual(first);
      expect(await desk.events('release-slip-refused.v1')).toHaveLength(1);
      const other = { ...input, hurry: true };
      expect(await desk.commandFault(zhouMin, 'issueReleaseSlip', other)).toBe('IDEMPOTENCY_KEY_REUSED');
    });

    it('says with the refusal which version to go on from', async () => {
      const releaseSlipId = await signedSlip(desk, rented, wuGang);
      const seen = { releaseSlipId, expectedVersion: 2 };
      const { version } = await refused(desk, zhouMin, 'issueReleaseSlip', seen, why);
      expect(version).toBe(3);
      const consent = call(releaseSlipId, { expectedVersion: version });
      expect(await desk.commandFault(zhouMin, 'recordOwnerCall', { ...consent, expectedVersion: 2 })).toBe(
        'CONFLICT',
      );
      expect(await outcomeOf(desk, zhouMin, 'recordOwnerCall', consent)).toBe('DONE');
    });
  });

  describe('for others', () => {
    rule('REC-38', 'the desk redeems nothing, and the lobby issues nothing', async () => {
      const releaseSlipId = await issued();
      const checked = { releaseSlipId, checked: allThere };
      expect(await desk.commandFault(zhouMin, 'redeemReleaseSlip', checked)).toBe('FORBIDDEN');
      expect(await desk.commandFault(lobbyGuard, 'issueReleaseSlip', { releaseSlipId })).toBe('FORBIDDEN');
    });

    it('shows the lobby what may leave, and not what a household owes', async () => {
      const releaseSlipId = await issued();
      const source = (fields: string): string => `query($id: ID!) { releaseSlip(id: $id) { ${fields} } }`;
      const seen = source('status goods { description quantity } unit { id }');
      expect(await desk.ask(lobbyGuard, seen, { id: releaseSlipId })).toMatchObject({
        releaseSlip: { status: 'ISSUED', goods: [{}, {}] },
      });
      for (const hidden of ['refusals { by }', 'arrearsTold { amount }', 'ownerCall { rentOwed }']) {
        expect(await desk.faultOf(lobbyGuard, source(hidden), { id: releaseSlipId })).toBe('FORBIDDEN');
      }
    });

    it("does nothing with another project's slip, home or customer", async () => {
      const releaseSlipId = await issued();
      const redeem = { releaseSlipId, checked: allThere };
      expect(await desk.commandFault(guardElsewhere, 'redeemReleaseSlip', redeem)).toBe('NOT_FOUND');
      for (const [name, input] of [
        ['issueReleaseSlip', { releaseSlipId }],
        ['signReleaseSlip', { releaseSlipId, signedById: owner }],
        ['recordOwnerCall', call(releaseSlipId)],
        ['informDirector', { releaseSlipId, directorId: stranger.staffId }],
        ['cancelReleaseSlip', { releaseSlipId, reason: 'x' }],
      ] as const) {
        expect(await desk.commandFault(stranger, name, input)).toBe('NOT_FOUND');
      }
      const application = { projectId: jinxiu, unitId: owned, applicantId: owner };
      expect(await desk.commandFault(stranger, 'applyForRelease', application)).toBe('FORBIDDEN');
      const asTheirs = { ...application, projectId: elsewhere };
      expect(await desk.commandFault(stranger, 'applyForRelease', asTheirs)).toBe('BAD_USER_INPUT');
      const contact = { ...application, interactionId: idOf('no contact') };
      expect(await desk.commandFault(zhouMin, 'applyForRelease', contact)).toBe('BAD_USER_INPUT');
      const slip = await signedSlip(desk, owned, owner);
      const director = { releaseSlipId: slip, directorId: stranger.staffId };
      expect(await desk.commandFault(zhouMin, 'informDirector', director)).toBe('BAD_USER_INPUT');
    });
  });
});
