import { serviceNames } from '@anju/distributed';
import type { RunningSuite } from '@anju/suite';
import { rule } from '@anju/testing';
import type { DayOne } from './day-one-stage';
import { isDistributed } from './platform';

/** The columns that hold a text which a data key has sealed, looked for in everything that is stored. */
async function columnsWithSealedTexts({ platform }: DayOne): Promise<string[]> {
  const found = await Promise.all(
    serviceNames.map(async (service) => {
      const columns = await platform.running.query<{ name: string; sql: string }>(
        service,
        `select table_name || '.' || column_name as name,
                format('select exists(select from %I where %I::text ~ $1) as sealed', table_name, column_name) as sql
         from information_schema.columns where table_schema = 'public' and data_type in ('text', 'jsonb', 'ARRAY')`,
      );
      const names = [];
      for (const { name, sql } of columns) {
        const [row] = await platform.running.query<{ sealed: boolean }>(service, sql, [
          String.raw`(^|"|\{|,)v1\.k1\.[\w-]{38}`,
        ]);
        if (row!.sealed) names.push(`${service}.${name}`);
      }
      return names;
    }),
  );
  return found.flat().sort();
}

/** Looks into the platform of this process: between processes, nobody is told what a service seals anew. */
export function describeSealed(day: () => DayOne): void {
  if (isDistributed) return;
  rule('DIR-05', 'all that a data key has sealed, but for the log of events, follows a new key', async () => {
    const { services } = day().platform.running as RunningSuite;
    const sealedAnew = services.flatMap(({ name, resealer }) =>
      resealer.tables.flatMap(({ table, texts }) => texts.map(({ column }) => `${name}.${table}.${column}`)),
    );
    const found = await columnsWithSealedTexts(day());
    expect(found).toContain('directory.customer.phones');
    expect(found).toContain('communications.directory_contact.sealed');
    expect(found.filter((column) => !sealedAnew.includes(column))).toEqual([
      'directory.outbox.payload',
      'reception.outbox.payload',
    ]);
  });
}
