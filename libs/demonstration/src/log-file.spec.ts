import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogFile } from './log-file';

describe('the log', () => {
  let folder: string;
  let file: string;
  const troubles: string[] = [];
  const open = (limit = 1_000): LogFile => new LogFile(file, limit, (error) => troubles.push(error.message));
  const content = (name = file): string => readFileSync(name, 'utf8');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'anju-log-spec-'));
    file = join(folder, 'anju.log');
    troubles.length = 0;
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('has a line as soon as it is written, for its owner alone', () => {
    const log = open();
    log.write('one\n');
    expect(content()).toBe('one\n');
    expect(statSync(file).mode & 0o077).toBe(0);
    log.close();
  });

  it('is continued by the next start', () => {
    const first = open();
    first.write('one\n');
    first.close();
    const second = open();
    second.write('two\n');
    second.close();
    expect(content()).toBe('one\ntwo\n');
  });

  it('never holds more than twice its limit, the latest lines, each whole', () => {
    const log = open();
    const line = (number: number): string => `${String(number).padStart(4, '0')} 锦绣花园\n`;
    for (let number = 1; number <= 500; number += 1) log.write(line(number));
    log.close();
    expect(statSync(file).size).toBeLessThanOrEqual(1_000);
    expect(statSync(`${file}.1`).size).toBeLessThanOrEqual(1_000);
    const kept = `${content(`${file}.1`)}${content()}`.trimEnd().split('\n');
    expect(kept).toEqual(kept.map((_, index) => line(500 - kept.length + 1 + index).trimEnd()));
    expect(existsSync(`${file}.2`)).toBe(false);
  });

  it('counts what an earlier start has left', () => {
    const first = open();
    first.write('x'.repeat(900));
    first.close();
    const second = open();
    second.write('y'.repeat(200));
    second.close();
    expect(content()).toBe('y'.repeat(200));
    expect(content(`${file}.1`)).toBe('x'.repeat(900));
  });

  it('takes a line that is longer than its limit', () => {
    const log = open();
    log.write('x'.repeat(2_000));
    log.write('y\n');
    log.close();
    expect(content()).toBe('y\n');
  });

  // A device that is always full is there on Linux only.
  if (existsSync('/dev/full')) {
    it('tells once of a full disk, and nothing breaks', () => {
      symlinkSync('/dev/full', file);
      const log = open();
      log.write('one\n');
      log.write('two\n');
      log.close();
      expect(troubles).toEqual([expect.stringContaining('ENOSPC')]);
    });
  }

  it('lets go what comes after its end', () => {
    const log = open();
    log.close();
    log.write('late\n');
    expect(content()).toBe('');
    expect(troubles).toEqual([]);
  });
});
