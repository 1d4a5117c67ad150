import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { viewOf, viewSql } from './metric';
import { metricCatalogue } from './metric-catalogue';

/** Changes whenever a view would. */
function fingerprint(): string {
  return createHash('sha256').update(metricCatalogue.map(viewSql).join('\n')).digest('hex');
}

/** Who reads the views by plain SQL: a view that is made anew has forgotten it. */
async function readersOf(tx: EntityManager, views: readonly string[]): Promise<readonly string[]> {
  const rows: { reader: string }[] = await tx.query(
    `select distinct case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end as reader
     from pg_class c, aclexplode(c.relacl) a
     where c.relnamespace = current_schema()::regnamespace and c.relname = any($1)
       and a.privilege_type = 'SELECT' and a.grantee <> c.relowner`,
    [views],
  );
  return rows.map(({ reader }) => reader);
}

/**
 * Makes the SQL views those of the catalogue; one look-up where they are already. Whoever may read one of them
 * may read them all afterwards.
 */
export async function bringViewsUpToDate(dataSource: DataSource): Promise<void> {
  const wanted = fingerprint();
  await dataSource.transaction(async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('metric_views', 0))`);
    const [row]: { fingerprint: string | null; views: string[] }[] = await tx.query(
      `select (select fingerprint from metric_views) as fingerprint, array(
         select viewname::text from pg_views where schemaname = current_schema() and viewname like 'metric\\_%'
       ) as views`,
    );
    const { fingerprint: made, views } = row!;
    // A migration of what views read takes them away with it.
    if (made === wanted && views.length === metricCatalogue.length) return;
    const readers = await readersOf(tx, views);
    for (const view of views) await tx.query(`drop view "${view}"`);
    for (const metric of metricCatalogue) {
      await tx.query(viewSql(metric));
      const [zhCN, en] = metric.definition;
      await tx.query(`comment on view ${viewOf(metric)} is '${`${en} (${zhCN})`.replaceAll("'", "''")}'`);
      for (const reader of readers) await tx.query(`grant select on ${viewOf(metric)} to ${reader}`);
    }
    await tx.query(
      `insert into metric_views (fingerprint) values ($1) on conflict (only_row) do update set fingerprint = $1`,
      [wanted],
    );
  });
}
