import type { RoleGrant } from '@anju/access';
import { serviceNames } from '@anju/distributed';
import { gatewayErrors } from '@anju/gateway';
import { newId } from '@anju/kernel';
import { catalogue } from '@anju/labels';
import type { Platform } from './platform';

/** An error of an answer, as GraphQL shows it. */
export interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: {
    readonly code: string;
    readonly problems?: readonly { readonly field: string; readonly problem: string }[];
    readonly [key: string]: unknown;
  };
}

/** One answer over HTTP, read. */
export interface Answer {
  readonly status: number;
  /** The body as it came. */
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly GraphError[];
}

/** Codes that a client can meet: of the gateway, and those that have a message for people. */
export const knownCodes: ReadonlySet<string> = new Set([
  ...Object.keys(gatewayErrors),
  ...Object.keys(catalogue.messages),
]);

/**
 * Sends a body to the graph.
 * @throws Error if what comes back is not the JSON of a GraphQL answer
 */
export async function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
    body,
  });
  const text = await response.text();
  const { data, errors } = JSON.parse(text) as Partial<Pick<Answer, 'data' | 'errors'>>;
  return { status: response.status, text, data: data ?? null, errors: errors ?? [] };
}

/** Somebody at the graph: with a token, or with none. */
export class Visitor {
  constructor(
    readonly url: string,
    readonly token: string | null,
  ) {}

  ask(
    query: string,
    variables: object = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const bearer: Record<string, string> = {};
    if (this.token !== null) bearer['authorization'] = `Bearer ${this.token}`;
    return post(this.url, JSON.stringify({ query, variables }), { ...bearer, ...headers });
  }

  /** Sends a command. @param selection of the answer besides its type */
  command(
    field: string,
    input: object,
    selection = '... on Refusal { code message }',
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    return this.ask(
      `mutation($input: ${type}!) { ${field}(input: $input) { __typename ${selection} } }`,
      { input },
      headers,
    );
  }
}

/** Who somebody is to the graph: the token alone says it, for as long as it is valid. */
export interface Identity {
  readonly account: string;
  readonly staffId: string;
  readonly roles: readonly RoleGrant[];
}

/** @param identity by default a new employee with the roles in 锦绣花园 */
export async function signIn(
  { running, setting }: Platform,
  roles: readonly RoleGrant['role'][],
  identity: Partial<Identity> = {},
): Promise<Visitor> {
  const token = await running.issuer.issue({
    account: `visitor-${roles[0]?.toLowerCase() ?? 'without-roles'}`,
    staffId: newId(),
    roles: roles.map((role) => ({ role, projectIds: [setting.projectId] })),
    ...identity,
  });
  return new Visitor(running.url, token);
}

/** What came of a command: `DONE`, the refusal's code, or that of the first error. */
export function outcomeOf({ data, errors }: Answer, field: string): string {
  const [error] = errors;
  if (error) return error.extensions.code;
  const answer = data?.[field] as { readonly code?: string; readonly message?: string } | null | undefined;
  return answer?.message === undefined ? 'DONE' : (answer.code ?? 'REFUSED');
}

/** What each table of the platform holds: by service and table, rows and a hash of all their values. */
export async function contentsOf({ running }: Platform): Promise<Record<string, string>> {
  await running.settled();
  const contents = await Promise.all(
    serviceNames.map(async (name) => {
      const tables = await running.query<{ table: string }>(
        name,
        `select quote_ident(table_name) as table from information_schema.tables
         where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
      );
      return Promise.all(
        tables.map(async ({ table }) => {
          const [row] = await running.query<{ rows: string; hash: string }>(
            name,
            `select count(*) as rows, md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as hash from ${table} t`,
          );
          return [`${name}.${table}`, `${row!.rows} rows ${row!.hash}`] as const;
        }),
      );
    }),
  );
  return Object.fromEntries(contents.flat());
}

/** Every row of every table of the platform as text. */
export async function everythingStored({ running }: Platform): Promise<Map<string, string>> {
  await running.settled();
  const stored = new Map<string, string>();
  for (const name of serviceNames) {
    const tables = await running.query<{ table: string }>(
      name,
      `select quote_ident(table_name) as table from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    for (const { table } of tables) {
      const rows = await running.query<{ row: string }>(name, `select t::text as row from ${table} t`);
      stored.set(`${name}.${table}`, rows.map(({ row }) => row).join('\n'));
    }
  }
  return stored;
}
