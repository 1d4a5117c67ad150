import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
// Jest's global setup loads this file, before its aliases exist.
// eslint-disable-next-line @nx/enforce-module-boundaries
import { untilServing } from '../../../infra/kafka/probe';
import { fetchedJars, fetchJars, workspace } from './jars';
import { brokerTools } from './java';
import { readRecord, runningBroker, takeOwnership, writeRecord } from './ownership';
import { endProcess, processIdentity, type ProcessIdentity } from './processes';

export interface BrokerOptions {
  /** Where the data live; made when it does not exist. One process at a time can use it. */
  readonly directory: string;
  /** Where clients connect. When left out: the port of the last time if it is free, else a free one. */
  readonly port?: number;
  /** Between the broker and itself. As `port`. */
  readonly controllerPort?: number;
  /** Gets a line when something takes long or is unusual, such as fetching the jars. */
  readonly log?: (line: string) => void;
  /** Called when the broker ends without `close` or `kill`. */
  readonly onUnexpectedExit?: (reason: string) => void;
}

/** A Kafka broker that belongs to this process. */
export interface Broker {
  /** As clients take them: one `host:port`. */
  readonly brokers: string[];
  readonly port: number;
  readonly pid: number;
  /** What the broker writes about itself. */
  readonly logFile: string;
  /** Ends it in good order, by force after 20 s. Can be called again. */
  close(): Promise<void>;
  /** Ends it at once, as a crash would. `startBroker` on the same directory goes on with what was written. */
  kill(): Promise<void>;
}

/** The port that was asked for belongs to another program. */
export class BrokerPortTaken extends Error {
  override readonly name = 'BrokerPortTaken';

  constructor(readonly port: number) {
    super(`port ${port}, for the Kafka broker, is taken by another program`);
  }
}

const host = '127.0.0.1';
const patienceMillis = { start: 120_000, stop: 20_000 };

/** @returns the port, or null when another program has it */
async function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, host, () => {
      const { port: given } = server.address() as AddressInfo;
      server.close(() => resolve(given));
    });
  });
}

async function choosePort(wanted: number | undefined, former: number | undefined): Promise<number> {
  if (wanted !== undefined) {
    if ((await tryPort(wanted)) === null) throw new BrokerPortTaken(wanted);
    return wanted;
  }
  const port = (former ? await tryPort(former) : null) ?? (await tryPort(0));
  if (port === null) throw new Error('no port is free for the Kafka broker');
  return port;
}

interface Place {
  readonly directory: string;
  readonly java: string;
  readonly jars: string;
}

const propertiesFile = 'server.properties';
/** Named in the properties, too. */
const dataFolder = 'data';
const formattedFile = 'formatted';

function writeProperties({ directory }: Place, port: number, controllerPort: number): void {
  const template = readFileSync(join(workspace, 'infra/kafka', propertiesFile), 'utf8');
  const values: Record<string, number> = { port, controllerPort };
  const text = template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  writeFileSync(join(directory, propertiesFile), text);
}

/** What programs of the broker see: nothing of this process's secrets. */
function environment(): Record<string, string | undefined> {
  return { PATH: process.env['PATH'], HOME: process.env['HOME'], SystemRoot: process.env['SystemRoot'] };
}

const classPath = (jars: string): string => join(jars, '*');

/** Makes the storage once. A directory whose formatting was cut off holds nothing yet, and is formatted anew. */
async function format({ directory, java, jars }: Place): Promise<void> {
  if (existsSync(join(directory, formattedFile))) return;
  rmSync(join(directory, dataFolder), { recursive: true, force: true });
  mkdirSync(join(directory, dataFolder));
  // 16 bytes as Kafka writes them; one that began with a dash would be taken for an option.
  const clusterId = `A${randomBytes(16).toString('base64url').slice(1, 21)}A`;
  const tool = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', propertiesFile];
  try {
    await promisify(execFile)(java, [quick, '-cp', classPath(jars), ...tool], {
      cwd: directory,
      env: environment(),
    });
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(
      `the storage of the Kafka broker could not be made: ${reasonIn(stdout + stderr) ?? message}`,
    );
  }
  writeFileSync(join(directory, formattedFile), `${clusterId}\n`);
}

/** The last thing in the log that says why a broker ended. */
function reasonIn(log: string): string | null {
  const telling = log.split('\n').filter((line) => / (ERROR|FATAL) |Exception: |No space left/.test(line));
  const last = telling.at(-1) ?? log.trim().split('\n').at(-1);
  return last ? last.slice(0, 500).trim() : null;
}

interface Launched {
  readonly child: ChildProcess;
  readonly identity: ProcessIdentity;
  readonly exit: Promise<string>;
  logged(): string;
}

// The quick compiler alone: half the processor time at start and under load, and no less throughput.
const quick = '-XX:TieredStopAtLevel=1';
const jvmFlags = ['-Xmx512m', '-Xms64m', '-XX:+UseSerialGC', '-XX:+ExitOnOutOfMemoryError', quick];
const logFlags = [
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
  '-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss.SSS',
  // What it is configured with stands in server.properties.
  '-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.config=warn',
];

async function launch({ directory, java, jars }: Place, logFile: string): Promise<Launched> {
  const tooLong = (statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > 5_000_000;
  const log = openSync(logFile, tooLong ? 'w' : 'a', 0o600);
  const from = statSync(logFile).size;
  const child = spawn(
    java,
    [...jvmFlags, ...logFlags, '-cp', classPath(jars), 'kafka.Kafka', propertiesFile],
    {
      cwd: directory,
      env: environment(),
      stdio: ['ignore', log, log],
      // In a process group of its own: Ctrl-C must not end it before those who use it.
      detached: process.platform !== 'win32',
    },
  );
  closeSync(log);
  child.unref();
  const exit = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const identity = child.pid === undefined ? null : processIdentity(child.pid);
  if (!identity) throw new Error(`the Kafka broker cannot be started with ${java}: ${await exit}`);
  return { child, identity, exit, logged: () => readFileSync(logFile).subarray(from).toString('utf8') };
}

/**
 * Tells the broker to end when this process does, however it ends: the shell reads from a pipe that the
 * operating system closes then.
 */
function guard(broker: number): ChildProcess | null {
  if (process.platform === 'win32') return null;
  const script =
    'read -r line; kill -TERM "$1"; n=0; ' +
    'while kill -0 "$1" && [ $n -lt 20 ]; do sleep 1; n=$((n+1)); done; [ $n -lt 20 ] || kill -KILL "$1"';
  const child = spawn('/bin/sh', ['-c', script, 'sh', String(broker)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.on('error', () => undefined);
  child.stdin?.on('error', () => undefined);
  (child.stdin as { unref?: () => void } | null)?.unref?.();
  child.unref();
  return child;
}

/** Ends a broker whose process was killed, and that is still there. The directory belongs to this process. */
async function endLeftover(directory: string, log: (line: string) => void): Promise<void> {
  const leftover = runningBroker(directory);
  if (!leftover) return;
  log(
    `The Kafka broker (process ${leftover.process.pid}) was left running by a process that was killed; it is started again`,
  );
  await endProcess(leftover.process, patienceMillis.stop);
}

async function serve(
  place: Place,
  options: BrokerOptions,
): Promise<{ launched: Launched; port: number; logFile: string }> {
  const { directory } = place;
  const logFile = join(directory, 'broker.log');
  for (let attempt = 1; ; attempt++) {
    const former = readRecord(directory);
    const port = await choosePort(options.port, former?.port);
    const controllerPort = await choosePort(options.controllerPort, former?.controllerPort);
    writeProperties(place, port, controllerPort);
    await format(place);
    const launched = await launch(place, logFile);
    const watcher = guard(launched.child.pid!);
    let ended: string | null = null;
    void launched.exit.then((how) => {
      ended = how;
      watcher?.kill('SIGKILL');
    });
    try {
      writeRecord(directory, { process: launched.identity, port, controllerPort });
      const serves = await untilServing([`${host}:${port}`], {
        patienceMillis: patienceMillis.start,
        gone: () => ended !== null,
      });
      // Another program that took the port meanwhile may also be a broker, and answer.
      if (serves && ended === null) return { launched, port, logFile };
    } catch (error) {
      await endProcess(launched.identity, 0);
      throw new Error(
        `the Kafka broker in ${directory} does not become ready: ${(error as Error).message}; see ${logFile}`,
        { cause: error },
      );
    }
    const log = launched.logged();
    const taken = /failed to bind to \S*:(\d+)/i.exec(log)?.[1];
    if (taken) {
      const wanted = [options.port, options.controllerPort].find((one) => String(one) === taken);
      if (wanted !== undefined) throw new BrokerPortTaken(wanted);
      if (attempt < 5) continue;
    }
    throw new Error(
      `the Kafka broker in ${directory} did not start: ${reasonIn(log) ?? (await launched.exit)}; see ${logFile}`,
    );
  }
}

/**
 * Starts a real Kafka broker of its own jars on `directory`: the first time the storage is made there, later
 * it goes on with what is there, also after a crash. It listens on 127.0.0.1 alone, serves when the promise
 * resolves, and ends with this process, also when that is killed. Fetches the jars when they are not there.
 * @throws BrokerDirectoryInUse, BrokerPortTaken, BrokerToolMissing, or Error with the broker's own reason
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const log = options.log ?? (() => undefined);
  mkdirSync(options.directory, { recursive: true });
  const directory = realpathSync(options.directory);
  const ownership = owned(directory);
  try {
    await endLeftover(directory, log);
    const fetched = fetchedJars();
    const { java, maven } = await brokerTools({ maven: fetched === null, log });
    const jars = fetched ?? (await fetchJars(maven!, java, log));
    const { launched, port, logFile } = await serve({ directory, java, jars }, options);
    const { child, identity, exit } = launched;
    let asked = false;
    const ended = exit.then((how) => {
      ownership.release();
      if (asked) return;
      const reason = how.startsWith('SIG')
        ? how
        : `${how}: ${reasonIn(launched.logged()) ?? 'no reason given'}`;
      options.onUnexpectedExit?.(`the Kafka broker ended by itself (${reason}); see ${logFile}`);
    });
    const end = (patience: number): Promise<void> => {
      // From here on this process stays until the broker is gone.
      child.ref();
      asked = true;
      return endProcess(identity, patience).then(() => ended);
    };
    return {
      brokers: [`${host}:${port}`],
      port,
      pid: identity.pid,
      logFile,
      close: () => end(patienceMillis.stop),
      kill: () => {
        asked = true;
        if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
        return end(0);
      },
    };
  } catch (error) {
    ownership.release();
    throw full(directory, error);
  }
}

function owned(directory: string): { release(): void } {
  try {
    return takeOwnership(directory);
  } catch (error) {
    throw full(directory, error);
  }
}

/** Says where the disk is full, which the operating system's own words do not. */
function full(directory: string, error: unknown): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') return error;
  return new Error(`the Kafka broker in ${directory} cannot be started: the disk is full`, { cause: error });
}

/**
 * Deletes what `startBroker` has put into `directory`, and ends a broker that was left running there.
 * @throws BrokerDirectoryInUse when a live process uses it
 */
export async function removeBroker(directory: string): Promise<void> {
  if (!existsSync(directory)) return;
  const path = realpathSync(directory);
  const ownership = takeOwnership(path);
  try {
    await endLeftover(path, () => undefined);
  } finally {
    ownership.release();
  }
  rmSync(path, { recursive: true, force: true });
}
