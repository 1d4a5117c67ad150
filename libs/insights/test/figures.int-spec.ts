import {
  complaintsEvents,
  receptionEvents,
  salesEvents,
  type EventData,
  type EventEnvelope,
} from '@anju/events';
import { newId } from '@anju/kernel';
import type { Principal } from '@anju/access';
import { leastStatements } from '@anju/testing';
import { event, InsightsStage, project, reader } from './insights-stage';

const staff = newId();

interface Figures {
  day: string;
  all: { id: string; label: string; value: string }[];
}

function contact(projectId: string, receivedAt: string, closedAt?: string): EventEnvelope[] {
  const interactionId = newId();
  const about = { interactionId, projectId, ownerId: staff };
  const details = { unitId: null, buildingId: null, customerIds: [], topic: null, receivedAt };
  const by = { receivedBy: staff, by: staff, at: receivedAt };
  return [
    event(receptionEvents.interactionRecorded, interactionId, {
      ...{ ...about, ...details, receivedBy: staff, at: receivedAt },
      ...{ number: 'JX-20260302-001', channel: 'PHONE', proposedClass: 'VENDOR' },
    }),
    event(receptionEvents.interactionClassified, interactionId, {
      ...{ ...about, ...details, ...by, class: 'VENDOR', previousClass: null, proposedClass: 'VENDOR' },
      ...{ asProposed: true, causeClass: null, facts: [], namedStaffIds: [], channel: 'PHONE' },
    }),
    ...(closedAt
      ? [
          event(receptionEvents.interactionClosed, interactionId, {
            ...{ ...about, class: 'VENDOR', channel: 'PHONE', receivedAt, itemCount: 1 },
            ...{ by: staff, at: closedAt },
          }),
        ]
      : []),
  ];
}

function receipt(projectId: string, at: string, method: 'CASH' | 'CARD', amount: string): EventEnvelope {
  const receiptId = newId();
  return event(receptionEvents.receiptIssued, receiptId, {
    ...{ receiptId, projectId, number: 'JX-R-20260302-001', unitId: newId(), payerId: newId() },
    ...{ forCustomerId: newId(), amount, method, covers: [], prepaid: '0.00', collectedBy: 'DESK' },
    ...{ shiftId: null, invoiceToFollow: false, by: staff, at },
  });
}

function workOrder(projectId: string, issuedAt: string, overdueAt: string, doneAt?: string): EventEnvelope[] {
  const workOrderId = newId();
  const order = {
    ...{ workOrderId, projectId, interactionId: newId(), unitId: null, departmentCode: 'EQUIPMENT' },
    technicianId: null,
  };
  const agreed = { agreedFromAt: issuedAt, agreedToAt: overdueAt };
  return [
    event(receptionEvents.workOrderIssued, workOrderId, {
      ...order,
      ...agreed,
      estimate: null,
      by: staff,
      at: issuedAt,
    }),
    event(receptionEvents.workOrderOverdue, workOrderId, {
      ...{ ...order, ...agreed, at: overdueAt, missedAppointments: 1, entersRegister: true },
    }),
    ...(doneAt
      ? [
          event(receptionEvents.workOrderDone, workOrderId, {
            ...{ ...order, issuedAt, agreedToAt: overdueAt, onTime: false, companyMoves: 0 },
            ...{ leavesRegister: true, by: staff, at: doneAt },
          }),
        ]
      : []),
  ];
}

function complaint(
  projectId: string,
  at: string,
  severity: 'GENERAL' | 'MAJOR',
  missedAt?: string,
): EventEnvelope[] {
  const complaintId = newId();
  const about = { complaintId, projectId };
  const received: EventData<typeof complaintsEvents.complaintReceived> = {
    ...{ ...about, by: staff, at, number: 'JX-C20260302-001', causeClass: 'CLASS_1', severity },
    ...{ severityReasons: [], facts: [], topic: 'LIFT', unitId: null, buildingId: null, channel: 'PHONE' },
    ...{ receivedAt: at, customerIds: [], groupSize: 0, interactionIds: [], responsibleDepartment: null },
    ...{ handlerId: null, namedStaffIds: [], cameFromComplaintId: null, responseDueAt: at },
    ...{ demandFormDueAt: null, answersNeedApproval: false, becomesHotAt: at, becomesMajorAt: at },
  };
  const clock = {
    clock: 'RESPONSE',
    sequence: 1,
    forSeverity: null,
    causeClass: 'CLASS_1',
    severity,
  } as const;
  const nobody = { responsibleDepartment: null, handlerId: null };
  return [
    event(complaintsEvents.complaintReceived, complaintId, received),
    ...(missedAt
      ? [
          event(complaintsEvents.complaintClockMissed, complaintId, {
            ...{ ...about, ...clock, ...nobody, startedAt: at, dueAt: missedAt, at: missedAt },
          }),
        ]
      : []),
  ];
}

function contract(projectId: string, at: string, total: string): EventEnvelope {
  const contractId = newId();
  return event(salesEvents.contractSigned, contractId, {
    ...{ contractId, projectId, saleId: newId(), unitId: newId(), at, buyers: [], area: '89.32' },
    ...{ unitPrice: '1.00', listTotal: total, discountTotal: '0.00', total, loanKind: null },
    ...{ number: 'JX-HT20260302-001', consultantId: staff, filingDueAt: at, by: staff },
  });
}

describe('the figures of a project', () => {
  const [jx, york, empty, foreign] = [newId(), newId(), newId(), newId()];
  let stage: InsightsStage;

  beforeAll(async () => {
    // 18:30 in Shanghai, 06:30 in New York.
    stage = await InsightsStage.open(new Date('2026-03-02T10:30:00Z'));
    await stage.hear([
      ...contact(jx, '2026-03-02T01:02:00.000Z', '2026-03-02T02:55:00.000Z'),
      ...contact(jx, '2026-03-01T16:00:00.000Z'),
      ...contact(jx, '2026-03-01T15:59:59.000Z', '2026-03-02T01:00:00.000Z'),
      ...contact(york, '2026-03-02T04:59:59.000Z'),
      ...contact(york, '2026-03-02T05:00:00.000Z'),
      receipt(jx, '2026-03-02T05:20:00.000Z', 'CASH', '840.50'),
      receipt(jx, '2026-03-02T05:30:00.000Z', 'CARD', '100.00'),
      receipt(jx, '2026-03-01T05:30:00.000Z', 'CASH', '7.00'),
      ...workOrder(jx, '2026-03-02T01:00:00.000Z', '2026-03-02T03:00:00.000Z'),
      ...workOrder(jx, '2026-03-02T01:00:00.000Z', '2026-03-02T03:00:00.000Z', '2026-03-02T04:00:00.000Z'),
      ...complaint(jx, '2026-03-02T02:05:00.000Z', 'MAJOR'),
      ...complaint(jx, '2026-02-27T02:05:00.000Z', 'GENERAL', '2026-03-02T02:05:00.000Z'),
      contract(jx, '2026-02-28T16:00:00.000Z', '1200000.00'),
      contract(jx, '2026-02-28T15:59:59.000Z', '900000.00'),
    ]);
    await stage.hearOfDirectory([project(jx, 'Asia/Shanghai'), project(york, 'America/New_York')]);
  });
  afterAll(() => stage.close());

  const read = async (principal: Principal, ...ids: string[]): Promise<(Figures | null)[]> => {
    const representations = ids.map((id) => ({ __typename: 'Project', id }));
    const { _entities } = await stage.ask<{ _entities: { figures: Figures | null }[] }>(
      principal,
      `query($representations: [_Any!]!) { _entities(representations: $representations) {
         ... on Project { figures { day all { id label value } } } } }`,
      { representations },
    );
    return _entities.map(({ figures }) => figures);
  };
  const valuesOf = (figures: Figures | null | undefined) =>
    Object.fromEntries((figures?.all ?? []).map(({ id, value }) => [id, value]));

  it('are of its own day and month', async () => {
    const [ofJx, ofYork, ofEmpty] = await read(reader('OFFICE_DIRECTOR', jx, york, empty), jx, york, empty);
    expect(ofJx!.day).toBe('2026-03-02');
    expect(ofJx!.all[0]).toMatchObject({ id: 'contacts_received_today', label: 'Contacts today' });
    expect(valuesOf(ofJx)).toEqual({
      contacts_received_today: '2',
      contacts_closed_today: '2',
      contacts_open: '1',
      service_items_open: '1',
      work_orders_under_way: '1',
      work_orders_overdue_now: '1',
      follow_ups_open: '0',
      complaints_received_today: '1',
      complaints_open_general: '1',
      complaints_open_hot: '0',
      complaints_open_major: '1',
      clocks_missed_today: '1',
      fees_collected_today: '940.50',
      cash_collected_today: '840.50',
      leads_received_today: '0',
      leads_open: '0',
      units_subscribed_this_month: '0',
      contracts_signed_this_month: '1',
      contracts_amount_this_month: '1200000.00',
      contracts_awaiting_filing: '2',
      filings_overdue_now: '0',
      mortgages_under_way: '0',
      customer_words_today: '0',
    });
    expect(valuesOf(ofYork)).toMatchObject({ contacts_received_today: '1', contacts_open: '2' });
    expect(new Set(Object.values(valuesOf(ofEmpty)))).toEqual(new Set(['0']));
  });

  it('are of the next day after midnight', async () => {
    stage.clock.moveTo(new Date('2026-03-02T16:00:00Z'));
    const [figures] = await read(reader('BI_READER', jx), jx);
    expect(figures!.day).toBe('2026-03-03');
    expect(valuesOf(figures)).toMatchObject({ contacts_received_today: '0', contacts_open: '1' });
  });

  it("are nothing outside the reader's projects, and forbidden without metrics", async () => {
    const [own, other] = await read(reader('BI_READER', jx), jx, foreign);
    expect(own).not.toBeNull();
    expect(other).toBeNull();
    const refused = stage.ask(
      reader('FRONT_DESK', jx),
      '{ _entities(representations: [{ __typename: "Project", id: "x" }]) { ... on Project { figures { day } } } }',
    );
    await expect(refused).rejects.toThrow('FORBIDDEN');
  });

  it('of many projects are one statement', async () => {
    const many = Array.from({ length: 40 }, () => newId());
    const count = await leastStatements(async () => {
      const figures = await read(reader('BI_READER', jx, york, ...many), jx, york, ...many);
      expect(figures.filter((one) => one !== null)).toHaveLength(42);
    });
    expect(count).toBe(1);
  });
});
