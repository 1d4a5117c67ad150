import { Money } from '@anju/kernel';
import {
  accepted,
  asStored,
  at,
  factsOf,
  refusal,
  rule,
  unreachableStatuses,
  wrongCells,
} from '@anju/testing';
import {
  acceptShiftHandover,
  countDrawer,
  disputeShiftHandover,
  drawerDifferences,
  handOverShift,
  openShift,
  shiftStatuses,
  shiftTransitions,
  type Drawer,
  type ShiftState,
} from './shift';

const openedAt = at('2026-03-02 09:00');
const closing = at('2026-03-02 18:00');
const first = { id: 'shift-1', projectId: 'jx', staffId: 'zhou', previous: null, reason: null };
const expected: Drawer = { cash: '360.00', receipts: 1, goods: [{ code: 'UMBRELLA', quantity: 4 }] };

const opened = accepted(openShift(first, openedAt));

const count = (state: ShiftState, change: Partial<Drawer> = {}, system = expected, time = closing) => {
  const { cash, ...rest } = { ...expected, ...change };
  return countDrawer(state, { counted: { ...rest, cash: Money.of(cash) }, by: 'zhou' }, system, time);
};
const handover = { by: 'zhou', explanation: null, specialNotes: ['6栋电梯投诉待回复'], openMatters: [] };
const handOver = (
  state: ShiftState,
  change: Partial<Parameters<typeof handOverShift>[1]> = {},
  system = expected,
) => handOverShift(state, { ...handover, ...change }, system, closing);

const counted = accepted(count(opened));
const handed = accepted(handOver(counted));
const accept = (state: ShiftState, by = 'he') => acceptShiftHandover(state, { by }, closing);
const dispute = (state: ShiftState, by = 'he') =>
  disputeShiftHandover(state, { by, reason: '少一把伞' }, closing);

describe('opening a shift', () => {
  rule('REC-23', 'the first shift opens over nothing', () => {
    expect(opened).toMatchObject({ status: 'OPEN', staffId: 'zhou', openedAt, openedOverReason: null });
  });

  rule('REC-23', 'over an accepted handover it opens without a word', () => {
    const previous = { shiftId: 'shift-1', status: 'ACCEPTED' } as const;
    const decision = openShift({ ...first, id: 'shift-2', previous, reason: '多余' }, closing);
    expect(accepted(decision).openedOverReason).toBeNull();
    expect(factsOf(decision)[0]).toMatchObject({ overShiftId: null });
  });

  rule.each(['OPEN', 'HANDED_OVER', 'DISPUTED'] as const)(
    'REC-23',
    'over a shift that is %s it opens only with a reason',
    (status) => {
      const previous = { shiftId: 'shift-1', status };
      for (const reason of [null, ' ']) {
        expect(refusal(openShift({ ...first, previous, reason }, closing))).toEqual({
          code: 'SHIFT_HANDOVER_NOT_ACCEPTED',
          data: { previousShiftId: 'shift-1', status },
        });
      }
      const decision = openShift({ ...first, previous, reason: '前班已离岗' }, closing);
      expect(accepted(decision).openedOverReason).toBe('前班已离岗');
      expect(factsOf(decision)[0]).toMatchObject({ type: 'ShiftOpened', overShiftId: 'shift-1' });
    },
  );
});

describe('counting the drawer', () => {
  rule('REC-23', 'what agrees has no differences', () => {
    expect(counted.count).toMatchObject({ differences: [], by: 'zhou', countedAt: closing });
    expect(drawerDifferences({ ...expected, cash: '360' }, expected)).toEqual([]);
  });

  rule('REC-23', 'every difference is listed, to the cent', () => {
    const found: Drawer = {
      cash: '359.99',
      receipts: 2,
      goods: [
        { code: 'UMBRELLA', quantity: 3 },
        { code: 'TROLLEY', quantity: 1 },
      ],
    };
    expect(
      drawerDifferences(found, { ...expected, goods: [...expected.goods, { code: 'TORCH', quantity: 1 }] }),
    ).toEqual([
      { of: 'CASH', expected: '360.00', counted: '359.99', difference: '-0.01' },
      { of: 'RECEIPTS', expected: 1, counted: 2 },
      { of: 'GOODS', code: 'UMBRELLA', expected: 4, counted: 3 },
      { of: 'GOODS', code: 'TORCH', expected: 1, counted: 0 },
      { of: 'GOODS', code: 'TROLLEY', expected: 0, counted: 1 },
    ]);
  });

  rule('REC-23', 'goods listed in two places are counted together', () => {
    const goods = [
      { code: 'UMBRELLA', quantity: 3 },
      { code: 'UMBRELLA', quantity: 1 },
    ];
    expect(drawerDifferences({ ...expected, goods }, expected)).toEqual([]);
  });

  rule('REC-23', 'an empty drawer can be counted', () => {
    const nothing = { cash: '0.00', receipts: 0, goods: [{ code: 'UMBRELLA', quantity: 0 }] };
    expect(accepted(count(opened, nothing, nothing)).count?.differences).toEqual([]);
  });

  rule('REC-23', 'nothing is counted below nothing', () => {
    const less: readonly Partial<Drawer>[] = [
      { cash: '-0.01' },
      { receipts: -1 },
      { goods: [{ code: 'UMBRELLA', quantity: -1 }] },
    ];
    expect(less.map((change) => refusal(count(opened, change)))).toEqual([
      { code: 'SHIFT_COUNT_NEGATIVE', data: { what: 'cash' } },
      { code: 'SHIFT_COUNT_NEGATIVE', data: { what: 'receipts' } },
      { code: 'SHIFT_COUNT_NEGATIVE', data: { what: 'UMBRELLA' } },
    ]);
  });
});

describe('handing a shift over', () => {
  rule('REC-23', 'cash equals receipts, one special note: handed over, and the next shift accepts', () => {
    const openMatters = [
      { interactionId: 'interaction-4', note: null },
      { interactionId: null, note: '快递代收' },
    ];
    const decision = handOver(counted, { openMatters });
    expect(factsOf(decision)).toEqual([
      {
        type: 'ShiftHandedOver',
        shiftId: 'shift-1',
        projectId: 'jx',
        staffId: 'zhou',
        openedAt,
        cashExpected: '360.00',
        cashCounted: '360.00',
        receiptsExpected: 1,
        receiptsCounted: 1,
        differences: 0,
        specialNotes: 1,
        openInteractionIds: ['interaction-4'],
        at: closing,
      },
    ]);
    const taken = accept(accepted(decision));
    expect(accepted(taken)).toMatchObject({ status: 'ACCEPTED', answeredBy: 'he', answeredAt: closing });
    expect(factsOf(taken)).toEqual([
      {
        type: 'ShiftHandoverAccepted',
        shiftId: 'shift-1',
        projectId: 'jx',
        staffId: 'zhou',
        by: 'he',
        at: closing,
      },
    ]);
  });

  rule('REC-23', 'not before the drawer is counted', () => {
    expect(refusal(handOver(opened)).code).toBe('SHIFT_NOT_COUNTED');
  });

  rule('REC-23', 'a difference has to be explained', () => {
    const short = accepted(count(opened, { cash: '350.00' }));
    expect(refusal(handOver(short, { explanation: ' ' }))).toEqual({
      code: 'SHIFT_DIFFERENCE_NOT_EXPLAINED',
      data: { differences: [{ of: 'CASH', expected: '360.00', counted: '350.00', difference: '-10.00' }] },
    });
    const explained = handOver(short, { explanation: '找零有误,已报财务' });
    expect(accepted(explained).explanation).toBe('找零有误,已报财务');
    expect(factsOf(explained)[0]).toMatchObject({ cashCounted: '350.00', differences: 1 });
    expect(accepted(handOver(counted, { explanation: '无差异' })).explanation).toBeNull();
  });

  rule('REC-23', 'a payment after the count asks for another count', () => {
    const now = { ...expected, cash: '540.00', receipts: 2 };
    expect(refusal(handOver(counted, {}, now))).toEqual({
      code: 'SHIFT_COUNT_OUTDATED',
      data: { countedAt: closing },
    });
    const again = accepted(count(counted, now, now));
    expect(accepted(handOver(again, {}, now)).status).toBe('HANDED_OVER');
  });

  rule('REC-23', 'everybody hands over his own shift, and nobody accepts or disputes his own', () => {
    expect(refusal(handOver(counted, { by: 'he' })).code).toBe('SHIFT_OF_ANOTHER');
    expect(refusal(accept(handed, 'zhou'))).toEqual({ code: 'OWN_HANDOVER', data: { staffId: 'zhou' } });
    expect(refusal(dispute(handed, 'zhou')).code).toBe('OWN_HANDOVER');
  });

  rule('REC-23', 'a disputed handover is counted and handed over again, and can then be accepted', () => {
    const disputed = accepted(dispute(handed));
    expect(disputed).toMatchObject({ status: 'DISPUTED', answeredBy: 'he', disputeReason: '少一把伞' });
    expect(refusal(accept(disputed)).code).toBe('SHIFT_NOT_IN_REQUIRED_STATUS');
    const goods = [{ code: 'UMBRELLA', quantity: 3 }];
    const recounted = accepted(count(disputed, { goods }));
    const again = accepted(handOver(recounted, { explanation: '一把借出' }));
    expect(again).toMatchObject({ status: 'HANDED_OVER', answeredBy: null, disputeReason: null });
    expect(accepted(accept(again)).status).toBe('ACCEPTED');
  });

  rule('REC-23', 'a dispute says why', () => {
    expect(refusal(disputeShiftHandover(handed, { by: 'he', reason: '' }, closing)).code).toBe(
      'RECEPTION_TEXT_MISSING',
    );
  });
});

describe('status and command', () => {
  const states = {
    OPEN: counted,
    HANDED_OVER: handed,
    ACCEPTED: accepted(accept(handed)),
    DISPUTED: accepted(dispute(handed)),
  };

  rule('REC-23', 'a shift goes its way, and no other', () => {
    expect(
      wrongCells({
        table: shiftTransitions,
        states,
        commands: {
          count: (state) => count(state),
          handOver: (state) => handOver(state),
          acceptHandover: (state) => accept(state),
          disputeHandover: (state) => dispute(state),
        },
      }),
    ).toEqual([]);
  });

  rule('REC-23', 'every status of a shift can be reached', () => {
    expect(unreachableStatuses(shiftTransitions, shiftStatuses)).toEqual([]);
  });

  rule('REC-23', 'a shift comes back from the database as it was', () => {
    for (const state of Object.values(states)) expect(asStored(state)).toEqual(state);
  });
});
