import { addHours, isRefused } from '@anju/kernel';
import type { Decision } from '@anju/kernel';
import {
  abandonImport,
  appendToImport,
  beginChecking,
  endChecking,
  failImport,
  finishImport,
  importDeadlines,
  importEnded,
  importStatuses,
  importTransitions,
  onImportDeadline,
  runImport,
  startImport,
} from './import-run';
import type { ImportFact, ImportPart, ImportState } from './import-run';
import { defaultDirectoryPolicy as policy } from './policy';
import { accepted, dayOne, problemsOf, refusal } from './testing/builders';

const command = {
  importId: 'i-1',
  projectId: 'project-jx',
  startedBy: 's-1',
  kind: 'UNITS',
  fileName: '房屋.csv',
  dryRun: false,
  skipBadLines: false,
};
const part = (index: number, digest = `d${index}`, bytes = 1000): ImportPart => ({ index, digest, bytes });

function anImport(own: Partial<ImportState> = {}): ImportState {
  return { ...accepted(startImport(command, dayOne, policy)).state, parts: [part(0)], ...own };
}

describe('the course of an import', () => {
  it('begins with nothing received', () => {
    const { state, facts } = accepted(startImport({ ...command, encoding: 'GB18030' }, dayOne, policy));
    expect(state).toMatchObject({ status: 'RECEIVING', parts: [], encoding: 'GB18030', endedAt: null });
    expect(facts).toEqual([
      { type: 'ImportStarted', projectId: 'project-jx', importId: 'i-1', status: 'RECEIVING' },
    ]);
  });

  it('takes only files of a kind and encoding that it can read', () => {
    const wrong = { ...command, kind: 'DOGS', fileName: ' ', encoding: 'EBCDIC' };
    expect(problemsOf(startImport(wrong, dayOne, policy)).map((problem) => problem.split(' ')[0])).toEqual([
      'kind',
      'fileName',
      'encoding',
    ]);
  });

  it('puts parts in order, whatever order they come in', () => {
    const later = accepted(appendToImport(anImport({ parts: [part(2)] }), part(0), policy)).state;
    expect(later.parts.map(({ index }) => index)).toEqual([0, 2]);
  });

  it('takes the same part again as nothing new, and refuses another one in its place', () => {
    const state = anImport();
    expect(accepted(appendToImport(state, part(0), policy))).toMatchObject({ state, facts: [] });
    expect(refusal(appendToImport(state, part(0, 'other'), policy))).toEqual({
      code: 'IMPORT_PART_DIFFERS',
      data: { index: 0 },
    });
  });

  it.each([part(-1), part(1.5), part(1_000_000), part(1, 'd', 0), part(1, 'd', 262_145)])(
    'refuses the part %p',
    (wrong) => {
      expect(problemsOf(appendToImport(anImport(), wrong, policy))).toHaveLength(1);
    },
  );

  it('refuses a file that is larger than the policy allows', () => {
    const small = { ...policy, maxImportBytes: 1_999 };
    expect(refusal(appendToImport(anImport(), part(1), small))).toEqual({
      code: 'IMPORT_TOO_LARGE',
      data: { maxBytes: 1_999 },
    });
    expect(
      accepted(appendToImport(anImport(), part(1), { ...policy, maxImportBytes: 2_000 })).state.parts,
    ).toHaveLength(2);
  });

  it.each([
    { parts: [], missing: [0] },
    { parts: [part(1), part(4)], missing: [0, 2, 3] },
  ])('runs only a whole file: of $parts.length parts $missing are missing', ({ parts, missing }) => {
    expect(refusal(runImport(anImport({ parts })))).toEqual({ code: 'IMPORT_INCOMPLETE', data: { missing } });
  });

  it('keeps the encoding that was found out, and begins checking again after it was cut off', () => {
    const queued = accepted(runImport(anImport())).state;
    const { state } = accepted(beginChecking(queued, 'GB18030'));
    expect(state).toMatchObject({ status: 'CHECKING', encoding: 'GB18030' });
    expect(accepted(beginChecking(state, 'GB18030'))).toMatchObject({ state, facts: [] });
  });

  it.each([
    { own: {}, badLines: 0, unreadable: false, status: 'APPLYING' },
    { own: {}, badLines: 1, unreadable: false, status: 'REFUSED' },
    { own: { skipBadLines: true }, badLines: 1, unreadable: false, status: 'APPLYING' },
    { own: { skipBadLines: true }, badLines: 0, unreadable: true, status: 'REFUSED' },
    { own: { dryRun: true }, badLines: 0, unreadable: false, status: 'DONE' },
    { own: { dryRun: true }, badLines: 7, unreadable: true, status: 'DONE' },
  ])('is $status after $badLines bad lines ($own, unreadable: $unreadable)', ({ own, status, ...result }) => {
    const checking = anImport({ ...own, status: 'CHECKING' });
    const { state } = accepted(endChecking(checking, result, dayOne));
    expect(state.status).toBe(status);
    expect(state.endedAt).toEqual(importEnded(state) ? dayOne : null);
  });

  it('is given up after a day without being run, since the file is personal data', () => {
    const state = anImport();
    const dueAt = addHours(dayOne, 24);
    expect(importDeadlines(state)).toEqual([{ kind: 'EXPIRES', dueAt }]);
    const { state: given } = accepted(onImportDeadline(state, dueAt));
    expect(given).toMatchObject({ status: 'ABANDONED', endedAt: dueAt });
    expect(importDeadlines(given)).toEqual([]);
  });

  const commands = {
    appendToImport: (state: ImportState) => appendToImport(state, part(0), policy),
    runImport,
    abandonImport: (state: ImportState) => abandonImport(state, dayOne),
    beginChecking: (state: ImportState) => beginChecking(state, 'UTF_8'),
    applyImport: (state: ImportState) => endChecking(state, { badLines: 0, unreadable: false }, dayOne),
    refuseImport: (state: ImportState) => endChecking(state, { badLines: 1, unreadable: false }, dayOne),
    finishTrial: (state: ImportState) =>
      endChecking({ ...state, dryRun: true }, { badLines: 1, unreadable: false }, dayOne),
    finishImport: (state: ImportState) => finishImport(state, dayOne),
    failImport: (state: ImportState) => failImport(state, 'UNEXPECTED', dayOne),
  } satisfies Record<keyof typeof importTransitions, unknown>;
  const matrix = Object.entries(commands).flatMap(([name, carryOut]) =>
    importStatuses.map((status) => ({ name: name as keyof typeof importTransitions, status, carryOut })),
  );

  it.each(matrix)('$name in $status goes by the table', ({ name, status, carryOut }) => {
    const { from, to } = importTransitions[name];
    const decision: Decision<ImportState, ImportFact> = carryOut(anImport({ status }));
    if ((from as readonly string[]).includes(status)) {
      expect(accepted(decision).state.status).toBe(to);
    } else {
      expect(isRefused(decision) && decision.refusal).toMatchObject({
        code: 'IMPORT_STATUS_OUT_OF_ORDER',
        data: { command: name, status, allowedFrom: from },
      });
    }
  });

  it('can reach every status', () => {
    const reached = new Set<string>(['RECEIVING', ...Object.values(importTransitions).map(({ to }) => to)]);
    expect([...reached].sort()).toEqual([...importStatuses].sort());
  });
});
