import { isId, newId } from './id';

describe('a new id', () => {
  it('is a UUID version 7, later than those before', () => {
    const ids = Array.from({ length: 2_000 }, newId);
    expect(
      ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
    ).toBe(true);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is recognised, and nothing else is', () => {
    expect(isId(newId())).toBe(true);
    expect(['', 'JX-20260302-001', `${newId()} `, newId().slice(1), "' or 1=1 --"].some(isId)).toBe(false);
  });
});
