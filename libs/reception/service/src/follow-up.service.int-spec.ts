// The graph's answers are as loose here as a client sees them.
/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return */
import { createTestDatabase, rule, type TestDatabase } from '@anju/testing';
import {
  TestDesk,
  at,
  customer,
  home,
  idOf,
  jinxiu,
  staff,
  telecom,
  telecomWithoutPromise,
} from './testing/test-desk';

const { zhouMin } = staff;

describe('the follow-up register', () => {
  let database: TestDatabase;
  let desk: TestDesk;
  let interactionId: string;

  beforeEach(async () => {
    database = await createTestDatabase('register');
    desk = await TestDesk.open(database.url, at('2026-03-02 09:30'));
    const contact = await desk.done(zhouMin, 'recordInteraction', {
      projectId: jinxiu,
      channel: 'PHONE',
      customerId: customer.liuYang,
      unitId: home.liuYang,
      content: '宽带断了，还想加装充电桩',
      facts: { matter: 'QUESTION', needsOthers: true, expectedDays: 2 },
    });
    interactionId = contact.id;
  });

  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  rule(
    'REC-14',
    'the promised time is given, or comes from the service promise in the directory',
    async () => {
      const open = (change: object) => ({ interactionId, partnerId: telecom, matter: '宽带断了', ...change });
      const promised = async (change: object) =>
        (await desk.done(zhouMin, 'openVendorFollowUp', open(change), 'promisedAt')).promisedAt;
      expect(await promised({})).toBe(at('2026-03-02 15:00').toISOString());
      expect(await promised({ promisedAt: at('2026-03-02 12:00') })).toBe(
        at('2026-03-02 12:00').toISOString(),
      );
      const nothing = open({ partnerId: telecomWithoutPromise });
      expect(await desk.commandFault(zhouMin, 'openVendorFollowUp', nothing)).toBe('BAD_USER_INPUT');
      const past = open({ promisedAt: at('2026-03-02 09:30') });
      expect(await desk.refusalOf(zhouMin, 'openVendorFollowUp', past)).toBe('PROMISED_TIME_PASSED');
      expect(await desk.refusalOf(zhouMin, 'openVendorFollowUp', open({ matter: ' ' }))).toBe(
        'RECEPTION_TEXT_MISSING',
      );
      const unknown = open({ partnerId: idOf('nobody') });
      expect(await desk.commandFault(zhouMin, 'openVendorFollowUp', unknown)).toBe('BAD_USER_INPUT');
    },
  );

  rule('REC-14', 'a firm that comes in time is not flagged', async () => {
    const entry = { interactionId, partnerId: telecom, matter: '宽带断了' };
    const { id: followUpId } = await desk.done(zhouMin, 'openVendorFollowUp', entry);
    await desk.moveTo(at('2026-03-02 14:59'));
    await desk.done(zhouMin, 'recordFollowUpArrival', { followUpId });
    await desk.moveTo(at('2026-03-02 16:00'));
    expect(await desk.events('follow-up-flagged.v1')).toEqual([]);
  });

  rule('APR-10', 'of a firm that is late is told whose contact it is by then', async () => {
    const entry = { interactionId, partnerId: telecom, matter: '宽带断了' };
    const { id: followUpId } = await desk.done(zhouMin, 'openVendorFollowUp', entry);
    await desk.moveTo(at('2026-03-02 15:00'));
    expect(await desk.events('partner-late.v1')).toEqual([
      {
        followUpId,
        interactionId,
        projectId: jinxiu,
        ownerId: zhouMin.staffId,
        partnerId: telecom,
        promisedAt: at('2026-03-02 15:00').toISOString(),
        at: at('2026-03-02 15:00').toISOString(),
      },
    ]);
  });

  rule('REC-15', 'what needs others and more than two days enters the communication register', async () => {
    const open = { interactionId, matter: '充电桩' };
    expect(await desk.refusalOf(zhouMin, 'openCommunicationFollowUp', open)).toBe('COMMUNICATION_NOT_NEEDED');
    const entry = await desk.done(
      zhouMin,
      'openCommunicationFollowUp',
      { ...open, expectedDays: 3 },
      'category enteredReason promisedAt enteredBy matter interaction { id }',
    );
    expect(entry).toMatchObject({
      category: 'COMMUNICATION',
      enteredReason: 'NEEDS_OTHERS',
      promisedAt: null,
      enteredBy: zhouMin.staffId,
      matter: '充电桩',
      interaction: { id: interactionId },
    });
    expect(await desk.refusalOf(zhouMin, 'recordFollowUpArrival', { followUpId: entry.id })).toBe(
      'FOLLOW_UP_NOT_FOR_CATEGORY',
    );
  });

  rule('REC-14', 'an entry that has left takes nothing more', async () => {
    const entry = { interactionId, partnerId: telecom, matter: '宽带断了' };
    const { id: followUpId } = await desk.done(zhouMin, 'openVendorFollowUp', entry);
    const words = { channel: 'PHONE', text: '好了' };
    await desk.done(zhouMin, 'recordFollowUpResult', { followUpId, text: '已修' });
    await desk.done(zhouMin, 'recordFollowUpReply', { followUpId, ...words });
    await desk.done(zhouMin, 'closeFollowUp', { followUpId });
    for (const [command, input] of [
      ['remindFollowUp', { channel: 'PHONE' }],
      ['recordFollowUpArrival', {}],
      ['recordFollowUpResult', { text: '又好了' }],
      ['recordFollowUpReply', words],
      ['closeFollowUp', {}],
    ] as const) {
      expect([command, await desk.refusalOf(zhouMin, command, { followUpId, ...input })]).toEqual([
        command,
        'FOLLOW_UP_NOT_IN_REQUIRED_STATUS',
      ]);
    }
  });

  rule(
    ['REC-11', 'REC-14', 'REC-15'],
    'the register is listed by category, state, flag, firm and age',
    async () => {
      await desk.done(zhouMin, 'openVendorFollowUp', { interactionId, partnerId: telecom, matter: '宽带' });
      await desk.moveTo(at('2026-03-02 15:00'));
      await desk.done(zhouMin, 'openCommunicationFollowUp', {
        interactionId,
        matter: '充电桩',
        expectedDays: 9,
      });
      const list = async (filter: object) => {
        const { followUps } = await desk.ask(
          zhouMin,
          'query($f: FollowUpFilter) { followUps(filter: $f) { totalCount nodes { matter } } }',
          { f: filter },
        );
        expect(followUps.totalCount).toBe(followUps.nodes.length);
        return followUps.nodes.map(({ matter }: { matter: string }) => matter);
      };
      expect(await list({})).toEqual(['充电桩', '宽带']);
      expect(await list({ projectId: jinxiu, category: ['VENDOR', 'ENGINEERING'] })).toEqual(['宽带']);
      expect(await list({ flagged: true })).toEqual(['宽带']);
      expect(await list({ flagged: false })).toEqual(['充电桩']);
      expect(await list({ partnerId: telecom })).toEqual(['宽带']);
      expect(await list({ status: ['CLOSED'] })).toEqual([]);
      expect(await list({ status: [] })).toEqual([]);
      expect(await list({ enteredBefore: at('2026-03-02 12:00') })).toEqual(['宽带']);
      expect(await list({ enteredFrom: at('2026-03-02 12:00') })).toEqual(['充电桩']);
    },
  );
});
