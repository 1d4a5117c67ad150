import { newId } from '@anju/kernel';
import { contractStatuses, contractTransitions, type ContractStatus } from '@anju/sales-rules';
import { createTestDatabase, silentLogger, type TestDatabase } from '@anju/testing';
import type { Row } from '@anju/testing-service';
import { SalesOffice } from './sales-office';

/** What people ask, and which row of the table of transitions it goes by. */
const commands = {
  reviseContract: { row: 'reviseContract', input: { buyers: [{ customerId: '', share: '100' }] } },
  approveDiscount: { row: 'approveDiscount', input: {} },
  signContract: { row: 'signContract', input: { onlineSigningNumber: 'WQ-NEVER' } },
  correctSigning: { row: 'correctSigning', input: { onlineSigningNumber: 'WQ-NEVER' } },
  checkContract: { row: 'passContractCheck', input: {} },
  cancelContract: { row: 'cancelContract', input: { reason: 'Why.' } },
  submitFiling: { row: 'submitFiling', input: {} },
  noteFilingSentBack: { row: 'noteFilingSentBack', input: { reason: 'Why.' } },
  noteFilingReturned: { row: 'noteFilingReturned', input: { filingNumber: 'BA' } },
  tellContractReturned: {
    row: 'tellContractReturned',
    input: { customerId: '', channel: 'PHONE', deedTaxReminded: true },
  },
} as const;

describe('a contract in each of its statuses', () => {
  let database: TestDatabase;
  let office: SalesOffice;
  const contracts = {} as Record<ContractStatus, { id: string; customerId: string }>;

  /** A contract that has come so far. */
  async function contract(status: ContractStatus): Promise<void> {
    const held = await office.heldSale(`8-5-${1500 + contractStatuses.indexOf(status)}`);
    const contractId = await office.draft(held);
    contracts[status] = { id: contractId, customerId: held.customerId };
    const step = (who: typeof office.xu, name: string, input: Row = {}) =>
      office.done(who, name, { contractId, ...input }, 'Contract { id }');
    const steps: [ContractStatus, () => Promise<unknown>][] = [
      ['SIGNED', () => office.sign(contractId)],
      ['CHECKED', () => step(office.feng, 'checkContract')],
      ['FILING_SUBMITTED', () => step(office.xu, 'submitFiling')],
      ['FILED', () => step(office.xu, 'noteFilingReturned', { filingNumber: 'BA' })],
    ];
    if (status === 'CANCELLED') await step(office.xu, 'cancelContract', { reason: 'Why.' });
    const last = steps.findIndex(([reached]) => reached === status);
    for (const [, take] of steps.slice(0, last + 1)) await take();
  }

  beforeAll(async () => {
    database = await createTestDatabase('sales');
    office = await SalesOffice.open(database.url, silentLogger, '2026-03-02 09:00');
    await office.makeReady();
    for (const status of contractStatuses) await contract(status);
  });

  afterAll(async () => {
    await office.close();
    await database.drop();
  });

  it.each(contractStatuses)(
    'refuses in %s what does not belong there, and says where it does',
    async (status) => {
      const { id: contractId, customerId } = contracts[status];
      const before = await office.rows(`select version, status from contract where id = '${contractId}'`);
      for (const [name, { row, input }] of Object.entries(commands)) {
        const { from } = contractTransitions.commands[row];
        if ((from as readonly string[]).includes(status)) continue;
        const filled = JSON.parse(
          JSON.stringify(input).replaceAll('"customerId":""', `"customerId":"${customerId}"`),
        ) as Row;
        const answer = await office.command(
          name === 'approveDiscount' ? office.fang : office.feng,
          name,
          { contractId, idempotencyKey: newId(), ...filled },
          'ContractNotInRequiredStatus { command currentStatus allowedIn }',
        );
        expect(answer).toMatchObject({
          ...{ __typename: 'ContractNotInRequiredStatus', code: 'CONTRACT_NOT_IN_REQUIRED_STATUS' },
          ...{ command: row, currentStatus: status, allowedIn: [...from] },
        });
      }
      expect(await office.rows(`select version, status from contract where id = '${contractId}'`)).toEqual(
        before,
      );
      expect(before).toMatchObject([{ status }]);
    },
  );

  it('says so in the language of the reader', async () => {
    const source = `mutation($input: SubmitFilingInput!) { submitFiling(input: $input) { ... on Refusal { message } } }`;
    const said = async (locale: 'en' | 'zh-CN') => {
      const input = { contractId: contracts.DRAFT.id };
      const { data } = await office.ask(office.xu, source, { input }, { locale });
      return (data!['submitFiling'] as { message: string }).message;
    };
    expect(await said('en')).toContain('Submitting for filing');
    expect(await said('zh-CN')).toContain('备案');
  });
});
