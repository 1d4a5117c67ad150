import { newId } from '@anju/kernel';
import { createTestDatabase, silentLogger, type TestDatabase } from '@anju/testing';
import { staff, type Row } from '@anju/testing-service';
import { SalesOffice, type Answer } from './sales-office';

/** Every field of every refusal, so that each is seen to be there. */
const refusalFields = `
  ... on UnitOfAnotherProject { unitProjectId }
  ... on UnitNotHeld { unitId saleStatus }
  ... on SaleHasContract { contractId }
  ... on BuyersNotValid { given most }
  ... on BuyerNamedTwice { customerId }
  ... on BuyerShareNotValid { customerId share }
  ... on SharesNotWhole { sum whole }
  ... on BuyerNotSubscriber { customerIds }
  ... on DiscountNotValid { line discountCode value priceBefore }
  ... on MortgagePlanNotValid { problem total }
  ... on UnitNotOnPriceList { unitId }
  ... on UnitAreaUnknown { unitId }`;

describe('drafting contracts', () => {
  let database: TestDatabase;
  let office: SalesOffice;
  let homes = 0;

  beforeAll(async () => {
    database = await createTestDatabase('sales');
    office = await SalesOffice.open(database.url, silentLogger, '2026-03-02 09:00');
    await office.makeReady();
  });

  afterAll(async () => {
    await office.close();
    await database.drop();
  });

  const held = () => office.heldSale(`8-1-${1600 + (homes += 1)}`);
  const code = async (who = office.xu, name = '', input: Row = {}) =>
    (await office.command(who, name, input)).code;
  const counts = async () =>
    (await office.rows('select (select count(*) from contract) as c, (select count(*) from outbox) as o'))[0];

  /** A draft that is asked for, with whatever the union has to say. */
  async function drafting(input: Row, who = office.xu): Promise<Answer> {
    const source = `mutation($input: DraftContractInput!) { draftContract(input: $input) {
      __typename ... on Refusal { code message } ... on Contract { id number status price { total } } ${refusalFields} } }`;
    const data = await office.read(who, source, { input: { projectId: office.ours, ...input } });
    return data['draftContract'] as Answer;
  }

  it('refuses terms that cannot be right, each in its own words, and writes nothing', async () => {
    const { saleId, customerId } = await held();
    const other = await office.customer();
    const terms = { ...office.terms(customerId), saleId };
    const buyers = (...shares: [string, string][]) => ({
      ...terms,
      buyers: shares.map(([id, share]) => ({ customerId: id, share })),
    });
    const plan = (change: Row) => ({
      ...terms,
      mortgagePlan: { ...((terms as Row)['mortgagePlan'] as Row), ...change },
    });
    const discount = (kind: string, value: string) => ({
      ...terms,
      discounts: [{ code: 'ON_TIME', kind, value }],
    });
    const before = await counts();
    const expected: [Row, Row][] = [
      [buyers(), { code: 'BUYERS_NOT_VALID', given: 0, most: 10 }],
      [
        buyers([customerId, '50.00'], [other, '49.99']),
        { code: 'SHARES_NOT_WHOLE', sum: '99.99', whole: '100.00' },
      ],
      [buyers([customerId, '50'], [customerId, '50']), { code: 'BUYER_NAMED_TWICE', customerId }],
      [buyers([customerId, '100'], [other, '0']), { code: 'BUYER_SHARE_NOT_VALID', share: '0' }],
      [buyers([customerId, '-100']), { code: 'BUYER_SHARE_NOT_VALID', share: '-100' }],
      [buyers([other, '100']), { code: 'BUYER_NOT_SUBSCRIBER', customerIds: [customerId] }],
      [
        discount('PERCENT', '100'),
        { code: 'DISCOUNT_NOT_VALID', line: 1, discountCode: 'ON_TIME', priceBefore: '1411256.00' },
      ],
      [discount('AMOUNT', '1411256'), { code: 'DISCOUNT_NOT_VALID', value: '1411256' }],
      [discount('AMOUNT', '-1'), { code: 'DISCOUNT_NOT_VALID', value: '-1' }],
      [
        plan({ commercialAmount: '1397143.44' }),
        { code: 'MORTGAGE_PLAN_NOT_VALID', problem: 'AMOUNT_NOT_BELOW_PRICE', total: '1397143.44' },
      ],
      [plan({ loanKind: 'COMBINED' }), { problem: 'AMOUNT_NOT_FOR_KIND' }],
      [plan({ borrowers: [] }), { problem: 'BORROWER_MISSING' }],
      [
        plan({ borrowers: [{ customerId: other, familyState: 'SINGLE' }] }),
        { problem: 'BORROWER_NOT_BUYER' },
      ],
    ];
    for (const [input, refusal] of expected) expect(await drafting(input)).toMatchObject(refusal);
    expect(await counts()).toEqual(before);

    const drafted = await drafting(buyers([customerId, '99.99'], [other, '0.01']));
    expect(drafted).toMatchObject({ status: 'DRAFT', price: { total: '1397143.44' } });
  });

  it('has one contract for a sale whose unit is held, on the price list, with an area', async () => {
    const { unitId, saleId, customerId } = await held();
    const terms = office.terms(customerId);
    const contractId = await office.draft({ saleId, customerId });
    expect(await drafting({ ...terms, saleId })).toMatchObject({ code: 'SALE_HAS_CONTRACT', contractId });
    await office.done(office.xu, 'cancelContract', { contractId, reason: 'Other terms.' }, 'Contract { id }');
    const again = await office.draft({ saleId, customerId });
    await office.sign(again);
    expect(await drafting({ ...terms, saleId })).toMatchObject({
      code: 'UNIT_NOT_HELD',
      saleStatus: 'CONTRACTED',
    });
    expect(await code(office.xu, 'cancelContract', { contractId: again, reason: 'Too late.' })).toBe(
      'CONTRACT_NOT_IN_REQUIRED_STATUS',
    );

    const [home] = await office.entities(office.fang, 'Unit', [unitId], 'contracts { nodes { id status } }');
    expect(home).toEqual({
      contracts: {
        nodes: [
          { id: again, status: 'SIGNED' },
          { id: contractId, status: 'CANCELLED' },
        ],
      },
    });
  });

  it('takes the price from the list and the area from the directory, or says which of them is missing', async () => {
    const { unitId, saleId, customerId } = await held();
    const input = { ...office.terms(customerId), saleId };
    const offers = await office.entities<{ offer: { id: string } }>(
      office.fang,
      'Unit',
      [unitId],
      'offer { id }',
    );
    const unitOfferId = offers[0]!.offer.id;
    await office.done(office.fang, 'withdrawUnitOffer', { unitOfferId }, 'UnitOffer { id }');
    expect(await drafting(input)).toMatchObject({ code: 'UNIT_NOT_ON_PRICE_LIST', unitId });
    await office.done(office.fang, 'offerUnitAgain', { unitOfferId }, 'UnitOffer { id }');
    await office.measure(unitId, null);
    expect(await drafting(input)).toMatchObject({ code: 'UNIT_AREA_UNKNOWN', unitId });
    await office.measure(unitId, '90.00');
    expect(await drafting(input)).toMatchObject({ status: 'DRAFT', price: { total: '1407780.00' } });
  });

  it('refuses the contract of a sale of another project, and hides it from who has no right there', async () => {
    const { both, xu, stranger, theirs } = office;
    const unitId = await office.home('1-1-0101', '90.00', theirs);
    await office.offer(unitId, '9000.00', stranger);
    const customerId = await office.customer(theirs);
    const saleId = await office.subscribe(unitId, [customerId], stranger);
    const ours = await office.customer();
    const input = { ...office.terms(ours), saleId };
    expect(await drafting(input, both)).toMatchObject({
      ...{ code: 'UNIT_OF_ANOTHER_PROJECT', unitProjectId: theirs },
    });
    await expect(drafting(input, xu)).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
    await expect(drafting({ ...office.terms(customerId), saleId }, xu)).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
    });
    await expect(drafting({ ...input, projectId: theirs }, xu)).rejects.toMatchObject({
      extensions: { code: 'FORBIDDEN' },
    });
  });

  it('does nothing twice by one key, and tells who lost a race', async () => {
    const { saleId, customerId } = await held();
    const input = { ...office.terms(customerId), saleId, idempotencyKey: newId() };
    const first = await drafting(input);
    expect(await drafting(input)).toEqual(first);
    const contractId = first['id'];
    await expect(
      office.command(office.xu, 'cancelContract', { contractId, reason: 'x', expectedVersion: 7 }),
    ).rejects.toMatchObject({ extensions: { code: 'CONFLICT' } });
    await expect(office.command(office.guard, 'submitFiling', { contractId })).rejects.toMatchObject({
      extensions: { code: 'FORBIDDEN' },
    });
    await expect(
      office.command(staff('SIGNING_SPECIALIST', office.theirs), 'submitFiling', { contractId }),
    ).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
  });

  it('of several at the same instant one drafts, one signs, and one has the number', async () => {
    const { saleId, customerId } = await held();
    const terms = { ...office.terms(customerId), saleId };
    const drafts = await Promise.all([1, 2, 3, 4].map(() => drafting(terms)));
    const [drafted] = drafts.filter((answer) => answer['id']);
    expect(drafts.filter(({ code: refused }) => refused === 'SALE_HAS_CONTRACT')).toHaveLength(3);
    const contractId = drafted!['id'] as string;
    const other = await office.draft(await held());
    const signing = (id: string, onlineSigningNumber: string) =>
      code(office.xu, 'signContract', { contractId: id, onlineSigningNumber });
    const both = await Promise.all([signing(contractId, 'WQ-AT-ONCE'), signing(other, 'WQ-AT-ONCE')]);
    expect(both.sort()).toEqual(['ONLINE_SIGNING_NUMBER_TAKEN', undefined]);
    const late = await Promise.all([1, 2, 3].map((n) => signing(contractId, `WQ-LATE-${n}`)));
    expect(late.filter((refused) => refused === 'CONTRACT_NOT_IN_REQUIRED_STATUS').length).toBeGreaterThan(1);
    await office.answerSteps();
  });

  it('two records of a customer become one buyer with both shares, and one borrower', async () => {
    const { saleId, customerId } = await held();
    const twin = await office.customer();
    const contractId = await office.draft(
      { saleId, customerId },
      {
        buyers: [
          { customerId, share: '60' },
          { customerId: twin, share: '40' },
        ],
        mortgagePlan: {
          ...{ loanKind: 'PROVIDENT_FUND', providentFundAmount: '500000.00' },
          borrowers: [
            { customerId, familyState: 'SINGLE' },
            { customerId: twin, familyState: 'SINGLE' },
          ],
        },
      },
    );
    await office.file(contractId);
    const eventId = newId();
    await office.merge(twin, customerId, eventId);
    await office.merge(twin, customerId, eventId);
    const { contract } = await office.read<{ contract: Row }>(
      office.xu,
      `query($id: ID!) { contract(id: $id) { buyers { share customerId } mortgagePlan { borrowers { customerId } }
        mortgages { nodes { borrowers { customerId } documentsMissing } } } }`,
      { id: contractId },
    );
    expect(contract).toEqual({
      buyers: [{ share: '100.00', customerId }],
      mortgagePlan: { borrowers: [{ customerId }] },
      mortgages: { nodes: [{ borrowers: [{ customerId }], documentsMissing: 8 }] },
    });
    // A record that has gone is taken for the one that stayed.
    const next = await held();
    const drafted = await drafting({
      ...office.terms(next.customerId),
      ...{ saleId: next.saleId, mortgagePlan: null },
      buyers: [
        { customerId: next.customerId, share: '50' },
        { customerId: twin, share: '50' },
      ],
    });
    const [row] = await office.rows(
      `select customer_ids from contract where id = '${String(drafted['id'])}'`,
    );
    expect(row).toEqual({ customer_ids: [next.customerId, customerId] });
  });
});
