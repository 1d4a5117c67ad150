import { Client } from 'pg';

interface Extra {
  readonly drop: string;
  readonly add: string;
}

const foreignKeysSql = `
  select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
         format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
  from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace
  order by conrelid, conname`;
const indexesSql = `
  select format('drop index %s', indexrelid::regclass) as drop, pg_get_indexdef(indexrelid) as add
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where c.relnamespace = 'public'::regnamespace
    and not exists (select from pg_constraint where conindid = i.indexrelid)
  order by indrelid, indexrelid`;

/**
 * Takes foreign keys, and the indexes that belong to no constraint, off all tables of a database.
 * @returns what puts them back, which checks every row
 */
export async function takeOff(url: string): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows: foreignKeys } = await client.query<Extra>(foreignKeysSql);
  const { rows: indexes } = await client.query<Extra>(indexesSql);
  for (const { drop } of [...foreignKeys, ...indexes]) await client.query(drop);
  await client.end();
  return async () => {
    const again = new Client({ connectionString: url });
    await again.connect();
    await again.query("set maintenance_work_mem = '512MB'");
    for (const { add } of [...indexes, ...foreignKeys]) await again.query(add);
    await again.end();
  };
}
