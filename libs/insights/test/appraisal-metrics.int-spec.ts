import { appraisalEvents, communicationsEvents, type EventData, type EventEnvelope } from '@anju/events';
import type { Principal } from '@anju/access';
import { newId } from '@anju/kernel';
import { rule } from '@anju/testing';
import { event, InsightsStage, reader } from './insights-stage';

type Kind = EventData<typeof appraisalEvents.appraisalOpened>['kind'];

const by = newId();
const operational = newId();
const management = newId();

function scheme(schemeId: string, level: 'OPERATIONAL' | 'MANAGEMENT'): EventEnvelope {
  return event(appraisalEvents.schemeVersionAdded, schemeId, {
    ...{ schemeId, projectId: null, level, position: null, by, at: '2026-01-01T01:00:00.000Z' },
    ...{ version: 1, effectiveFrom: '2026-01-01' },
  });
}

interface Sheet {
  projectId: string | null;
  total: string;
  schemeId?: string;
  kind?: Kind;
  answer?: 'ACKNOWLEDGED' | 'UNANSWERED' | 'NONE' | 'CANCELLED' | { appealLeaves: string };
}

/** A sheet of March, announced on 2 April, and what the employee said. */
function sheet({
  projectId,
  total,
  schemeId = operational,
  kind = 'MONTHLY',
  answer = 'ACKNOWLEDGED',
}: Sheet): EventEnvelope[] {
  const appraisalId = newId();
  const about = {
    ...{ appraisalId, projectId, staffId: newId(), kind },
    ...{ periodFrom: '2026-03-01', periodTo: '2026-03-31', at: '2026-04-02T02:00:00.000Z' },
  };
  const opened = { ...about, by, schemeId, schemeVersion: 1 };
  const announced = { ...about, by, total, answerDueAt: '2026-04-10T02:00:00.000Z' };
  const then = { ...about, at: '2026-04-03T02:00:00.000Z', total };
  const answers =
    answer === 'ACKNOWLEDGED'
      ? [event(appraisalEvents.appraisalAcknowledged, appraisalId, { ...then, by })]
      : answer === 'UNANSWERED'
        ? [event(appraisalEvents.appraisalUnanswered, appraisalId, then)]
        : typeof answer === 'object'
          ? [
              event(appraisalEvents.appraisalAppealed, appraisalId, { ...then, by }),
              event(appraisalEvents.appealDecided, appraisalId, {
                ...{ ...then, by, totalBefore: total, total: answer.appealLeaves },
                outcome: answer.appealLeaves === total ? 'DISMISSED' : 'GRANTED',
              }),
            ]
          : [];
  return [
    event(appraisalEvents.appraisalOpened, appraisalId, opened),
    ...(answer === 'CANCELLED'
      ? [event(appraisalEvents.appraisalCancelled, appraisalId, { ...about, by })]
      : [event(appraisalEvents.appraisalAnnounced, appraisalId, announced)]),
    ...answers,
  ];
}

describe('metrics of appraisal and communications', () => {
  let stage: InsightsStage;
  beforeAll(async () => {
    stage = await InsightsStage.open(new Date('2026-04-20T01:00:00Z'));
  });
  afterAll(() => stage.close());

  const everything = { from: '2026-01-01', to: '2026-12-31' };
  const mean = (projectId: string, dimensions = ['kind', 'level']) =>
    stage.metrics(reader('BI_READER', projectId), {
      ...{ ...everything, metrics: ['appraisal_mean_total'], dimensions },
    });

  rule('INS-04', 'a group shows its mean and never one of its members', async () => {
    const projectId = newId();
    const fourth = [95, 96, 97, 98].flatMap((total) => sheet({ projectId, total: `${total}.00` }));
    const manager = sheet({ projectId, total: '88.00', schemeId: management });
    const spotChecks = [1, 2, 3, 4, 5].flatMap(() =>
      sheet({ projectId, total: '50.00', kind: 'SPOT_CHECK' }),
    );
    const cancelled = sheet({ projectId, total: '100.00', answer: 'CANCELLED' });
    // The schemes are told of last: another key of the topic, and no order between the two.
    await stage.hear([...fourth, ...manager, ...spotChecks, ...cancelled]);
    await stage.hear([scheme(operational, 'OPERATIONAL'), scheme(management, 'MANAGEMENT')]);
    expect(await mean(projectId)).toEqual({});
    expect(await mean(projectId, [])).toEqual({ appraisal_mean_total: '0/0' });

    await stage.hear(sheet({ projectId, total: '99.00', answer: 'UNANSWERED' }));
    // The one manager is in no sum either, so that nothing is left when the others are taken away.
    expect(await mean(projectId)).toEqual({ 'appraisal_mean_total MONTHLY OPERATIONAL': '485.00/5' });
    expect(await mean(projectId, [])).toEqual({ appraisal_mean_total: '485.00/5' });
  });

  rule('INS-04', 'a mean that is still to change is not shown: its change would be one person', async () => {
    const projectId = newId();
    const five = [95, 96, 97, 98, 99].flatMap((total) => sheet({ projectId, total: `${total}.00` }));
    await stage.hear([scheme(operational, 'OPERATIONAL'), ...five]);
    const open = sheet({ projectId, total: '60.00', answer: { appealLeaves: '65.00' } });
    const decided = open.pop()!;
    await stage.hear(open);
    expect(await mean(projectId)).toEqual({});
    await stage.hear([decided]);
    expect(await mean(projectId)).toEqual({ 'appraisal_mean_total MONTHLY OPERATIONAL': '550.00/6' });
    expect(
      await stage.metrics(reader('BI_READER', projectId), {
        ...everything,
        metrics: ['appeals_granted', 'appraisals_appealed'],
      }),
    ).toEqual({
      appraisals_appealed: '1',
      appeals_granted: '1/1',
    });
  });

  rule('INS-04', 'how small a group may be is set for the organisation and for a project', async () => {
    const projectId = newId();
    await stage.hear([1, 2, 3].flatMap(() => sheet({ projectId, total: '90.00' })));
    const override = (of: string | null, size: number) =>
      stage.service.dataSource.query(
        `insert into policy_version (id, project_id, status, number, based_on, values, reason, drafted_by, drafted_at,
                                     version, created_at, updated_at)
         values ($1, $2, 'IN_FORCE', 1, 0, $3, 'test', 'test', now(), 1, now(), now())`,
        [newId(), of, { smallestStaffGroup: size }],
      );
    await override(null, 3);
    expect(await mean(projectId, [])).toEqual({ appraisal_mean_total: '270.00/3' });
    await override(projectId, 4);
    expect(await mean(projectId, [])).toEqual({ appraisal_mean_total: '0/0' });
    await stage.service.dataSource.query('truncate policy_version');
  });

  rule('APR-10', 'evidence by its kind, and what became of it; of nobody by name', async () => {
    const projectId = newId();
    const evidence = (end: 'SCORED' | 'DISMISSED' | 'WITHDRAWN' | null): EventEnvelope[] => {
      const evidenceId = newId();
      const kind = 'CLOCK_MISSED' as const;
      const about = { evidenceId, projectId, staffId: newId(), kind, at: '2026-03-04T02:00:00.000Z' };
      const source = { context: 'complaints', subjectId: newId(), code: 'RESPONSE', satisfaction: null };
      const scored = { direction: 'DEDUCTION', item: 'EFFICIENCY', points: '1' } as const;
      const arrived = { ...about, ...source, suggestion: scored, occurredAt: about.at };
      return [
        event(appraisalEvents.evidenceArrived, evidenceId, arrived),
        ...(end === 'SCORED'
          ? [
              event(appraisalEvents.evidenceScored, evidenceId, {
                ...about,
                by,
                appraisalId: newId(),
                scored,
              }),
            ]
          : []),
        ...(end === 'DISMISSED'
          ? [event(appraisalEvents.evidenceDismissed, evidenceId, { ...about, by })]
          : []),
        ...(end === 'WITHDRAWN' ? [event(appraisalEvents.evidenceWithdrawn, evidenceId, about)] : []),
      ];
    };
    await stage.hear(
      [null, 'SCORED', 'DISMISSED', 'WITHDRAWN', 'SCORED'].flatMap((end) => evidence(end as 'SCORED')),
    );
    const metrics = ['evidence_arrived', 'evidence_decided', 'evidence_waiting'];
    expect(
      await stage.metrics(reader('BI_READER', projectId), {
        ...everything,
        metrics,
        dimensions: ['kind', 'decision'],
      }),
    ).toEqual({
      'evidence_arrived CLOCK_MISSED': '5',
      'evidence_decided CLOCK_MISSED DISMISSED': '1',
      'evidence_decided CLOCK_MISSED SCORED': '2',
      'evidence_waiting CLOCK_MISSED': '1',
    });
  });

  it('shows what belongs to the whole organisation to those who see all projects', async () => {
    await stage.hear(
      [1, 2, 3, 4, 5].flatMap(() => sheet({ projectId: null, total: '90.00', kind: 'MONTHLY_CHECK' })),
    );
    const asked = { ...everything, metrics: ['appraisals_announced'], dimensions: ['kind'] };
    expect(await stage.metrics(reader('BI_READER', newId()), asked)).toEqual({});
    const all: Principal = { ...reader('BI_READER'), roles: [{ role: 'BI_READER', projectIds: 'ALL' }] };
    expect((await stage.metrics(all, asked))['appraisals_announced MONTHLY_CHECK']).toBe('5');
  });

  rule(['COM-02', 'COM-05'], 'words to customers, messages and their copies, visits', async () => {
    const projectId = newId();
    const at = '2026-03-05T02:00:00.000Z';
    const word = (kind: 'REPLY' | 'NOTICE', channel: 'PHONE' | 'SMS') => {
      const wordId = newId();
      return event(communicationsEvents.customerWordRecorded, wordId, {
        ...{ wordId, projectId, customerIds: [newId()], kind, channel, saidAt: at, by, at },
        ...{ subject: 'INTERACTION', subjectId: newId() },
      });
    };
    const messageId = newId();
    const about = { messageId, projectId, channel: 'SMS', purpose: 'SERVICE_NOTICE', at } as const;
    const copy = () => ({ ...about, deliveryId: newId(), customerId: newId() });
    const [delivered, failed, skipped] = [copy(), copy(), copy()];
    const visit = { visitId: newId(), projectId, customerId: newId(), unitId: null, by, at };
    const story = [
      ...[word('REPLY', 'PHONE'), word('REPLY', 'PHONE'), word('NOTICE', 'SMS')],
      event(communicationsEvents.messageDelivered, delivered.deliveryId, { ...delivered, attempts: 1 }),
      event(communicationsEvents.deliveryFailed, failed.deliveryId, {
        ...failed,
        attempts: 3,
        outcome: 'REJECTED',
      }),
      event(communicationsEvents.deliverySkipped, skipped.deliveryId, { ...skipped, reason: 'NO_CONSENT' }),
      event(communicationsEvents.messageSent, messageId, {
        ...about,
        revision: 1,
        delivered: 1,
        failed: 1,
        skipped: 1,
      }),
      event(communicationsEvents.customerVisitRecorded, visit.visitId, {
        ...visit,
        visitedAt: at,
        inDepth: true,
        suggestions: 1,
      }),
    ];
    await stage.hear(story);
    const asked = {
      ...everything,
      metrics: [
        'customer_words',
        'messages_sent',
        'message_copies_delivered',
        'message_copies_failed',
        'message_copies_skipped',
        'customer_visits',
      ],
      dimensions: ['kind', 'reason', 'depth'],
    };
    const bi = reader('BI_READER', projectId);
    const counted = {
      'customer_words NOTICE': '1',
      'customer_words REPLY': '2',
      messages_sent: '1',
      message_copies_delivered: '1',
      message_copies_failed: '1',
      'message_copies_skipped NO_CONSENT': '1',
      'customer_visits IN_DEPTH': '1',
    };
    expect(await stage.metrics(bi, asked)).toEqual(counted);
    await stage.forget();
    await stage.hear([...story].reverse());
    expect(await stage.metrics(bi, asked)).toEqual(counted);
  });
});
