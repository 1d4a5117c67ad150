import { newId } from '@anju/kernel';
import {
  commandsOf,
  graphSchema,
  queriesOf,
  sideBySide,
  variablesOf,
  type Leaf,
  type Operation,
} from './bad-input-schema';
import { onceKnown, type Stage } from './bad-input-stage';
import { placeOf, stageTime, takenOnTrust } from './bad-input-values';
import { contentsOf, outcomeOf, type Answer, type Visitor } from './graph-client';
import { otherCode, otherIdentityNumber, otherMark, TwoProjects } from './other-project-stage';
import { fieldsAskedFor, fieldsOf, readingsOf } from './other-project-schema';
import { startPlatform, type Platform } from './platform';

const schema = graphSchema();
const readings = readingsOf(schema);
const queries = queriesOf(schema);
const commands = commandsOf(schema).filter(({ name }) => name !== 'moveClock');

let platform: Platform;
let projects: TwoProjects;
/** The other project, with something of everything. */
let there: Stage;
let idsOfOther: ReadonlySet<string>;
const seen = { before: new Map<string, string>(), after: new Map<string, string>() };
/** What was done in the other project, each command with a key of its own. */
const done: { readonly operation: Operation; readonly variables: object; readonly answer: Answer }[] = [];

/** All that the reader is answered who gives nothing but ids of his own project. */
async function readAll(into: Map<string, string>): Promise<void> {
  await platform.running.settled();
  await sideBySide([...readings, ...queries], async (operation) => {
    const good = await projects.here.valuesFor(operation);
    const given = (leaf: Leaf): unknown =>
      leaf.isOptional && leaf.path[0] !== 'input' ? undefined : good(leaf);
    const { text } = await projects.reader.ask(operation.text, variablesOf(operation, given));
    into.set(operation.name, text);
  });
}

function isKey({ path }: Leaf): boolean {
  return path.at(-1) === 'idempotencyKey';
}

/** What every project of the company sees. */
const ofTheWholeCompany: ReadonlySet<string> = new Set(['Organisation', 'AppraisalScheme']);

/** Commands whose form has a key for trying again; what belongs to the company is changed for all of it. */
const keyed = commands.filter(({ leaves, answers }) => leaves.some(isKey) && !ofTheWholeCompany.has(answers));

async function doEverythingThere(): Promise<void> {
  await sideBySide(keyed, async (operation) => {
    const good = await there.valuesFor(operation);
    const variables = variablesOf(operation, (leaf) =>
      isKey(leaf) ? `there ${operation.name}` : good(leaf),
    );
    const answer = await onceKnown(() => projects.manager.ask(operation.text, variables));
    if (outcomeOf(answer, operation.root) === 'DONE') there.used(operation);
    done.push({ operation, variables, answer });
  });
}

beforeAll(async () => {
  platform = await startPlatform(stageTime);
  projects = await TwoProjects.open(platform);
  await readAll(seen.before);
  there = await projects.live();
  await doEverythingThere();
  idsOfOther = await projects.idsOfOther();
  await readAll(seen.after);
}, 240_000);

afterAll(() => platform?.close());

/** What of the other project is in a text, and where. @param known what was given by the reader himself */
function tracesIn(text: string, known = ''): string[] {
  return [otherMark, `${otherCode}-`, ...idsOfOther]
    .filter((trace) => text.includes(trace) && !known.includes(trace))
    .map((trace) => `${trace} in ${text.slice(Math.max(0, text.indexOf(trace) - 100)).slice(0, 200)}`);
}

/** Something of the other project in the place of one leaf, and what is nothing of any project. */
interface Try {
  readonly operation: Operation;
  readonly leaf: Leaf;
  readonly foreign: string;
  readonly nothing: string;
}

/** Ids of what belongs to the whole company, or is taken on trust. */
function isNoProjects({ operation, leaf }: Pick<Try, 'operation' | 'leaf'>): boolean {
  const place = placeOf(operation, leaf);
  if (ofTheWholeCompany.has(operation.answers) || leaf.path.at(-1) === 'organisationId') return true;
  return takenOnTrust.has(place) || ofTheCompany.has(place);
}

/** Employees are the company's: a superior, and one whom a complaint names, may work elsewhere. */
const ofTheCompany: ReadonlySet<string> = new Set([
  'registerStaff.supervisorId',
  'assignSupervisor.supervisorId',
  'nameComplaintStaff.staffIds',
  'fileComplaint.namedStaffIds',
  'confirmInteractionClass.complaint.namedStaffIds',
  'reclassifyInteraction.complaint.namedStaffIds',
]);

async function triesOfIds(operations: readonly Operation[]): Promise<Try[]> {
  const tries: Try[] = [];
  await sideBySide(operations, async (operation) => {
    const foreignOf = await there.valuesFor(operation);
    await projects.here.valuesFor(operation);
    for (const leaf of operation.leaves) {
      if (leaf.type !== 'ID' || isNoProjects({ operation, leaf })) continue;
      const foreign = foreignOf({ ...leaf, isOptional: false }) as string;
      tries.push({ operation, leaf, foreign, nothing: newId() });
    }
  });
  return tries;
}

/**
 * By what somebody may look for things of the other project, by the name of the field: each with what has its form and
 * is nowhere.
 */
const searches: Readonly<Record<string, readonly (readonly [foreign: string, nothing: string])[]>> = {
  search: [
    [otherMark, '雲壺'],
    ['13677770001', '13688880001'],
    ['77-7-7707', '88-8-8808'],
  ],
  name: [[otherMark, '雲壺']],
  code: [[otherCode, 'QQ']],
  phone: [['13677770001', '13688880001']],
  identityNumber: [[otherIdentityNumber, '110105199003070017']],
  home: [['77-7-7707', '88-8-8808']],
  number: [
    [`${otherCode}-20260302-001`, 'QQ-20260302-001'],
    [`${otherCode}-C20260302-001`, 'QQ-C20260302-001'],
    [`${otherCode}-R-20260302-001`, 'QQ-R-20260302-001'],
    ...['HT', 'L', 'S', 'M'].map(
      (series) => [`${otherCode}-${series}20260302-001`, `QQ-${series}20260302-001`] as const,
    ),
    ['7707', '8808'],
    ['77', '88'],
    ['9', '98'],
  ],
  // Not every contract of the stage is signed.
  onlineSigningNumber: Array.from({ length: 9 }, (_, index) => {
    const number = `HT20260302-00${index + 1}`;
    return [`WQ-${otherCode}-${number}`, `WQ-QQ-${number}`] as const;
  }),
};

/** These hold words that all projects have. */
const wordsOfAll: ReadonlySet<string> = new Set([
  ...[
    'departmentCode',
    'position',
    'topic',
    'topics',
    'month',
    'dimensions',
    'prefix',
    'locale',
    'unitTypeCode',
  ],
]);

/** What is found shows in how much it is, and in nothing that could be recognised. */
const tellsNumbersOnly: ReadonlySet<string> = new Set(['complaintOverview']);

const placesOfSearches = queries.flatMap((operation) =>
  operation.leaves
    .filter(({ type, path }) => type === 'String' && path[0] !== 'after' && !wordsOfAll.has(nameOf(path)))
    .map((leaf) => ({ operation, leaf })),
);

function nameOf(path: Leaf['path']): string {
  return path.findLast((step) => typeof step === 'string') as string;
}

const triesOfSearches: readonly Try[] = placesOfSearches.flatMap(({ operation, leaf }) =>
  (searches[nameOf(leaf.path)] ?? []).map(([foreign, nothing]) => ({ operation, leaf, foreign, nothing })),
);

/** The answer to a value in that place; the value itself is not in it. */
async function answerTo(visitor: Visitor, { operation, leaf }: Try, value: string): Promise<Answer> {
  const good = await projects.here.valuesFor(operation);
  const isLeftOut = (one: Leaf): boolean => operation.kind === 'query' && one.isOptional;
  const variables = variablesOf(operation, (one) =>
    one === leaf ? value : isLeftOut(one) ? undefined : good(one),
  );
  const answer = await visitor.ask(operation.text, variables);
  return { ...answer, text: answer.text.replaceAll(value, 'THE VALUE') };
}

/** Those that are answered otherwise than nothing is, or with anything of the other project. */
async function telling(tries: readonly Try[]): Promise<string[]> {
  const before = await contentsOf(platform);
  const wrong: string[] = [];
  // All at once: a command waits a while for what the directory may just have registered.
  await Promise.all(
    tries.map(async (one) => {
      const [foreign, nothing] = await Promise.all([
        answerTo(projects.reader, one, one.foreign),
        answerTo(projects.reader, one, one.nothing),
      ]);
      const place = `${placeOf(one.operation, one.leaf)} = ${one.foreign}`;
      if (foreign.text !== nothing.text) wrong.push(`${place}: ${foreign.text} / ${nothing.text}`);
      wrong.push(...tracesIn(foreign.text).map((trace) => `${place}: ${trace}`));
      const { kind, root } = one.operation;
      if (kind === 'mutation' && outcomeOf(foreign, root) === 'DONE') wrong.push(`${place} is done`);
    }),
  );
  if (wrong.length === 0) expect(await contentsOf(platform)).toEqual(before);
  return wrong;
}

describe('who has roles in one project', () => {
  it('reads the same, whatever happens in another', () => {
    const different = [...seen.after].filter(([name, text]) => seen.before.get(name) !== text);
    expect(different.map(([name, text]) => `${name}: ${seen.before.get(name)} / ${text}`)).toEqual([]);
  });

  it('reads nothing of another in any field', () => {
    const wrong = [...seen.after].flatMap(([name, text]) =>
      tracesIn(text).map((trace) => `${name}: ${trace}`),
    );
    expect(wrong).toEqual([]);
  });

  it('is answered about an id of another as about one of nothing', async () => {
    expect(await telling(await triesOfIds(queries))).toEqual([]);
  });

  it('finds nothing of another by searching for it', async () => {
    expect(await telling(triesOfSearches)).toEqual([]);
  });

  it('does nothing to what is another’s, and does not learn whether it is there', async () => {
    expect(await telling(await triesOfIds(commands))).toEqual([]);
  });

  it('gets no answer that was given in another by the key under which it was given', async () => {
    const before = await contentsOf(platform);
    const wrong: string[] = [];
    await Promise.all(
      done.map(async ({ operation, variables }) => {
        const answer = await projects.reader.ask(operation.text, variables);
        if (outcomeOf(answer, operation.root) === 'DONE') wrong.push(`${operation.name} is done`);
        const traces = tracesIn(answer.text, JSON.stringify(variables));
        wrong.push(...traces.map((trace) => `${operation.name}: ${trace}`));
      }),
    );
    expect(wrong).toEqual([]);
    expect(await contentsOf(platform)).toEqual(before);
  });
});

describe('all that', () => {
  it('was asked for every field', () => {
    const asked = fieldsAskedFor(schema, [...readings, ...queries]);
    expect([...fieldsOf(schema)].filter((field) => !asked.has(field))).toEqual([]);
  });

  it('was tried with things that are there', async () => {
    const guessed = new Set<string>();
    await sideBySide([...queries, ...commands], async (operation) => {
      const foreignOf = await there.valuesFor(operation);
      for (const leaf of operation.leaves) {
        const value = (): unknown => foreignOf({ ...leaf, isOptional: false });
        // What the stage does not know is another id each time.
        if (leaf.type === 'ID' && new Set([value(), value()]).size > 1) guessed.add(placeOf(operation, leaf));
      }
    });
    expect([...guessed].filter((place) => !takenOnTrust.has(place))).toEqual([]);
  });

  it('was looked for by what it is found by', async () => {
    const found = new Set<string>();
    await sideBySide(triesOfSearches, async (one) => {
      const { text } = await answerTo(projects.manager, one, one.foreign);
      if (tracesIn(text).length > 0) found.add(placeOf(one.operation, one.leaf));
    });
    // Below another field there are only things of 锦绣花园.
    const lists = placesOfSearches.filter(
      ({ operation: { name, root } }) => name === root && !tellsNumbersOnly.has(name),
    );
    const places = lists.map(({ operation, leaf }) => placeOf(operation, leaf));
    expect(places.filter((place) => !found.has(place))).toEqual([]);
  });

  it('comes after every command was given, and answered, in the other project', () => {
    const failed = done.filter(({ answer }) => answer.errors.length > 0);
    expect(failed.map(({ operation, answer }) => `${operation.name}: ${answer.text}`)).toEqual([]);
  });
});
