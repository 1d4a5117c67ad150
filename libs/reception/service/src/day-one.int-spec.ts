// The graph's answers are as loose here as a client sees them.
/* eslint-disable @typescript-eslint/no-unsafe-member-access */
import { createTestDatabase, rule, type TestDatabase } from '@anju/testing';
import { TestDesk, at, customer, home, idOf, jinxiu, staff, telecom } from './testing/test-desk';

const { zhouMin, zhaoJianguo, liQiang, sunGong, linFang } = staff;

/** The lines of the day that the service desk plays, each with what must be so afterwards. */
describe('day one at the desk', () => {
  let database: TestDatabase;
  let desk: TestDesk;

  beforeEach(async () => {
    database = await createTestDatabase('day_one');
    desk = await TestDesk.open(database.url, at('2026-03-02 09:00'));
  });

  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  const call = (
    name: keyof typeof home,
    content: string,
    facts: object,
    channel = 'PHONE',
  ): Promise<{ id: string }> =>
    desk.done(
      zhouMin,
      'recordInteraction',
      { projectId: jinxiu, channel, customerId: customer[name], unitId: home[name], content, facts },
      'number proposedClass owner { id }',
    );
  const contact = (id: string, selection: string) =>
    desk.ask(zhouMin, `query($id: ID!) { interaction(id: $id) { ${selection} } }`, { id });

  rule(
    ['REC-01', 'REC-03', 'REC-04', 'REC-10'],
    'the tap that leaks: work order, repair, confirmation, reply, 已完成',
    async () => {
      await desk.moveTo(at('2026-03-02 09:02'));
      const tap = await call('wangXiulan', '厨房水龙头漏水', { matter: 'FAULT' });
      expect(tap).toMatchObject({
        number: 'JX-20260302-001',
        proposedClass: 'OWN_REPAIR',
        owner: { id: zhouMin.staffId },
      });
      await desk.done(zhouMin, 'confirmInteractionClass', { interactionId: tap.id });
      const order = await desk.done(
        zhouMin,
        'issueWorkOrder',
        {
          interactionId: tap.id,
          fault: '水龙头漏水',
          place: '厨房',
          estimate: '35.00',
          materials: [{ name: '阀芯', quantity: 1 }],
          technicianId: liQiang.staffId,
          appointment: { fromAt: at('2026-03-02 10:00'), toAt: at('2026-03-02 11:00') },
        },
        'status departmentCode estimate technician { id } unit { id } interaction { id } materials { suppliedBy }',
      );
      expect(order).toMatchObject({
        status: 'ISSUED',
        departmentCode: 'EQUIPMENT',
        estimate: '35.00',
        technician: { id: liQiang.staffId },
        unit: { id: home.wangXiulan },
        interaction: { id: tap.id },
        materials: [{ suppliedBy: 'COMPANY' }],
      });

      await desk.moveTo(at('2026-03-02 10:02'));
      await desk.done(liQiang, 'acceptWorkOrder', { workOrderId: order.id });
      await desk.done(liQiang, 'arriveOnSite', { workOrderId: order.id });
      await desk.moveTo(at('2026-03-02 10:40'));
      await desk.done(liQiang, 'finishWorkOrder', { workOrderId: order.id, result: '更换阀芯' });
      await desk.moveTo(at('2026-03-02 10:55'));
      const confirmed = await desk.done(zhouMin, 'confirmWorkOrder', { workOrderId: order.id }, 'status');
      expect(confirmed.status).toBe('CONFIRMED');

      const early = await desk.ask(
        zhouMin,
        `mutation($input: CloseInteractionInput!) { closeInteraction(input: $input) {
           ... on InteractionClosingIncomplete { code message missing { what kind itemId notBeforeAt } } } }`,
        { input: { interactionId: tap.id } },
      );
      expect(early.closeInteraction).toEqual({
        code: 'INTERACTION_CLOSING_INCOMPLETE',
        message: expect.stringContaining('记录对客户的结果答复'),
        missing: [
          {
            what: 'RESULT_REPLY',
            kind: null,
            itemId: null,
            notBeforeAt: at('2026-03-02 10:40').toISOString(),
          },
        ],
      });
      const reply = { interactionId: tap.id, kind: 'RESULT', channel: 'PHONE', text: '已更换阀芯，不再漏水' };
      await desk.done(zhouMin, 'tellCustomer', reply);
      const closed = await desk.done(
        zhouMin,
        'closeInteraction',
        { interactionId: tap.id },
        'status label closedAt items { kind id done doneAt result lastToldAt uninformed workOrder { id } }',
      );
      expect(closed).toMatchObject({
        status: 'CLOSED',
        label: '已完成',
        closedAt: at('2026-03-02 10:55').toISOString(),
        items: [
          {
            kind: 'WORK_ORDER',
            id: order.id,
            done: true,
            doneAt: at('2026-03-02 10:40').toISOString(),
            result: '更换阀芯',
            lastToldAt: at('2026-03-02 10:55').toISOString(),
            uninformed: false,
            workOrder: { id: order.id },
          },
        ],
      });
      expect(await desk.events()).toEqual([
        'interaction-recorded.v1',
        'interaction-classified.v1',
        'work-order-issued.v1',
        'work-order-accepted.v1',
        'work-order-on-site.v1',
        'work-order-done.v1',
        'work-order-confirmed.v1',
        'customer-told.v1',
        'interaction-closed.v1',
      ]);
    },
  );

  rule(
    ['REC-02', 'REC-13'],
    'the crack in the wall: inside the warranty, signed by the director, then by the project department alone',
    async () => {
      await desk.moveTo(at('2026-03-02 09:15'));
      const crack = await call('chenWei', '卧室墙面裂缝', { matter: 'FAULT', faultDuty: 'BUILDER' }, 'VISIT');
      expect(crack).toMatchObject({ proposedClass: 'RECTIFICATION' });
      await desk.done(zhouMin, 'confirmInteractionClass', { interactionId: crack.id });
      const request = { interactionId: crack.id, fault: '墙面裂缝', place: '卧室' };
      const form = await desk.done(
        zhouMin,
        'requestRectification',
        request,
        'status waitsFor warrantyEndsOn',
      );
      expect(form).toMatchObject({ status: 'REQUESTED', waitsFor: 'VERIFY', warrantyEndsOn: '2027-01-15' });
      const input = { rectificationId: form.id };

      for (const person of [zhouMin, linFang, sunGong]) {
        expect(await desk.refusalOf(person, 'verifyRectification', input)).toBe('SIGNER_NOT_ENTITLED');
      }
      expect(await desk.refusalOf(sunGong, 'signForRectification', input)).toBe('OUT_OF_ORDER_SIGNATURE');
      await desk.moveTo(at('2026-03-02 09:40'));
      await desk.done(zhaoJianguo, 'verifyRectification', { ...input, remark: '属实' });
      expect(await desk.refusalOf(zhaoJianguo, 'signForRectification', input)).toBe('SIGNER_NOT_ENTITLED');
      expect(await desk.refusalOf(zhaoJianguo, 'verifyRectification', input)).toBe('OUT_OF_ORDER_SIGNATURE');
      expect(await desk.refusalOf(sunGong, 'confirmRectificationCompletion', input)).toBe(
        'OUT_OF_ORDER_SIGNATURE',
      );
      await desk.moveTo(at('2026-03-02 11:20'));
      await desk.done(sunGong, 'signForRectification', input);

      const telling = { interactionId: crack.id, channel: 'PHONE' };
      await desk.done(zhouMin, 'tellCustomer', { ...telling, kind: 'PROGRESS', text: '项目部已签收' });
      await desk.moveTo(at('2026-03-04 11:00'));
      await desk.done(zhouMin, 'tellCustomer', { ...telling, kind: 'PROGRESS', text: '今天下午维修' });
      await desk.moveTo(at('2026-03-04 16:00'));
      const repaired = { ...input, remark: '已修复' };
      await desk.done(sunGong, 'confirmRectificationCompletion', repaired);
      expect(await desk.refusalOf(zhouMin, 'closeInteraction', { interactionId: crack.id })).toBe(
        'INTERACTION_CLOSING_INCOMPLETE',
      );
      await desk.done(zhouMin, 'tellCustomer', { ...telling, kind: 'RESULT', text: '墙面已修复' });
      await desk.done(zhouMin, 'closeInteraction', { interactionId: crack.id });
      const { rectification } = await desk.ask(
        sunGong,
        `query($id: ID!) { rectification(id: $id) {
           status waitsFor signatures { step signerId role remark signedAt } history { command actor from to } } }`,
        { id: form.id },
      );
      const office = { signerId: zhaoJianguo.staffId, role: 'OFFICE_DIRECTOR' };
      const developer = { signerId: sunGong.staffId, role: 'DEVELOPER_PROJECT_DEPARTMENT' };
      expect(rectification).toMatchObject({
        status: 'COMPLETED',
        waitsFor: null,
        signatures: [
          { step: 'VERIFY', ...office, remark: '属实', signedAt: at('2026-03-02 09:40').toISOString() },
          { step: 'SIGN_FOR', ...developer, signedAt: at('2026-03-02 11:20').toISOString() },
          {
            step: 'COMPLETE',
            ...developer,
            remark: '已修复',
            signedAt: at('2026-03-04 16:00').toISOString(),
          },
        ],
        history: [
          { command: 'requestRectification', actor: zhouMin.staffId, from: null, to: 'REQUESTED' },
          { command: 'verifyRectification', to: 'VERIFIED' },
          { command: 'signForRectification', to: 'SIGNED_FOR' },
          { command: 'confirmRectificationCompletion', to: 'COMPLETED' },
        ],
      });
      expect((await contact(crack.id, 'items { result done }')).interaction.items).toEqual([
        { result: '已修复', done: true },
      ]);
    },
  );

  rule(
    ['REC-02', 'REC-14', 'REC-04'],
    'no broadband: promised for 15:00, flagged at 15:00:00 by itself, arrived 16:10, reply recorded',
    async () => {
      await desk.moveTo(at('2026-03-02 09:30'));
      const facts = { matter: 'FAULT', partnersEquipment: true };
      const broadband = await call('liuYang', '宽带断了', facts);
      expect(broadband).toMatchObject({ proposedClass: 'VENDOR' });
      await desk.done(zhouMin, 'confirmInteractionClass', { interactionId: broadband.id });
      const entry = await desk.done(
        zhouMin,
        'openVendorFollowUp',
        { interactionId: broadband.id, partnerId: telecom, matter: '宽带断了' },
        'category status promisedAt partner { id }',
      );
      expect(entry).toMatchObject({
        category: 'VENDOR',
        status: 'OPEN',
        promisedAt: at('2026-03-02 15:00').toISOString(),
        partner: { id: telecom },
      });
      const flagged = () =>
        desk.ask(
          zhouMin,
          '{ followUps(filter: { flagged: true, status: [OPEN] }) { nodes { id flaggedAt } } }',
        );
      await desk.moveTo(new Date(at('2026-03-02 15:00').getTime() - 1));
      expect((await flagged()).followUps.nodes).toEqual([]);
      await desk.moveTo(at('2026-03-02 15:00'));
      expect((await flagged()).followUps.nodes).toEqual([
        { id: entry.id, flaggedAt: at('2026-03-02 15:00').toISOString() },
      ]);
      expect(await desk.events('follow-up-flagged.v1')).toMatchObject([
        { followUpId: entry.id, at: at('2026-03-02 15:00').toISOString() },
      ]);
      const input = { followUpId: entry.id };
      await desk.moveTo(at('2026-03-02 15:20'));
      await desk.done(zhouMin, 'remindFollowUp', { ...input, channel: 'PHONE', note: '催办' });
      await desk.moveTo(at('2026-03-02 16:10'));
      await desk.done(zhouMin, 'recordFollowUpArrival', input);
      expect(await desk.refusalOf(zhouMin, 'recordFollowUpArrival', input)).toBe('FOLLOW_UP_ALREADY_ARRIVED');
      const reply = { ...input, channel: 'PHONE', text: '宽带已恢复' };
      expect(await desk.refusalOf(zhouMin, 'recordFollowUpReply', reply)).toBe(
        'FOLLOW_UP_RESULT_NOT_RECORDED',
      );
      await desk.done(zhouMin, 'recordFollowUpResult', { ...input, text: '更换光猫' });
      expect(await desk.refusalOf(zhouMin, 'closeFollowUp', input)).toBe('FOLLOW_UP_CLOSING_INCOMPLETE');
      await desk.done(zhouMin, 'recordFollowUpReply', reply);
      const left = await desk.done(
        zhouMin,
        'closeFollowUp',
        input,
        'status leftReason arrivedAt reminders { channel note by remindedAt } result { text } reply { text }',
      );
      expect(left).toMatchObject({
        status: 'CLOSED',
        leftReason: 'RESULT_AND_REPLY_RECORDED',
        arrivedAt: at('2026-03-02 16:10').toISOString(),
        reminders: [{ note: '催办', by: zhouMin.staffId }],
        result: { text: '更换光猫' },
        reply: { text: '宽带已恢复' },
      });
      const after = await contact(
        broadband.id,
        'tellings { kind text by } missingForClosing { what } items { result }',
      );
      expect(after.interaction).toEqual({
        tellings: [{ kind: 'RESULT', text: '宽带已恢复', by: zhouMin.staffId }],
        missingForClosing: [],
        items: [{ result: '更换光猫' }],
      });
      await desk.done(zhouMin, 'closeInteraction', { interactionId: broadband.id });
    },
  );

  rule(
    ['REC-01', 'REC-17'],
    'twelve residents about the lift: one contact, its event opens the case',
    async () => {
      await desk.moveTo(at('2026-03-02 10:05'));
      const residents = Array.from({ length: 12 }, (_, index) => idOf(`resident ${index}`));
      for (const id of residents)
        await desk.know('customer', id, [jinxiu], { kind: 'PERSON', mergedIntoId: null });
      await desk.know('building', idOf('building 6'), [jinxiu], { number: '6' });
      const [customerId, ...accompanyingCustomerIds] = residents;
      const lift = await desk.done(
        zhouMin,
        'recordInteraction',
        {
          projectId: jinxiu,
          channel: 'VISIT',
          customerId,
          accompanyingCustomerIds,
          buildingId: idOf('building 6'),
          topic: 'LIFT',
          content: '电梯又坏了',
          facts: { matter: 'FAULT', wantsToComplain: true },
        },
        'proposedClass companions { id }',
      );
      expect(lift.proposedClass).toBe('COMPLAINT');
      expect(lift.companions).toHaveLength(11);
      expect(await desk.refusalOf(zhouMin, 'confirmInteractionClass', { interactionId: lift.id })).toBe(
        'COMPLAINT_INTAKE_MISSING',
      );
      const complaint = { causeClass: 'CLASS_1' };
      await desk.done(zhouMin, 'confirmInteractionClass', { interactionId: lift.id, complaint });
      expect(await desk.events('interaction-classified.v1')).toMatchObject([
        {
          class: 'COMPLAINT',
          causeClass: 'CLASS_1',
          topic: 'LIFT',
          customerIds: residents,
          buildingId: idOf('building 6'),
          receivedAt: at('2026-03-02 10:05').toISOString(),
          channel: 'VISIT',
        },
      ]);
    },
  );
});
