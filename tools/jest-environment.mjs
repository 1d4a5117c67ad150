import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

const { compileFunction } = vm;
/** By file: what a worker has compiled is good for all test files that it runs, each in a context of its own. */
const compiled = new Map();

/** @returns what to run in a context for the module's function */
function scriptOf(code, parameters, filename) {
  const known = compiled.get(filename);
  if (known?.code === code) return known.script;
  const head = `(function (${parameters.join(', ')}) {`;
  const script = new vm.Script(`${head}${code}\n})`, { filename, columnOffset: -head.length });
  compiled.set(filename, { code, script });
  return script;
}

/**
 * Jest compiles every module anew for every test file, which is a quarter of the CPU of files that load the platform.
 * A script can be run in many contexts, and keeps what V8 has made of its functions meanwhile.
 */
vm.compileFunction = (code, parameters, options) =>
  options?.parsingContext && !code.startsWith('#!')
    ? scriptOf(code, parameters, options.filename).runInContext(options.parsingContext)
    : compileFunction(code, parameters, options);

export default TestEnvironment;
