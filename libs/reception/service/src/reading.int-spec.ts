// The graph's answers are as loose here as a client sees them.
/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return */
import { createTestDatabase, rule, type TestDatabase } from '@anju/testing';
import { TestDesk, at, customer, elsewhere, home, idOf, jinxiu, staff, telecom } from './testing/test-desk';

const { zhouMin, chenJing, liQiang, zhaoJianguo, sunGong, lobbyGuard, stranger } = staff;

describe('what is read of the reception', () => {
  let database: TestDatabase;
  let desk: TestDesk;

  beforeEach(async () => {
    database = await createTestDatabase('reception_reading');
    desk = await TestDesk.open(database.url, at('2026-03-02 09:00'));
  });

  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  /** A contact of 王秀兰 with a work order, a liaison form, an entry of the register and a complaint case. */
  async function contactWithItems(number: number): Promise<string> {
    desk.clock.moveTo(new Date(desk.clock.now().getTime() + 60_000));
    const { id: interactionId } = await desk.done(zhouMin, 'recordInteraction', {
      projectId: jinxiu,
      channel: 'PHONE',
      customerId: customer.wangXiulan,
      accompanyingCustomerIds: [customer.chenWei],
      unitId: home.wangXiulan,
      content: `第 ${number} 次来电`,
      facts: { matter: 'FAULT' },
    });
    const appointment = { fromAt: at('2026-03-03 10:00'), toAt: at('2026-03-03 11:00') };
    const repair = { interactionId, fault: '漏水', place: '厨房' };
    const technicianId = liQiang.staffId;
    await desk.done(zhouMin, 'issueWorkOrder', { ...repair, appointment, technicianId });
    await desk.done(zhouMin, 'requestRectification', repair);
    await desk.done(zhouMin, 'openVendorFollowUp', { interactionId, partnerId: telecom, matter: '宽带' });
    await desk.dataSource.query(
      `insert into interaction_complaint (interaction_id, complaint_id, status) values ($1, $2, 'OPEN')`,
      [interactionId, idOf(`case ${number}`)],
    );
    return interactionId;
  }

  const entities = (principal: typeof zhouMin, typeName: string, ids: string[], selection: string) =>
    desk.execute(
      principal,
      `query($r: [_Any!]!) { _entities(representations: $r) { ... on ${typeName} { id ${selection} } } }`,
      { r: ids.map((id) => ({ __typename: typeName, id })) },
    );

  it('shows a customer with his last contacts, their orders with technician, and cases, in as many statements for twenty as for one', async () => {
    const ask = async () => {
      const { data, errors } = await entities(
        zhouMin,
        'Customer',
        [customer.wangXiulan, customer.chenWei],
        `interactions(first: 20) {
           nodes {
             number content owner { id } unit { id }
             workOrders { status technician { id } followUp { id } interaction { number } }
             rectifications { status signatures { step } }
             followUps { category partner { id } }
             items { kind done complaint { id } workOrder { id } interaction { number } }
             missingForClosing { what }
             history { command }
           }
           pageInfo { hasNextPage }
         }
         workOrders(first: 20) { nodes { place } }`,
      );
      expect(errors).toBeUndefined();
      return data!['_entities'] as { interactions: { nodes: { items: object[] }[] } }[];
    };
    await contactWithItems(1);
    const forOne = await desk.countingStatements(ask);
    for (let number = 2; number <= 20; number += 1) await contactWithItems(number);
    let answer: Awaited<ReturnType<typeof ask>> = [];
    const forTwenty = await desk.countingStatements(async () => (answer = await ask()));
    expect(answer.map(({ interactions }) => interactions.nodes.length)).toEqual([20, 20]);
    expect(answer[0]!.interactions.nodes[0]).toMatchObject({
      content: '第 20 次来电',
      workOrders: [{ status: 'ISSUED', technician: { id: liQiang.staffId }, followUp: null }],
      items: [
        { kind: 'WORK_ORDER', complaint: null },
        { kind: 'RECTIFICATION', workOrder: null },
        { kind: 'FOLLOW_UP' },
        { kind: 'COMPLAINT', done: false, complaint: { id: idOf('case 20') } },
      ],
    });
    expect(forTwenty).toBe(forOne);
    expect(forOne).toBeLessThan(25);
  });

  it('shows after each of several commands in one document how things are then', async () => {
    const interactionId = await contactWithItems(1);
    const { workOrders } = await desk.ask(zhouMin, '{ workOrders { nodes { id } } }');
    const { told, cancelled } = await desk.ask(
      zhouMin,
      `mutation($told: TellCustomerInput!, $cancelled: CancelWorkOrderInput!) {
         told: tellCustomer(input: $told) { ... on Interaction { items { done } } }
         cancelled: cancelWorkOrder(input: $cancelled) { ... on WorkOrder { interaction { items { done } } } }
       }`,
      {
        told: { interactionId, kind: 'PROGRESS', channel: 'PHONE', text: '正在处理' },
        cancelled: { workOrderId: workOrders.nodes[0].id, reason: '客户自行修好' },
      },
    );
    const firstDone = (items: { done: boolean }[]): boolean => items[0]!.done;
    expect(firstDone(told.items)).toBe(false);
    expect(firstDone(cancelled.interaction.items)).toBe(true);
  });

  it('adds contacts, orders and open items to homes, employees and projects', async () => {
    const first = await contactWithItems(1);
    const [unit] = (
      await entities(
        zhouMin,
        'Unit',
        [home.wangXiulan, home.liuYang],
        `interactions { totalCount nodes { id } } workOrders { nodes { fault } } openItems { kind interaction { id } }`,
      )
    ).data!['_entities'] as never[];
    expect(unit).toMatchObject({
      interactions: { totalCount: 1, nodes: [{ id: first }] },
      workOrders: { nodes: [{ fault: '漏水' }] },
      openItems: [
        { kind: 'WORK_ORDER', interaction: { id: first } },
        { kind: 'RECTIFICATION' },
        { kind: 'FOLLOW_UP' },
        { kind: 'COMPLAINT' },
      ],
    });
    const people = await entities(
      zhouMin,
      'Staff',
      [zhouMin.staffId, liQiang.staffId],
      'ownedInteractions { totalCount } workOrders { totalCount }',
    );
    expect(people.data!['_entities']).toMatchObject([
      { ownedInteractions: { totalCount: 1 }, workOrders: { totalCount: 0 } },
      { ownedInteractions: { totalCount: 0 }, workOrders: { totalCount: 1 } },
    ]);
    const projects = await entities(
      zhouMin,
      'Project',
      [jinxiu, elsewhere],
      `interactions(filter: { status: [OPEN] }) { totalCount } workOrders(filter: { overdue: false }) { totalCount }
       followUps(filter: { category: [VENDOR] }) { totalCount } rectifications(filter: { waitsFor: VERIFY }) { totalCount }`,
    );
    const [one, none] = [{ totalCount: 1 }, { totalCount: 0 }];
    expect(projects.data!['_entities']).toMatchObject([
      { interactions: one, workOrders: one, followUps: one, rectifications: one },
      { interactions: none, workOrders: none, followUps: none, rectifications: none },
    ]);
  });

  it('shows nothing of another project by id, list, reference or extension, and lets nothing be done to it', async () => {
    const interactionId = await contactWithItems(1);
    const lists = ['interactions', 'workOrders', 'followUps', 'rectifications'];
    const found = await desk.ask(
      zhaoJianguo,
      `{ ${lists.map((list) => `${list} { nodes { id } }`).join(' ')} }`,
    );
    const hidden = await desk.ask(
      stranger,
      `{ ${lists.map((list) => `${list} { totalCount nodes { id } }`).join(' ')} }`,
    );
    const types = {
      interactions: 'Interaction',
      workOrders: 'WorkOrder',
      followUps: 'FollowUp',
      rectifications: 'Rectification',
    };
    const ids: Record<string, string> = {};
    for (const [list, type] of Object.entries(types)) {
      ids[list] = found[list].nodes[0].id;
      expect(hidden[list]).toEqual({ totalCount: 0, nodes: [] });
      const field = type.charAt(0).toLowerCase() + type.slice(1);
      const byId = await desk.ask(stranger, `query($id: ID!) { ${field}(id: $id) { id } }`, {
        id: ids[list],
      });
      expect(byId[field]).toBeNull();
      expect((await entities(stranger, type, [ids[list]!], '')).data!['_entities']).toEqual([null]);
      expect((await entities(zhaoJianguo, type, [ids[list]!], '')).data!['_entities']).toEqual([
        { id: ids[list] },
      ]);
    }
    const extended: [string, string, string][] = [
      ['Customer', customer.wangXiulan, 'interactions { totalCount } workOrders { totalCount }'],
      ['Unit', home.wangXiulan, 'interactions { totalCount } workOrders { totalCount }'],
      ['Staff', zhouMin.staffId, 'ownedInteractions { totalCount }'],
      ['Project', jinxiu, 'interactions { totalCount } followUps { totalCount }'],
    ];
    for (const [type, id, selection] of extended) {
      const { data } = await entities(stranger, type, [id], selection);
      expect(JSON.stringify(data)).not.toContain('"totalCount":1');
      expect(JSON.stringify(data)).toContain('"totalCount":0');
    }
    expect((await entities(stranger, 'Unit', [home.wangXiulan], 'openItems { id }')).data).toEqual({
      _entities: [{ id: home.wangXiulan, openItems: [] }],
    });
    const appointment = { fromAt: at('2026-03-03 10:00'), toAt: at('2026-03-03 11:00') };
    const commands: [string, object][] = [
      ['tellCustomer', { interactionId, kind: 'RESULT', channel: 'PHONE', text: '好了' }],
      ['closeInteraction', { interactionId }],
      ['offerInteractionHandover', { interactionId, toStaffId: stranger.staffId }],
      ['issueWorkOrder', { interactionId, fault: '漏水', place: '厨房', appointment }],
      ['openVendorFollowUp', { interactionId, partnerId: telecom, matter: '宽带' }],
      ['requestRectification', { interactionId, fault: '漏水', place: '厨房' }],
      ['cancelWorkOrder', { workOrderId: ids['workOrders'], reason: '不要了' }],
      ['closeFollowUp', { followUpId: ids['followUps'] }],
      ['verifyRectification', { rectificationId: ids['rectifications'] }],
    ];
    for (const [command, input] of commands) {
      expect([command, await desk.commandFault(stranger, command, input)]).toEqual([command, 'NOT_FOUND']);
      const unknown = JSON.parse(
        JSON.stringify(input).replaceAll(/"(\w+Id)":"[^"]+"/g, `"$1":"${idOf('nothing')}"`),
      );
      expect([command, await desk.commandFault(zhaoJianguo, command, unknown)]).toEqual([
        command,
        'NOT_FOUND',
      ]);
    }
  });

  rule('REC-13', 'the developer sees liaison forms, not the contacts behind them', async () => {
    await contactWithItems(1);
    const forms = await desk.ask(sunGong, '{ rectifications { nodes { fault unit { id } } } }');
    expect(forms.rectifications.nodes).toEqual([{ fault: '漏水', unit: { id: home.wangXiulan } }]);
    expect(await desk.faultOf(sunGong, '{ interactions { totalCount } }')).toBe('FORBIDDEN');
    expect(await desk.faultOf(sunGong, '{ rectifications { nodes { interaction { id } } } }')).toBe(
      'FORBIDDEN',
    );
    expect(await desk.faultOf(lobbyGuard, '{ rectifications { totalCount } }')).toBe('FORBIDDEN');
    expect(await desk.faultOf(null, '{ rectifications { totalCount } }')).toBe('UNAUTHENTICATED');
  });

  it('lists contacts by every filter, page by page in a stable order', async () => {
    await contactWithItems(1);
    desk.clock.moveTo(at('2026-03-02 12:00'));
    const { id: letter } = await desk.done(chenJing, 'recordInteraction', {
      projectId: jinxiu,
      channel: 'LETTER',
      topic: 'NOISE',
      buildingId: idOf('building 2'),
      content: '夜间噪音',
      facts: { matter: 'OPINION' },
    });
    const list = async (filter: object) => {
      const { interactions } = await desk.ask(
        zhouMin,
        'query($f: InteractionFilter) { interactions(filter: $f) { nodes { id } } }',
        { f: filter },
      );
      return interactions.nodes.map(({ id }: { id: string }) => id);
    };
    for (const filter of [
      { channel: ['LETTER'] },
      { class: ['ENQUIRY'] },
      { topic: 'NOISE' },
      { buildingId: idOf('building 2') },
      { ownerId: chenJing.staffId },
      { number: 'JX-20260302-002' },
      { receivedFrom: at('2026-03-02 12:00') },
    ]) {
      expect([filter, await list(filter)]).toEqual([filter, [letter]]);
    }
    for (const filter of [
      { customerId: customer.chenWei },
      { unitId: home.wangXiulan },
      { receivedBefore: at('2026-03-02 12:00') },
      { class: ['OWN_REPAIR'], status: ['OPEN'] },
    ]) {
      expect([filter, (await list(filter)).length, (await list(filter)).includes(letter)]).toEqual([
        filter,
        1,
        false,
      ]);
    }
    expect(await list({ status: ['CLOSED'] })).toEqual([]);
    const page = (after: string | null) =>
      desk.ask(
        zhouMin,
        'query($a: String) { interactions(first: 1, after: $a) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }',
        { a: after },
      );
    const first = (await page(null)).interactions;
    const second = (await page(first.pageInfo.endCursor)).interactions;
    expect([first.nodes[0].id, first.totalCount, first.pageInfo.hasNextPage]).toEqual([letter, 2, true]);
    expect([second.nodes.length, second.pageInfo.hasNextPage]).toEqual([1, false]);
  });
});
