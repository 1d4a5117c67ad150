import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadEnvironment, readEnvironment, type Relation, type SettingsShape } from './read-environment';
import {
  databaseUrl,
  flag,
  hostsAndPorts,
  httpUrl,
  httpUrls,
  instant,
  mailbox,
  oneOf,
  optional,
  origins,
  port,
  secret,
  smtpUrl,
  text,
  wholeNumber,
} from './setting';
import { settingsTable } from './settings-document';

const about = 'For the test.';

const shape = {
  port: port('PORT', { about, fallback: 4001 }),
  databaseUrl: databaseUrl('DATABASE_URL', { about }),
  poolSize: wholeNumber('DATABASE_POOL_SIZE', { about, from: 2, to: 100, fallback: 10 }),
  brokers: hostsAndPorts('KAFKA_BROKERS', { about }),
  ssl: flag('KAFKA_SSL', { about, fallback: false }),
  password: optional(secret('KAFKA_SASL_PASSWORD', { about })),
  level: oneOf('LOG_LEVEL', ['info', 'error'], { about, fallback: 'info' }),
  clock: optional(instant('DEMO_CLOCK', { about })),
};

const complete = { DATABASE_URL: 'postgresql://anju:s3cret@db:5432/anju', KAFKA_BROKERS: 'kafka-1:9092' };

function mistakesOf(
  of: SettingsShape,
  environment: NodeJS.ProcessEnv,
  relations: Relation[] = [],
): readonly string[] {
  try {
    readEnvironment(of, environment, relations);
  } catch (error) {
    if (error instanceof BadEnvironment) return error.mistakes;
    throw error;
  }
  return [];
}

describe('the environment of a process', () => {
  it('gives values of the right types, and defaults for what is left out or empty', () => {
    expect(
      readEnvironment(shape, {
        ...complete,
        PORT: '',
        KAFKA_SSL: 'true',
        DEMO_CLOCK: '2026-03-02T08:30:00+08:00',
      }),
    ).toEqual({
      port: 4001,
      databaseUrl: 'postgresql://anju:s3cret@db:5432/anju',
      poolSize: 10,
      brokers: ['kafka-1:9092'],
      ssl: true,
      password: null,
      level: 'info',
      clock: new Date('2026-03-02T00:30:00Z'),
    });
  });

  it('tells every mistake at once, by the variable’s name, with what stands there and what should', () => {
    const environment = {
      PORT: '70000',
      KAFKA_BROKERS: 'kafka',
      KAFKA_SSL: 'yes',
      LOG_LEVEL: 'loud',
      DEMO_CLOCK: 'noon',
    };
    expect(mistakesOf(shape, environment)).toEqual([
      'PORT is "70000"; expected a whole number from 0 to 65535; left out, it has its default',
      'DATABASE_URL (or DATABASE_URL_FILE) is missing; expected an address such as postgresql://user:password@host:5432/database',
      'KAFKA_BROKERS is "kafka"; expected host:port, several separated by commas',
      'KAFKA_SSL is "yes"; expected true or false; left out, it has its default',
      'LOG_LEVEL is "loud"; expected one of info, error; left out, it has its default',
      'DEMO_CLOCK is "noon"; expected an instant with offset, such as 2026-03-02T08:30:00+08:00; left out, it has its default',
    ]);
  });

  it('never shows a secret, however wrong it is', () => {
    const [mistake] = mistakesOf(shape, { ...complete, DATABASE_URL: 'mysql://anju:s3cret@db/anju' });
    expect(mistake).toContain('DATABASE_URL is not usable');
    expect(mistake).not.toContain('s3cret');
  });

  it('checks what must hold between variables', () => {
    const relations: Relation[] = [
      { variable: 'DEMO_CLOCK', needs: ['CONTROL_TOKEN'] },
      { oneOf: ['OIDC_JWKS_URL', 'OIDC_JWKS_FILE'] },
    ];
    const clock = { ...complete, DEMO_CLOCK: '2026-03-02T08:30:00+08:00' };
    expect(mistakesOf(shape, clock, relations)).toEqual([
      'CONTROL_TOKEN is missing; DEMO_CLOCK needs it',
      'none of OIDC_JWKS_URL, OIDC_JWKS_FILE is set; expected one',
    ]);
    const both = { ...clock, CONTROL_TOKEN: 'x', OIDC_JWKS_URL: 'a', OIDC_JWKS_FILE: 'b' };
    expect(mistakesOf(shape, both, relations)).toEqual([
      'OIDC_JWKS_URL and OIDC_JWKS_FILE are set; expected one of them only',
    ]);
  });

  it.each([
    [httpUrl('X', { about }), 'https://login.example/keys', 'ftp://login.example'],
    [httpUrls('X', { about }), 'http://a:1/graphql, http://b:2/graphql', 'http://a:1,,http://b:2'],
    [hostsAndPorts('X', { about }), 'a:9092,[::1]:9092', 'a:99999'],
    [origins('X', { about }), 'https://desk.example', 'https://desk.example/page'],
    [databaseUrl('X', { about }), 'postgres://u:p@h/d', 'postgres://u:p@h/'],
    [smtpUrl('X', { about }), 'smtps://u:p@mail.example:465', 'http://mail.example'],
    [mailbox('X', { about }), 'service@company.example', 'Service <service@company.example>'],
    [text('X', { about }), 'anju', 'an\nju'],
    [wholeNumber('X', { about, from: 1, to: 9 }), '9', '9.5'],
    [instant('X', { about }), '2026-03-02T08:30:00Z', '2026-03-02'],
  ])('%# takes what fits and refuses what does not', (setting, good, bad) => {
    expect(mistakesOf({ setting }, { X: good })).toEqual([]);
    expect(mistakesOf({ setting }, { X: bad })).toHaveLength(1);
  });
});

describe('a secret in a file', () => {
  let folder: string;
  const inFile = (content: string): string => {
    const path = join(folder, 'secret');
    writeFileSync(path, content);
    return path;
  };

  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'anju-settings-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is read from it, without the line end', () => {
    const { password } = readEnvironment(shape, {
      ...complete,
      KAFKA_SASL_PASSWORD_FILE: inFile('s3cret\n'),
    });
    expect(password).toBe('s3cret');
  });

  it('counts as set for what must hold between variables', () => {
    const relations: Relation[] = [{ variable: 'KAFKA_SSL', needs: ['KAFKA_SASL_PASSWORD'] }];
    const environment = { ...complete, KAFKA_SSL: 'true', KAFKA_SASL_PASSWORD_FILE: inFile('s3cret') };
    expect(mistakesOf(shape, environment, relations)).toEqual([]);
  });

  it('is refused when the file is empty or not there, or the variable is set too', () => {
    const path = inFile('\n');
    expect(
      mistakesOf(shape, {
        DATABASE_URL_FILE: path,
        KAFKA_BROKERS: 'k:1',
        KAFKA_SASL_PASSWORD_FILE: `${path}.not`,
      }),
    ).toEqual([
      `DATABASE_URL_FILE is ${path}, which is empty`,
      `KAFKA_SASL_PASSWORD_FILE is ${path}.not, which cannot be read (ENOENT)`,
    ]);
    expect(mistakesOf(shape, { ...complete, DATABASE_URL_FILE: path })).toEqual([
      'DATABASE_URL and DATABASE_URL_FILE are both set; expected one of them',
    ]);
  });

  it('exists for secrets only', () => {
    expect(mistakesOf(shape, { ...complete, PORT_FILE: inFile('70000') })).toEqual([]);
  });
});

it('settings are documented from what is read', () => {
  expect(settingsTable(shape).split('\n')).toEqual(
    expect.arrayContaining([
      '| `PORT` | a whole number from 0 to 65535 | `4001` | For the test. |',
      '| `KAFKA_SASL_PASSWORD` or `KAFKA_SASL_PASSWORD_FILE` | a text on one line | not set | For the test. |',
      '| `KAFKA_BROKERS` | host:port, several separated by commas | has to be set | For the test. |',
    ]),
  );
});
