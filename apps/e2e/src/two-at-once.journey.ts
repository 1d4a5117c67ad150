import { serviceNames } from '@anju/distributed';
import {
  commandsOf,
  graphSchema,
  oneOf,
  sideBySide,
  variablesOf,
  type Leaf,
  type Operation,
} from './bad-input-schema';
import { Stage } from './bad-input-stage';
import { stageTime } from './bad-input-values';
import { knownCodes, outcomeOf, signIn, type Answer, type Visitor } from './graph-client';
import { startPlatform, type Platform } from './platform';

const commands = commandsOf(graphSchema());
let platform: Platform;
let stage: Stage;

beforeAll(async () => {
  platform = await startPlatform(stageTime);
  stage = await Stage.open(platform);
}, 240_000);

afterAll(() => platform?.close());

function fieldOf({ leaves }: Operation, name: string): Leaf | undefined {
  return leaves.find(({ path }) => path.length === 2 && path[1] === name);
}

/** Variables of a command that has not been carried out on its thing, with what is given put in. */
async function inputOf(operation: Operation, given: Readonly<Record<string, unknown>>): Promise<object> {
  const good = await stage.valuesFor(operation);
  const places = new Map(Object.entries(given).map(([name, value]) => [fieldOf(operation, name), value]));
  return variablesOf(operation, (leaf) => (places.has(leaf) ? places.get(leaf) : good(leaf)));
}

/** How many commands of this name have been carried out so far, but those of the stage. */
async function timesDone({ name }: Operation): Promise<number> {
  const counts = await Promise.all(
    serviceNames.map(async (service) => {
      const [row] = await platform.running.query<{ n: number }>(
        service,
        'select count(*)::int as n from history where command = $1 and actor = $2',
        [name, stage.selfId],
      );
      return row!.n;
    }),
  );
  return counts.reduce((sum, n) => sum + n, 0) - stage.ownCommandsOf(name);
}

function atOnce(operation: Operation, variables: readonly object[]): Promise<Answer[]> {
  return Promise.all(variables.map((one) => stage.everybody.ask(operation.text, one)));
}

function outcomes(answers: readonly Answer[], { root }: Operation): string[] {
  return answers.map((answer) => outcomeOf(answer, root)).sort();
}

describe('the same command twice at once', () => {
  /** Each look at somebody's numbers is a look, and logged as one. */
  const isLook = ({ answers }: Operation): boolean => answers.startsWith('Revealed');
  const withKey = oneOf(
    3,
    commands.filter((one) => fieldOf(one, 'idempotencyKey') && !isLook(one)),
  );

  it('under one key is carried out once, and both are given its answer', async () => {
    const wrong: string[] = [];
    // One after the other: what the stage makes for one meanwhile would be counted with another.
    for (const operation of withKey) {
      const variables = await inputOf(operation, { idempotencyKey: `twice-${operation.name}` });
      const before = await timesDone(operation);
      const [first, second] = await atOnce(operation, [variables, variables]);
      const outcome = outcomeOf(first!, operation.root);
      if (outcome === 'DONE') stage.used(operation);
      const again = await stage.everybody.ask(operation.text, variables);
      const times = (await timesDone(operation)) - before;
      if (outcome !== 'DONE' && !knownCodes.has(outcome)) wrong.push(`${operation.name}: ${first!.text}`);
      // One command on two records: both customers, the evidence and its sheet.
      if (times > (/^(mergeCustomers|scoreEvidence)$/.test(operation.name) ? 2 : 1))
        wrong.push(`${operation.name}: ${times} times`);
      for (const { text } of [second!, again]) {
        if (first!.text !== text) wrong.push(`${operation.name}: ${first!.text} and ${text}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('under one key is refused when the second wants something else', async () => {
    const operation = commands.find(({ name }) => name === 'tellCustomer')!;
    const key = { idempotencyKey: 'one-key-for-two-things' };
    const answers = await atOnce(operation, [
      await inputOf(operation, { ...key, text: '师傅十点到' }),
      await inputOf(operation, { ...key, text: '师傅十一点到' }),
    ]);
    stage.used(operation);
    expect(outcomes(answers, operation)).toEqual(['DONE', 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('under two keys never meets a fault, and a record that is there once is made once', async () => {
    const wrong: string[] = [];
    await sideBySide(withKey, async (operation) => {
      const answers = await atOnce(operation, [
        await inputOf(operation, { idempotencyKey: `a-${operation.name}` }),
        await inputOf(operation, { idempotencyKey: `b-${operation.name}` }),
      ]);
      if (outcomes(answers, operation).includes('DONE')) stage.used(operation);
      const unknown = outcomes(answers, operation).filter((one) => one !== 'DONE' && !knownCodes.has(one));
      if (unknown.length > 0) wrong.push(`${operation.name}: ${unknown.join(', ')}`);
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    ['registerBuilding', 'DIRECTORY_ENTRY_EXISTS', { number: '31' }],
    ['registerUnit', 'DIRECTORY_ENTRY_EXISTS', { number: '3103' }],
    ['registerProject', 'DIRECTORY_ENTRY_EXISTS', { code: 'SC' }],
    ['acceptWorkOrder', 'WORK_ORDER_NOT_IN_REQUIRED_STATUS', {}],
    ['verifyRectification', 'OUT_OF_ORDER_SIGNATURE', {}],
    ['confirmInteractionClass', 'INTERACTION_CLASS_ALREADY_CONFIRMED', {}],
    ['resolveComplaint', 'COMPLAINT_NOT_IN_REQUIRED_STATUS', {}],
    ['cancelReceipt', 'RECEIPT_NOT_IN_REQUIRED_STATUS', {}],
    ['withdrawDuty', 'DUTY_STATUS_OUT_OF_ORDER', {}],
    ['endEmployment', 'STAFF_STATUS_OUT_OF_ORDER', {}],
  ])('%s by two people is done by one; the other learns %s', async (name, refusal, given) => {
    const operation = commands.find((one) => one.name === name)!;
    const variables = await inputOf(operation, given);
    const answers = await atOnce(operation, [variables, variables]);
    stage.used(operation);
    expect(outcomes(answers, operation)).toEqual(['DONE', refusal].sort());
  });

  it('registerCustomer by two people makes one record; the other learns PROBABLE_DUPLICATE', async () => {
    const operation = commands.find(({ name }) => name === 'registerCustomer')!;
    const { projectId } = platform.setting;
    const input = { projectId, kind: 'PERSON', name: '欧阳双', phones: [{ number: '13711112222' }] };
    const answers = await atOnce(operation, [{ input }, { input }]);
    expect(outcomes(answers, operation)).toEqual(['DONE', 'PROBABLE_DUPLICATE']);
  });

  it('chargeManagementFees by two people charges a month once', async () => {
    const operation = commands.find(({ name }) => name === 'chargeManagementFees')!;
    const variables = await inputOf(operation, { month: '2026-08' });
    await atOnce(operation, [variables, variables]);
    const { data } = await stage.everybody.ask('{ feeAccounts { nodes { charges { month } } } }');
    const accounts = (data!['feeAccounts'] as { nodes: { charges: { month: string }[] }[] }).nodes;
    const months = accounts.flatMap(({ charges }) => charges.map(({ month }) => month));
    expect(months.filter((month) => month === '2026-08')).toHaveLength(1);
  });
});

describe('two people on one record', () => {
  const withVersion = oneOf(
    3,
    commands.filter((operation) => fieldOf(operation, 'expectedVersion')),
  );

  it('cannot both change the version that they read: the other is told of a conflict', async () => {
    expect(withVersion.length).toBeGreaterThan(30);
    const wrong: string[] = [];
    for (const operation of withVersion) {
      const stale = await stage.everybody.ask(
        operation.text,
        await inputOf(operation, { expectedVersion: 0 }),
      );
      const { code, version } = stale.errors[0]?.extensions ?? { code: 'DONE' };
      if (code !== 'CONFLICT') {
        wrong.push(`${operation.name} on version 0: ${stale.text}`);
        continue;
      }
      const variables = await inputOf(operation, { expectedVersion: version });
      const before = await timesDone(operation);
      const came = outcomes(await atOnce(operation, [variables, variables]), operation);
      if (came.includes('DONE')) stage.used(operation);
      const isChange = (await timesDone(operation)) > before;
      // Else it is so already, or refused to both. A refusal can be a change too: a slip keeps those it met with.
      if (isChange && came.filter((one) => one === 'CONFLICT').length !== 1)
        wrong.push(`${operation.name}: ${came.join(', ')}`);
      if (came.some((one) => one !== 'DONE' && !knownCodes.has(one)))
        wrong.push(`${operation.name}: ${came.join(', ')}`);
    }
    expect(wrong).toEqual([]);
  });

  it('read it again and go on', async () => {
    const operation = commands.find(({ name }) => name === 'renameCustomer')!;
    const { id } = (await stage
      .valuesFor(operation)
      .then((good) => ({ id: good(fieldOf(operation, 'id')!) }))) as {
      id: string;
    };
    const [agent, colleague] = await Promise.all([
      signIn(platform, ['FRONT_DESK']),
      signIn(platform, ['SERVICE_SUPERVISOR']),
    ]);
    const versionAsRead = async (visitor: Visitor): Promise<number> => {
      const { data } = await visitor.ask('query($id: ID!) { customer(id: $id) { version } }', { id });
      return (data!['customer'] as { version: number }).version;
    };
    const rename = (visitor: Visitor, name: string, expectedVersion: number): Promise<Answer> =>
      visitor.command('renameCustomer', { id, name, expectedVersion });
    const [seenByAgent, seenByColleague] = [await versionAsRead(agent), await versionAsRead(colleague)];
    expect(outcomeOf(await rename(agent, '王秀蓝', seenByAgent), 'renameCustomer')).toBe('DONE');
    const late = await rename(colleague, '王秀岚', seenByColleague);
    expect(late.errors[0]!.extensions).toMatchObject({
      code: 'CONFLICT',
      expectedVersion: seenByColleague,
      version: seenByColleague + 1,
    });
    const again = await rename(colleague, '王秀岚', await versionAsRead(colleague));
    expect(outcomeOf(again, 'renameCustomer')).toBe('DONE');
  });
});

describe('many at once', () => {
  it('have numbers of their own, without a gap', async () => {
    const operation = commands.find(({ name }) => name === 'recordInteraction')!;
    const variables = await inputOf(operation, {});
    const answers = await Promise.all(
      Array.from({ length: 25 }, () => stage.everybody.ask(operation.text, variables)),
    );
    const numbers = answers
      .map(({ data }) => Number((data!['recordInteraction'] as { number: string }).number.slice(-3)))
      .sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, n) => numbers[0]! + n));
  });

  it('met no fault of ours', () => {
    expect(platform.logged().filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
