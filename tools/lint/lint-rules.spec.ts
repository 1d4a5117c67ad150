import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

interface Result {
  readonly name: string;
  readonly expected: readonly string[];
  readonly found: readonly string[];
}

const names = readdirSync(join(__dirname, 'fixtures'));

describe('the rules of the house', () => {
  let results: readonly Result[];

  beforeAll(() => {
    const output = execFileSync(process.execPath, [join(__dirname, 'check-fixtures.mjs')], {
      cwd: resolve(__dirname, '../..'),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    results = JSON.parse(output) as Result[];
  }, 120_000);

  it.each(names)('hold for %s', (name) => {
    const result = results.find((one) => one.name === name)!;
    expect(result.found).toEqual(result.expected);
  });
});
