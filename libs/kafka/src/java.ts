import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** Java from this version on runs the broker. */
export const neededJava = 17;

/** A program that the broker needs is not there; the message says which, and how to get it. */
export class BrokerToolMissing extends Error {
  override readonly name = 'BrokerToolMissing';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The machine, as far as it matters here. */
export interface Machine {
  readonly environment: Environment;
  readonly exists: (path: string) => boolean;
  readonly list: (folder: string) => readonly string[];
  /** What `java -version` writes; null when it does not run. */
  readonly versionText: (java: string) => string | null;
  /** May install Debian packages: root, and apt is there. */
  readonly canInstall: boolean;
  /** Runs `apt-get` with the arguments. @returns null, or what it complained about */
  readonly apt: (args: readonly string[]) => Promise<string | null>;
}

export const thisMachine: Machine = {
  environment: process.env,
  exists: existsSync,
  list: (folder) => (existsSync(folder) ? readdirSync(folder) : []),
  versionText(java) {
    const { status, stderr, stdout } = spawnSync(java, ['-version'], { encoding: 'utf8', timeout: 20_000 });
    return status === 0 ? `${stderr}${stdout}` : null;
  },
  canInstall: process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'),
  apt: async (args) =>
    new Promise((resolve) => {
      const child = spawn('/usr/bin/apt-get', args, {
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let complaints = '';
      child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
      child.once('error', (error) => resolve(error.message));
      child.once('close', (code) => resolve(code === 0 ? null : complaints.trim() || `exit code ${code}`));
    }),
};

/** `17` of `openjdk version "17.0.15"`, `8` of `java version "1.8.0_292"`; null when it is neither. */
export function majorVersion(versionText: string): number | null {
  const match = /version "(?:1\.)?(\d+)/.exec(versionText);
  return match ? Number(match[1]) : null;
}

function onPath(program: string, { environment, exists }: Machine): string[] {
  const names = process.platform === 'win32' ? [`${program}.exe`, `${program}.cmd`] : [program];
  return (environment['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .filter(exists);
}

const where: readonly (readonly [folder: string, inside: string])[] = [
  ['/usr/lib/jvm', 'bin/java'],
  ['/Library/Java/JavaVirtualMachines', 'Contents/Home/bin/java'],
];

/**
 * The first Java that is new enough: `JAVA_HOME`, the `PATH`, then where systems keep theirs.
 * @returns the program, or why there is none
 */
export function findJava(machine: Machine = thisMachine): { java: string } | { missing: string } {
  const home = machine.environment['JAVA_HOME'];
  const candidates = [
    ...(home ? [join(home, 'bin', process.platform === 'win32' ? 'java.exe' : 'java')] : []),
    ...onPath('java', machine).slice(0, 1),
    ...where.flatMap(([folder, inside]) => machine.list(folder).map((name) => join(folder, name, inside))),
  ].filter((java) => machine.exists(java));
  const tooOld: string[] = [];
  for (const java of candidates) {
    const version = majorVersion(machine.versionText(java) ?? '');
    if (version === null) continue;
    if (version >= neededJava) return { java };
    tooOld.push(`${java} is Java ${version}`);
  }
  const found = tooOld.length > 0 ? tooOld.join(', ') : 'there is no Java on the PATH or at JAVA_HOME';
  return {
    missing: `a Kafka broker needs Java ${neededJava} or newer; ${found}. Install it, or set KAFKA_BROKERS to a broker that runs`,
  };
}

/** @returns the program, or why there is none */
export function findMaven(machine: Machine = thisMachine): { maven: string } | { missing: string } {
  const [maven] = onPath('mvn', machine);
  return maven
    ? { maven }
    : {
        missing:
          "the Kafka broker's jars are fetched by Maven, which is not on the PATH. Install it (mvn), or set KAFKA_BROKERS to a broker that runs",
      };
}

/** Debian and Ubuntu have one or the other; both run the broker. */
const javaPackages = ['openjdk-21-jre-headless', 'openjdk-17-jre-headless'];

/**
 * Installs Debian's packages of what is missing, where that is allowed: as root, which means a container or
 * a machine for building and testing.
 */
async function install(packages: readonly string[], machine: Machine): Promise<string | null> {
  return machine.apt(['install', '-y', '-q', '--no-install-recommends', ...packages]);
}

async function installMissing(java: boolean, maven: boolean, machine: Machine): Promise<string | null> {
  const problem = await machine.apt(['update', '-q']);
  if (problem) return problem;
  let complaint: string | null = null;
  if (java) {
    for (const name of javaPackages) {
      complaint = await install([name], machine);
      if (!complaint) break;
    }
  }
  return complaint ?? (maven ? install(['maven'], machine) : null);
}

/**
 * Java, and Maven where jars have still to be fetched; installs what is missing on a Debian where it may.
 * @throws BrokerToolMissing
 */
export async function brokerTools(
  options: { readonly maven: boolean; readonly log: (line: string) => void },
  machine: Machine = thisMachine,
): Promise<{ java: string; maven: string | null }> {
  const look = () => ({
    java: findJava(machine),
    maven: options.maven ? findMaven(machine) : { maven: null },
  });
  let { java, maven } = look();
  let complaint: string | null = null;
  if (('missing' in java || 'missing' in maven) && machine.canInstall) {
    const names = [...('missing' in java ? ['Java'] : []), ...('missing' in maven ? ['Maven'] : [])];
    options.log(`${names.join(' and ')} for the Kafka broker: not there, being installed with apt-get …`);
    complaint = await installMissing('missing' in java, 'missing' in maven, machine);
    ({ java, maven } = look());
  }
  const missing = [java, maven].flatMap((tool) => ('missing' in tool ? [tool.missing] : []));
  if ('missing' in java || 'missing' in maven) {
    throw new BrokerToolMissing(
      `${missing.join('; ')}${complaint ? ` (apt-get: ${complaint.split('\n')[0]})` : ''}`,
    );
  }
  return { java: java.java, maven: maven.maven };
}

/** `JAVA_HOME` of the program, for Maven, which looks for Java by itself. */
export function javaHome(java: string): string {
  return dirname(dirname(realpathSync(java)));
}
