import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformSync } from '@swc/core';

const source = `interface Home {
  readonly number: string;
}

export function fail(home: Home): never {
  throw new RangeError(home.number);
}
`;

describe('the stacks of errors in compiled code', () => {
  let folder: string;
  const sourceFile = (): string => join(folder, 'fault.ts');

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'anju-stack-')));
    const { code, map } = transformSync(source, {
      filename: sourceFile(),
      sourceFileName: sourceFile(),
      swcrc: false,
      sourceMaps: true,
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    });
    writeFileSync(join(folder, 'fault.js'), code);
    writeFileSync(join(folder, 'fault.js.map'), map!);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** The stack of the error that the compiled file throws in a process of its own. */
  function stackOf(compiledInto: string): string[] {
    const program = `
      import { createRequire } from 'node:module';
      import { nameSourcesInStacks } from ${JSON.stringify(pathToFileURL(resolve('tools/stack-traces.mjs')).href)};
      nameSourcesInStacks(${JSON.stringify(compiledInto)});
      try {
        createRequire(import.meta.url)(${JSON.stringify(join(folder, 'fault.js'))}).fail({ number: '6-1203' });
      } catch (error) {
        console.log(error.stack);
      }`;
    const args = ['--input-type=module', '--eval', program];
    return execFileSync(process.execPath, args, { encoding: 'utf8' }).split('\n');
  }

  it('begin with the error and name the place in the source', () => {
    const [first, second] = stackOf(folder);
    expect(first).toBe('RangeError: 6-1203');
    expect(second).toBe(`    at Object.fail (${sourceFile()}:6:9)`);
  });

  it('name the compiled place where the map is gone or damaged', () => {
    const compiledPlace = new RegExp(`^ {4}at .*fail \\(${join(folder, 'fault.js')}:\\d+:\\d+\\)$`);
    writeFileSync(join(folder, 'fault.js.map'), '{"version":');
    expect(stackOf(folder)[1]).toMatch(compiledPlace);
    rmSync(join(folder, 'fault.js.map'));
    expect(stackOf(folder)[1]).toMatch(compiledPlace);
  });

  it('leave alone what was not compiled there', () => {
    expect(stackOf(join(folder, 'elsewhere'))[1]).toContain(join(folder, 'fault.js'));
  });
});
