import { accept, isRefused, refuse, unreachable, type Decision } from './decision';

type Door = 'OPEN' | 'SHUT';

function shut(door: Door): Decision<Door, 'DoorShut', ReturnType<typeof alreadyShut>['refusal']> {
  return door === 'OPEN' ? accept<Door, 'DoorShut'>('SHUT', 'DoorShut') : alreadyShut();
}

function alreadyShut() {
  return refuse('DOOR_ALREADY_SHUT', { since: 'yesterday' });
}

describe('a decision', () => {
  it('is the next state with what happened', () => {
    const decision = shut('OPEN');
    expect(decision).toEqual({ outcome: 'accepted', state: 'SHUT', facts: ['DoorShut'] });
    expect(isRefused(decision)).toBe(false);
  });

  it('or the reason why not, with its data', () => {
    const decision = shut('SHUT');
    expect(isRefused(decision) && decision.refusal).toEqual({
      code: 'DOOR_ALREADY_SHUT',
      data: { since: 'yesterday' },
    });
  });

  it('is never on a value that was not foreseen', () => {
    expect(() => unreachable('AJAR' as never)).toThrow('unhandled value "AJAR"');
  });
});
