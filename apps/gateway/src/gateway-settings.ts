import { identityRelations, identitySettings, processSettings } from '@anju/process';
import {
  file,
  flag,
  httpUrls,
  instant,
  optional,
  origins,
  port,
  secret,
  text,
  wholeNumber,
  type Relation,
  type Setting,
  type SettingsOf,
} from '@anju/settings';

/** What the gateway reads from its environment, besides the addresses of the services. */
export const gatewaySettings = {
  port: port('PORT', { about: 'Where the graph answers; 0 for any free port.', fallback: 4000 }),
  host: text('HOST', { about: 'The address that it listens on.', fallback: '127.0.0.1' }),
  supergraphFile: file('SUPERGRAPH_FILE', {
    about: 'The composed supergraph; read again whenever it changes.',
  }),
  subgraphTimeoutMillis: wholeNumber('SUBGRAPH_TIMEOUT_MILLIS', {
    about: 'How long a service may take for its part of an answer; the rest is given without it then.',
    from: 50,
    to: 600_000,
    fallback: 10_000,
  }),
  subgraphConnections: wholeNumber('SUBGRAPH_CONNECTIONS', {
    about: 'Connections to each address of a service, at most.',
    from: 1,
    to: 10_000,
    fallback: 100,
  }),
  ...identitySettings,
  corsOrigins: optional(
    origins('CORS_ORIGINS', { about: 'Pages of other origins that may use the graph; not set: none.' }),
  ),
  development: flag('ANJU_DEVELOPMENT', {
    about: 'Introspection, the explorer page and suggestions in error messages.',
    fallback: false,
  }),
  demoClock: optional(
    instant('DEMO_CLOCK', {
      about:
        'For demonstrations and tests: the graph can move the clock of the services. Wants the supergraph with the clock.',
    }),
  ),
  controlToken: optional(
    secret('CONTROL_TOKEN', { about: 'By which the services let their clock be moved.' }),
  ),
  ...processSettings,
};

export const gatewayRelations: readonly Relation[] = [
  ...identityRelations,
  { variable: 'DEMO_CLOCK', needs: ['CONTROL_TOKEN'] },
];

type AddressVariable = `SUBGRAPH_${string}_URLS`;

const addressVariable = /^SUBGRAPH_[A-Z0-9_]+_URLS$/;

/** The variable with the addresses of a service: `SUBGRAPH_COMPLAINTS_URLS`. */
export function addressVariableOf(service: string): AddressVariable {
  return `SUBGRAPH_${service.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_URLS`;
}

/** Which services there are says the supergraph: any of them can have its addresses in the environment. */
export function addressSettings(
  environment: NodeJS.ProcessEnv,
): Record<AddressVariable, Setting<readonly string[] | null>> {
  const variables = Object.keys(environment).filter((name) => addressVariable.test(name));
  return Object.fromEntries(
    variables.map((variable) => [
      variable,
      optional(
        httpUrls(variable, {
          about: 'Where the replicas of the service answer; not set: at the address in the supergraph.',
        }),
      ),
    ]),
  );
}

export type GatewaySettings = SettingsOf<typeof gatewaySettings> &
  Readonly<Record<AddressVariable, readonly string[] | null>>;

/** The addresses in the environment, by the variable that has them. */
export function addressesIn(settings: GatewaySettings): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.entries(settings).flatMap(([name, value]): [string, readonly string[]][] =>
      addressVariable.test(name) && Array.isArray(value) ? [[name, value as string[]]] : [],
    ),
  );
}
