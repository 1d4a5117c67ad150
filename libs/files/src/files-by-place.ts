import { HttpRefused } from '@anju/http';
import type { FilesHandler } from './files-endpoint';

/**
 * The addresses of one service's files, told apart by what comes behind its name: documents that are made when they
 * are asked for, each at a place of its own, beside files that are kept.
 * @param others answers at all other places; without it there is nothing
 */
export function filesByPlace<Principal>(
  places: Readonly<Record<string, FilesHandler<Principal>>>,
  others?: FilesHandler<Principal>,
): FilesHandler<Principal> {
  return async (exchange) => {
    const { rest } = exchange;
    const handler = Object.hasOwn(places, rest) ? places[rest] : others;
    if (!handler) throw new HttpRefused('NOT_FOUND', 'FILES_UNKNOWN');
    await handler(exchange);
  };
}
