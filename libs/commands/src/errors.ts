import { rolesWith, type Permission } from '@anju/access';

/** Codes of what is thrown rather than returned; texts in `@anju/labels`, list in `docs/errors.md`. */
export type FaultCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'BAD_USER_INPUT'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'UNAVAILABLE';

/** One thing that is wrong with the input. */
export interface InputProblem {
  /** Path of the field, such as `input.phones.0`. */
  readonly field: string;
  readonly problem: string;
  /** What would be right. */
  readonly expected: string;
}

/** What the caller cannot act on inside the dialogue, or has to correct first. */
export class Fault extends Error {
  /** Taken over into the graph's error by graphql-js. */
  readonly extensions: { readonly code: FaultCode; readonly [key: string]: unknown };

  constructor(
    readonly code: FaultCode,
    message: string,
    details: { readonly [key: string]: unknown } = {},
  ) {
    super(message);
    this.name = 'Fault';
    this.extensions = { ...details, code };
  }
}

/**
 * None of somebody's roles carries the permission: whose would is told with it.
 * @param where only there it does not: who has the role elsewhere is not told that he has not got it
 */
export function forbidden(permission: Permission, where?: 'PROJECT' | 'ORGANISATION'): Fault {
  const rolesThatMay = rolesWith(permission);
  const here = where === 'PROJECT' ? ' in this project' : where ? ' for the whole organisation' : '';
  const text = `none of your roles allows this${here}; these do: ${rolesThatMay.join(', ')}`;
  return new Fault('FORBIDDEN', text, {
    permission,
    rolesThatMay,
    ...(where === 'PROJECT' && { inProject: true }),
    ...(where === 'ORGANISATION' && { everywhere: true }),
  });
}

export function notFound(type: string, id: string): Fault {
  return new Fault('NOT_FOUND', `there is no ${type} with this id that you may see`, { type, id });
}

/** @param problems all that is wrong, not only the first */
export function badInput(...problems: InputProblem[]): Fault {
  const text = problems.map((p) => `${p.field}: ${p.problem}; expected ${p.expected}`).join('. ');
  return new Fault('BAD_USER_INPUT', text, { problems });
}
