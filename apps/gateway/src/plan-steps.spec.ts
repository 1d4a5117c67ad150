import { GraphQLError, OperationTypeNode, buildSchema } from 'graphql';
import type { GraphQLDataSource } from '@apollo/gateway';
import { stepsOf, type IncomingRequest, type PlanRun, type PlannedOperation } from './plan-steps';

type PlanNode = NonNullable<PlannedOperation['queryPlan']['node']>;
type Process = GraphQLDataSource['process'];

const schema = buildSchema(
  'type Query { orders: [Order] } type Order { by: Staff } type Staff { id: ID! name: String }',
);
const plan: PlanNode = {
  kind: 'Sequence',
  nodes: [
    {
      ...{ kind: 'Fetch', serviceName: 'reception', operation: '{ orders }', operationName: undefined },
      operationKind: OperationTypeNode.QUERY,
    },
    {
      kind: 'Flatten',
      path: ['orders', '@', 'by'],
      node: {
        ...{ kind: 'Fetch', serviceName: 'directory', operation: '{ _entities }', operationName: undefined },
        operationKind: OperationTypeNode.QUERY,
        requires: [
          {
            kind: 'InlineFragment',
            typeCondition: 'Staff',
            selections: [
              { kind: 'Field', name: '__typename' },
              { kind: 'Field', name: 'id' },
            ],
          },
        ],
      },
    },
  ],
};
const by = (id: string): object => ({ by: { __typename: 'Staff', id } });
const orders = [by('a'), null, by('b'), { by: null }, by('a'), { by: { __typename: 'Guest', id: 'a' } }];

async function carriedOut(directory: Process): Promise<PlanRun> {
  const reception: Process = async () => ({ data: { orders: structuredClone(orders) } });
  const services = { reception: { process: reception }, directory: { process: directory } };
  const request = { context: {} } as IncomingRequest;
  const run: PlanRun = { request, variables: {}, data: {}, errors: [] };
  await stepsOf(plan, { schema, services, condition: () => true })(run);
  return run;
}

describe('the steps of a plan', () => {
  it('ask once for an entity that stands in several places, and put it into each', async () => {
    const asked: unknown[] = [];
    const { data, errors } = await carriedOut(async ({ request }) => {
      const { representations } = request.variables as { representations: { id: string }[] };
      asked.push(representations);
      return { data: { _entities: representations.map(({ id }) => ({ name: `Name of ${id}` })) } };
    });
    expect(errors).toEqual([]);
    expect(asked).toEqual([
      [
        { __typename: 'Staff', id: 'a' },
        { __typename: 'Staff', id: 'b' },
      ],
    ]);
    const named = (id: string): object => ({ by: { __typename: 'Staff', id, name: `Name of ${id}` } });
    const expected = [named('a'), null, named('b'), { by: null }, named('a'), orders[5]];
    expect(data).toEqual({ orders: expected });
  });

  it('tell the error of an entity at each of its places, with the service and a code', async () => {
    const refused = new GraphQLError('not yours', {
      path: ['_entities', 0, 'name'],
      extensions: { code: 'FORBIDDEN' },
    });
    const strange = new GraphQLError('strange', { path: ['_entities'] });
    const { errors } = await carriedOut(async () => ({
      data: { _entities: [{ name: null }, null] },
      errors: [refused, strange],
    }));
    expect(errors.map(({ message, path, extensions }) => ({ message, path, extensions }))).toEqual([
      ...[0, 4].map((index) => ({
        message: 'not yours',
        path: ['orders', index, 'by', 'name'],
        extensions: { code: 'FORBIDDEN', serviceName: 'directory' },
      })),
      {
        message: 'strange',
        path: ['orders', '@', 'by', '_entities'],
        extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', serviceName: 'directory' },
      },
    ]);
  });

  it.each([
    ['nothing', { data: null }, []],
    ['no list', { data: { _entities: 'a' } }, ['Expected "data._entities" in response to be an array']],
    ['too few', { data: { _entities: [] } }, ['Expected "data._entities" to contain 2 elements']],
  ])('go on where a service answers %s', async (_what, answer, messages) => {
    const { data, errors } = await carriedOut(async () => answer);
    expect(errors.map(({ message }) => message)).toEqual(messages);
    expect(data).toEqual({ orders });
  });
});
