/**
 * `npm test`: everything that must hold, ending with the line "N passed, N failed".
 * `npm test -- <arguments of Jest>`: only the tests that they select.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const resultsFolder = join(root, 'dist/test-results');
/** A step that takes longer hangs. */
const patienceMillis = 30 * 60_000;
const running = new Map();

const tool = (path) => join(root, 'node_modules', path);
const jest = (name, workers, ...args) => [
  tool('jest/bin/jest.js'),
  '--json',
  `--outputFile=${join(resultsFolder, `${name}.json`)}`,
  '--passWithNoTests',
  `--maxWorkers=${workers}`,
  ...args,
];
/** Workers. By itself Jest leaves a core to whoever watches; here nobody does. */
const working = availableParallelism();
/** Of tests that wait for databases, brokers and processes: meanwhile others work. */
const waiting = Math.ceil(working * 1.5);

const checks = [
  { name: 'lockfile', script: 'tools/lockfile.mjs' },
  { name: 'images', script: 'tools/images.mjs' },
  { name: 'format', args: [tool('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'] },
  { name: 'types', args: [tool('typescript/lib/tsc.js'), '--noEmit', '-p', 'tsconfig.json'] },
  { name: 'graph schemas', script: 'tools/schema.ts' },
  { name: 'documents', script: 'tools/docs.ts' },
];

/** Takes as long as the others together: beside them, and beside the first tests, so that no core waits for it. */
const lint = { name: 'lint', args: [tool('eslint/bin/eslint.js'), '.', '--max-warnings=0'] };

const suites = [
  { name: 'unit', args: jest('unit', working, '--selectProjects', 'unit') },
  { name: 'integration', args: jest('integration', waiting, '--selectProjects', 'integration') },
  { name: 'journeys', args: jest('journeys', waiting, '--selectProjects', 'journey') },
  { name: 'distributed', args: jest('distributed', working, '--selectProjects', 'distributed') },
];

const seconds = (millis) => `${(millis / 1000).toFixed(1)} s`;

/** @returns whether it ended well, what it wrote, and how long it took */
function execute({ name, args }, stdio = 'pipe') {
  return new Promise((settle) => {
    const startedAt = Date.now();
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', stdio, stdio] });
    running.set(name, { child, startedAt });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
    const timer = setTimeout(() => {
      output += `\n${name} took longer than ${seconds(patienceMillis)} and was ended.\n`;
      child.kill('SIGKILL');
    }, patienceMillis);
    const end = (succeeded) => {
      clearTimeout(timer);
      running.delete(name);
      settle({ succeeded, output, millis: Date.now() - startedAt });
    };
    child.on('error', (error) => {
      output += `${error.message}\n`;
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}

const isTerminal = process.stdout.isTTY && !process.env['CI'];

function showRunning() {
  const names = [...running].map(
    ([name, { startedAt }]) => `${name} ${Math.round((Date.now() - startedAt) / 1000)} s`,
  );
  process.stdout.write(`\r\u001b[K${names.length > 0 ? `… ${names.join(', ')}` : ''}`);
}

function report({ name, failed, detail, millis, explanation }) {
  if (isTerminal) process.stdout.write('\r\u001b[K');
  const line = `${failed > 0 ? '✘' : '✔'} ${name.padEnd(14)} ${detail.padEnd(32)} ${seconds(millis).padStart(8)}`;
  console.log(failed > 0 && explanation ? `${line}\n\n${explanation.trim()}\n` : line);
}

/** A check counts as one test. */
async function check(step) {
  if (step.script && !existsSync(join(root, step.script))) return { passed: 0, failed: 0 };
  const runner = step.script?.endsWith('.ts') ? [join(root, 'tools/run.mjs')] : [];
  const args = step.args ?? [...runner, step.script, '--check'];
  const { succeeded, output, millis } = await execute({ name: step.name, args });
  const failed = succeeded ? 0 : 1;
  report({
    name: step.name,
    failed,
    detail: succeeded ? 'holds' : 'does not hold',
    millis,
    explanation: output,
  });
  return { passed: 1 - failed, failed };
}

/** @returns what Jest counted; a test file or a run that broke off is one failure */
function countsOf(name, succeeded) {
  const file = join(resultsFolder, `${name}.json`);
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0, messages: [] };
  const results = JSON.parse(readFileSync(file, 'utf8'));
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  return {
    passed: results.numPassedTests,
    failed: succeeded ? failed : Math.max(failed, 1),
    skipped: results.numPendingTests + results.numTodoTests,
    messages: results.testResults
      .filter(({ status, message }) => status === 'failed' && message)
      .map(({ name: path, message }) => `${path}\n${message}`),
  };
}

async function suite(step, stdio) {
  mkdirSync(resultsFolder, { recursive: true });
  rmSync(join(resultsFolder, `${step.name}.json`), { force: true });
  const { succeeded, output, millis } = await execute(step, stdio);
  const { passed, failed, skipped, messages } = countsOf(step.name, succeeded);
  const detail = [
    `${passed} passed`,
    ...(failed ? [`${failed} failed`] : []),
    ...(skipped ? [`${skipped} skipped`] : []),
  ];
  // Without a failed test, what went wrong is in what Jest itself said.
  const explanation =
    stdio === 'inherit' ? '' : messages.join('\n') || output.split('\n').slice(-60).join('\n');
  report({ name: step.name, failed, detail: detail.join(', '), millis, explanation });
  // What this machine cannot run is left out, but not in silence.
  const leftOut = new Set(output.split('\n').filter((line) => line.startsWith('SKIPPED: ')));
  for (const line of leftOut) console.log(`  ${line}`);
  return { passed, failed };
}

async function inTurn(steps, run) {
  const outcomes = [];
  for (const step of steps) outcomes.push(await run(step));
  return outcomes;
}

async function everything() {
  const linting = check(lint);
  const others = await inTurn(checks, check);
  const tests = await inTurn(suites, (step) => suite(step, 'pipe'));
  return [await linting, ...others, ...tests];
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const { child } of running.values()) child.kill(signal);
    process.exit(130);
  });
}

ensureInstalled();
const filter = process.argv.slice(2);
const ticker = isTerminal && filter.length === 0 ? setInterval(showRunning, 1000) : undefined;
const outcomes =
  filter.length > 0
    ? [await suite({ name: 'selected', args: jest('selected', working, ...filter) }, 'inherit')]
    : await everything();
clearInterval(ticker);
const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
