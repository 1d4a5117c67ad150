import { complaintsEvents } from './complaints';
import type { EventContract } from './contract';
import { directoryEvents } from './directory';
import { receptionEvents } from './reception';

const groups: readonly Readonly<Record<string, EventContract>>[] = [
  directoryEvents,
  receptionEvents,
  complaintsEvents,
];

/** Contexts that publish events: each has a topic. Others only listen. */
export const publishingContexts: ReadonlySet<string> = new Set(
  groups.flatMap((group) => Object.values(group).map(({ context }) => context)),
);
