import { accept, refuse, statusAfter, wrongStatus, type Decision, type Transitions } from '@anju/kernel';
import { accepted, asStored, at, factsOf, refusal, unreachableStatuses, wrongCells } from './decisions';

type DoorStatus = 'OPEN' | 'SHUT' | 'BRICKED_UP';
type DoorCommand = 'shut' | 'paint';
interface Door {
  readonly status: DoorStatus;
  readonly coats: number;
}

const table: Transitions<DoorStatus, DoorCommand, 'DOOR_NOT_IN_REQUIRED_STATUS'> = {
  refusal: 'DOOR_NOT_IN_REQUIRED_STATUS',
  initial: 'OPEN',
  commands: { shut: { from: ['OPEN'], to: 'SHUT' }, paint: { from: ['OPEN', 'SHUT'], to: 'SAME' } },
};

function carryOut(door: Door, command: DoorCommand): Decision<Door, string> {
  const refused = wrongStatus(table, command, door.status);
  return refused ?? accept({ ...door, status: statusAfter(table, command, door.status) }, command);
}

const open: Door = { status: 'OPEN', coats: 0 };
const states = {
  OPEN: open,
  SHUT: { ...open, status: 'SHUT' },
  BRICKED_UP: { ...open, status: 'BRICKED_UP' },
} as const;
const commands = {
  shut: (door: Door) => carryOut(door, 'shut'),
  paint: (door: Door) => carryOut(door, 'paint'),
};

describe('the answer to a command', () => {
  it('is its state and facts when it had to be accepted', () => {
    expect(accepted(carryOut(open, 'shut'))).toEqual({ status: 'SHUT', coats: 0 });
    expect(factsOf(carryOut(open, 'shut'))).toEqual(['shut']);
    expect(() => refusal(carryOut(open, 'shut'))).toThrow('accepted');
  });

  it('is its refusal when it had to be refused', () => {
    const again = carryOut(states.SHUT, 'shut');
    expect(refusal(again)).toMatchObject({ code: 'DOOR_NOT_IN_REQUIRED_STATUS' });
    expect(() => accepted(again)).toThrow('refused: {"code":"DOOR_NOT_IN_REQUIRED_STATUS"');
    expect(() => factsOf(again)).toThrow('refused');
  });
});

describe('the walk over status and command', () => {
  it('finds nothing where all is as the table says', () => {
    expect(wrongCells({ table, states, commands })).toEqual([]);
  });

  it('names a cell that leads elsewhere, and one that changes the state which it was given', () => {
    const slam = (door: Door): Decision<Door, string> => accept({ ...door, status: 'OPEN' });
    const smear = (door: Door): Decision<Door, string> => {
      (door as { coats: number }).coats += 1;
      return carryOut(door, 'paint');
    };
    expect(wrongCells({ table, states, commands: { ...commands, shut: slam } })).toEqual([
      'shut in OPEN: OPEN instead of SHUT',
      'shut in SHUT: OPEN instead of DOOR_NOT_IN_REQUIRED_STATUS',
      'shut in BRICKED_UP: OPEN instead of DOOR_NOT_IN_REQUIRED_STATUS',
    ]);
    expect(
      wrongCells({ table, states: structuredClone(states), commands: { ...commands, paint: smear } }),
    ).toEqual(['paint in OPEN changes it', 'paint in SHUT changes it', 'paint in BRICKED_UP changes it']);
  });

  it('expects what stands beside the table, for a command or for one of its cells', () => {
    const bolted = (door: Door) => (door.status === 'OPEN' ? carryOut(door, 'shut') : refuse('BOLTED', {}));
    const walk = { table, states, commands: { ...commands, shut: bolted } };
    expect(wrongCells({ ...walk, otherwise: { shut: 'BOLTED' } })).toEqual([]);
    expect(wrongCells({ ...walk, otherwise: { 'shut in SHUT': 'BOLTED' } })).toEqual([
      'shut in BRICKED_UP: BOLTED instead of DOOR_NOT_IN_REQUIRED_STATUS',
    ]);
  });

  it('names an example that is not in its status', () => {
    expect(wrongCells({ table, states: { ...states, SHUT: open }, commands })).toContain(
      'the example of SHUT is OPEN',
    );
  });

  it('names the statuses that nothing leads to', () => {
    expect(unreachableStatuses(table, ['OPEN', 'SHUT', 'BRICKED_UP'])).toEqual(['BRICKED_UP']);
  });
});

it('a stored state has its instants again, and nothing else has changed', () => {
  const state = {
    at: at('2026-03-02 10:00'),
    dueAt: at('2026-03-02 18:00'),
    day: '2026-03-02',
    goneAt: null,
  };
  expect(asStored(state)).toEqual(state);
  expect(state.at.toISOString()).toBe('2026-03-02T02:00:00.000Z');
});
