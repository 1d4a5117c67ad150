import { dayOneBeginsAt, dayOneEndsAt, playDayOne } from '@anju/demonstration';
import { newId } from '@anju/kernel';
import { describeWithBroker } from '@anju/testing-kafka';
import { lookAt } from './chaos/evidence';
import { outcomeOf, signIn, type Visitor } from './graph-client';
import { startPlatformOfProcesses, type Platform } from './platform';

const people = 12;
const commandsEach = 5;

describeWithBroker('day one with two replicas of complaints and two of reception', () => {
  let platform: Platform;
  let desk: Visitor[];

  beforeAll(async () => {
    platform = await startPlatformOfProcesses(dayOneBeginsAt, { replicas: { complaints: 2, reception: 2 } });
    await playDayOne(platform.teller, platform.setting);
    desk = await Promise.all(
      Array.from({ length: people }, () => signIn(platform, ['FRONT_DESK', 'SERVICE_SUPERVISOR'])),
    );
  }, 600_000);

  afterAll(() => platform?.close());

  /** Everybody at once, each one command after the other; which replica gets it is the gateway's choice. */
  async function allAtOnce(
    field: string,
    input: (person: number, turn: number) => object,
    selection?: string,
  ): Promise<Record<string, unknown>[]> {
    const answers = await Promise.all(
      desk.map(async (visitor, person) => {
        const own: Record<string, unknown>[] = [];
        for (let turn = 0; turn < commandsEach; turn += 1) {
          const answer = await visitor.command(
            field,
            { ...input(person, turn), idempotencyKey: newId() },
            selection,
          );
          expect(outcomeOf(answer, field)).toBe('DONE');
          own.push(answer.data![field] as Record<string, unknown>);
        }
        return own;
      }),
    );
    return answers.flat();
  }

  it('ends when it has to, with no deadline twice, no number twice and nothing lost', async () => {
    await platform.running.settled();
    const now = await platform.running.now();
    expect(now).toEqual(dayOneEndsAt);
    const { findings, deadlines, events } = await lookAt(platform.running, now);
    expect(findings).toEqual({ lost: [], doubled: [], outOfOrder: [] });
    expect(deadlines).toBeGreaterThan(0);
    expect(events).toBeGreaterThan(100);
  });

  it('loses no update where many people work at one record through both replicas', async () => {
    const { projectId, buildingIds } = platform.setting;
    const filed = await desk[0]!.command(
      'fileComplaint',
      {
        projectId,
        causeClass: 'CLASS_2',
        topic: 'NOISE',
        content: '夜间施工',
        channel: 'PATROL',
        buildingId: buildingIds.get('6'),
      },
      '... on Complaint { id }',
    );
    const { id } = filed.data!['fileComplaint'] as { id: string };
    const acknowledged = await desk[1]!.command('acknowledgeComplaint', {
      id,
      channel: 'PHONE',
      thanksGiven: true,
      responsibleDepartment: 'EQUIPMENT',
      handlerId: platform.teller.staffId('linfang'),
    });
    expect(outcomeOf(acknowledged, 'acknowledgeComplaint')).toBe('DONE');
    const words = (person: number, turn: number): string => `第${person}人第${turn}次跟进`;
    await allAtOnce('recordComplaintProgress', (person, turn) => ({
      id,
      text: words(person, turn),
      toldBy: 'PHONE',
    }));
    const { data } = await desk[0]!.ask(
      'query($id: ID!) { complaint(id: $id) { version progress { text } history { command } } }',
      { id },
    );
    const seen = data!['complaint'] as {
      version: number;
      progress: { text: string }[];
      history: { command: string }[];
    };
    const expected = desk.flatMap((_, person) =>
      Array.from({ length: commandsEach }, (__, turn) => words(person, turn)),
    );
    expect(seen.progress.map(({ text }) => text).sort()).toEqual(expected.sort());
    expect(seen.version).toBe(2 + people * commandsEach);
    expect(seen.history).toHaveLength(2 + people * commandsEach);
  });

  it('gives numbers without a gap to contacts that both replicas take at once', async () => {
    const { projectId, buildingIds } = platform.setting;
    const contacts = await allAtOnce(
      'recordInteraction',
      () => ({
        projectId,
        channel: 'PHONE',
        callerName: '过路人',
        buildingId: buildingIds.get('6'),
        content: '电梯什么时候修好',
        topic: 'LIFT',
        facts: { matter: 'QUESTION', wantsToComplain: false },
      }),
      '... on Interaction { number }',
    );
    const numbers = contacts.map(({ number }) => Number(String(number).slice(-3))).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index));
  });

  it('takes the events of all this in once and in order', async () => {
    await platform.running.settled();
    const { findings } = await lookAt(platform.running, await platform.running.now());
    expect(findings).toEqual({ lost: [], doubled: [], outOfOrder: [] });
  });
});
