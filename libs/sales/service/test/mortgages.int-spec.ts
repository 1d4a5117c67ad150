import { isUnionType } from 'graphql';
import { createTestDatabase, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, staff, type Row } from '@anju/testing-service';
import { SalesOffice } from './sales-office';

/** Every field of what a command can answer, so that each is seen to be there. */
const memberFields = [
  `Mortgage { id number status version documentsMissing approvedAmount standsSinceAt chaseDueAt chasedAt disbursedAt
    endReason endedAt loanKind providentFundAmount lender { id } agency { partner { id } }
    documents { document customerId receivedAt } }`,
  'MortgageNotInRequiredStatus { command currentStatus allowedIn }',
  'AgencyHasSigned { signedAt }',
  'DocumentNotRequired { document customerId }',
  'DocumentAlreadyReceived { document receivedAt }',
  'MortgageDocumentsMissing { missing { document customerId } }',
  'ApprovedAmountNotValid { approvedAmount askedAmount }',
  'DisbursedAmountDiffers { amount approvedAmount }',
  'MortgagePlanNotValid { problem total }',
];

describe('mortgage cases', () => {
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

  /** A filed contract with its case. */
  async function filed(change: Row = {}) {
    const held = await office.heldSale(`8-2-${1600 + (homes += 1)}`);
    const contractId = await office.draft(held, change);
    await office.file(contractId);
    const { contract } = await office.read<{ contract: { mortgages: { nodes: { id: string }[] } } }>(
      office.deng,
      'query($id: ID!) { contract(id: $id) { mortgages { nodes { id } } } }',
      { id: contractId },
    );
    return { ...held, contractId, mortgageId: contract.mortgages.nodes[0]?.id ?? '' };
  }

  /** A command on a case: what is there of it afterwards, or the refusal. */
  async function step(name: string, mortgageId: string, input: Row = {}, who = office.deng): Promise<Row> {
    const command = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const union = office.service.schema.getType(`${command}Result`);
    if (!isUnionType(union)) throw new Error(`no result of ${name}`);
    const members = union.getTypes().map((member) => member.name);
    const fields = memberFields
      .filter((part) => members.includes(part.split(' ')[0]!))
      .map((part) => `... on ${part}`);
    const data = await office.read(
      who,
      `mutation($input: ${command}Input!) { ${name}(input: $input) { __typename ... on Refusal { code message } ${fields.join(' ')} } }`,
      { input: { mortgageId, ...input } },
    );
    return data[name] as Row;
  }

  async function receiveAll(mortgageId: string): Promise<void> {
    const { mortgage } = await office.read<{ mortgage: { documents: Row[] } }>(
      office.deng,
      'query($id: ID!) { mortgage(id: $id) { documents { document customerId receivedAt } } }',
      { id: mortgageId },
    );
    for (const { document, customerId, receivedAt } of mortgage.documents) {
      if (receivedAt === null) await step('receiveMortgageDocument', mortgageId, { document, customerId });
    }
  }

  it('go from the documents to the loan, to the fen', async () => {
    const { bank, agency, deng } = office;
    const { mortgageId, customerId } = await filed();
    const submitting = { lenderId: bank };
    expect(await step('submitMortgage', mortgageId, submitting)).toMatchObject({
      code: 'AGENCY_HAS_NOT_SIGNED',
    });
    expect(await step('signForByAgency', mortgageId, { partnerId: agency })).toMatchObject({
      agency: { partner: { id: agency } },
    });
    expect(await step('signForByAgency', mortgageId, { partnerId: agency })).toMatchObject({
      code: 'AGENCY_HAS_SIGNED',
    });
    const card = { document: 'IDENTITY_CARD', customerId };
    expect(await step('receiveMortgageDocument', mortgageId, card)).toMatchObject({ documentsMissing: 9 });
    expect(await step('receiveMortgageDocument', mortgageId, card)).toMatchObject({
      ...{ code: 'DOCUMENT_ALREADY_RECEIVED', receivedAt: iso('2026-03-02 09:00') },
    });
    expect(await step('receiveMortgageDocument', mortgageId, { document: 'IDENTITY_CARD' })).toMatchObject({
      code: 'DOCUMENT_NOT_REQUIRED',
    });
    const lacking = await step('submitMortgage', mortgageId, submitting);
    expect(lacking).toMatchObject({ code: 'MORTGAGE_DOCUMENTS_MISSING' });
    expect(lacking['missing']).toHaveLength(9);
    expect(lacking['missing']).toContainEqual({ document: 'FILED_CONTRACT', customerId: null });
    await receiveAll(mortgageId);
    expect(await step('submitMortgage', mortgageId, submitting)).toMatchObject({
      ...{ status: 'SUBMITTED', lender: { id: bank } },
    });
    for (const approvedAmount of ['0', '900000.01']) {
      expect(await step('approveMortgage', mortgageId, { approvedAmount })).toMatchObject({
        ...{ code: 'APPROVED_AMOUNT_NOT_VALID', askedAmount: '900000.00' },
      });
    }
    expect(await step('registerMortgage', mortgageId)).toMatchObject({
      ...{
        code: 'MORTGAGE_NOT_IN_REQUIRED_STATUS',
        currentStatus: 'SUBMITTED',
        allowedIn: ['CONTRACT_SIGNED'],
      },
    });
    await step('approveMortgage', mortgageId, { approvedAmount: '880000' });
    await step('signLoanContract', mortgageId);
    await step('registerMortgage', mortgageId);
    expect(await step('disburseMortgage', mortgageId, { amount: '879999.99' })).toMatchObject({
      ...{ code: 'DISBURSED_AMOUNT_DIFFERS', amount: '879999.99', approvedAmount: '880000.00' },
    });
    expect(await step('withdrawMortgage', mortgageId, { reason: 'Too late.' })).toMatchObject({
      code: 'MORTGAGE_NOT_IN_REQUIRED_STATUS',
    });
    expect(await step('disburseMortgage', mortgageId, { amount: '880000' })).toMatchObject({
      ...{ status: 'DISBURSED', approvedAmount: '880000.00', chaseDueAt: null },
      disbursedAt: iso('2026-03-02 09:00'),
    });
    const moves = (await office.published(mortgageId)).filter(({ type }) => type === 'mortgage-moved.v1');
    expect(moves.map(({ data }) => data['to'])).toEqual([
      ...['SUBMITTED', 'APPROVED', 'CONTRACT_SIGNED', 'REGISTERED', 'DISBURSED'],
    ]);
    expect(moves.every(({ actor }) => actor === deng.staffId)).toBe(true);
  });

  it('are one of a contract at a time; another is opened after one that failed', async () => {
    const { deng, bank, agency, xu } = office;
    const { contractId, mortgageId } = await filed();
    const again = () => office.command(deng, 'openMortgage', { contractId }, 'Mortgage { id number status }');
    const underWay = await office.command(
      deng,
      'openMortgage',
      { contractId },
      'MortgageUnderWay { mortgageId }',
    );
    expect(underWay).toMatchObject({ code: 'MORTGAGE_UNDER_WAY', mortgageId });
    await step('signForByAgency', mortgageId, { partnerId: agency });
    await receiveAll(mortgageId);
    await step('submitMortgage', mortgageId, { lenderId: bank });
    expect(await step('rejectMortgage', mortgageId, { reason: ' ' })).toMatchObject({
      code: 'SALES_TEXT_MISSING',
    });
    expect(await step('rejectMortgage', mortgageId, { reason: 'Too little income.' })).toMatchObject({
      ...{ status: 'REJECTED', endReason: 'Too little income.' },
    });
    const answers = await Promise.all([again(), again(), again()]);
    expect(answers.map(({ code }) => code).sort()).toEqual([
      ...['MORTGAGE_UNDER_WAY', 'MORTGAGE_UNDER_WAY', undefined],
    ]);
    const paidOut = await filed({ mortgagePlan: null });
    expect(await office.command(deng, 'openMortgage', { contractId: paidOut.contractId })).toMatchObject({
      code: 'CONTRACT_WITHOUT_MORTGAGE',
    });
    const draft = await office.draft(await office.heldSale('8-2-1901'));
    expect(await office.command(deng, 'openMortgage', { contractId: draft })).toMatchObject({
      code: 'CONTRACT_NOT_FILED',
    });
    await expect(office.command(xu, 'openMortgage', { contractId })).rejects.toMatchObject({
      extensions: { code: 'FORBIDDEN' },
    });
    await expect(
      office.command(staff('MORTGAGE_SPECIALIST', office.theirs), 'openMortgage', { contractId }),
    ).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
  });

  it('have another list with another loan, and keep what is there', async () => {
    const { mortgageId, customerId } = await filed();
    await step('receiveMortgageDocument', mortgageId, { document: 'IDENTITY_CARD', customerId });
    const plan = { loanKind: 'PROVIDENT_FUND', providentFundAmount: '600000' };
    const borrowers = [{ customerId, familyState: 'DIVORCED' }];
    expect(await step('changeMortgagePlan', mortgageId, { plan: { ...plan, borrowers: [] } })).toMatchObject({
      ...{ code: 'MORTGAGE_PLAN_NOT_VALID', problem: 'BORROWER_MISSING' },
    });
    const changed = await step('changeMortgagePlan', mortgageId, { plan: { ...plan, borrowers } });
    expect(changed).toMatchObject({ loanKind: 'PROVIDENT_FUND', providentFundAmount: '600000.00' });
    const documents = changed['documents'] as Row[];
    expect(documents.map(({ document }) => document)).toEqual(
      expect.arrayContaining(['PROVIDENT_FUND_RECORD', 'DIVORCE_CERTIFICATE']),
    );
    expect(documents.find(({ document }) => document === 'IDENTITY_CARD')).toMatchObject({
      receivedAt: iso('2026-03-02 09:00'),
    });
    expect(await step('withdrawMortgage', mortgageId, { reason: 'Pays himself.' })).toMatchObject({
      status: 'WITHDRAWN',
    });
  });

  it('go to partners of the right kind', async () => {
    const { mortgageId } = await filed();
    for (const [name, input, field] of [
      ['signForByAgency', { partnerId: office.bank }, 'input.partnerId'],
      ['submitMortgage', { lenderId: office.agency }, 'input.lenderId'],
    ] as const) {
      await expect(step(name, mortgageId, input)).rejects.toMatchObject({
        extensions: { code: 'BAD_USER_INPUT', problems: [{ field }] },
      });
    }
  });

  it('are chased at the instant when they have stood still too long, and listed', async () => {
    const { deng } = office;
    const { mortgageId, customerId, contractId } = await filed();
    const list = async (filter: Row): Promise<string[]> => {
      const source = 'query($f: MortgageFilter) { mortgages(filter: $f, first: 100) { nodes { id } } }';
      const data = await office.read<{ mortgages: { nodes: { id: string }[] } }>(deng, source, { f: filter });
      return data.mortgages.nodes.map(({ id }) => id);
    };
    const mine = { customerId };
    for (const [filter, found] of [
      [{}, true],
      [{ status: ['COLLECTING'] }, true],
      [{ status: ['SUBMITTED'] }, false],
      [{ loanKind: 'COMMERCIAL' }, true],
      [{ loanKind: 'COMBINED' }, false],
      [{ lenderId: office.bank }, false],
      [{ contractId }, true],
      [{ projectId: office.theirs }, false],
      [{ standingStill: true }, false],
      [{ standingStill: false }, true],
      [{ openedFrom: iso('2026-03-02 09:00'), openedBefore: iso('2026-03-02 09:01') }, true],
      [{ openedFrom: iso('2026-03-02 09:01') }, false],
    ] as [Row, boolean][]) {
      expect([filter, await list({ ...mine, ...filter })]).toEqual([filter, found ? [mortgageId] : []]);
    }
    expect((await list({ lenderId: office.bank })).length).toBeGreaterThan(0);
    await office.until('2026-03-12 08:59');
    expect(await list({ ...mine, standingStill: true })).toEqual([]);
    await office.until('2026-03-12 09:00');
    expect(await list({ ...mine, standingStill: true })).toEqual([mortgageId]);
    expect((await office.published(mortgageId)).at(-1)).toMatchObject({
      ...{ type: 'mortgage-stood-still.v1', time: iso('2026-03-12 09:00') },
    });
    await step('signForByAgency', mortgageId, { partnerId: office.agency });
    await receiveAll(mortgageId);
    await step('submitMortgage', mortgageId, { lenderId: office.bank });
    expect(await list({ ...mine, standingStill: true })).toEqual([]);
  });
});
