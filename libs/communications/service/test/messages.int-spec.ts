import { directoryEvents } from '@anju/events';
import { newId } from '@anju/kernel';
import { createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, staff, type Row } from '@anju/testing-service';
import { CommunicationsDesk } from './communications-desk';

describe('messages before they are sent', () => {
  let database: TestDatabase;
  let desk: CommunicationsDesk;

  beforeAll(async () => {
    database = await createTestDatabase('communications');
    // In the night: what is approved waits for the morning, and nothing is sent in these tests.
    desk = await CommunicationsDesk.open(database.url, silentLogger, '2026-03-02 22:00');
  });

  afterAll(async () => {
    await desk.close();
    await database.drop();
  });

  const values = [{ field: 'date', value: '3月3日' }];
  const messageFields = `id version status revision subject text values { field value } sendAt
    audience { size roles buildingIds customerIds } approvals { by revision voidedAt }
    rejections { reason } cancellation { reason } template { id } authors { id } history { command }`;

  async function message(id: unknown, who = desk.lin): Promise<Row> {
    const source = `query($id: ID!) { message(id: $id) { ${messageFields} } }`;
    return (await desk.read(who, source, { id }))['message'] as Row;
  }

  async function draft(change: Row = {}): Promise<string> {
    const templateId = await desk.template();
    const input = { projectId: desk.ours, templateId, values, ...change };
    return (await desk.done(desk.lin, 'draftMessage', input))['id'] as string;
  }

  rule('COM-05', 'a template with a field that nobody knows is refused by its name', async () => {
    const template = { projectId: desk.ours, name: '停水通知', channel: 'SMS', purpose: 'SERVICE_NOTICE' };
    const answer = (text: string, change: Row = {}) =>
      desk.command(
        desk.lin,
        'createTemplate',
        { ...template, text, ...change },
        'id',
        `... on TemplateFieldUnknown { fields known } ... on TemplateNotReadable { position }
         ... on TemplateTooLong { length longest } ... on CommunicationTextMissing { field }`,
      );
    expect(await answer('{custmerName}您好，{date}停水')).toMatchObject({
      code: 'TEMPLATE_FIELD_UNKNOWN',
      fields: ['custmerName'],
      known: expect.arrayContaining(['customerName', 'date']),
    });
    expect(await answer('{date停水')).toMatchObject({ code: 'TEMPLATE_NOT_READABLE', position: 1 });
    expect(await answer('水'.repeat(501))).toMatchObject({ code: 'TEMPLATE_TOO_LONG', longest: 500 });
    expect(await answer('停水', { channel: 'EMAIL' })).toMatchObject({
      code: 'COMMUNICATION_TEXT_MISSING',
      field: 'subject',
    });
    expect(await desk.rows(`select id from message_template`)).toEqual([]);
    expect(await desk.faultOf(desk.zhou, 'createTemplate', { ...template, text: '停水' })).toBe('FORBIDDEN');
    expect(await desk.faultOf(desk.stranger, 'createTemplate', { ...template, text: '停水' })).toBe(
      'FORBIDDEN',
    );
  });

  rule('COM-05', 'a template has versions; what was drafted keeps its words', async () => {
    const templateId = await desk.template();
    const messageId = (
      await desk.done(desk.lin, 'draftMessage', { projectId: desk.ours, templateId, values })
    )['id'];
    const text = '{customerName}您好，{date}停水，{contactPhone}。';
    expect(await desk.command(desk.lin, 'reviseTemplate', { templateId, text })).toMatchObject({
      version: 2,
    });
    expect(await desk.command(desk.lin, 'reviseTemplate', { templateId, text })).toMatchObject({
      code: 'TEMPLATE_UNCHANGED',
    });
    expect(await message(messageId)).toMatchObject({ text: '{customerName}您好，{date}停水，敬请谅解。' });
    // Written anew it takes the newer words, which ask for more.
    expect(await desk.command(desk.lin, 'editMessage', { messageId, values })).toMatchObject({
      code: 'MESSAGE_VALUE_MISSING',
    });
    const more = [...values, { field: 'contactPhone', value: '010-65000000' }];
    await desk.done(desk.lin, 'editMessage', { messageId, values: more });
    expect(await message(messageId)).toMatchObject({ text, revision: 2, values: more });
    const source = `query($id: ID!) { messageTemplate(id: $id) {
      versions { version text } asksFor { name kind } history { command } } }`;
    expect((await desk.read(desk.lin, source, { id: templateId }))['messageTemplate']).toMatchObject({
      versions: [{ version: 1 }, { version: 2, text }],
      asksFor: [
        { name: 'customerName', kind: 'OF_RECIPIENT' },
        { name: 'date', kind: 'OF_MESSAGE' },
        { name: 'contactPhone', kind: 'OF_MESSAGE' },
      ],
      history: [{ command: 'createTemplate' }, { command: 'reviseTemplate' }],
    });
    await desk.done(desk.lin, 'retireTemplate', { templateId });
    const late = { projectId: desk.ours, templateId, values: more };
    expect(await desk.command(desk.lin, 'draftMessage', late)).toMatchObject({
      code: 'TEMPLATE_RETIRED',
    });
  });

  rule.each([
    { what: 'a value is missing', change: { values: [] }, code: 'MESSAGE_VALUE_MISSING' },
    {
      what: 'a value is for no field',
      change: { values: [...values, { field: 'place', value: '6栋' }] },
      code: 'MESSAGE_VALUE_UNKNOWN',
    },
    {
      what: 'a value is too long',
      change: { values: [{ field: 'date', value: '长'.repeat(501) }] },
      code: 'MESSAGE_VALUE_TOO_LONG',
    },
    {
      what: 'the whole is too long',
      change: { values: [{ field: 'date', value: '长'.repeat(499) }] },
      code: 'MESSAGE_TOO_LONG',
    },
  ])('COM-05', 'a message is refused where $what', async ({ change, code }) => {
    const templateId = await desk.template();
    const input = { projectId: desk.ours, templateId, ...change };
    expect(await desk.command(desk.lin, 'draftMessage', input)).toMatchObject({ code });
  });

  it('is not made from a template of another project', async () => {
    const both = staff('SERVICE_SUPERVISOR', desk.ours, desk.theirs);
    const templateId = await desk.template();
    const input = { projectId: desk.theirs, templateId, values };
    expect(await desk.command(both, 'draftMessage', input)).toMatchObject({
      code: 'TEMPLATE_OF_ANOTHER_PROJECT',
    });
    expect(await desk.faultOf(desk.stranger, 'draftMessage', input)).toBe('BAD_USER_INPUT');
    const unknown = { ...input, projectId: desk.ours, templateId: newId() };
    expect(await desk.faultOf(desk.lin, 'draftMessage', unknown)).toBe('BAD_USER_INPUT');
  });

  rule(
    'COM-05',
    'the audience is found by query, and its size is shown before anybody approves',
    async () => {
      const [building6, building7] = [newId(), newId()];
      const [owner, tenant, both, elsewhere, gone] = (await desk.customers(5)) as [
        ...[string, string, string, string, string],
      ];
      const unitId = await desk.moveIn(owner, '6-1-0101', building6);
      await desk.moveIn(tenant, '6-1-0102', building6, 'TENANT');
      await desk.moveIn(both, '6-1-0103', building6);
      await desk.moveIn(both, '6-1-0104', building6);
      await desk.moveIn(elsewhere, '7-1-0101', building7);
      await desk.moveIn(gone, '6-1-0105', building6);
      await desk.merge(gone, owner);
      const messageId = await draft();
      const size = async (audience: Row): Promise<unknown> => {
        const answer = await desk.done(
          desk.lin,
          'setMessageAudience',
          { messageId, ...audience },
          'audience { size }',
        );
        return (answer['audience'] as Row)['size'];
      };
      expect(await size({ buildingIds: [building6] })).toBe(3);
      expect(await size({ buildingIds: [building6], roles: ['OWNER'] })).toBe(2);
      expect(await size({ unitIds: [unitId] })).toBe(1);
      expect(
        await size({ buildingIds: [building6, building7], roles: ['OWNER'], customerIds: [elsewhere] }),
      ).toBe(1);
      expect(await size({ customerIds: [owner, tenant, owner] })).toBe(2);
      const kept = await desk.rows(
        `select customer_id from message_recipient where message_id = $1 and revision = 6 order by 1`,
        [messageId],
      );
      expect(kept.map((row) => row['customer_id'])).toEqual([owner, tenant].sort());
      const submitted = await desk.done(desk.lin, 'submitMessage', { messageId }, messageFields);
      expect(submitted).toMatchObject({ status: 'SUBMITTED', audience: { size: 2 }, revision: 6 });
    },
  );

  rule('COM-05', 'an audience of nobody and one of 100,000 are refused, and nothing is kept', async () => {
    const messageId = await draft();
    const unknown = { messageId, buildingIds: [newId()] };
    expect(await desk.command(desk.lin, 'setMessageAudience', unknown)).toMatchObject({
      code: 'AUDIENCE_EMPTY',
    });
    await desk.rows(
      `insert into known_reference (kind, id, project_ids, data)
       select 'customer', gen_random_uuid(), array[$1]::uuid[], '{"kind":"PERSON","mergedIntoId":null}'
       from generate_series(1, 100000)`,
      [desk.ours],
    );
    const [all] = await desk.rows<{ count: number }>(
      `select count(*)::int as count from known_reference where kind = 'customer' and project_ids @> array[$1]::uuid[]
       and data->>'mergedIntoId' is null`,
      [desk.ours],
    );
    const everybody = await desk.command(
      desk.lin,
      'setMessageAudience',
      { messageId },
      'id',
      '... on AudienceTooLarge { size largest }',
    );
    expect(everybody).toMatchObject({ code: 'AUDIENCE_TOO_LARGE', size: all!.count, largest: 50_000 });
    expect(await desk.rows('select from message_recipient where message_id = $1', [messageId])).toEqual([]);
    expect(await desk.command(desk.lin, 'submitMessage', { messageId })).toMatchObject({
      code: 'AUDIENCE_NOT_SET',
    });
    expect(await message(messageId)).toMatchObject({ status: 'DRAFT', revision: 1, audience: null });
    await desk.rows(`delete from known_reference where kind = 'customer'`);
  });

  rule('COM-05', 'the project manager approves the revision that he saw; nobody his own', async () => {
    const customerIds = await desk.customers(2);
    const { id: messageId, revision } = await desk.submitted(customerIds);
    const approval = { messageId, revision };
    expect(await desk.faultOf(desk.lin, 'approveMessage', approval)).toBe('FORBIDDEN');
    expect(await desk.faultOf(staff('PROJECT_MANAGER', desk.theirs), 'approveMessage', approval)).toBe(
      'NOT_FOUND',
    );
    const seenBefore = await desk.command(desk.manager, 'approveMessage', { messageId, revision: 1 });
    expect(seenBefore).toMatchObject({ code: 'MESSAGE_CHANGED_SINCE_SEEN' });
    await desk.done(desk.manager, 'rejectMessage', { messageId, reason: '请写明恢复时间。' });
    expect(await message(messageId)).toMatchObject({
      status: 'DRAFT',
      rejections: [{ reason: '请写明恢复时间。' }],
    });
    // He helps with the text, and cannot approve it then.
    await desk.done(desk.manager, 'editMessage', { messageId, values });
    const again = await desk.done(desk.lin, 'submitMessage', { messageId }, 'revision');
    const his = await desk.command(desk.manager, 'approveMessage', {
      messageId,
      revision: again['revision'],
    });
    expect(his).toMatchObject({ code: 'APPROVES_OWN_MESSAGE' });
    const other = staff('PROJECT_MANAGER', desk.ours);
    await desk.done(other, 'approveMessage', { messageId, revision: again['revision'] });
    expect(await message(messageId)).toMatchObject({
      status: 'APPROVED',
      sendAt: iso('2026-03-03 08:00'),
      approvals: [{ by: other.staffId, revision: 3, voidedAt: null }],
    });
    // A change voids it.
    await desk.done(desk.lin, 'setMessageAudience', { messageId, customerIds: customerIds.slice(0, 1) });
    expect(await message(messageId)).toMatchObject({
      status: 'DRAFT',
      sendAt: null,
      approvals: [{ voidedAt: iso('2026-03-02 22:00') }],
    });
    await desk.done(desk.lin, 'cancelMessage', { messageId, reason: '已恢复供水。' });
    expect(await desk.command(desk.lin, 'submitMessage', { messageId })).toMatchObject({
      code: 'MESSAGE_NOT_IN_REQUIRED_STATUS',
      message: expect.stringContaining('Cancelled'),
    });
  });

  it('is approved by one of two who do so at once', async () => {
    const { id: messageId, revision, version } = await desk.submitted(await desk.customers(1));
    const managers = [desk.manager, staff('PROJECT_MANAGER', desk.ours)];
    const answers = await Promise.all(
      managers.map((who) => desk.command(who, 'approveMessage', { messageId, revision }, 'status')),
    );
    expect(answers.map((answer) => answer['status'] ?? answer['code']).sort()).toEqual([
      'APPROVED',
      'MESSAGE_NOT_IN_REQUIRED_STATUS',
    ]);
    const stale = { messageId, expectedVersion: version, reason: 'x' };
    expect(await desk.faultOf(desk.lin, 'cancelMessage', stale)).toBe('CONFLICT');
  });

  it('is listed by filters, in the reader’s projects only', async () => {
    const templateId = await desk.template({ name: '名单' });
    const input = { projectId: desk.ours, templateId, values };
    const { id } = await desk.done(desk.lin, 'draftMessage', { ...input, idempotencyKey: 'once' });
    const again = await desk.done(desk.lin, 'draftMessage', { ...input, idempotencyKey: 'once' });
    expect(again['id']).toBe(id);
    const source = `query($f: MessageFilter) { messages(filter: $f) { totalCount nodes { id } } }`;
    const list = async (f: Row, who = desk.lin) =>
      ((await desk.read(who, source, { f }))['messages'] as { nodes: Row[] }).nodes.map((row) => row['id']);
    expect(await list({ templateId })).toEqual([id]);
    expect(await list({ templateId, status: ['SENT'] })).toEqual([]);
    expect(await list({ templateId, channel: ['SMS'], purpose: ['SERVICE_NOTICE'] })).toEqual([id]);
    expect(await list({ templateId }, desk.stranger)).toEqual([]);
    expect(await message(id, desk.stranger)).toBeNull();
    expect(await message(id, desk.zhou)).toMatchObject({ authors: [{ id: desk.lin.staffId }] });
    expect(await desk.errorOf(desk.guard, source, {})).toBe('FORBIDDEN');
    const templates = `query($f: MessageTemplateFilter) { messageTemplates(filter: $f) { nodes { id name } } }`;
    const known = await desk.read(desk.lin, templates, { f: { projectId: desk.ours, status: ['IN_USE'] } });
    expect((known['messageTemplates'] as { nodes: Row[] }).nodes[0]).toEqual({
      id: templateId,
      name: '名单',
    });
  });

  rule('DIR-06', 'who was to get it and went is the record that stayed', async () => {
    const [one, two] = (await desk.customers(2)) as [string, string];
    const messageId = await desk.approved([one]);
    await desk.hear(directoryEvents.customerMerged, two, {
      ...{ projectId: null, customerId: one, intoCustomerId: two, projectIds: [desk.ours], movedRoleIds: [] },
    });
    const kept = await desk.rows('select customer_id from message_recipient where message_id = $1', [
      messageId,
    ]);
    expect(kept).toEqual([{ customer_id: two }]);
  });
});
