import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { viewOf, viewSql } from './metric';
import { metricCatalogue } from './metric-catalogue';

/** Changes whenever a view would. */
function fingerprint(): string {
  return createHash('sha256').update(metricCatalogue.map(viewSql).join('\n')).digest('hex');
}

/** Makes the SQL views those of the catalogue; one look-up where they are already. */
export async function bringViewsUpToDate(dataSource: DataSource): Promise<void> {
  const wanted = fingerprint();
  await dataSource.transaction(async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('metric_views', 0))`);
    const [row]: { fingerprint: string }[] = await tx.query('select fingerprint from metric_views');
    if (row?.fingerprint === wanted) return;
    const old: { viewname: string }[] = await tx.query(
      `select viewname from pg_views where schemaname = current_schema() and viewname like 'metric\\_%'`,
    );
    for (const { viewname } of old) await tx.query(`drop view "${viewname}"`);
    for (const metric of metricCatalogue) {
      await tx.query(viewSql(metric));
      const [zhCN, en] = metric.definition;
      await tx.query(`comment on view ${viewOf(metric)} is '${`${en} (${zhCN})`.replaceAll("'", "''")}'`);
    }
    await tx.query(
      `insert into metric_views (fingerprint) values ($1) on conflict (only_row) do update set fingerprint = $1`,
      [wanted],
    );
  });
}
