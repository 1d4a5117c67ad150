import { isPending } from './due-time';

const pending = [{ kind: 'ANSWER', dueAt: new Date('2026-03-02T10:00:00Z') }];

describe('what is pending', () => {
  it('is what has the kind and the moment of one that is listed', () => {
    expect(isPending(pending, 'ANSWER', new Date('2026-03-02T10:00:00Z'))).toBe(true);
  });

  it('is not what has another kind, what was moved, or what is not listed any more', () => {
    expect(isPending(pending, 'VISIT', new Date('2026-03-02T10:00:00Z'))).toBe(false);
    expect(isPending(pending, 'ANSWER', new Date('2026-03-02T10:00:01Z'))).toBe(false);
    expect(isPending([], 'ANSWER', new Date('2026-03-02T10:00:00Z'))).toBe(false);
  });
});
