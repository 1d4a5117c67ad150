import { newId } from '@anju/kernel';
import {
  commandsOf,
  graphSchema,
  oneOf,
  queriesOf,
  sideBySide,
  variablesOf,
  type Leaf,
  type Operation,
} from './bad-input-schema';
import { Stage } from './bad-input-stage';
import { placeOf, stageTime, takenOnTrust } from './bad-input-values';
import { contentsOf, knownCodes, outcomeOf, type Answer } from './graph-client';
import { startPlatform, type Platform } from './platform';

const schema = graphSchema();
/** The clock of a demonstration is moved as far as somebody wants; nobody does in production. */
const commands = commandsOf(schema).filter(({ name }) => name !== 'moveClock');
const queries = queriesOf(schema);
const operations = [...commands, ...queries];

let platform: Platform;
let stage: Stage;

beforeAll(async () => {
  platform = await startPlatform(stageTime);
  stage = await Stage.open(platform);
}, 240_000);

afterAll(() => platform?.close());

interface Try {
  readonly operation: Operation;
  /** What is given another value. */
  readonly leaves: readonly Leaf[];
  readonly value: unknown;
}

async function attempt({ operation, leaves, value }: Try): Promise<Answer> {
  const good = await stage.valuesFor(operation);
  const variables = variablesOf(operation, (leaf) => (leaves.includes(leaf) ? value : good(leaf)));
  return stage.everybody.ask(operation.text, variables);
}

function described({ operation, leaves, value }: Try): string {
  const places = leaves.map((leaf) => placeOf(operation, leaf)).join(', ');
  return `${places || operation.name} = ${(JSON.stringify(value) ?? '').slice(0, 40)}`;
}

/** Not what leads to the field that is meant: that is the argument of another operation. */
function isItsOwn({ path }: Leaf): boolean {
  return !String(path[0]).includes('_');
}

/** The same value in all fields that take it, of every operation that has any. */
function inAllFields(values: readonly unknown[], takes: (leaf: Leaf) => boolean): Try[] {
  return operations.flatMap((operation) => {
    const leaves = operation.leaves.filter((leaf) => isItsOwn(leaf) && takes(leaf));
    return leaves.length > 0 ? values.map((value) => ({ operation, leaves, value })) : [];
  });
}

/** Not more of them in one request than its size allows. */
function inParts(leaves: readonly Leaf[], most: number): Leaf[][] {
  return Array.from({ length: Math.ceil(leaves.length / most) }, (_, n) =>
    leaves.slice(n * most, (n + 1) * most),
  );
}

/** The value in one field after the other. */
function inEachField(values: readonly unknown[], takes: (leaf: Leaf) => boolean): Try[] {
  return inAllFields(values, takes).flatMap(({ leaves, ...one }) =>
    leaves.map((leaf) => ({ ...one, leaves: [leaf] })),
  );
}

const ofType =
  (...types: readonly string[]) =>
  (leaf: Leaf): boolean =>
    types.includes(leaf.type);

/** Refused for its form alone, before anything is read or written. @returns what is wrong with the answer */
function notRefusedForItsForm(answer: Answer): string | null {
  const codes = new Set(answer.errors.map(({ extensions }) => extensions.code));
  if (codes.size === 1 && codes.has('BAD_USER_INPUT')) return null;
  return JSON.stringify(answer.errors[0] ?? answer.data).slice(0, 300);
}

/** The fields that the answer names as wrong. */
function fieldsNamed({ errors }: Answer): Set<string> {
  return new Set(errors.flatMap(({ extensions }) => extensions.problems?.map(({ field }) => field) ?? []));
}

async function expectNothingOf(
  tries: readonly Try[],
  judge: (answer: Answer, one: Try) => string | null = notRefusedForItsForm,
): Promise<void> {
  await sideBySide(tries, async ({ operation }) => void (await stage.valuesFor(operation)));
  const before = await contentsOf(platform);
  const wrong: string[] = [];
  await sideBySide(tries, async (one) => {
    const verdict = judge(await attempt(one), one);
    if (verdict !== null) wrong.push(`${described(one)}: ${verdict}`);
  });
  expect(wrong).toEqual([]);
  expect(await contentsOf(platform)).toEqual(before);
}

/** As `expectNothingOf`, and each of the fields is named. */
function eachFieldNamed(answer: Answer, { leaves }: Try): string | null {
  const wrong = notRefusedForItsForm(answer);
  if (wrong !== null) return wrong;
  const named = fieldsNamed(answer);
  const unnamed = leaves.filter(({ path }) => !named.has(path.join('.')));
  return unnamed.length > 0 ? `names only ${[...named].join(', ')}` : null;
}

describe('an input whose form is wrong is refused, and nothing comes of it', () => {
  it('with control characters and halves of characters in its texts', async () => {
    await expectNothingOf(inAllFields(['王\u0000\ud83d', '\u001b[2J'], ofType('String')), eachFieldNamed);
  });

  it('with texts of 30,000 characters', async () => {
    const tries = inAllFields(['王'.repeat(30_000)], ofType('String'))
      .filter(({ operation }) => operation.name !== 'appendToImport')
      .flatMap(({ leaves, ...one }) => inParts(leaves, 8).map((part) => ({ ...one, leaves: part })));
    await expectNothingOf(tries, eachFieldNamed);
  });

  it('with ids that are none', async () => {
    await expectNothingOf(inAllFields(["' or '1'='1", ''], ofType('ID')), eachFieldNamed);
  });

  it('with days and instants that are not in the calendar', async () => {
    await expectNothingOf([
      ...inAllFields(['2026-02-30', '9999-12-31', 'tomorrow'], ofType('Date')),
      ...inAllFields(
        ['2026-02-30T09:00:00Z', '9999-12-31T00:00:00Z', '2026-03-02T09:00:00'],
        ofType('DateTime'),
      ),
    ]);
  });

  it('with amounts that are none', async () => {
    await expectNothingOf(
      inAllFields(['NaN', '1e3', '12.34567', '1234567890123456', 12.5], ofType('Decimal')),
    );
  });

  it('with words that an enum does not have', async () => {
    await expectNothingOf(inAllFields(['NO_SUCH_WORD', 1], ({ firstWord }) => firstWord !== null));
  });

  it('with values of another kind', async () => {
    await expectNothingOf([
      ...inAllFields([{ a: 1 }], () => true),
      ...inAllFields(['1', 1.5, 2 ** 31], ofType('Int')),
      ...inAllFields(['1'], ofType('Float')),
      ...inAllFields(['true', 1], ofType('Boolean')),
    ]);
  });

  it('with pages of a size that there is not', async () => {
    await expectNothingOf(
      inEachField([0, -1, 101], ({ path }) => path[0] === 'first'),
      eachFieldNamed,
    );
  });

  it('without what it has to have', async () => {
    const required = inEachField([undefined], ({ isOptional, path }) => !isOptional && path.at(-1) !== 0);
    await expectNothingOf([...required, ...required.map((one) => ({ ...one, value: null }))]);
  });
});

describe('an id of nothing', () => {
  it('is told so, by a code or a refusal, and nothing comes of it', async () => {
    const tries = commands.flatMap((operation) =>
      operation.leaves
        .filter((leaf) => leaf.type === 'ID' && !takenOnTrust.has(placeOf(operation, leaf)))
        .map((leaf) => ({ operation, leaves: [leaf], value: newId() })),
    );
    const before = await contentsOf(platform);
    const wrong: string[] = [];
    // All at once: a command waits a while for what the directory may just have registered.
    await Promise.all(
      tries.map(async (one) => {
        const answer = await attempt(one);
        const outcome = outcomeOf(answer, one.operation.root);
        if (outcome === 'DONE' || !knownCodes.has(outcome)) wrong.push(`${described(one)}: ${outcome}`);
      }),
    );
    expect(wrong).toEqual([]);
    expect(await contentsOf(platform)).toEqual(before);
  });
});

describe('an input that is strange, but of the right form', () => {
  /**
   * Tries, and says what was no answer that a client can know. What is done makes something new for the next try,
   * which takes several requests: every fourth is tried, and all of them with `ANJU_ALL_JOURNEYS=true`.
   */
  async function unknownAnswersTo(tries: readonly Try[]): Promise<string[]> {
    const wrong: string[] = [];
    await sideBySide(oneOf(4, tries), async (one) => {
      const { operation } = one;
      const answer = await attempt(one);
      const outcome = outcomeOf(answer, operation.root);
      if (operation.kind === 'mutation' && outcome === 'DONE') stage.used(operation);
      const codes = [outcome, ...answer.errors.map(({ extensions }) => extensions.code)];
      const unknown = codes.filter(
        (code) => code !== 'DONE' && (!knownCodes.has(code) || code === 'INTERNAL_SERVER_ERROR'),
      );
      if (unknown.length > 0) wrong.push(`${described(one)}: ${unknown[0]}`);
    });
    return wrong;
  }

  it('has an answer that clients can know: texts', async () => {
    const hostile = `👨‍👩‍👧'; drop table customer; --") { __typename } %_\\ $1 :id {{7*7}} \u202e`;
    const differing = Array.from({ length: 1_900 }, (_, n) =>
      String.fromCodePoint(0x4e00 + ((n * 7_919) % 20_000)),
    );
    expect(
      await unknownAnswersTo([
        ...inAllFields(['', '   '], ofType('String')),
        ...inEachField([hostile, differing.join('')], ofType('String')),
      ]),
    ).toEqual([]);
  });

  it('has an answer that clients can know: times', async () => {
    expect(
      await unknownAnswersTo([
        ...inEachField(['1900-01-01', '2200-12-31'], ofType('Date')),
        ...inEachField(['1900-01-01T00:00:00Z', '2200-12-31T23:59:59-14:00'], ofType('DateTime')),
      ]),
    ).toEqual([]);
  });

  it('has an answer that clients can know: numbers', async () => {
    expect(
      await unknownAnswersTo([
        ...inEachField(['-0.01', '0.0001', '999999999999999.9999'], ofType('Decimal')),
        ...inEachField([-1, 0, 2 ** 31 - 1], ofType('Int')),
        ...inEachField([-1, 1e308, 1e-308], ofType('Float')),
      ]),
    ).toEqual([]);
  });

  it('has an answer that clients can know: nothing where something may be left out', async () => {
    expect(await unknownAnswersTo(inEachField([null], ({ isOptional }) => isOptional))).toEqual([]);
  });

  it('has an answer that clients can know: cursors of other lists, or of nobody', async () => {
    const forged = (value: unknown, id = newId()): string =>
      Buffer.from(JSON.stringify([value, id])).toString('base64url');
    const cursors = await Promise.all(
      ['customers', 'interactions', 'duties'].map(async (list) => {
        const { data } = await stage.everybody.ask(`{ ${list}(first: 1) { pageInfo { endCursor } } }`);
        return (data![list] as { pageInfo: { endCursor: string } }).pageInfo.endCursor;
      }),
    );
    const isCursor = ({ path }: Leaf): boolean => path[0] === 'after';
    expect(
      await unknownAnswersTo(
        inEachField(
          [
            ...[
              ...cursors,
              'garbage',
              forged('1'),
              forged('2026-13-45'),
              forged('a\u0000b'),
              forged('\ud83d'),
            ],
            ...[
              forged("' or 1=1 --"),
              forged('2026-03-02', 'not-an-id'),
              forged(null),
              forged('9'.repeat(500)),
            ],
          ],
          isCursor,
        ),
      ),
    ).toEqual([]);
    await expectNothingOf(inEachField(['garbage', forged(1), forged('x', 'not-an-id')], isCursor));
  });

  it('leaves nothing behind that cannot be read', async () => {
    const wrong: string[] = [];
    await sideBySide(queries, async (operation) => {
      const { errors } = await attempt({ operation, leaves: [], value: null });
      if (errors.length > 0) wrong.push(`${operation.name}: ${JSON.stringify(errors[0])}`);
    });
    expect(wrong).toEqual([]);
  });
});

describe('all that', () => {
  it('met no fault of ours', () => {
    const faults = platform.logged().filter((line) => line.startsWith('error'));
    expect([...new Set(faults.map((line) => line.replace(/"(requestId|eventId)":"[^"]*",?/g, '')))]).toEqual(
      [],
    );
  });

  it('was tried on everything that commands work on', () => {
    const types = new Set(commands.map(({ answers }) => answers));
    expect([...types].filter((type) => !stage.types.includes(type))).toEqual([]);
  });
});
