import { resolve } from 'node:path';
import {
  dataDirectory,
  npmStart,
  parseSettings,
  usageOf,
  type StartCommand,
  type StartSettings,
} from './settings';

function settingsOf(args: readonly string[], environment: NodeJS.ProcessEnv = {}): StartSettings {
  const parsed = parseSettings(args, environment);
  if (!('settings' in parsed)) throw new Error(parsed.mistakes.join('\n'));
  return parsed.settings;
}

function mistakesOf(args: readonly string[], environment: NodeJS.ProcessEnv = {}): readonly string[] {
  const parsed = parseSettings(args, environment);
  return 'mistakes' in parsed ? parsed.mistakes : [];
}

describe('the settings of npm start', () => {
  it('are complete without arguments', () => {
    expect(settingsOf([])).toEqual({
      port: 4000,
      dataDir: resolve('.data'),
      fresh: false,
      empty: false,
      clock: null,
      logLevel: 'info',
      replicas: {},
    });
  });

  it('are taken from arguments and environment', () => {
    const environment = { PORT: '0', ANJU_DATA_DIR: '/srv/anju', LOG_LEVEL: 'debug' };
    expect(settingsOf(['--fresh', '--empty', '--clock', '2026-03-02T08:30:00+08:00'], environment)).toEqual({
      port: 0,
      dataDir: resolve('/srv/anju'),
      fresh: true,
      empty: true,
      clock: new Date('2026-03-02T00:30:00Z'),
      logLevel: 'debug',
      replicas: {},
    });
  });

  it('take a variable that is empty like one that is not there', () => {
    expect(settingsOf([], { PORT: '', ANJU_DATA_DIR: '', LOG_LEVEL: '' })).toEqual(settingsOf([]));
    expect(dataDirectory({ ANJU_DATA_DIR: '' })).toBe(resolve('.data'));
  });

  it.each([
    ['2026-03-02T08:30:00Z', '2026-03-02T08:30:00.000Z'],
    ['2026-03-02T08:30:00.5+08:00', '2026-03-02T00:30:00.500Z'],
    ['1900-01-01T00:00:00Z', '1900-01-01T00:00:00.000Z'],
  ])('take the clock %s', (text, instant) => {
    expect(settingsOf(['--clock', text]).clock).toEqual(new Date(instant));
    expect(settingsOf([`--clock=${text}`]).clock).toEqual(new Date(instant));
  });

  it.each([
    '2026-03-02',
    '2026-03-02T08:30:00',
    '2026-02-30T08:30:00Z',
    '2026-03-02T25:00:00Z',
    'tomorrow',
    '9999-12-31T23:59:59Z',
    '2201-01-01T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '--fresh',
  ])('refuse the clock %s', (text) => {
    expect(mistakesOf(['--clock', text])).toEqual([expect.stringContaining(`--clock is ${text}; expected`)]);
  });

  it('refuse a clock without an instant', () => {
    expect(mistakesOf(['--clock'])).toEqual([expect.stringContaining('--clock is missing; expected')]);
    expect(mistakesOf(['--clock='])).toEqual([expect.stringContaining('--clock is missing; expected')]);
  });

  it.each(['0', '4000', '65535'])('take the port %s', (port) => {
    expect(settingsOf([], { PORT: port }).port).toBe(Number(port));
  });

  it.each(['65536', '-1', '80.5', '1e3', '0x50', 'http', ' ', '4000 '])('refuse the port "%s"', (port) => {
    expect(mistakesOf([], { PORT: port })).toEqual([`PORT is ${port}; expected a number from 0 to 65535`]);
  });

  it('report every mistake at once', () => {
    const args = ['--bogus', '--clock', 'noon', '-x', 'extra', '--fresh=yes', '--no-empty'];
    const traces = { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' };
    expect(mistakesOf(args, { PORT: 'http', LOG_LEVEL: 'loud', ...traces })).toEqual([
      'there is no option --bogus',
      'there is no option -x',
      'extra is not expected',
      '--fresh takes no value; it is given yes',
      'there is no option --no-empty',
      '--clock is noon; expected an instant with offset, such as 2026-03-02T08:30:00+08:00',
      'PORT is http; expected a number from 0 to 65535',
      'LOG_LEVEL is loud; expected one of trace, debug, info, warn, error, fatal, silent',
      'OTEL_EXPORTER_OTLP_ENDPOINT is collector:4318; expected an address with http:// or https://',
    ]);
  });
});

describe('the settings of a start with processes of their own', () => {
  const command: StartCommand = {
    typed: 'npm run start:distributed',
    script: 'start:distributed',
    dataDir: '.data/distributed',
    replicable: ['reception', 'complaints'],
  };

  it('say how many processes a service has', () => {
    const parsed = parseSettings(['--replicas', 'complaints=2, reception=3'], {}, command);
    expect(parsed).toMatchObject({
      settings: { dataDir: resolve('.data/distributed'), replicas: { complaints: 2, reception: 3 } },
    });
    expect(usageOf(command)).toContain('--replicas');
  });

  it.each(['', 'complaints', 'complaints=0', 'complaints=9', 'sales=2', 'complaints=2;reception=2'])(
    'refuse the replicas "%s" and say what is expected',
    (list) => {
      expect(parseSettings([`--replicas=${list}`], {}, command)).toEqual({
        mistakes: [
          `--replicas has "${list}"; expected <service>=<1 to 8>, with a service of reception, complaints`,
        ],
      });
    },
  );

  it('are no settings of npm start', () => {
    expect(mistakesOf(['--replicas', 'complaints=2'])).toContain('there is no option --replicas');
    expect(usageOf(npmStart)).not.toContain('--replicas');
  });
});
