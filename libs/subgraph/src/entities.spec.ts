import { buildASTSchema, graphql, parse, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { Principal } from '@anju/access';
import { withEntities } from './entities';
import { requestContext } from './serve';
import type { EntityReference } from './service-definition';

const sdl = `
  directive @key(fields: String!, resolvable: Boolean) repeatable on OBJECT
  type Query { openHomes: Int }
  type Home @key(fields: "id") { id: ID! number: String }
  type Customer @key(fields: "id") { id: ID! homes: [Home!] }
  type Remark { text: String }
`;
const supervisor: Principal = {
  kind: 'STAFF',
  staffId: '0198b9a2-0000-7000-8000-000000000001',
  account: 'zhou.ling',
  roles: [{ role: 'SERVICE_SUPERVISOR', projectIds: ['0198b9a2-0000-7000-8000-000000000002'] }],
};
const guard: Principal = { ...supervisor, roles: [{ ...supervisor.roles[0]!, role: 'LOBBY_GUARD' }] };

describe('the entities of a subgraph', () => {
  let asked: (readonly string[])[];
  const homes: EntityReference = {
    typeName: 'Home',
    permission: 'reception.interaction.record',
    load: async (ids) => {
      asked.push(ids);
      return ids.map((id) => (id === 'unknown' ? null : { id, number: `6-${id}` }));
    },
  };
  const subgraph = (text = sdl): GraphQLSchema => withEntities(buildASTSchema(parse(text)), text, [homes]);

  beforeEach(() => {
    asked = [];
  });

  async function entities(r: readonly object[], principal: Principal | null): Promise<ExecutionResult> {
    return graphql({
      schema: subgraph(),
      source: `query($r: [_Any!]!) { _entities(representations: $r) {
        __typename ... on Home { id number } ... on Customer { id } } }`,
      variableValues: { r },
      contextValue: requestContext({ principal, requestId: 'r', locale: 'en', idempotencyKey: null }),
    });
  }
  const found = async (...r: object[]): Promise<unknown> =>
    (await entities(r, supervisor)).data?.['_entities'];
  const codes = ({ errors }: ExecutionResult): unknown[] =>
    (errors ?? []).map((one) => one.extensions['code']);

  it('are loaded by one query, in the order in which they were asked for', async () => {
    const home = (id: string): object => ({ __typename: 'Home', id });
    expect(await found(home('1203'), home('unknown'), home('0502'), home('1203'))).toEqual([
      { __typename: 'Home', id: '1203', number: '6-1203' },
      null,
      { __typename: 'Home', id: '0502', number: '6-0502' },
      { __typename: 'Home', id: '1203', number: '6-1203' },
    ]);
    expect(asked).toEqual([['1203', 'unknown', '0502']]);
  });

  it('are their keys where this service only adds to them', async () => {
    expect(await found({ __typename: 'Customer', id: 'c' })).toEqual([{ __typename: 'Customer', id: 'c' }]);
    expect(asked).toEqual([]);
  });

  it('are given to nobody without a token or the right to see them', async () => {
    const home = { __typename: 'Home', id: '1203' };
    expect(codes(await entities([home], null))).toEqual(['UNAUTHENTICATED']);
    expect(codes(await entities([home], guard))).toEqual(['FORBIDDEN']);
    expect(asked).toEqual([]);
  });

  it('fail one by one, and what is no entity fails', async () => {
    const home = { __typename: 'Home', id: '1203' };
    const answer = await entities(
      [{ __typename: 'Remark' }, {}, { __typename: 'Home', id: 7 }, home],
      supervisor,
    );
    expect(answer.data!['_entities']).toEqual([null, null, null, { ...home, number: '6-1203' }]);
    expect(answer.errors).toHaveLength(3);
  });

  it('come with the text of the schema that composition reads', async () => {
    const answer = await graphql({ schema: subgraph(), source: '{ _service { sdl } }' });
    expect(answer).toEqual({ data: { _service: { sdl } } });
  });

  it('have no field where no type has a key', () => {
    const fields = subgraph('type Query { openHomes: Int }').getQueryType()!.getFields();
    expect(Object.keys(fields)).toEqual(['openHomes', '_service']);
  });
});
