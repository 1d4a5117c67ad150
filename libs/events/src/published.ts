import { appraisalEvents } from './appraisal';
import { communicationsEvents } from './communications';
import { complaintsEvents } from './complaints';
import type { EventContract } from './contract';
import { directoryEvents } from './directory';
import { receptionEvents } from './reception';
import { salesEvents } from './sales';

const groups: readonly Readonly<Record<string, EventContract>>[] = [
  directoryEvents,
  receptionEvents,
  complaintsEvents,
  salesEvents,
  appraisalEvents,
  communicationsEvents,
];

/** Contexts that publish events: each has a topic. Others only listen. */
export const publishingContexts: ReadonlySet<string> = new Set(
  groups.flatMap((group) => Object.values(group).map(({ context }) => context)),
);
