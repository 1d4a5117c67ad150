import {
  BrokersNotUsable,
  chooseBrokerSource,
  parseBrokers,
  resolveBrokers,
  type Run,
} from './resolve-brokers';

/** Docker as it answers on different machines. */
function docker(answers: Record<string, { output: string } | { problem: string }>) {
  const calls: string[] = [];
  const run: Run = async (program, args) => {
    const line = [program, ...args].join(' ');
    calls.push(line);
    const known = Object.entries(answers).find(([start]) => line.startsWith(start));
    return known?.[1] ?? { problem: 'spawn docker ENOENT' };
  };
  return { run, calls };
}

describe('addresses of brokers', () => {
  it.each([
    ['127.0.0.1:9092', ['127.0.0.1:9092']],
    [' kafka-1.example:9092 , kafka-2.example:19092', ['kafka-1.example:9092', 'kafka-2.example:19092']],
    ['[::1]:9092', ['[::1]:9092']],
  ])('are read from %j', (text, brokers) => {
    expect(parseBrokers(text)).toEqual({ brokers, mistakes: [] });
  });

  it('are refused all at once, each with what it should be', () => {
    const { brokers, mistakes } = parseBrokers(
      'kafka,localhost:0,kafka:9092,http://kafka:9092,:9092,kafka:70000,',
    );
    expect(brokers).toEqual(['kafka:9092']);
    expect(mistakes).toHaveLength(6);
    expect(mistakes[0]).toBe('KAFKA_BROKERS: "kafka" is not host:port; a list is separated by commas');
  });
});

describe('where brokers come from', () => {
  it('is the environment, where it tells, without asking anybody', async () => {
    const { run, calls } = docker({});
    expect(await chooseBrokerSource({ KAFKA_BROKERS: 'a:1,b:2' }, run)).toEqual({
      kind: 'environment',
      brokers: ['a:1', 'b:2'],
    });
    expect(calls).toEqual([]);
  });

  it('is refused when the environment tells nonsense: nothing else is taken in its place', async () => {
    const { run } = docker({ 'docker info': { output: '28.2.2' } });
    await expect(chooseBrokerSource({ KAFKA_BROKERS: 'nonsense' }, run)).rejects.toThrow(BrokersNotUsable);
  });

  it('is Docker Compose, where an engine answers', async () => {
    const { run } = docker({ 'docker info': { output: '28.2.2' } });
    expect(await chooseBrokerSource({ KAFKA_BROKERS: ' ' }, run)).toEqual({ kind: 'compose' });
  });

  it.each([
    ['there is no Docker', {}],
    ['there is a client without an engine', { 'docker info': { output: '' } }],
    ['the engine does not answer', { 'docker info': { problem: 'Cannot connect to the Docker daemon' } }],
  ])('is a broker of its own when %s', async (_, answers) => {
    const { run } = docker(answers);
    expect(await chooseBrokerSource({}, run)).toEqual({ kind: 'own' });
  });
});

describe('brokers', () => {
  const options = { directory: '/nonexistent/anju' };

  it('of Docker Compose are under the port that it tells', async () => {
    const { run, calls } = docker({
      'docker info': { output: '28.2.2' },
      'docker compose up': { output: '' },
      'docker compose port': { output: '127.0.0.1:9192' },
    });
    const resolved = await resolveBrokers({}, options, run);
    expect(resolved).toMatchObject({ source: 'compose', brokers: ['127.0.0.1:9192'] });
    expect(calls.slice(1)).toEqual([
      'docker compose up --detach --wait kafka',
      'docker compose port kafka 9092',
    ]);
    await resolved.close();
  });

  it('of Docker Compose are refused with its own words', async () => {
    const { run } = docker({
      'docker info': { output: '28.2.2' },
      'docker compose up': { problem: 'no space left on device' },
    });
    await expect(resolveBrokers({}, options, run)).rejects.toThrow(
      'docker compose could not bring up Kafka: no space left on device',
    );
  });

  it('of the environment that do not answer are refused at once', async () => {
    const { run } = docker({});
    const started = Date.now();
    // Nothing listens on the port that the operating system keeps for nobody.
    const refused = resolveBrokers({ KAFKA_BROKERS: '127.0.0.1:1' }, options, run);
    await expect(refused).rejects.toThrow('no Kafka broker answers at 127.0.0.1:1 (KAFKA_BROKERS)');
    expect(Date.now() - started).toBeLessThan(10_000);
  });
});
