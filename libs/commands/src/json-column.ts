import { Column, type ColumnOptions } from 'typeorm';

/** Whether what stands under the key is an instant, by the house's naming: JSON is read back without a schema. */
const isInstant = (key: string): boolean => key === 'at' || key.endsWith('At');

/** For `JSON.parse`: instants end in `At`. */
export function reviveInstants(this: unknown, key: string, value: unknown): unknown {
  return typeof value === 'string' && isInstant(key) ? new Date(value) : value;
}

/** The same for what is parsed already, and belongs to nobody else: it is changed in its place. */
function revived(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    value.forEach(revived);
    return value;
  }
  const fields = value as Record<string, unknown>;
  for (const key of Object.keys(fields)) {
    const field = fields[key];
    if (typeof field === 'object') revived(field);
    else if (typeof field === 'string' && isInstant(key)) fields[key] = new Date(field);
  }
  return value;
}

const transformer = { to: (value: unknown): unknown => value, from: revived };

/**
 * A part of the aggregate that is read and written with it and kept as `jsonb`.
 * Strings under keys that end in `At` come back as `Date`.
 */
export function JsonColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column({ type: 'jsonb', ...options, transformer });
}

/** Whether a column with this transformer was declared by `JsonColumn`. */
export function isJsonTransformer(candidate: unknown): boolean {
  return candidate === transformer;
}

/** What a `JsonColumn` holds, read from the text that PostgreSQL gives. */
export function jsonFrom(text: string): unknown {
  return revived(JSON.parse(text));
}
