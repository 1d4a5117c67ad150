import type { DueTime } from '@anju/deadlines';
import { dueToStore } from './due-times';

interface Errand {
  readonly id: string;
  readonly status: string;
  readonly hours: readonly number[];
}

const errand = (hours: readonly number[], status = 'OPEN'): Errand => ({ id: 'errand-1', status, hours });
const dueAt = (hour: number): Date => new Date(Date.UTC(2026, 2, 2, hour));

describe('what is stored of due times', () => {
  const deadlines = ({ hours }: Errand, ahead: number): readonly DueTime[] =>
    hours.map((hour) => ({ kind: 'ERRAND', dueAt: dueAt(hour - ahead) }));
  const written = (was: Errand | null, entity: Errand) => [{ was, entity, environment: 0 }];

  it('is all of what is new, and what was changed, taken away or put off', () => {
    const due = [{ kind: 'ERRAND', dueAt: dueAt(8) }];
    expect(dueToStore({ deadlines }, written(null, errand([8])))).toEqual([{ aggregateId: 'errand-1', due }]);
    expect(dueToStore({ deadlines }, written(errand([8, 9]), errand([8])))).toHaveLength(1);
    expect(dueToStore({ deadlines }, written(errand([9]), errand([8])))).toHaveLength(1);
    expect(dueToStore({ deadlines }, written(errand([8]), errand([])))).toEqual([
      { aggregateId: 'errand-1', due: [] },
    ]);
  });

  it('is nothing where a command leaves them as they are, in whatever order', () => {
    expect(dueToStore({ deadlines }, written(errand([8, 9]), errand([9, 8], 'SEEN')))).toEqual([]);
    expect(dueToStore({}, written(null, errand([8])))).toEqual([]);
  });

  it('is all with each command where the environment has a say, which may be another one than that of what is stored', () => {
    const ofEnvironment = { deadlines, deadlinesOfEnvironment: true } as const;
    expect(dueToStore(ofEnvironment, written(errand([8]), errand([8], 'SEEN')))).toHaveLength(1);
  });
});
