import { gatewayErrors } from '@anju/gateway';
import { catalogue } from '@anju/labels';

/** `docs/errors.md`: every code that the graph answers with, in both languages. */
export function errorsDocument(): string {
  const gateway = Object.entries(gatewayErrors).map(
    ([code, { status, meaning }]) => `| \`${code}\` | ${status} | ${meaning} |`,
  );
  const messages = Object.entries(catalogue.messages)
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([code, [zhCN, en]]) => `| \`${code}\` | ${cell(zhCN)} | ${cell(en)} |`);
  return [
    '# Errors and refusals',
    '',
    'Made by `npm run docs`. A **refusal** is something that the caller can act on: it comes as a member of the',
    "command's result union, with `code`, `message` and its data. Everything else is an **error** with",
    '`extensions.code`. Messages are in the language of `Accept-Language`, Chinese unless told.',
    '',
    '## From the gateway',
    '',
    '| code | HTTP status | meaning |',
    '| --- | --- | --- |',
    ...gateway,
    '',
    'Where the client accepts `application/json` only, answers to well-formed requests have status 200, as GraphQL over HTTP says.',
    '',
    '## Messages',
    '',
    'Of refusals and errors by their code, and of requests that are not carried out by `extensions.reason`, where there',
    'is one. `{…}` is filled from the data.',
    '',
    '| code | 中文 | English |',
    '| --- | --- | --- |',
    ...messages,
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
