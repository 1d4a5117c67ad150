import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { sep } from 'node:path';

/** Of a compiled file; null where it has none that can be read. */
function mapOf(file) {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  } catch {
    return null;
  }
}

/**
 * From now on the stacks of errors name the sources of the files compiled into `folder`. Node's own
 * `setSourceMapsEnabled` reads the map of every module that is loaded, and keeps it: a tenth of the memory and of
 * the start. Here a map is read when a stack that leads through its file is asked for.
 * @param {string} folder absolute; beside each compiled file is its map
 */
export function nameSourcesInStacks(folder) {
  const maps = new Map();
  const place = (site) => {
    const compiled = `${site}`;
    const file = site.getFileName();
    const [line, column] = [site.getLineNumber(), site.getColumnNumber()];
    if (!file?.startsWith(folder + sep) || !line || !column) return compiled;
    if (!maps.has(file)) maps.set(file, mapOf(file));
    const { originalSource, originalLine, originalColumn } =
      maps.get(file)?.findEntry(line - 1, column - 1) ?? {};
    if (!originalSource) return compiled;
    return compiled.replace(
      `${file}:${line}:${column}`,
      `${originalSource}:${originalLine + 1}:${originalColumn + 1}`,
    );
  };
  // Not the error's own toString, which a class may have replaced by something longer.
  const headline = (error) => Error.prototype.toString.call(error);
  Error.prepareStackTrace = (error, sites) =>
    [headline(error), ...sites.map((site) => `    at ${place(site)}`)].join('\n');
}
