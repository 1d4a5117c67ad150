import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, GraphQLScalarType, parse } from 'graphql';
import type { GraphQLSchema } from 'graphql';

/** What the resolvers of the test services see of a request. */
export interface TestContext {
  readonly requestId: string;
  readonly person: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])`;

const directorySdl = `${link}
  type Query {
    customer(id: ID!): Customer
    customers(first: Int = 2): [Customer!]!
    whoAmI: String
    requestHeaders: [String!]!
    find(text: String!): [Found!]!
  }
  union Found = Customer | Home
  type Customer @key(fields: "id") {
    id: ID!
    name: String!
    parent: Customer
    homes: [Home!]!
  }
  type Home @key(fields: "id") {
    id: ID!
    number: String!
  }`;

const receptionSdl = `${link}
  scalar DateTime
  enum Channel { PHONE DESK }
  type Query {
    interactions(since: DateTime, channel: Channel): [Interaction!]!
    slow(millis: Int!): String
    failing(kind: String!): String
    broken: Int
    brokenPromise: Interaction
    lastCustomer: Customer
  }
  type Mutation {
    recordInteraction(input: RecordInteraction!): RecordInteractionResult!
    slowCommand(millis: Int!): String
  }
  input RecordInteraction { customerId: ID!, content: String!, at: DateTime }
  union RecordInteractionResult = Interaction | CustomerUnknown
  type CustomerUnknown { code: String! message: String! }
  type Interaction {
    id: ID!
    channel: Channel!
    at: DateTime!
    customer: Customer!
  }
  type Customer @key(fields: "id") {
    id: ID!
    interactions(first: Int = 10): [Interaction!]!
    complaintsOfAll: Int
  }`;

const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize: (value) => (value as Date).toISOString(),
  parseValue: (value) => {
    const at = new Date(String(value));
    if (typeof value !== 'string' || Number.isNaN(at.getTime())) throw new GraphQLError(`not an instant`);
    return at;
  },
});

const customers = [
  { id: 'c1', name: 'Li Wei', parent: 'c2', homes: [{ id: 'h1', number: '3-1201' }] },
  { id: 'c2', name: 'Wang Fang', parent: 'c1', homes: [{ id: 'h2', number: '5-602' }] },
  { id: 'c3', name: 'Zhao Min', parent: null, homes: [] },
];

const interactions = [
  { id: 'i1', channel: 'PHONE', at: new Date('2026-03-02T01:02:00Z'), customer: { id: 'c1' } },
  { id: 'i2', channel: 'DESK', at: new Date('2026-03-02T02:00:00Z'), customer: { id: 'c2' } },
];

function customerOf(id: string | null): (typeof customers)[number] | null {
  return customers.find((customer) => customer.id === id) ?? null;
}

function later<Value>(millis: number, value: Value): Promise<Value> {
  return new Promise((resolve) => setTimeout(resolve, millis, value).unref());
}

/** Each kind of failure that a resolver can come to. */
function fail(kind: string): never {
  switch (kind) {
    case 'FAULT':
      throw Object.assign(
        new Error('duplicate key value violates unique constraint: Key (phone)=(13812345678) of "Li Wei"'),
        {
          code: '23505',
          query: 'INSERT INTO customer VALUES ($1)',
          parameters: ['Li Wei'],
          constraint: 'customer_phone',
        },
      );
    case 'NOT_AN_ERROR':
      throw 'a text with 13812345678' as unknown as Error;
    case 'WITH_STACK':
      throw new GraphQLError('you may not see this', {
        extensions: { code: 'FORBIDDEN', permission: 'x.read', stacktrace: ['at secret'], sql: 'SELECT 1' },
      });
    case 'WITHOUT_CODE':
      throw new GraphQLError('there is no rule for "Li Wei"');
    default:
      throw new GraphQLError(`told as ${kind}`, { extensions: { code: kind } });
  }
}

const directory = buildSubgraphSchema([
  {
    typeDefs: parse(directorySdl),
    resolvers: {
      Query: {
        customer: (_root: unknown, { id }: { id: string }) => customerOf(id),
        customers: (_root: unknown, { first }: { first: number }) => customers.slice(0, first),
        whoAmI: (_root: unknown, _args: unknown, context: TestContext) => context.person,
        requestHeaders: (_root: unknown, _args: unknown, context: TestContext) =>
          Object.entries(context.headers).map(([name, value]) => `${name}: ${value}`),
        find: (_root: unknown, { text }: { text: string }) =>
          [...customers, ...customers.flatMap((customer) => customer.homes)].filter((one) =>
            JSON.stringify(one).includes(text),
          ),
      },
      Found: { __resolveType: (value: object) => ('number' in value ? 'Home' : 'Customer') },
      Customer: {
        __resolveReference: ({ id }: { id: string }) => customerOf(id),
        parent: ({ parent }: { parent: string | null }) => customerOf(parent),
      },
    },
  },
]);

const reception = buildSubgraphSchema([
  {
    typeDefs: parse(receptionSdl),
    resolvers: {
      DateTime,
      Query: {
        interactions: (_root: unknown, { since, channel }: { since?: Date; channel?: string }) =>
          interactions.filter((one) => (!since || one.at >= since) && (!channel || one.channel === channel)),
        slow: (_root: unknown, { millis }: { millis: number }) => later(millis, 'done'),
        failing: (_root: unknown, { kind }: { kind: string }) => fail(kind),
        broken: () => 'not a number',
        brokenPromise: () =>
          Promise.resolve({ id: 'i9', channel: 'PHONE', at: null, customer: { id: 'c1' } }),
      },
      Mutation: {
        recordInteraction: (
          _root: unknown,
          { input }: { input: { customerId: string; content: string; at?: Date } },
        ) =>
          customerOf(input.customerId)
            ? {
                id: `i${input.content.length}`,
                channel: 'DESK',
                at: input.at ?? new Date(0),
                customer: { id: input.customerId },
              }
            : { code: 'CUSTOMER_UNKNOWN', message: 'nobody has this id' },
        slowCommand: (_root: unknown, { millis }: { millis: number }) => later(millis, 'done'),
      },
      RecordInteractionResult: {
        __resolveType: (value: object) => ('code' in value ? 'CustomerUnknown' : 'Interaction'),
      },
      Customer: {
        __resolveReference: async ({ id }: { id: string }) => {
          if (id === 'c3') throw new GraphQLError('not yours', { extensions: { code: 'FORBIDDEN' } });
          return { id };
        },
        interactions: ({ id }: { id: string }) => interactions.filter((one) => one.customer.id === id),
        complaintsOfAll: () => fail('FAULT'),
      },
    },
  },
]);

export const testServices: Readonly<Record<string, GraphQLSchema>> = { directory, reception };

/** @param further a service's SDL instead of reception's, for a supergraph that changes */
export function composeTestSupergraph(further = receptionSdl): string {
  const { supergraphSdl, errors } = composeServices([
    { name: 'directory', typeDefs: parse(directorySdl), url: 'http://directory.invalid' },
    { name: 'reception', typeDefs: parse(further), url: 'http://reception.invalid' },
  ]);
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

/** Reception with one query more; its resolver is not there, so it answers null. */
export const changedReceptionSdl = receptionSdl.replace('broken: Int', 'broken: Int\n    isNew: String');
