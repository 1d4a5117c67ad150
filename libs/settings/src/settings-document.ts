import type { Setting } from './setting';
import type { SettingsShape } from './read-environment';

function shownDefault({ fallback, secret }: Setting<unknown>): string {
  if (fallback === undefined) return 'has to be set';
  if (fallback === null || secret) return 'not set';
  if (Array.isArray(fallback)) return fallback.length === 0 ? 'none' : `\`${fallback.join(',')}\``;
  return `\`${typeof fallback === 'string' ? fallback : JSON.stringify(fallback)}\``;
}

/** The settings as the rows of a Markdown table: variable, what may stand there, default, what it is for. */
export function settingsTable(shape: SettingsShape): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  return [
    '| variable | expected | default | what for |',
    '| --- | --- | --- | --- |',
    ...Object.values(shape).map((setting) => {
      const names = setting.secret
        ? `\`${setting.variable}\` or \`${setting.variable}_FILE\``
        : `\`${setting.variable}\``;
      return `| ${names} | ${cell(setting.expected)} | ${shownDefault(setting)} | ${cell(setting.about)} |`;
    }),
  ].join('\n');
}
