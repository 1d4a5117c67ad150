import { newId } from '@anju/kernel';
import { createTestDatabase, silentLogger, type TestDatabase } from '@anju/testing';
import { CommunicationsDesk, iso, type Row } from './communications-desk';

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly Row[];
}

describe('the register of words to customers', () => {
  let database: TestDatabase;
  let desk: CommunicationsDesk;
  let wang: string;

  beforeAll(async () => {
    database = await createTestDatabase('communications');
    desk = await CommunicationsDesk.open(database.url, silentLogger, '2026-03-02 10:00');
    [wang] = (await desk.customers(1)) as [string];
  });

  afterAll(async () => {
    await desk.close();
    await database.drop();
  });

  const wordFields = `id kind channel saidAt subject subjectId content customers { id } byStaff { id }
    interaction { id } complaint { id }`;

  async function wordsTo(customerId: string, who = desk.lin): Promise<readonly Row[]> {
    const source = `query($r: [_Any!]!) { _entities(representations: $r) {
      ... on Customer { messages { totalCount nodes { ${wordFields} } } } } }`;
    const data = await desk.read<{ _entities: [{ messages: Page }] }>(who, source, {
      r: [{ __typename: 'Customer', id: customerId }],
    });
    const { messages } = data._entities[0];
    expect(messages.totalCount).toBe(messages.nodes.length);
    return messages.nodes;
  }

  it('holds what was entered by hand', async () => {
    await desk.done(desk.zhou, 'recordCustomerWord', {
      projectId: desk.ours,
      customerIds: [wang],
      kind: 'CALLBACK',
      channel: 'PHONE',
      content: 'She asked when the pool opens.',
    });
    expect(await wordsTo(wang)).toEqual([
      {
        id: expect.any(String),
        kind: 'CALLBACK',
        channel: 'PHONE',
        saidAt: iso('2026-03-02 10:00'),
        subject: 'NOTHING_ELSE',
        subjectId: null,
        content: 'She asked when the pool opens.',
        customers: [{ id: wang }],
        byStaff: { id: desk.zhou.staffId },
        interaction: null,
        complaint: null,
      },
    ]);
    expect(await wordsTo(newId())).toEqual([]);
  });
});
