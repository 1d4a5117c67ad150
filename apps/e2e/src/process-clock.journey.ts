import { until } from '@anju/testing';
import type { Answer, Visitor } from './graph-client';
import { build, DataDirectory, freePort, stagingMillis, type Ended, type Run } from './process-stage';

const shanghai = (text: string): string => new Date(`${text}:00+08:00`).toISOString();

interface HistoryRow {
  readonly aggregate_id: string;
  readonly command: string;
  readonly at: Date;
}

/** Contacts and complaints that nobody deals with, so that everything falls due in months of leisure. */
const neglected = { contacts: 20, complaints: 10 };
const move = 'mutation($to: DateTime!) { moveClock(to: $to) { now } }';

async function command(visitor: Visitor, field: string, entity: string, input: object): Promise<string> {
  const { data, errors } = await visitor.command(
    field,
    input,
    `... on ${entity} { id } ... on Refusal { code }`,
  );
  const answer = data?.[field] as { id?: string } | undefined;
  if (!answer?.id) throw new Error(`${field}: ${JSON.stringify([data, errors])}`);
  return answer.id;
}

/** One data directory, on which one start follows the other, each with a later clock. */
describe('a clock that stands', () => {
  let directory: DataDirectory;
  const seen: {
    beforeStory?: { output: string; answer: unknown };
    leisure?: { answer: unknown; fired: readonly HistoryRow[]; pending: number };
    movedBack?: Answer;
    movedByOthers?: Answer;
    movedToYear9999?: Answer;
    missed?: { complaintId: string; clocks: unknown; fired: readonly HistoryRow[] };
    tooEarly?: Ended;
    amidStory?: { output: string; answer: unknown };
    letGo?: { output: string; answer: Answer };
    afterStory?: { movedBefore: Answer; moved: Answer; output: string; answer: unknown };
  } = {};

  const moveTo = (admin: Visitor, to: string): Promise<Answer> => admin.ask(move, { to });

  const firedInComplaints = async (): Promise<HistoryRow[]> =>
    directory.query(
      'complaints',
      `select aggregate_id, command, at from history where command like 'deadline:%' order by id`,
    );

  async function projectId(run: Run): Promise<string> {
    const { projects } = await directory.ask<{ projects: { nodes: { id: string }[] } }>(
      run,
      'admin',
      '{ projects { nodes { id } } }',
    );
    return projects.nodes[0]!.id;
  }

  async function complain(desk: Visitor, project: string, content: string): Promise<string> {
    return command(desk, 'fileComplaint', 'Complaint', {
      projectId: project,
      causeClass: 'CLASS_1',
      topic: 'LIFT',
      content,
      channel: 'PHONE',
    });
  }

  async function neglect(desk: Visitor, project: string): Promise<void> {
    for (let count = 0; count < neglected.contacts; count += 1) {
      const interactionId = await command(desk, 'recordInteraction', 'Interaction', {
        projectId: project,
        channel: 'PHONE',
        callerName: '过路人',
        callbackContact: '13812345678',
        content: `路灯不亮 ${count}`,
        topic: 'LIGHTING',
        facts: { matter: 'FAULT' },
      });
      if (count % 3 === 0) await command(desk, 'confirmInteractionClass', 'Interaction', { interactionId });
    }
    for (let count = 0; count < neglected.complaints; count += 1) {
      await complain(desk, project, `电梯 ${count}`);
    }
  }

  async function beforeTheStory(): Promise<string> {
    const run = directory.start('--clock', shanghai('2025-07-01T09:00'));
    const answer = await directory.ask(
      run,
      'zhoumin',
      '{ demonstrationClock { now } interactions { totalCount } }',
    );
    seen.beforeStory = { output: run.output, answer };
    const admin = await directory.visitor(run, 'admin');
    const desk = await directory.visitor(run, 'zhoumin');
    const project = await projectId(run);
    await neglect(desk, project);
    const to = shanghai('2026-02-13T17:00');
    const { data } = await moveTo(admin, to);
    const pending = await directory.count('complaints', 'deadline', `fired_at is null and due_at <= '${to}'`);
    seen.leisure = { answer: data, fired: await firedInComplaints(), pending };
    seen.movedBack = await moveTo(admin, shanghai('2026-02-13T16:59'));
    seen.movedToYear9999 = await moveTo(admin, '9999-12-31T23:59:59Z');
    seen.movedByOthers = await moveTo(desk, shanghai('2026-02-13T18:00'));
    const complaintId = await complain(desk, project, '电梯又停了');
    await run.ends('SIGTERM');
    return complaintId;
  }

  async function afterDowntime(complaintId: string): Promise<void> {
    const run = directory.start('--clock', shanghai('2026-02-24T09:00'));
    const { complaint } = await directory.ask<{ complaint: { clocks: unknown } }>(
      run,
      'linfang',
      'query($id: ID!) { complaint(id: $id) { clocks { kind dueAt status } } }',
      { id: complaintId },
    );
    seen.missed = { complaintId, clocks: complaint.clocks, fired: await firedInComplaints() };
    await moveTo(await directory.visitor(run, 'admin'), shanghai('2026-02-27T10:00'));
    await complain(await directory.visitor(run, 'zhoumin'), await projectId(run), '电梯还是停着');
    await run.ends('SIGKILL');
    seen.tooEarly = await directory.start('--clock', shanghai('2026-02-26T10:00')).ends();
  }

  async function amidTheStory(): Promise<void> {
    const run = directory.start('--clock', shanghai('2026-03-05T09:00'));
    const answer = await directory.ask(run, 'linfang', '{ complaints { totalCount } }');
    seen.amidStory = { output: run.output, answer };
    await run.ends('SIGINT');
  }

  async function letGo(): Promise<void> {
    const run = directory.start();
    const answer = await (await directory.visitor(run, 'admin')).ask('{ demonstrationClock { now } }');
    for (const service of ['complaints', 'reception']) {
      await until(
        `nothing is overdue in ${service}`,
        async () =>
          (await directory.count(service, 'deadline', 'fired_at is null and due_at <= now()')) === 0,
      );
    }
    seen.letGo = { output: run.output, answer };
    await run.ends('SIGTERM');
  }

  async function afterTheStory(): Promise<void> {
    const other = new DataDirectory();
    const port = await freePort();
    const run = other.startOn(port, '--clock', shanghai('2026-04-08T09:00'));
    await run.says('Mon 02/03, 09:02');
    const early = await other.visitorAt(`http://127.0.0.1:${port}/graphql`, 'admin');
    const movedBefore = await moveTo(early, shanghai('2026-04-14T09:00'));
    const query = '{ demonstrationClock { now } complaints { totalCount nodes { status } } }';
    const answer = await other.ask(run, 'linfang', query);
    const moved = await moveTo(await other.visitor(run, 'admin'), shanghai('2026-04-14T09:00'));
    seen.afterStory = { movedBefore, output: run.output, answer, moved };
    await run.ends('SIGTERM');
  }

  beforeAll(async () => {
    build();
    directory = new DataDirectory();
    const oneAfterTheOther = async (): Promise<void> => {
      await afterDowntime(await beforeTheStory());
      await amidTheStory();
      await letGo();
    };
    await Promise.all([oneAfterTheOther(), afterTheStory()]);
  }, stagingMillis);

  afterAll(() => DataDirectory.removeAll());

  it('before the story plays none of it, and stands where it was told', () => {
    const { output, answer } = seen.beforeStory!;
    expect(output).toContain(`stands at ${shanghai('2025-07-01T09:00')}; moved by moveClock`);
    expect(output).not.toContain('Monday 2 March');
    expect(answer).toEqual({
      demonstrationClock: { now: shanghai('2025-07-01T09:00') },
      interactions: { totalCount: 0 },
    });
  });

  it('passes months of due times, each in its turn', () => {
    const { answer, fired, pending } = seen.leisure!;
    expect(answer).toEqual({ moveClock: { now: shanghai('2026-02-13T17:00') } });
    expect(fired.length).toBeGreaterThanOrEqual(neglected.complaints);
    const times = fired.map(({ at }) => at.getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(pending).toBe(0);
  });

  it('is moved by the administrator alone, never back, and not out of the years of this business', () => {
    expect(seen.movedBack!.errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', problems: [{ field: 'to', problem: 'lies in the past' }] } },
    ]);
    expect(seen.movedToYear9999!.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(seen.movedByOthers!.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('carries out at its own time what fell due while the platform was down: on a make-up Saturday', () => {
    const { complaintId, clocks, fired } = seen.missed!;
    const dueAt = shanghai('2026-02-14T17:00');
    expect(clocks).toContainEqual({ kind: 'RESPONSE', dueAt, status: 'MISSED' });
    expect(fired).toContainEqual(expect.objectContaining({ aggregate_id: complaintId, at: new Date(dueAt) }));
  });

  it('never stands before what was recorded, also after a kill that left no note of it', () => {
    expect(seen.tooEarly).toMatchObject({ code: 1, output: '', leftovers: [] });
    expect(seen.tooEarly!.errors).toMatch(
      /^the data in .* have come to 2026-02-27T02:00:00\.000Z already; give a later --clock, or begin anew with --fresh\n$/,
    );
  });

  it('in the middle of the story plays none of it either', () => {
    expect(seen.amidStory!.output).not.toContain('Monday 2 March');
    expect(seen.amidStory!.answer).toEqual({ complaints: { totalCount: neglected.complaints + 2 } });
  });

  it('is followed by the machine’s clock, which carries out what fell due meanwhile, and by no story', () => {
    const { output, answer } = seen.letGo!;
    expect(output).toMatch(/^The story is left out: the data have come to 2026-03-05T01:00:00\.000Z/);
    expect(output).not.toContain('stands at');
    expect(answer.errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  });

  it('after the story plays it first, and stands where it was told', () => {
    const { output, answer } = seen.afterStory!;
    expect(output).toMatch(/^ {2}Thu 02\/04, 17:00 /m);
    expect(output).toContain(`stands at ${shanghai('2026-04-08T09:00')}; moved by moveClock`);
    expect(answer).toEqual({
      demonstrationClock: { now: shanghai('2026-04-08T09:00') },
      complaints: { totalCount: 1, nodes: [{ status: 'CLOSED' }] },
    });
  });

  it('is moved by nobody while the story is played', () => {
    const { movedBefore, moved } = seen.afterStory!;
    expect(movedBefore.errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }]);
    expect(moved.data).toEqual({ moveClock: { now: shanghai('2026-04-14T09:00') } });
  });
});
