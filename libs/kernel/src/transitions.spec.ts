import { statusAfter, wrongStatus, type Transitions } from './transitions';

const doorTransitions: Transitions<
  'OPEN' | 'SHUT' | 'LOCKED',
  'shut' | 'lock' | 'paint',
  'DOOR_NOT_IN_REQUIRED_STATUS'
> = {
  refusal: 'DOOR_NOT_IN_REQUIRED_STATUS',
  initial: 'OPEN',
  commands: {
    shut: { from: ['OPEN'], to: 'SHUT' },
    lock: { from: ['SHUT'], to: 'LOCKED' },
    paint: { from: ['OPEN', 'SHUT'], to: 'SAME' },
  },
};

describe('transitions', () => {
  it('lets a command through in each status that has it', () => {
    expect(wrongStatus(doorTransitions, 'shut', 'OPEN')).toBeNull();
    expect(wrongStatus(doorTransitions, 'paint', 'SHUT')).toBeNull();
  });

  it('refuses it in any other, with the statuses in which it would be right', () => {
    expect(wrongStatus(doorTransitions, 'paint', 'LOCKED')).toEqual({
      outcome: 'refused',
      refusal: {
        code: 'DOOR_NOT_IN_REQUIRED_STATUS',
        data: { command: 'paint', currentStatus: 'LOCKED', allowedIn: ['OPEN', 'SHUT'] },
      },
    });
  });

  it('says where a command leads, and that some leave the status as it is', () => {
    expect(statusAfter(doorTransitions, 'lock', 'SHUT')).toBe('LOCKED');
    expect(statusAfter(doorTransitions, 'paint', 'SHUT')).toBe('SHUT');
  });
});
