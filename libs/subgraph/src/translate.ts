import { GraphQLError } from 'graphql';
import { message } from '@anju/labels';
import type { RequestContext } from './request-context';

/**
 * An error in the language of the request. English stays as it was thrown, which is more exact than the
 * catalogue's sentence; other languages have the catalogue's, and the exact data in `extensions`.
 */
export function translate(error: GraphQLError, context: Pick<RequestContext, 'locale'>): GraphQLError {
  const { code } = error.extensions;
  if (context.locale === 'en' || typeof code !== 'string') return error;
  // What graphql-js refuses by itself names nothing that the catalogue's sentence could say.
  if (code === 'BAD_USER_INPUT' && !Array.isArray(error.extensions['problems'])) return error;
  const text = message(code, error.extensions, context.locale);
  if (text === code) return error;
  return new GraphQLError(text, {
    nodes: error.nodes,
    path: error.path,
    originalError: error.originalError,
    extensions: error.extensions,
  });
}
