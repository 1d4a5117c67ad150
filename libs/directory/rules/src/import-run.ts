import { accept, addHours, isRefused, refuse } from '@anju/kernel';
import type { Decision, Refusal, Refused } from '@anju/kernel';
import { checkFields, fieldsNotValid, invalid, optional, oneOf, valid } from './checked';
import type { Checked, FieldsNotValid } from './checked';
import type { DirectoryPolicy } from './policy';
import { checkNote } from './text';
import { follow } from './transitions';
import type { OutOfOrder, Transitions } from './transitions';

export const importKinds = ['UNITS', 'CUSTOMERS'] as const;

/** What the lines of a file are about. */
export type ImportKind = (typeof importKinds)[number];

export const importEncodings = ['UTF_8', 'GB18030'] as const;
export type ImportEncoding = (typeof importEncodings)[number];

export const importStatuses = [
  'RECEIVING',
  'QUEUED',
  'CHECKING',
  'APPLYING',
  'DONE',
  'REFUSED',
  'FAILED',
  'ABANDONED',
] as const;

/**
 * `RECEIVING`: the file comes in, part by part. `CHECKING`: every line is tried out and nothing is written.
 * `REFUSED`: lines are wrong, and nothing was imported. `FAILED`: the file could not be read at all.
 */
export type ImportStatus = (typeof importStatuses)[number];

export const importFailures = ['NOT_IN_THIS_ENCODING', 'TOO_MANY_LINES', 'UNEXPECTED'] as const;
export type ImportFailure = (typeof importFailures)[number];

/** A part of the file: bytes `index × size` on. `digest` tells whether two parts are the same. */
export type ImportPart = { readonly index: number; readonly bytes: number; readonly digest: string };

/** A file of units or customers on its way into the directory. */
export interface ImportState {
  readonly id: string;
  readonly projectId: string;
  readonly status: ImportStatus;
  readonly kind: ImportKind;
  readonly fileName: string;
  /** Null: to be found out. */
  readonly encoding: ImportEncoding | null;
  /** Only tried out. */
  readonly dryRun: boolean;
  /** Imports the lines that are right although others are wrong. */
  readonly skipBadLines: boolean;
  readonly parts: readonly ImportPart[];
  /** Who began it, and in whose name the lines are carried out. */
  readonly startedBy: string;
  /** When it is given up if nobody has run it. */
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  readonly failure: ImportFailure | null;
}

/** Kept in the history; the file's content is personal data and never in it. */
export type ImportFact = {
  readonly type: 'ImportStarted' | 'ImportPartReceived' | 'ImportQueued' | 'ImportWentOn' | 'ImportEnded';
  readonly projectId: string;
  readonly importId: string;
  readonly status: ImportStatus;
};

export const importTransitions = {
  appendToImport: { from: ['RECEIVING'], to: 'RECEIVING' },
  runImport: { from: ['RECEIVING'], to: 'QUEUED' },
  abandonImport: { from: ['RECEIVING', 'QUEUED'], to: 'ABANDONED' },
  beginChecking: { from: ['QUEUED', 'CHECKING'], to: 'CHECKING' },
  applyImport: { from: ['CHECKING'], to: 'APPLYING' },
  refuseImport: { from: ['CHECKING'], to: 'REFUSED' },
  finishTrial: { from: ['CHECKING'], to: 'DONE' },
  finishImport: { from: ['APPLYING'], to: 'DONE' },
  failImport: { from: ['QUEUED', 'CHECKING', 'APPLYING'], to: 'FAILED' },
} as const satisfies Transitions<ImportStatus>;

export type ImportStatusOutOfOrder = OutOfOrder<'IMPORT_STATUS_OUT_OF_ORDER'>;
export type ImportPartDiffers = Refusal<'IMPORT_PART_DIFFERS', { readonly index: number }>;
export type ImportTooLarge = Refusal<'IMPORT_TOO_LARGE', { readonly maxBytes: number }>;

/** `missing` are the parts that the ones that came leave out; the first when none came. */
export type ImportIncomplete = Refusal<'IMPORT_INCOMPLETE', { readonly missing: readonly number[] }>;

type ImportDecision<R extends Refusal = never> = Decision<
  ImportState,
  ImportFact,
  ImportStatusOutOfOrder | R
>;

/** The file's work is over: its content has to be deleted. */
export function importEnded({ status }: Pick<ImportState, 'status'>): boolean {
  return status === 'DONE' || status === 'REFUSED' || status === 'FAILED' || status === 'ABANDONED';
}

function fact(type: ImportFact['type'], { projectId, id, status }: ImportState): ImportFact {
  return { type, projectId, importId: id, status };
}

function step(
  state: ImportState,
  command: keyof typeof importTransitions,
  change: Partial<ImportState>,
): ImportDecision {
  const to = allowed(state, command);
  if (typeof to !== 'string') return to;
  const next: ImportState = { ...state, ...change, status: to };
  return accept(next, fact(importEnded(next) ? 'ImportEnded' : 'ImportWentOn', next));
}

function allowed(
  state: ImportState,
  command: keyof typeof importTransitions,
): ImportStatus | Refused<ImportStatusOutOfOrder> {
  const followed = follow(importTransitions, command, state.status, 'IMPORT_STATUS_OUT_OF_ORDER');
  return followed.allowed ? followed.to : followed.refused;
}

/** @param command.importId the new import's id */
export function startImport(
  command: {
    readonly importId: string;
    readonly projectId: string;
    readonly startedBy: string;
    readonly kind: string;
    readonly fileName: string;
    readonly encoding?: string | null;
    readonly dryRun: boolean;
    readonly skipBadLines: boolean;
  },
  at: Date,
  policy: DirectoryPolicy,
): Decision<ImportState, ImportFact, FieldsNotValid> {
  const fields = checkFields({
    kind: oneOf(importKinds, command.kind),
    fileName: checkNote(command.fileName, policy),
    encoding: optional(command.encoding, (encoding) => oneOf(importEncodings, encoding)),
  });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  const { importId, projectId, startedBy, dryRun, skipBadLines } = command;
  const state: ImportState = {
    id: importId,
    projectId,
    status: 'RECEIVING',
    ...fields.value,
    dryRun,
    skipBadLines,
    parts: [],
    startedBy,
    expiresAt: addHours(at, policy.importExpiryHours),
    endedAt: null,
    failure: null,
  };
  return accept(state, fact('ImportStarted', state));
}

function checkPart({ index, bytes }: ImportPart, policy: DirectoryPolicy): Checked<null> {
  const maxIndex = Math.ceil(policy.maxImportBytes / policy.maxImportPartBytes) * 4;
  const { maxImportPartBytes } = policy;
  const checked = checkFields({
    index:
      Number.isInteger(index) && index >= 0 && index <= maxIndex
        ? valid(index)
        : invalid('OUT_OF_RANGE', `0…${maxIndex}`),
    contentBase64:
      bytes > 0 && bytes <= maxImportPartBytes
        ? valid(bytes)
        : invalid('OUT_OF_RANGE', `1…${maxImportPartBytes} bytes`),
  });
  return checked.ok ? valid(null) : checked;
}

/** The same part again changes nothing, so that an upload can be tried again. */
export function appendToImport(
  state: ImportState,
  part: ImportPart,
  policy: DirectoryPolicy,
): ImportDecision<FieldsNotValid | ImportPartDiffers | ImportTooLarge> {
  const to = allowed(state, 'appendToImport');
  if (typeof to !== 'string') return to;
  const checked = checkPart(part, policy);
  if (!checked.ok) return fieldsNotValid(checked.problems);
  const known = state.parts.find(({ index }) => index === part.index);
  if (known) {
    return known.digest === part.digest
      ? accept(state)
      : refuse('IMPORT_PART_DIFFERS', { index: part.index });
  }
  const parts = [...state.parts, part].sort((a, b) => a.index - b.index);
  const bytes = parts.reduce((sum, each) => sum + each.bytes, 0);
  if (bytes > policy.maxImportBytes) return refuse('IMPORT_TOO_LARGE', { maxBytes: policy.maxImportBytes });
  const next: ImportState = { ...state, parts, status: to };
  return accept(next, fact('ImportPartReceived', next));
}

/** The file is complete and may be worked on. */
export function runImport(state: ImportState): ImportDecision<ImportIncomplete> {
  const to = allowed(state, 'runImport');
  if (typeof to !== 'string') return to;
  const indexes = new Set(state.parts.map(({ index }) => index));
  const last = state.parts.at(-1)?.index ?? 0;
  const missing = Array.from({ length: last + 1 }, (_, index) => index).filter(
    (index) => !indexes.has(index),
  );
  if (missing.length > 0) return refuse('IMPORT_INCOMPLETE', { missing });
  const next: ImportState = { ...state, status: to };
  return accept(next, fact('ImportQueued', next));
}

/** The content goes; what was reported stays. */
export function abandonImport(state: ImportState, at: Date): ImportDecision {
  return step(state, 'abandonImport', { endedAt: at });
}

/** Every line is tried out. Checking that was cut off begins again: it has written nothing. */
export function beginChecking(state: ImportState, encoding: ImportEncoding): ImportDecision {
  const decision = step(state, 'beginChecking', { encoding });
  return isRefused(decision) || state.status === 'QUEUED' ? decision : accept(state);
}

/**
 * All lines were tried out. A file with bad lines imports nothing, unless the good ones were asked for.
 * @param result.unreadable the file is no table of these columns: there are no good lines
 */
export function endChecking(
  state: ImportState,
  result: { readonly badLines: number; readonly unreadable: boolean },
  at: Date,
): ImportDecision {
  if (state.dryRun) return step(state, 'finishTrial', { endedAt: at });
  if (result.unreadable || (result.badLines > 0 && !state.skipBadLines)) {
    return step(state, 'refuseImport', { endedAt: at });
  }
  return step(state, 'applyImport', {});
}

/** Every line was carried out. */
export function finishImport(state: ImportState, at: Date): ImportDecision {
  return step(state, 'finishImport', { endedAt: at });
}

/** What was imported until then stays, and importing the same file again goes on with the rest. */
export function failImport(state: ImportState, failure: ImportFailure, at: Date): ImportDecision {
  return step(state, 'failImport', { endedAt: at, failure });
}

/** A file that nobody runs is personal data without a purpose. */
export function importDeadlines({
  status,
  expiresAt,
}: ImportState): readonly { kind: string; dueAt: Date }[] {
  return status === 'RECEIVING' ? [{ kind: 'EXPIRES', dueAt: expiresAt }] : [];
}

export function onImportDeadline(state: ImportState, dueAt: Date): ImportDecision {
  return abandonImport(state, dueAt);
}
