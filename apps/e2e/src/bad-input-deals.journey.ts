import { rule } from '@anju/testing';
import { stageTime } from './bad-input-values';
import { contentsOf, outcomeOf, signIn, type Visitor } from './graph-client';
import { startPlatform, type Platform } from './platform';
import { SalesDesk, type Subscribed } from './sales-desk';

let platform: Platform;
let desk: SalesDesk;
let held: Subscribed;

beforeAll(async () => {
  platform = await startPlatform(stageTime);
  desk = await SalesDesk.open(platform);
  held = await desk.held('8-1-1502');
}, 240_000);

afterAll(() => platform?.close());

interface Refusal {
  readonly field: string;
  readonly input: object;
  /** What of the refusal is read besides its code and message. */
  readonly selection: string;
  readonly refused: { readonly __typename: string; readonly code: string; readonly [name: string]: unknown };
  readonly en: string | RegExp;
  readonly zh: string | RegExp;
}

/** Refused in both languages with everything that says what would be right, and no row of any table is another. */
async function expectRefused(
  who: Visitor,
  { field, input, selection, refused, en, zh }: Refusal,
): Promise<void> {
  const before = await contentsOf(platform);
  const asked = `... on ${refused.__typename} { ${selection} } ... on Refusal { code message }`;
  const english = await who.command(field, input, asked);
  const chinese = await who.command(field, input, asked, { 'accept-language': 'zh-CN' });
  const matching = (text: string | RegExp): unknown =>
    typeof text === 'string' ? text : (expect.stringMatching(text) as unknown);
  expect({ data: english.data?.[field], errors: english.errors }).toEqual({
    data: { ...refused, message: matching(en) },
    errors: [],
  });
  expect(chinese.data?.[field]).toEqual({ ...refused, message: matching(zh) });
  expect(await contentsOf(platform)).toEqual(before);
}

/** As `expectRefused`, of what is not an answer of the command: a field that names nothing of the project. */
async function expectFieldRefused(who: Visitor, field: string, input: object, named: string): Promise<void> {
  const before = await contentsOf(platform);
  const { data, errors } = await who.command(field, input);
  expect(data?.[field] ?? null).toBeNull();
  expect(errors[0]!.extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    problems: [expect.objectContaining({ field: named })],
  });
  expect(await contentsOf(platform)).toEqual(before);
}

describe('a contract', () => {
  rule('SAL-11', 'with shares that make 99.99 % is not drafted', async () => {
    const buyers = [
      { customerId: held.customerId, share: '49.99' },
      { customerId: await desk.customer(), share: '50.00' },
    ];
    await expectRefused(desk.manager, {
      field: 'draftContract',
      input: { ...desk.contractOf(held), buyers },
      selection: 'sum whole',
      refused: { __typename: 'SharesNotWhole', code: 'SHARES_NOT_WHOLE', sum: '99.99', whole: '100.00' },
      en: 'The shares of the buyers add up to 99.99 %; it has to be exactly 100.00 %.',
      zh: '各买受人的份额合计为 99.99%，须正好为 100.00%。',
    });
  });

  rule(
    'SAL-12',
    'is not filed before it is signed, nor signed with a discount that nobody approved',
    async () => {
      const { id: contractId } = await desk.done(
        desk.manager,
        'draftContract',
        'Contract',
        desk.contractOf(held, '5.00'),
      );
      await expectRefused(desk.manager, {
        field: 'submitFiling',
        input: { contractId },
        selection: 'currentStatus allowedIn',
        refused: {
          ...{ __typename: 'ContractNotInRequiredStatus', code: 'CONTRACT_NOT_IN_REQUIRED_STATUS' },
          ...{ currentStatus: 'DRAFT', allowedIn: ['CHECKED'] },
        },
        en: /“Draft”.*has to be/,
        zh: /目前为“草拟”.*须为：/,
      });
      await expectRefused(desk.manager, {
        field: 'signContract',
        input: { contractId, onlineSigningNumber: 'WQ20260302-0815' },
        selection: 'discountTotal discountPercent discountLimitPercent allowed',
        refused: {
          ...{ __typename: 'DiscountNotApproved', code: 'DISCOUNT_NOT_APPROVED' },
          // 89.32 m² at 15,800 are 1,411,256; 5 % and 3 % of that.
          ...{ discountTotal: '70562.80', discountPercent: '5.00' },
          ...{ discountLimitPercent: '3.00', allowed: '42337.68' },
        },
        en: /^The discount of .*70,562\.80 \(5\.00 %\) is beyond 3\.00 %, which is .*42,337\.68, and has to be approved first\.$/,
        zh: /^优惠 .*70,562\.80（5\.00%）超过 3\.00% 即 .*42,337\.68，须先审批。$/,
      });
    },
  );

  rule(['SAL-03', 'SAL-11'], 'is not made for a second buyer of the home', async () => {
    await expectRefused(desk.colleague, {
      field: 'subscribeUnit',
      input: {
        projectId: desk.projectId,
        unitId: desk.unit('8-1-1502'),
        customerIds: [await desk.customer()],
      },
      selection: 'unitId unitStatus',
      refused: {
        ...{ __typename: 'UnitAlreadySold', code: 'UNIT_ALREADY_SOLD' },
        ...{ unitId: desk.unit('8-1-1502'), unitStatus: 'SUBSCRIBED' },
      },
      en: 'Somebody else has subscribed or bought this unit. Choose another one.',
      zh: '该房源已被他人认购或购买，请另选一套。',
    });
  });

  rule('SAL-11', 'is not made of a home of another project', async () => {
    const { teller, running } = platform;
    const { data } = await desk.manager.ask('{ projects { nodes { organisation { id } } } }');
    const [project] = (data!['projects'] as { nodes: { organisation: { id: string } }[] }).nodes;
    const make = (field: string, type: string, input: object): Promise<{ id: string }> =>
      teller.command('admin', field, type, input);
    const { id: projectId } = await make('registerProject', 'Project', {
      ...{ organisationId: project!.organisation.id, code: 'YH', name: '云湖壹号' },
    });
    const { id: buildingId } = await make('registerBuilding', 'Building', { projectId, number: '1' });
    const { id: unitId } = await make('registerUnit', 'Unit', {
      ...{ buildingId, number: '0101', status: 'FOR_SALE', preSaleArea: '89.32' },
    });
    await running.settled();
    const customerIds = [await desk.customer()];
    const input = { projectId: desk.projectId, unitId, customerIds };
    await expectFieldRefused(desk.manager, 'subscribeUnit', input, 'input.unitId');
    const { saleId, customerId } = await desk.held('8-1-1501');
    const desks = await signIn(platform, ['FRONT_DESK'], {
      roles: [{ role: 'FRONT_DESK', projectIds: 'ALL' }],
    });
    await desk.done(desks, 'showCustomerInProject', 'Customer', { id: customerId, projectId });
    await running.settled();
    const everywhere = await signIn(platform, ['SIGNING_SPECIALIST'], {
      roles: [{ role: 'SIGNING_SPECIALIST', projectIds: 'ALL' }],
    });
    const contract = { ...desk.contractOf({ saleId, customerId }), projectId };
    await expectRefused(everywhere, {
      field: 'draftContract',
      input: contract,
      selection: 'unitId unitProjectId projectId',
      refused: {
        ...{ __typename: 'UnitOfAnotherProject', code: 'UNIT_OF_ANOTHER_PROJECT' },
        ...{ unitId: desk.unit('8-1-1501'), unitProjectId: desk.projectId, projectId },
      },
      en: 'The unit belongs to another project.',
      zh: '该房源不属于本项目。',
    });
  });
});

describe('an appraisal', () => {
  let appraiser: Visitor;
  let sheet: {
    readonly staffId: string;
    readonly projectId: string;
    readonly kind: string;
    readonly day: string;
  };

  beforeAll(async () => {
    const { teller, setting } = platform;
    appraiser = await signIn(platform, ['APPRAISER'], { staffId: teller.staffId('qianjin') });
    const staffId = teller.staffId('zhoumin');
    sheet = { staffId, projectId: setting.projectId, kind: 'MONTHLY', day: '2026-03-02' };
  });

  rule('APR-03', 'takes no points below zero', async () => {
    const { id } = await desk.done(appraiser, 'openAppraisal', 'Appraisal', sheet);
    await expectRefused(appraiser, {
      field: 'deductPoints',
      input: { id, item: 'SERVICE_ATTITUDE', points: '-1.00', reason: '态度' },
      selection: 'item points',
      refused: {
        ...{ __typename: 'DeductionNotPositive', code: 'DEDUCTION_NOT_POSITIVE' },
        ...{ item: 'SERVICE_ATTITUDE', points: '-1.00' },
      },
      en: /^A deduction from “.+” has to be above 0, not -1(\.00)?\.$/,
      zh: /^“.+”的扣分须大于 0，不能是 -1(\.00)?。$/,
    });
    await expectRefused(appraiser, {
      field: 'deductPoints',
      input: { id, item: 'SERVICE_ATTITUDE', points: '8.01', reason: '态度' },
      selection: 'item left',
      refused: {
        ...{ __typename: 'DeductionExceedsItem', code: 'DEDUCTION_EXCEEDS_ITEM' },
        ...{ item: 'SERVICE_ATTITUDE', left: '8.00' },
      },
      en: /8/,
      zh: /8/,
    });
  });

  rule('APR-11', 'is not made by an appraiser of himself', async () => {
    const staffId = platform.teller.staffId('qianjin');
    await expectRefused(appraiser, {
      field: 'openAppraisal',
      input: { ...sheet, staffId },
      selection: 'staffId',
      refused: { __typename: 'AppraisesHimself', code: 'APPRAISES_HIMSELF', staffId },
      en: 'Nobody appraises or reviews himself. Somebody else has to do it.',
      zh: '不能考核、评审自己，请由其他人办理。',
    });
  });

  rule('APR-04', 'is not of a period in which nobody was employed', async () => {
    await expectRefused(appraiser, {
      field: 'openAppraisal',
      input: { ...sheet, day: '2019-12-31' },
      selection: 'from to employments { from to }',
      refused: {
        ...{ __typename: 'PeriodOutsideEmployment', code: 'PERIOD_OUTSIDE_EMPLOYMENT' },
        ...{ from: '2019-12-01', to: '2019-12-31', employments: [{ from: '2020-01-01', to: null }] },
      },
      en: /^The employee was not employed from 2019-12-01 to 2019-12-31 \(employed: 2020-01-01 to/,
      zh: /^员工在 2019-12-01 至 2019-12-31 期间不在职（在职：2020-01-01 至/,
    });
  });

  rule('APR-02', 'is by no scheme whose parts do not add up', async () => {
    const { teller } = platform;
    const quality = await signIn(platform, ['QUALITY_CENTRE'], {
      staffId: teller.staffId('zhiguan'),
      roles: [{ role: 'QUALITY_CENTRE', projectIds: 'ALL' }],
    });
    const { data } = await quality.ask('{ appraisalSchemes { nodes { id } } }');
    const [scheme] = (data!['appraisalSchemes'] as { nodes: { id: string }[] }).nodes;
    const yearShares = [
      { part: 'CHECKS', share: '20' },
      { part: 'MONTHS', share: '30' },
      { part: 'YEAR_END', share: '49.99' },
    ];
    await expectRefused(quality, {
      field: 'addSchemeVersion',
      input: { id: scheme!.id, effectiveFrom: '2026-04-01', content: { yearShares } },
      selection: 'sum expected',
      refused: {
        ...{ __typename: 'SchemeSharesDoNotAddUp', code: 'SCHEME_SHARES_DO_NOT_ADD_UP' },
        ...{ sum: '99.99', expected: '100' },
      },
      en: "The shares of the year's total make 99.99 %; they have to make 100 %.",
      zh: '年度总分各部分的比例合计 99.99%，应为 100%。',
    });
  });
});

describe('a message', () => {
  let author: Visitor;
  let messageId: string;
  let template: object;

  beforeAll(async () => {
    const { teller, setting } = platform;
    const { projectId } = setting;
    author = await signIn(platform, ['SERVICE_SUPERVISOR'], { staffId: teller.staffId('linfang') });
    template = { projectId, name: '停水通知', channel: 'SMS', purpose: 'SERVICE_NOTICE' };
    const { id: templateId } = await desk.done(author, 'createTemplate', 'MessageTemplate', {
      ...{ ...template, text: '{customerName}：{matter}' },
    });
    const values = [{ field: 'matter', value: '周六停水' }];
    messageId = (await desk.done(author, 'draftMessage', 'Message', { projectId, templateId, values })).id;
  });

  rule('COM-05', 'has no template with a field that is not known', async () => {
    await expectRefused(author, {
      field: 'createTemplate',
      input: { ...template, text: '{customerName}的车牌{plate}' },
      selection: 'fields',
      refused: { __typename: 'TemplateFieldUnknown', code: 'TEMPLATE_FIELD_UNKNOWN', fields: ['plate'] },
      en: /^The template has fields that are not known: plate\. Known are: .*customerName/,
      zh: /^模板中有未知字段：plate。可用字段：.*customerName/,
    });
  });

  rule('COM-05', 'is for somebody', async () => {
    const { buildingIds } = platform.setting;
    await expectRefused(author, {
      field: 'setMessageAudience',
      input: { messageId, buildingIds: [buildingIds.get('4')], roles: ['TENANT'] },
      selection: 'messageId',
      refused: { __typename: 'AudienceEmpty', code: 'AUDIENCE_EMPTY', messageId },
      en: 'No customer meets the conditions of the audience.',
      zh: '没有符合条件的收件人。',
    });
  });

  rule('COM-05', 'is not for 100,000 at once, and that is told at once', async () => {
    const copy = '{"kind":"PERSON","mergedIntoId":null,"copy":true}';
    await platform.running.settled();
    const [known] = await platform.running.query<{ n: number }>(
      'communications',
      `select count(*)::int as n from known_reference where kind = 'customer' and project_ids @> array[$1]::uuid[]`,
      [desk.projectId],
    );
    await platform.running.query(
      'communications',
      `insert into known_reference (kind, id, project_ids, data)
       select 'customer', gen_random_uuid(), array[$1]::uuid[], $2::jsonb from generate_series(1, $3::int)`,
      [desk.projectId, copy, 100_000 - known!.n],
    );
    const began = performance.now();
    const answer = await author.command('setMessageAudience', { messageId });
    expect(outcomeOf(answer, 'setMessageAudience')).toBe('AUDIENCE_TOO_LARGE');
    // A person waits for it.
    expect(performance.now() - began).toBeLessThan(5_000);
    await expectRefused(author, {
      field: 'setMessageAudience',
      input: { messageId },
      selection: 'size largest',
      refused: {
        ...{ __typename: 'AudienceTooLarge', code: 'AUDIENCE_TOO_LARGE' },
        ...{ size: 100_000, largest: 50_000 },
      },
      en: /100,?000 customers; one message goes to 50,?000 at most/,
      zh: /100,?000 人，一条信息最多 50,?000 人/,
    });
    await platform.running.query('communications', `delete from known_reference where data ? 'copy'`);
  });
});

describe('all that', () => {
  it('met no fault of ours', () => {
    expect(platform.logged().filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
