import { startTestGateway, type Answer, type TestGateway } from './testing/start-test-gateway';

interface Asked {
  readonly query: string;
  readonly variables?: object;
  readonly operationName?: string;
}

/** Each has something of its own: entities, unions, fragments, conditions, names, errors, gaps. */
const operations: Readonly<Record<string, Asked>> = {
  'two services': {
    query: '{ customer(id: "c1") { name homes { number } interactions { id channel at } } }',
  },
  'the same entity in several places': {
    query: `{ interactions { id customer { name parent { name interactions { customer { name } } } } }
              again: interactions { customer { id parent { interactions { id } } } } }`,
  },
  'fields asked for twice': {
    query: `{ customers { name } customers { id homes { id } } customers { homes { number id } } }`,
  },
  'other names': {
    query: `{ one: customer(id: "c1") { title: name name: id __typename kind: __typename }
              two: customer(id: "c2") { homes { it: __typename n: number } } here: __typename }`,
  },
  'unions and fragments': {
    query: `query { find(text: "3-1201") { ...found ... on Home { id } } }
      fragment found on Found { __typename ... on Customer { ...person homes { ...home } } ...home }
      fragment person on Customer { name interactions { id } parent { ... { name } } }
      fragment home on Home { number }`,
  },
  'conditions that hold': {
    query: `query ($yes: Boolean!, $no: Boolean = false) {
      customers { id @skip(if: $no) name @include(if: $yes) ... @include(if: $no) { homes { id } } }
      customer(id: "c1") @include(if: $yes) { interactions @skip(if: $yes) { id } name @skip(if: true) id } }`,
    variables: { yes: true },
  },
  'the same conditions, otherwise': {
    query: `query ($yes: Boolean!, $no: Boolean = false) {
      customers { id @skip(if: $no) name @include(if: $yes) ... @include(if: $no) { homes { id } } }
      customer(id: "c1") @include(if: $yes) { interactions @skip(if: $yes) { id } name @skip(if: true) id } }`,
    variables: { yes: false, no: true },
  },
  'variables and their defaults': {
    query:
      'query ($id: ID!, $first: Int = 1) { customer(id: $id) { interactions(first: $first) { id } name } }',
    variables: { id: 'c1' },
  },
  'a variable that is missing': { query: 'query ($id: ID!) { customer(id: $id) { name } }' },
  'a variable of a wrong type': {
    query: 'query ($first: Int) { customers(first: $first) { name } }',
    variables: { first: 'two' },
  },
  'one of several operations': {
    query: 'query One { customer(id: "c1") { name } } query Two { customer(id: "c2") { name } }',
    operationName: 'Two',
  },
  nothing: { query: '{ customer(id: "nobody") { name interactions { id } } }' },
  'an entity that one service withholds, where it may be null': {
    query: '{ customer(id: "c3") { name complaintsOfAll } }',
  },
  'an entity that one service withholds, where it may not': {
    query: '{ customers(first: 3) { id name interactions { id } } }',
  },
  'the same in a list of places': {
    query: '{ customers(first: 3) { id parent { id complaintsOfAll } complaintsOfAll } }',
  },
  'a fault': { query: '{ failing(kind: "FAULT") customer(id: "c1") { name } }' },
  'errors without a code': {
    query: '{ failing(kind: "WITHOUT_CODE") again: failing(kind: "NOT_AN_ERROR") }',
  },
  'a value of another type': { query: '{ broken customers { id } }' },
  'a gap that takes more along': { query: '{ brokenPromise { id at customer { name } } whoAmI }' },
  'names that every object has': {
    query: '{ constructor: customer(id: "c1") { toString: name __proto__: interactions { valueOf: id } } }',
  },
  'the schema': { query: '{ __schema { queryType { name } } customer(id: "c1") { interactions { id } } }' },
  'the type of a thing': { query: '{ __type(name: "Home") { name } customer(id: "c1") { name } }' },
  'a command': {
    query: `mutation ($c: ID!) { recordInteraction(input: { customerId: $c, content: "x" }) {
      __typename ... on Interaction { id at customer { name interactions { id } } } ... on CustomerUnknown { code } } }`,
    variables: { c: 'c1' },
  },
  'a command that is refused': {
    query: `mutation { recordInteraction(input: { customerId: "c9", content: "x" }) {
      ... on Interaction { id } ... on CustomerUnknown { code message } } }`,
  },
};

/** An answer without what differs from request to request. */
function told({ status, data, errors }: Answer): object {
  const comparable = errors.map(({ message, path, extensions: { requestId, ...extensions } }) => ({
    ...{ message, path, extensions, hasRequestId: requestId !== undefined },
  }));
  const inOrder = comparable.map((error) => JSON.stringify(error)).sort();
  return { status, data: JSON.stringify(data), errors: inOrder };
}

describe('operations that come again', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  it.each(Object.entries(operations))('are answered as Apollo answers them: %s', async (_name, asked) => {
    const byApollo = await gateway.ask(asked.query, {
      ...asked,
      headers: { 'apollo-query-plan-experimental': '1' },
    });
    for (let time = 0; time < 3; time += 1) {
      expect(told(await gateway.ask(asked.query, asked))).toEqual(told(byApollo));
    }
  });

  it('are told with the error of an entity at each of its places', async () => {
    const query = '{ customers(first: 3) { id complaintsOfAll parent { complaintsOfAll } } }';
    const paths = async (): Promise<unknown[]> =>
      (await gateway.ask(query)).errors.map(({ path }) => path?.join('.')).sort();
    const first = await paths();
    expect(first).toContain('customers.0.parent.complaintsOfAll');
    expect(await paths()).toEqual(first);
  });
});
