import { relative, resolve } from 'node:path';
import type { DemoAccount } from './accounts';
import type { RunningPlatform } from './running-platform';
import { npmStart, type StartCommand, type StartSettings } from './settings';
import { dayOneQuery } from './story/day-one-query';

/** What the person at the keyboard needs now: addresses, accounts, and what to try first. */
export function welcome(shown: {
  readonly platform: RunningPlatform;
  readonly command: StartCommand;
  /** Where the logs are. */
  readonly logs: string;
  readonly accounts: readonly DemoAccount[];
  readonly settings: StartSettings;
  readonly seconds: number;
}): string {
  const { platform, command, logs, accounts, settings, seconds } = shown;
  const { dataDir } = settings;
  const within = relative('', dataDir);
  const elsewhere =
    dataDir === resolve(npmStart.dataDir)
      ? ''
      : `ANJU_DATA_DIR=${within.startsWith('..') ? dataDir : within} `;
  const origin = `http://127.0.0.1:${platform.port}`;
  const width = Math.max(...accounts.map((one) => one.account.length));
  return [
    '',
    `Anju is running (${seconds.toFixed(1)} s).`,
    '',
    `  graph      ${platform.url}`,
    `  explorer   ${origin}/`,
    `  health     ${origin}/health   ${origin}/ready   ${origin}/metrics`,
    `  data       ${dataDir}   log: ${logs}`,
    ...(settings.clock
      ? [`  clock      stands at ${settings.clock.toISOString()}; moved by moveClock(to:) as admin`]
      : []),
    '',
    `Accounts (a token: ${elsewhere}npm run token -- <account>)`,
    '',
    ...accounts.map(({ account, name, title }) => `  ${account.padEnd(width)}  ${name}  ${title}`),
    '',
    'Try first: open the explorer, put {"Authorization": "Bearer <token of linfang>"} into the headers, and ask',
    '',
    dayOneQuery.trim().replace(/^/gm, '  '),
    '',
    `Ctrl-C stops everything. A second ${command.typed} keeps the data; ${command.typed} -- --fresh begins anew.`,
  ].join('\n');
}
