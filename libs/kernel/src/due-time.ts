/** Something that is still to be done, and the moment at which it is missed if it has not been done before. */
export interface DueTime<Kind extends string = string> {
  readonly kind: Kind;
  readonly dueAt: Date;
}

/** Whether what falls due is still among the pending; what was done, moved or given up is not. */
export function isPending(pending: readonly DueTime[], kind: string, dueAt: Date): boolean {
  return pending.some((due) => due.kind === kind && due.dueAt.getTime() === dueAt.getTime());
}
