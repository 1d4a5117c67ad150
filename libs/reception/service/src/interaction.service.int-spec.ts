import { createTestDatabase, rule, type TestDatabase } from '@anju/testing';
import { TestDesk, at, customer, home, idOf, jinxiu, staff } from './testing/test-desk';

const { zhouMin, chenJing } = staff;

describe('contacts', () => {
  let database: TestDatabase;
  let desk: TestDesk;

  beforeEach(async () => {
    database = await createTestDatabase('contacts');
    desk = await TestDesk.open(database.url, at('2026-03-02 09:02'));
  });

  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  const tapLeaks = {
    projectId: jinxiu,
    channel: 'PHONE',
    customerId: customer.wangXiulan,
    unitId: home.wangXiulan,
    callbackContact: '13812345678',
    content: '厨房水龙头漏水',
    facts: { matter: 'FAULT' },
  };
  const broadband = {
    projectId: jinxiu,
    channel: 'VISIT',
    callerName: '刘先生',
    callbackContact: '13900001111',
    content: '咨询停车',
    facts: { matter: 'QUESTION' },
  };

  rule(
    'REC-01 REC-02 REC-03'.split(' '),
    'a call at 09:02 is recorded, numbered, owned and proposed as own repair',
    async () => {
      const contact = await desk.done(
        zhouMin,
        'recordInteraction',
        tapLeaks,
        `number status proposedClass confirmedClass callbackContact receivedAt
       owner { id } receivedBy { id } customer { id } unit { id } building { id } project { id } items { id }
       missingForClosing { what proposedClass notBeforeAt }`,
      );
      expect(contact).toMatchObject({
        number: 'JX-20260302-001',
        status: 'OPEN',
        proposedClass: 'OWN_REPAIR',
        confirmedClass: null,
        callbackContact: '138****5678',
        receivedAt: at('2026-03-02 09:02').toISOString(),
        owner: { id: zhouMin.staffId },
        receivedBy: { id: zhouMin.staffId },
        customer: { id: customer.wangXiulan },
        unit: { id: home.wangXiulan },
        building: { id: idOf('building 3') },
        project: { id: jinxiu },
        items: [],
        missingForClosing: [{ what: 'CLASS', proposedClass: 'OWN_REPAIR' }, { what: 'RESULT_REPLY' }],
      });
      const second = await desk.done(chenJing, 'recordInteraction', broadband, 'number');
      expect(second.number).toBe('JX-20260302-002');
      expect(await desk.events()).toEqual(['interaction-recorded.v1', 'interaction-recorded.v1']);
    },
  );

  rule('REC-01', 'how to call back lies encrypted in the database', async () => {
    await desk.done(zhouMin, 'recordInteraction', tapLeaks);
    const [row] = await desk.dataSource.query('select callback_contact from interaction');
    expect(row.callback_contact).not.toContain('13812345678');
  });

  rule('REC-01', 'a contact without what it is about or who it was is refused, all at once', async () => {
    const input = { ...broadband, callerName: ' ', content: '' };
    const answer = await desk.ask(
      zhouMin,
      `mutation($input: RecordInteractionInput!) { recordInteraction(input: $input) {
         ... on InteractionDetailsMissing { code missing message } } }`,
      { input },
    );
    expect(answer.recordInteraction).toEqual({
      code: 'INTERACTION_DETAILS_MISSING',
      missing: ['content', 'who'],
      message: expect.stringContaining('客户姓名'),
    });
  });
});
