import type { DataSource, MigrationInterface } from 'typeorm';
import type { Cipher, Principal } from '@anju/access';
import type { CommandRunner, SealedTable } from '@anju/commands';
import type { FilesHandler } from '@anju/files';
import type { Clock } from '@anju/kernel';
import type { ConsumerDefinition, Logger } from '@anju/outbox';
import type { Permission } from '@anju/access';
import type { Relation, SettingsShape } from '@anju/settings';
import type { RequestContext } from './request-context';

/** What the platform gives a service; nothing in it tells which mode it runs in. */
export interface Platform {
  readonly dataSource: DataSource;
  readonly clock: Clock;
  readonly commands: CommandRunner;
  readonly cipher: Cipher;
  readonly logger: Logger;
  /** Values of the definition's own `settings`, by their names, where they were read. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}

/** Answers references to an entity that this service owns. */
export interface EntityReference {
  readonly typeName: string;
  readonly permission: Permission;
  /** One query for all ids, filtered by the reader's projects; null for what he may not see or is not there. */
  readonly load: (ids: readonly string[], context: RequestContext) => Promise<readonly (object | null)[]>;
}

/** Work of a service that goes on by itself, beside requests, events and due times. */
export interface Worker {
  start(): void;
  /** Resolves when nothing of it runs any more; what it was at is taken up after the next start. */
  close(): Promise<void>;
  /** Of one that seals anew: what an older data key has sealed still, by table, as it has seen last. */
  sealedByOlderKeys?(): ReadonlyMap<string, number>;
}

/** The parts of a service, made for one running instance of it. */
export interface ServiceParts {
  /** Instances of the classes in `resolverClasses`. */
  readonly resolvers: readonly object[];
  readonly references: readonly EntityReference[];
  readonly consumers: readonly ConsumerDefinition[];
  /** Aggregate definitions, so that their due times can fire. */
  readonly aggregates: readonly { readonly type: string }[];
  /** Started when the service is there, and closed before its database is. */
  readonly workers?: readonly Worker[];
  /** Answers at its addresses below `/files/`, beside the graph. */
  readonly files?: FilesHandler<Principal>;
}

/** A service as a value: run alone or together with others, it does not know. */
export interface ServiceDefinition {
  /** Also the name of its context, its subgraph and its database. */
  readonly name: string;
  readonly entities: readonly Function[];
  readonly migrations: readonly (new () => MigrationInterface)[];
  /** Its tables with ciphertext of the data keys that are read without an entity. */
  readonly sealedTables?: readonly SealedTable[];
  readonly resolverClasses: readonly Function[];
  /** What it reads from its environment besides what every service does. */
  readonly settings?: SettingsShape;
  /** What must hold between these variables. */
  readonly relations?: readonly Relation[];
  /** What the database needs besides migrations, because it is made from code that changes without one. */
  readonly prepareDatabase?: (dataSource: DataSource) => Promise<void>;
  readonly create: (platform: Platform) => ServiceParts;
}
