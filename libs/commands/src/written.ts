import type { Actor } from './actor';
import type { WrittenAggregate } from './aggregate';

/** What one accepted command leaves besides its row. */
export interface Written<Fact, Entity, Environment> extends WrittenAggregate<Entity> {
  readonly actor: Actor;
  readonly command: string;
  readonly reason?: string | null;
  readonly at: Date;
  readonly environment: Environment;
  readonly facts: readonly Fact[];
}

/** Of each aggregate one write: from what it was first to what it is last. */
export function netOf<Write extends WrittenAggregate<{ readonly id: string }>>(
  writes: readonly Write[],
): Write[] {
  const byId = new Map<string, Write>();
  for (const write of writes) {
    const first = byId.get(write.entity.id);
    byId.set(write.entity.id, first ? { ...write, was: first.was } : write);
  }
  return [...byId.values()];
}
