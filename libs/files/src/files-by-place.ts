import { HttpRefused } from '@anju/http';
import type { FilesHandler } from './files-endpoint';

/**
 * The addresses of one service's files, told apart by what comes behind its name: documents that are made when they
 * are asked for, each at a place of its own, beside files that are kept.
 * @param places one whose name ends in a slash has all that is below it
 * @param others answers at all other places; without it there is nothing
 */
export function filesByPlace<Principal>(
  places: Readonly<Record<string, FilesHandler<Principal>>>,
  others?: FilesHandler<Principal>,
): FilesHandler<Principal> {
  return async (exchange) => {
    const { rest } = exchange;
    const above = rest.slice(0, rest.indexOf('/') + 1);
    const place = [rest, above].find((name) => name !== '' && Object.hasOwn(places, name));
    const handler = place === undefined ? others : places[place];
    if (!handler) throw new HttpRefused('NOT_FOUND', 'FILES_UNKNOWN');
    await handler(exchange);
  };
}
