import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAccounts, writeAccounts, type DemoAccount } from './accounts';
import { CannotStart, dataFiles, eraseData, filesIn, postgresIn, requireWhole } from './data-directory';
import { readProgress, writeProgress, type Progress } from './start-plan';

const linfang: DemoAccount = {
  account: 'linfang',
  staffId: '01a201d5-4bcf-7589-9490-8aa5cf73724c',
  name: '林芳',
  title: '客服主管',
  roles: [{ role: 'SERVICE_SUPERVISOR', projectIds: 'ALL' }],
};
const played: Progress = { setting: true, story: 'PLAYED', clockAt: '2026-04-03T10:00:00.000Z' };

describe('the data directory', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'anju-data-spec-'));
    chmodSync(dataDir, 0o755);
  });

  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it('is empty before the first start', () => {
    expect(readAccounts(dataDir)).toEqual([]);
    expect(readProgress(dataDir)).toEqual({ setting: false, story: 'NOT_BEGUN', clockAt: null });
  });

  it('gives back what was written, whole files only, for its owner alone', () => {
    writeAccounts(dataDir, [linfang]);
    writeProgress(dataDir, played);
    expect(readAccounts(dataDir)).toEqual([linfang]);
    expect(readProgress(dataDir)).toEqual(played);
    expect(readdirSync(dataDir).sort()).toEqual([dataFiles.accounts, dataFiles.progress]);
    for (const name of readdirSync(dataDir)) expect(statSync(join(dataDir, name)).mode & 0o077).toBe(0);
  });

  it('keeps the old file when a new one was cut off', () => {
    writeProgress(dataDir, played);
    writeFileSync(join(dataDir, `${dataFiles.progress}.new`), '{"setting": fal');
    expect(readProgress(dataDir)).toEqual(played);
    writeProgress(dataDir, { ...played, clockAt: null });
    expect(readProgress(dataDir).clockAt).toBeNull();
  });

  it.each(['', '{', '[]', 'null', '\0\0\0\0', '{"setting":"yes"}', '[{"account":"linfang"}]'])(
    'says which file is damaged, and what to do, when one holds %j',
    (content) => {
      if (content !== '[]') {
        writeFileSync(join(dataDir, dataFiles.accounts), content);
        expect(() => readAccounts(dataDir)).toThrow(CannotStart);
      }
      writeFileSync(join(dataDir, dataFiles.progress), content);
      expect(() => readProgress(dataDir)).toThrow(
        `${join(dataDir, dataFiles.progress)} is damaged; put a copy of it back, or begin anew: npm start -- --fresh`,
      );
    },
  );

  it.each([dataFiles.accounts, dataFiles.dataKeys])('is not whole without %s', (missing) => {
    for (const name of Object.values(dataFiles)) writeFileSync(join(dataDir, name), '{}');
    expect(() => requireWhole(dataDir)).not.toThrow();
    rmSync(join(dataDir, missing));
    expect(() => requireWhole(dataDir)).toThrow(`${missing} is gone`);
  });

  it('loses what belongs to the platform when it is erased, and nothing else', async () => {
    for (const name of Object.values(dataFiles)) {
      writeFileSync(join(dataDir, name), '{}');
      writeFileSync(join(dataDir, `${name}.new`), '{');
    }
    mkdirSync(join(postgresIn(dataDir), 'cluster/data'), { recursive: true });
    mkdirSync(join(filesIn(dataDir), 'complaints'), { recursive: true });
    mkdirSync(join(dataDir, 'letters'));
    writeFileSync(join(dataDir, 'letters/to-my-mother.txt'), '妈妈');
    await eraseData(dataDir);
    expect(readdirSync(dataDir)).toEqual(['letters']);
    expect(readFileSync(join(dataDir, 'letters/to-my-mother.txt'), 'utf8')).toBe('妈妈');
  });

  it('that is not there can be erased', async () => {
    await eraseData(join(dataDir, 'elsewhere'));
    expect(existsSync(join(dataDir, 'elsewhere'))).toBe(false);
  });
});
