import { dayOneQuery, type DemoAccount } from '@anju/demonstration';
import type { StartSettings } from './settings';
import type { RunningSuite } from './suite';

/** What the person at the keyboard needs now: addresses, accounts, and what to try first. */
export function welcome(shown: {
  readonly suite: RunningSuite;
  readonly accounts: readonly DemoAccount[];
  readonly settings: StartSettings;
  readonly seconds: number;
}): string {
  const { suite, accounts, settings, seconds } = shown;
  const origin = `http://127.0.0.1:${suite.port}`;
  const width = Math.max(...accounts.map((one) => one.account.length));
  return [
    '',
    `Anju is running (${seconds.toFixed(1)} s).`,
    '',
    `  graph      ${suite.url}`,
    `  explorer   ${origin}/`,
    `  health     ${origin}/health   ${origin}/ready   ${origin}/metrics`,
    `  data       ${settings.dataDir}   log: ${settings.dataDir}/anju.log`,
    ...(settings.clock
      ? [`  clock      stands at ${suite.clock.now().toISOString()}; moved by moveClock(to:) as admin`]
      : []),
    '',
    'Accounts (a token: npm run token -- <account>)',
    '',
    ...accounts.map(({ account, name, title }) => `  ${account.padEnd(width)}  ${name}  ${title}`),
    '',
    'Try first: open the explorer, put {"Authorization": "Bearer <token of linfang>"} into the headers, and ask',
    '',
    dayOneQuery.trim().replace(/^/gm, '  '),
    '',
    'Ctrl-C stops everything. A second npm start keeps the data; npm start -- --fresh begins anew.',
  ].join('\n');
}
