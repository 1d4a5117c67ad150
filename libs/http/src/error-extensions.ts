import { message, type Locale } from '@anju/labels';

/** What may have got into an error's extensions and no client needs. */
const internal = new Set([
  'stacktrace',
  'stack',
  'exception',
  'originalError',
  'serviceName',
  'query',
  'sql',
  'parameters',
  'http',
  'validationErrorCode',
]);

/** In the place of a message that could tell what nobody outside may know. */
export function maskedMessage(locale: Locale): string {
  return message('INTERNAL_SERVER_ERROR', {}, locale);
}

/** The extensions of an error without what is ours alone. */
export function publicExtensions(extensions: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(extensions).filter(([key]) => !internal.has(key)));
}
