import {
  checkEvents,
  checkNumbers,
  checkSales,
  checkTallies,
  nothingFound,
  tally,
  type ExpectedConsumer,
  type InboxRow,
  type OutboxRow,
} from './checker';

const recorded = 'interaction-recorded.v1';
const classified = 'interaction-classified.v1';
const consumers: ExpectedConsumer[] = [
  { name: 'insights.facts', types: new Set([recorded, classified]) },
  { name: 'complaints.intake', types: new Set([classified]) },
];
const outbox: OutboxRow[] = [
  { id: 'e1', context: 'reception', type: recorded, subject: 'tap', seq: 1 },
  { id: 'e2', context: 'reception', type: recorded, subject: 'lift', seq: 2 },
  { id: 'e3', context: 'reception', type: classified, subject: 'tap', seq: 3 },
  { id: 'e4', context: 'reception', type: classified, subject: 'lift', seq: 4 },
];

function taken(consumer: string, ...ids: string[]): InboxRow[] {
  return ids.map((eventId, seq) => ({ consumer, eventId, seq }));
}

const intake = taken('complaints.intake', 'e3', 'e4');

describe('the checker of a chaos run', () => {
  it('finds nothing where each event was taken in once, those of an aggregate in order', () => {
    const facts = taken('insights.facts', 'e2', 'e4', 'e1', 'e3');
    expect(checkEvents(consumers, outbox, [...facts, ...intake])).toEqual(nothingFound);
  });

  it('finds a lost event, for the consumer that lost it alone', () => {
    const facts = taken('insights.facts', 'e1', 'e2', 'e3');
    expect(checkEvents(consumers, outbox, [...facts, ...intake])).toEqual({
      ...nothingFound,
      lost: ['insights.facts never took in interaction-classified.v1 e4 of lift'],
    });
  });

  it('finds a doubled event', () => {
    const facts = taken('insights.facts', 'e1', 'e2', 'e3', 'e3', 'e4');
    expect(checkEvents(consumers, outbox, [...facts, ...intake])).toEqual({
      ...nothingFound,
      doubled: ['insights.facts took in interaction-classified.v1 e3 2 times'],
    });
  });

  it('finds two events of an aggregate that were swapped, by where they were taken in and not by the rows', () => {
    const facts = taken('insights.facts', 'e3', 'e2', 'e1', 'e4');
    expect(checkEvents(consumers, outbox, [...intake, ...facts].reverse())).toEqual({
      ...nothingFound,
      outOfOrder: [
        'insights.facts took in interaction-classified.v1 of reception tap before the earlier interaction-recorded.v1',
      ],
    });
  });

  it('finds what nobody committed, what is for others, and a consumer that nobody defined', () => {
    const facts = taken('insights.facts', 'e1', 'e2', 'e3', 'e4', 'e5');
    const others = taken('complaints.intake', 'e1', 'e3', 'e4');
    const { doubled } = checkEvents(consumers, outbox, [...facts, ...others, ...taken('old.one', 'e1')]);
    expect(doubled).toEqual([
      'old.one takes in events and is not defined',
      'insights.facts took in e5, which nobody committed for it',
      'complaints.intake took in e1, which nobody committed for it',
    ]);
  });

  it('tells effects that are missing from those that are there too often', () => {
    const tallies = tally(['case of tap', 'case of lift', 'case of wall'], ['case of lift', 'case of lift']);
    expect(checkTallies(tallies)).toEqual({
      lost: ['case of tap: 0 instead of 1', 'case of wall: 0 instead of 1'],
      doubled: ['case of lift: 2 instead of 1'],
      outOfOrder: [],
    });
  });

  it('finds a number that was left out and one that was given twice, each series and day for itself', () => {
    const numbers = ['JX-20260302-001', 'JX-20260302-003', 'JX-20260302-003', 'JX-20260303-001'].map(
      (number) => ({ kind: 'contact', number }),
    );
    expect(checkNumbers(numbers)).toEqual({
      lost: ['contact JX-20260302-2: 0 instead of 1'],
      doubled: ['contact JX-20260302-3: 2 instead of 1'],
      outOfOrder: [],
    });
    expect(checkNumbers([{ kind: 'case', number: 'JX-C20260302-001' }])).toEqual(nothingFound);
  });

  describe('of sales', () => {
    const sold = { id: 's1', unitId: 'u1', claimsUnit: true, isPending: false, steps: 1 };
    const gone = { id: 's2', unitId: 'u2', claimsUnit: false, isPending: false, steps: 2 };
    const steps = [
      { saleId: 's1', sequence: 1 },
      { saleId: 's2', sequence: 1 },
      { saleId: 's2', sequence: 2 },
    ];
    const heldUnits = [{ unitId: 'u1', saleId: 's1' }];
    const rest = { sales: [sold, gone], heldUnits, requested: steps, answered: steps };

    it('finds nothing where each step has its answer and each home its one holder', () => {
      expect(checkSales(rest)).toEqual(nothingFound);
    });

    it('finds a sale that waits, and the answer that it waits for', () => {
      const sales = [{ ...sold, isPending: true }, gone];
      expect(checkSales({ ...rest, sales, answered: steps.slice(1) }).lost).toEqual([
        'end of the waiting of sale s1: 0 instead of 1',
        'answer to step 1 of sale s1: 0 instead of 1',
      ]);
    });

    it('finds a step that was answered twice', () => {
      expect(checkSales({ ...rest, answered: [...steps, steps[0]!] }).doubled).toEqual([
        'answer to step 1 of sale s1: 2 instead of 1',
      ]);
    });

    it('finds a home that is held by a sale that is over, and one that its sale lacks', () => {
      const held = [{ unitId: 'u2', saleId: 's2' }];
      const { lost, doubled } = checkSales({ ...rest, heldUnits: held });
      expect(doubled).toEqual(['home u2 held by s2: 1 instead of 0']);
      expect(lost).toEqual(['home u1 held by s1: 0 instead of 1', 'holders of home u2: 0 instead of 1']);
    });

    it('finds two sales of one home', () => {
      const sales = [sold, { ...gone, unitId: 'u1', claimsUnit: true }];
      const { lost, doubled } = checkSales({ ...rest, sales });
      expect([...lost, ...doubled]).toEqual([
        'home u1 held by s2: 0 instead of 1',
        'holders of home u1: 2 instead of 1',
      ]);
    });
  });
});
