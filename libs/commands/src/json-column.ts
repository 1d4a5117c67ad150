import { Column, type ColumnOptions } from 'typeorm';

/** For `JSON.parse`: instants end in `At` by the house's naming, so that JSON is read back without a schema. */
export function reviveInstants(this: unknown, key: string, value: unknown): unknown {
  return typeof value === 'string' && /(^at|At)$/.test(key) ? new Date(value) : value;
}

function reviveDeep(value: unknown): unknown {
  return value === null || value === undefined ? value : JSON.parse(JSON.stringify(value), reviveInstants);
}

/**
 * A part of the aggregate that is read and written with it and kept as `jsonb`.
 * Strings under keys that end in `At` come back as `Date`.
 */
export function JsonColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column({
    type: 'jsonb',
    ...options,
    transformer: { to: (value: unknown) => value, from: reviveDeep },
  });
}
