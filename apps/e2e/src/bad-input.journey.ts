import { serviceNames } from '@anju/distributed';
import { dayOneBeginsAt } from '@anju/demonstration';
import {
  contentsOf,
  everythingStored,
  outcomeOf,
  post,
  signIn,
  type Answer,
  type Visitor,
} from './graph-client';
import { startPlatform, type Platform } from './platform';

let platform: Platform;
/** Holds every role that a contact, its repair and its money pass through. */
let desk: Visitor;
let ids: { readonly [name: string]: string };

beforeAll(async () => {
  platform = await startPlatform(dayOneBeginsAt);
  const { setting, teller } = platform;
  desk = await signIn(
    platform,
    [
      'FRONT_DESK',
      'SERVICE_SUPERVISOR',
      'OFFICE_DIRECTOR',
      'FINANCE',
      'ADMINISTRATOR',
      'EQUIPMENT_DEPARTMENT',
    ],
    { staffId: teller.staffId('zhoumin') },
  );
  ids = {
    projectId: setting.projectId,
    buildingId: setting.buildingIds.get('3')!,
    unitId: setting.unitIds.get('3-2-1201')!,
    customerId: setting.customerIds.get('wangxiulan')!,
    partnerId: setting.partnerIds.get('BROADBAND')!,
  };
});

afterAll(() => platform.close());

async function ask(query: string, variables: object = {}): Promise<Answer> {
  return desk.ask(query, variables);
}

/** The answer's first error, and that nothing came of the request. */
async function refused(send: () => Promise<Answer>): Promise<{ status: number; code: string }> {
  const before = await contentsOf(platform);
  const { status, data, errors } = await send();
  expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
  expect(errors.length).toBeGreaterThan(0);
  expect(await contentsOf(platform)).toEqual(before);
  return { status, code: errors[0]!.extensions.code };
}

describe('a request that asks for too much', () => {
  const deep = (levels: number): string =>
    'units { nodes { building { '.repeat(levels / 3) + 'id' + ' } } }'.repeat(levels / 3);

  it.each<[string, string, string]>([
    ['60 levels', `{ buildings { nodes { ${deep(57)} } } }`, 'QUERY_TOO_DEEP'],
    [
      '1,000 names for one field',
      `{ ${Array.from({ length: 1_000 }, (_, n) => `a${n}: me { account }`).join(' ')} }`,
      'TOO_MANY_ALIASES',
    ],
    [
      '1,000 names in one place of many',
      `{ projects { nodes { ${Array.from({ length: 1_000 }, (_, n) => `a${n}: ${n % 2 ? 'id' : 'name'}`).join(' ')} } } }`,
      'TOO_MANY_ALIASES',
    ],
    ['100 fields at the top', `{ ${'me { account } '.repeat(100)} }`, 'TOO_MANY_ROOT_FIELDS'],
    [
      'a fragment in itself',
      '{ projects { nodes { ...A } } } fragment A on Project { buildings { nodes { project { ...A } } } }',
      'FRAGMENT_CYCLE',
    ],
    [
      'fragments in a circle',
      '{ me { ...A } } fragment A on Me { account ...B } fragment B on Me { ...C } fragment C on Me { ...A }',
      'FRAGMENT_CYCLE',
    ],
    [
      'fragments that double each other',
      `{ me { staff { ...F0 } } } ${Array.from({ length: 15 }, (_, n) => `fragment F${n} on Staff { supervisor { ...F${n + 1} } reports { ...F${n + 1} } }`).join(' ')} fragment F15 on Staff { name }`,
      'TOO_MANY_FIELDS',
    ],
    [
      'pages inside pages inside pages',
      '{ projects { nodes { buildings(first: 100) { nodes { units(first: 100) { nodes { complaints(first: 100) { nodes { number } } } } } } } } }',
      'TOO_MANY_ENTRIES',
    ],
    ['100,000 characters', `{ me { account } } # ${'x'.repeat(100_000)}`, 'QUERY_TOO_LONG'],
    ['1,000 directives', `{ me { account ${'@skip(if: false) '.repeat(1_000)} } }`, 'TOO_MANY_DIRECTIVES'],
    [
      'a text of 10,000 letters in the query',
      `{ labels(prefix: "${'x'.repeat(10_000)}") { key } }`,
      'LITERAL_TOO_LONG',
    ],
    ['the schema', '{ __schema { types { name } } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a type', '{ __type(name: "Customer") { fields { name } } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['the services behind it', '{ _service { sdl } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a subscription', 'subscription { me { account } }', 'SUBSCRIPTIONS_NOT_SUPPORTED'],
    ['nothing', '', 'BAD_REQUEST'],
    ['something that is no query', "'; drop table customer; --", 'GRAPHQL_PARSE_FAILED'],
  ])('is refused: %s', async (_what, query, code) => {
    expect((await refused(() => ask(query))).code).toBe(code);
  });

  it('is not told an entity by its reference: these are between the services alone', async () => {
    const query =
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { name phones { masked } } } }';
    const { code } = await refused(() =>
      ask(query, { r: [{ __typename: 'Customer', id: ids['customerId'] }] }),
    );
    expect(code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('is not given hints at fields that it does not name', async () => {
    const { errors } = await ask('{ custmer(id: "1") { name } }');
    expect(errors[0]!.message).not.toMatch(/customer|did you mean/i);
  });

  const bearer = (): Record<string, string> => ({ authorization: `Bearer ${desk.token}` });
  const one = { query: '{ me { account } }' };

  it.each<[string, () => string | Uint8Array<ArrayBuffer>, number, string]>([
    ['several operations in a list', () => JSON.stringify([one, one]), 400, 'BATCHING_NOT_SUPPORTED'],
    [
      '2 MB',
      () => JSON.stringify({ ...one, variables: { text: 'x'.repeat(2_000_000) } }),
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    [
      'objects 1,000 levels deep',
      () => `{"query":"{ me { account } }","variables":{"a":${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}}}`,
      200,
      'VARIABLES_TOO_DEEP',
    ],
    ['half of a JSON text', () => '{"query": "{ me', 400, 'BAD_REQUEST'],
    ['bytes that are not UTF-8', () => new Uint8Array([0x22, 0xff, 0xfe, 0x22]), 400, 'BAD_REQUEST'],
    ['a number', () => '42', 400, 'BAD_REQUEST'],
  ])('is refused as a body: %s', async (_what, body, status, code) => {
    expect(await refused(() => post(platform.running.url, body(), bearer()))).toEqual({ status, code });
  });
});

describe('times', () => {
  const appointment = (from: string, to: string): object => ({ fromAt: from, toAt: to });
  let interactionId: string;

  beforeAll(async () => {
    const { data } = await desk.command(
      'recordInteraction',
      {
        ...{ projectId: ids['projectId'], customerId: ids['customerId'], unitId: ids['unitId'] },
        ...{ channel: 'PHONE', content: '水管漏水', topic: 'PLUMBING' },
        facts: { matter: 'FAULT', faultDuty: 'COMPANY' },
      },
      '... on Interaction { id }',
    );
    interactionId = (data!['recordInteraction'] as { id: string }).id;
  });

  it.each<[string, string, () => object]>([
    [
      'APPOINTMENT_IN_THE_PAST',
      'issueWorkOrder',
      () => ({
        ...{ interactionId, fault: '漏水', place: '厨房' },
        appointment: appointment('2026-03-01T10:00:00+08:00', '2026-03-01T11:00:00+08:00'),
      }),
    ],
    [
      'APPOINTMENT_ENDS_BEFORE_IT_BEGINS',
      'issueWorkOrder',
      () => ({
        ...{ interactionId, fault: '漏水', place: '厨房' },
        appointment: appointment('2026-03-03T11:00:00+08:00', '2026-03-03T10:00:00+08:00'),
      }),
    ],
    [
      'PROMISED_TIME_PASSED',
      'openVendorFollowUp',
      () => ({
        ...{ interactionId, partnerId: ids['partnerId'], matter: '宽带不通' },
        promisedAt: '2026-03-01T10:00:00+08:00',
      }),
    ],
    [
      'INTERACTION_RECEIVED_IN_FUTURE',
      'recordInteraction',
      () => ({
        ...{
          projectId: ids['projectId'],
          customerId: ids['customerId'],
          channel: 'PHONE',
          content: '明天的电话',
        },
        ...{ receivedAt: '2026-03-03T10:00:00+08:00', facts: { matter: 'QUESTION' } },
      }),
    ],
    [
      'COMPLAINT_RECEIVED_IN_FUTURE',
      'fileComplaint',
      () => ({
        ...{ projectId: ids['projectId'], causeClass: 'CLASS_1', topic: 'LIFT', content: '明天的投诉' },
        ...{ channel: 'PHONE', receivedAt: '2026-03-03T10:00:00+08:00' },
      }),
    ],
    [
      'BAD_USER_INPUT',
      'planDuty',
      () => ({
        projectId: ids['projectId'],
        staffId: platform.teller.staffId('linfang'),
        date: '2026-02-30',
      }),
    ],
    [
      'BAD_USER_INPUT',
      'setBuildingWarranty',
      () => ({ id: ids['buildingId'], warrantyEndsOn: '9999-12-31' }),
    ],
    [
      'BAD_USER_INPUT',
      'startCustomerRole',
      () => ({
        ...{ id: ids['customerId'], unitId: ids['unitId'], role: 'OCCUPANT' },
        ...{ from: '2026-03-02', to: '2026-03-01' },
      }),
    ],
  ])('that cannot be are refused: %s of %s', async (code, command, input) => {
    const before = await contentsOf(platform);
    expect(outcomeOf(await desk.command(command, input()), command)).toBe(code);
    expect(await contentsOf(platform)).toEqual(before);
  });
});

describe('money and measures below zero', () => {
  it.each<[string, string, () => object]>([
    [
      'AMOUNT_NOT_POSITIVE',
      'takePayment',
      () => ({
        ...{ projectId: ids['projectId'], unitId: ids['unitId'], payerId: ids['customerId'] },
        ...{ amount: '-625.24', method: 'CASH', financeAway: true },
      }),
    ],
    [
      'AMOUNT_NOT_POSITIVE',
      'takePayment',
      () => ({
        ...{ projectId: ids['projectId'], unitId: ids['unitId'], payerId: ids['customerId'] },
        ...{ amount: '0.00', method: 'CASH', financeAway: true },
      }),
    ],
    [
      'AMOUNT_NOT_POSITIVE',
      'chargeManagementFees',
      () => ({
        ...{ projectId: ids['projectId'], month: '2026-03', dueAt: '2026-03-10T00:00:00+08:00' },
        fees: [{ unitId: ids['unitId'], amount: '-312.62' }],
      }),
    ],
    ['BAD_USER_INPUT', 'correctUnit', () => ({ id: ids['unitId'], preSaleArea: '-89.32' })],
    ['BAD_USER_INPUT', 'changeServicePromise', () => ({ id: ids['partnerId'], arrivalHours: -6 })],
  ])('are refused: %s of %s', async (code, command, input) => {
    const before = await contentsOf(platform);
    expect(outcomeOf(await desk.command(command, input()), command)).toBe(code);
    expect(await contentsOf(platform)).toEqual(before);
  });
});

describe('texts', () => {
  const injections = [
    "'; drop table customer; --",
    "' or '1'='1",
    '") { __typename } mutation { renameProject(input: {id: "',
    '{"$ne": null}',
    '%',
    '__proto__',
  ];

  async function customersFound(filter: object): Promise<number | string> {
    const answer = await ask(
      'query($filter: CustomerFilter) { customers(filter: $filter) { totalCount nodes { name } } }',
      { filter },
    );
    return (
      answer.errors[0]?.extensions.code ?? (answer.data!['customers'] as { totalCount: number }).totalCount
    );
  }

  it('are only looked for, whatever they look like', async () => {
    const before = await contentsOf(platform);
    for (const text of [...injections, '👨‍👩‍👧', '王\n秀兰 or true', '\\', '   ']) {
      for (const field of ['search', 'name']) expect(await customersFound({ [field]: text })).toBe(0);
      expect(['BAD_USER_INPUT', 0]).toContain(await customersFound({ home: text }));
      expect(['BAD_USER_INPUT', 0]).toContain(await customersFound({ phone: text }));
    }
    expect(await customersFound({ name: '秀兰' })).toBe(1);
    expect(await contentsOf(platform)).toEqual(before);
  });

  it.each(['王'.repeat(10_000), '王秀兰👵', ...injections])('are no names: %.40s', async (name) => {
    const before = await contentsOf(platform);
    const input = { projectId: ids['projectId'], kind: 'PERSON', name };
    const answer = await desk.command('registerCustomer', input);
    expect(outcomeOf(answer, 'registerCustomer')).toBe('BAD_USER_INPUT');
    expect(answer.errors[0]!.extensions.problems).toMatchObject([{ field: 'input.name' }]);
    expect(answer.text.length).toBeLessThan(1_500);
    expect(await contentsOf(platform)).toEqual(before);
  });

  it.each(['水管漏水 😭😭 “急”\n第二行\tTab', ...injections])(
    'are kept as they were said: %s',
    async (content) => {
      const { data } = await desk.command(
        'recordInteraction',
        {
          ...{ projectId: ids['projectId'], customerId: ids['customerId'], channel: 'WECHAT', content },
          facts: { matter: 'QUESTION' },
        },
        '... on Interaction { id }',
      );
      const { id } = data!['recordInteraction'] as { id: string };
      const read = await ask('query($id: ID!) { interaction(id: $id) { content } }', { id });
      expect(read.data).toEqual({ interaction: { content } });
    },
  );
});

describe('a number of a person', () => {
  const phone = '13655551234';
  const householdPhone = '13655555678';
  const callback = '13655559012';
  const identity = '110105198001010016';
  const importedPhone = '13655553456';
  const misspeltPhone = '13655557890';
  const note = '核对身份';
  const name = '司马明';
  let customerId: string;
  let interactionId: string;
  let whileImporting: Map<string, string>;
  const answers: string[] = [];

  async function send(command: string, input: object, selection: string): Promise<Record<string, unknown>> {
    const answer = await desk.command(command, input, `... on Refusal { code message } ${selection}`, {
      'idempotency-key': `numbers-${answers.length}`,
    });
    answers.push(answer.text);
    return answer.data![command] as Record<string, unknown>;
  }

  /** A file with one line that comes in and one that does not. */
  async function importCustomers(): Promise<void> {
    const file = `姓名,联系电话\n司马迁,${importedPhone}\n司马炎,${misspeltPhone}/12\n`;
    const start = {
      kind: 'CUSTOMERS',
      projectId: ids['projectId'],
      fileName: '客户.csv',
      skipBadLines: true,
    };
    const { id } = await send('startImport', start, '... on Import { id }');
    const part = { id, index: 0, contentBase64: Buffer.from(file).toString('base64') };
    await send('appendToImport', part, '... on Import { id }');
    whileImporting = await everythingStored(platform);
    await send('runImport', { id }, '... on Import { id }');
    const query =
      'query($id: ID!) { import(id: $id) { endedAt created badLines problems { nodes { line column reason expected } } } }';
    for (;;) {
      const { data, text } = await ask(query, { id });
      const run = data!['import'] as { endedAt: string | null };
      if (run.endedAt === null) continue;
      answers.push(text);
      expect(run).toMatchObject({ created: 1, badLines: 1 });
      return;
    }
  }

  beforeAll(async () => {
    const { projectId, unitId } = ids;
    const customer = await send(
      'registerCustomer',
      {
        ...{ projectId, kind: 'PERSON', name, phones: [{ number: phone }] },
        identityDocuments: [{ kind: 'RESIDENT_ID', number: identity }],
      },
      '... on Customer { id phones { masked } identityDocuments { masked } }',
    );
    customerId = customer['id'] as string;
    await send(
      'addHouseholdMember',
      { id: customerId, name: '司马光', relation: 'CHILD', phone: householdPhone },
      '... on Customer { household { name maskedPhone } }',
    );
    await send(
      'startCustomerRole',
      { id: customerId, unitId, role: 'OCCUPANT', from: '2026-01-01' },
      '... on Customer { id }',
    );
    const contact = await send(
      'recordInteraction',
      {
        ...{ projectId, customerId, unitId, channel: 'PHONE', content: '孩子在电梯里', topic: 'LIFT' },
        ...{ callbackContact: callback, facts: { matter: 'OPINION', wantsToComplain: true } },
      },
      '... on Interaction { id callbackContact }',
    );
    interactionId = contact['id'] as string;
    await send(
      'confirmInteractionClass',
      { interactionId, class: 'COMPLAINT', complaint: { causeClass: 'CLASS_1' } },
      '... on Interaction { id }',
    );
    // Once more, for a duplicate's answer, and a search that finds the record by the number.
    await send(
      'registerCustomer',
      { projectId, kind: 'PERSON', name, phones: [{ number: phone }] },
      '... on ProbableDuplicate { candidates { customerId } }',
    );
    for (const search of [phone, `+86 ${phone}`, name]) {
      const found = await ask(
        'query($search: String!) { customers(filter: { search: $search }) { nodes { name phones { masked } household { maskedPhone } identityDocuments { masked } history { command reason } } } }',
        { search },
      );
      expect((found.data!['customers'] as { nodes: unknown[] }).nodes).toHaveLength(1);
      answers.push(found.text);
    }
    await importCustomers();
    const wrong = await desk.command('addCustomerPhone', { id: customerId, number: `${phone}${phone}` });
    expect(outcomeOf(wrong, 'addCustomerPhone')).toBe('BAD_USER_INPUT');
    await platform.running.settled();
  });

  const numbers = [phone, householdPhone, callback, identity, importedPhone, misspeltPhone];

  /** The number as it is, as bytes in hexadecimal, or as they lie in Base64 at one of three places. */
  function spellingsOf(number: string): string[] {
    const bytes = Buffer.from(number);
    const base64 = [0, 1, 2].map((shift) =>
      Buffer.concat([Buffer.alloc(shift), bytes])
        .toString('base64')
        .slice(shift ? 4 : 0, -4),
    );
    return [number, bytes.toString('hex'), ...base64];
  }

  function withANumber(texts: Iterable<readonly [place: string, text: string]>): string[] {
    return [...texts].flatMap(([place, text]) =>
      numbers.flatMap((number) =>
        spellingsOf(number).some((one) => text.includes(one)) ? [`${place}: ${number}`] : [],
      ),
    );
  }

  it('is masked in every answer', () => {
    expect(answers.length).toBeGreaterThan(8);
    expect(answers.join()).toContain('136****1234');
    expect(withANumber(answers.map((text) => ['answer', text] as const))).toEqual([]);
  });

  it('is shown to whoever says what for, and that is logged', async () => {
    const shown = await desk.command(
      'revealCustomerData',
      {
        customerId,
        fields: ['PHONES', 'IDENTITY_DOCUMENTS', 'HOUSEHOLD_PHONES'],
        purpose: 'VERIFY_IDENTITY',
        note,
      },
      '... on RevealedCustomerData { phones { number } identityDocuments { number } householdPhones { number } }',
    );
    expect(numbers.filter((number) => shown.text.includes(number))).toEqual([
      phone,
      householdPhone,
      identity,
    ]);
    const auditor = await signIn(platform, ['AUDITOR']);
    const log = await auditor.ask(
      'query($id: ID!) { reveals(filter: { customerId: $id }) { nodes { note purpose fields staff { name } } } }',
      { id: customerId },
    );
    expect(log.data).toMatchObject({
      reveals: { nodes: [{ note, purpose: 'VERIFY_IDENTITY', staff: { name: '周敏' } }] },
    });
    expect(withANumber([['log', log.text]])).toEqual([]);
  });

  it('is not in the databases as it is, and so in no event', async () => {
    const stored = await everythingStored(platform);
    expect(stored.get('directory.outbox')).toContain(customerId);
    expect(stored.get('complaints.complaint')).toContain(customerId);
    expect(stored.get('reception.interaction')).toContain(interactionId);
    expect(withANumber(stored)).toEqual([]);
    expect(withANumber(whileImporting)).toEqual([]);
  });

  it('is not in the events, and no name and nothing that was said is', async () => {
    const stored = await everythingStored(platform);
    for (const service of serviceNames) {
      const outbox = stored.get(`${service}.outbox`)!;
      for (const text of [name, '司马光', '孩子在电梯里', note]) expect(outbox).not.toContain(text);
    }
  });

  it('is not in the log, and no name and nothing that was said is', () => {
    expect(platform.logged().length).toBeGreaterThan(100);
    expect(withANumber(platform.logged().map((line) => ['log', line] as const))).toEqual([]);
    const said = [name, '司马光', '孩子在电梯里', note, '王秀兰', 'drop table', '漏水'];
    expect(platform.logged().filter((line) => said.some((text) => line.includes(text)))).toEqual([]);
  });
});

describe('all that', () => {
  it('met no fault of ours', () => {
    expect(platform.logged().filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
