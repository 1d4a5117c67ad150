import { redactText } from './redact';

/** What a log may know of a fault: no values, no query, no parameters. */
export interface FaultReport {
  readonly type: string;
  readonly message: string;
  /** Places in the code, without the message that a stack begins with. */
  readonly stack?: string;
  /** Of a database or network error. */
  readonly code?: string;
  readonly constraint?: string;
  readonly table?: string;
  readonly cause?: FaultReport;
}

/** Values stand in quotes in the messages of PostgreSQL, graphql-js and V8 alike. */
const quoted = /"[^"]*"|'[^']*'|“[^”]*”|`[^`]*`/g;

function word(error: object, key: string): string | undefined {
  const value = (error as Record<string, unknown>)[key];
  return typeof value === 'string' && /^[\w.-]{1,100}$/.test(value) ? value : undefined;
}

/**
 * Describes a fault for the log. Database errors carry the statement and its parameters, and their messages
 * quote values: neither belongs there.
 */
export function faultReport(fault: unknown, depth = 0): FaultReport {
  if (!(fault instanceof Error)) {
    return { type: typeof fault, message: 'something that is not an error was thrown' };
  }
  const frames = fault.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: fault.name,
    message: redactText(fault.message.replace(quoted, '"…"')).slice(0, 500),
    stack: frames && frames.length > 0 ? frames.slice(0, 15).join('\n') : undefined,
    code: word(fault, 'code'),
    constraint: word(fault, 'constraint'),
    table: word(fault, 'table'),
    cause: fault.cause !== undefined && depth < 3 ? faultReport(fault.cause, depth + 1) : undefined,
  };
}
