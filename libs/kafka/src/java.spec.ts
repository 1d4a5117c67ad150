import { brokerObstacle, fetchedJars } from './jars';
import { BrokerToolMissing, brokerTools, findJava, majorVersion, type Machine } from './java';

/** @param programs path → what `java -version` writes, or that of another program */
function machine(programs: Record<string, string>, more: Partial<Machine> = {}): Machine {
  return {
    environment: { PATH: '/usr/bin:/opt/bin' },
    exists: (path) => path in programs,
    list: () => [],
    versionText: (java) => programs[java] ?? null,
    canInstall: false,
    apt: () => Promise.reject(new Error('nothing is installed here')),
    ...more,
  };
}

const java17 = 'openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment';
const java8 = 'java version "1.8.0_292"';
const java21 = 'openjdk version "21" 2023-09-19';

describe('the version of Java', () => {
  it.each([
    [java17, 17],
    [java8, 8],
    [java21, 21],
    ['no such thing', null],
  ])('is read from %j', (text, expected) => {
    expect(majorVersion(text)).toBe(expected);
  });
});

describe('Java for the broker', () => {
  it('is that of JAVA_HOME, before that of the PATH', () => {
    const found = findJava(
      machine(
        { '/jdk/bin/java': java21, '/usr/bin/java': java17 },
        { environment: { JAVA_HOME: '/jdk', PATH: '/usr/bin' } },
      ),
    );
    expect(found).toEqual({ java: '/jdk/bin/java' });
  });

  it('is another one when the first is too old', () => {
    const found = findJava(
      machine(
        { '/usr/bin/java': java8, '/usr/lib/jvm/java-17/bin/java': java17 },
        { list: (folder) => (folder === '/usr/lib/jvm' ? ['java-17'] : []) },
      ),
    );
    expect(found).toEqual({ java: '/usr/lib/jvm/java-17/bin/java' });
  });

  it('is said to be too old, with what was found and what else can be done', () => {
    expect(findJava(machine({ '/usr/bin/java': java8 }))).toEqual({
      missing:
        'a Kafka broker needs Java 17 or newer; /usr/bin/java is Java 8. Install it, or set KAFKA_BROKERS to a broker that runs',
    });
  });

  it('is said to be missing', () => {
    expect(findJava(machine({}))).toEqual({
      missing:
        'a Kafka broker needs Java 17 or newer; there is no Java on the PATH or at JAVA_HOME. Install it, or set KAFKA_BROKERS to a broker that runs',
    });
  });
});

describe('the tools of the broker', () => {
  const log = jest.fn();
  beforeEach(() => log.mockClear());

  it('are found without installing anything', async () => {
    const tools = await brokerTools(
      { maven: true, log },
      machine({ '/usr/bin/java': java17, '/opt/bin/mvn': '' }),
    );
    expect(tools).toEqual({ java: '/usr/bin/java', maven: '/opt/bin/mvn' });
    expect(log).not.toHaveBeenCalled();
  });

  it('do not include Maven when the jars are there', async () => {
    const tools = await brokerTools({ maven: false, log }, machine({ '/usr/bin/java': java17 }));
    expect(tools).toEqual({ java: '/usr/bin/java', maven: null });
  });

  it('are refused with every one that is missing', async () => {
    const refused = brokerTools({ maven: true, log }, machine({}));
    await expect(refused).rejects.toThrow(BrokerToolMissing);
    await expect(refused).rejects.toThrow(/needs Java 17 .*; the Kafka broker's jars are fetched by Maven/);
  });

  it('are installed where Debian has them and this may do so', async () => {
    const programs: Record<string, string> = {};
    const apt = jest.fn(async (args: readonly string[]) => {
      // Debian 12 has no newer one.
      if (args.includes('openjdk-21-jre-headless')) return 'E: Unable to locate package';
      if (args.includes('openjdk-17-jre-headless')) programs['/usr/bin/java'] = java17;
      if (args.includes('maven')) programs['/usr/bin/mvn'] = '';
      return null;
    });
    const tools = await brokerTools({ maven: true, log }, machine(programs, { canInstall: true, apt }));
    expect(tools).toEqual({ java: '/usr/bin/java', maven: '/usr/bin/mvn' });
    expect(log.mock.calls).toEqual([
      ['Java and Maven for the Kafka broker: not there, being installed with apt-get …'],
    ]);
    expect(apt.mock.calls.map(([args]) => args.at(-1))).toEqual([
      '-q',
      'openjdk-21-jre-headless',
      'openjdk-17-jre-headless',
      'maven',
    ]);
  });

  it('are refused with what apt-get said when it could not', async () => {
    const apt = () => Promise.resolve('E: no network\nand more');
    await expect(brokerTools({ maven: false, log }, machine({}, { canInstall: true, apt }))).rejects.toThrow(
      'or set KAFKA_BROKERS to a broker that runs (apt-get: E: no network)',
    );
  });
});

describe('whether there can be a broker', () => {
  it('is known beforehand', () => {
    expect(brokerObstacle(machine({}))).toContain('needs Java 17');
    expect(brokerObstacle(machine({}, { canInstall: true }))).toBeNull();
    expect(brokerObstacle(machine({ '/usr/bin/java': java17, '/usr/bin/mvn': '' }))).toBeNull();
    const withoutMaven = brokerObstacle(machine({ '/usr/bin/java': java17 }));
    if (fetchedJars() === null) expect(withoutMaven).toContain('Maven');
    else expect(withoutMaven).toBeNull();
  });
});
