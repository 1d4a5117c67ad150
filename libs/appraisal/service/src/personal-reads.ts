import type { DataSource, ObjectLiteral } from 'typeorm';
import { projectScope, type Permission } from '@anju/access';
import { isId } from '@anju/kernel';
import {
  FilterConditions,
  inOrderOf,
  loadHistory,
  pagesByParent,
  paginate,
  principalOf,
  type Connection,
  type EntityReference,
  type HistoryEntry,
  type PageArgs,
  type PageOrder,
  type RequestContext,
} from '@anju/subgraph';
import { Appraisal } from './appraisal.entity';
import { AppraisalYear } from './appraisal-year.entity';
import { organisationTimeZone } from './environment';
import { Evidence } from './evidence.entity';

/** What all may ask for, each for himself; who sees others' holds a right besides. */
export const ownRead = 'appraisal.own.read';

interface Personal<Entity extends ObjectLiteral> {
  readonly entity: new () => Entity;
  /** The right to see what concerns others, in their projects. */
  readonly others: Permission;
  /** What the employee himself sees, by SQL on a row `t` about him. */
  readonly own: string;
  readonly order: PageOrder<Entity>;
}

function personal<Entity extends ObjectLiteral>(type: Personal<Entity>): Personal<Entity> {
  return type;
}

const types = {
  Appraisal: personal({
    entity: Appraisal,
    others: 'appraisal.sheet.read',
    // APR-11: a result is his from the moment that it is announced.
    own: 't.announced_at is not null',
    order: { by: 'periodTo', direction: 'DESC' },
  }),
  Evidence: personal({
    entity: Evidence,
    others: 'appraisal.evidence.read',
    own: 'true',
    order: { by: 'occurredAt', direction: 'DESC' },
  }),
  AppraisalYear: personal({
    entity: AppraisalYear,
    others: 'appraisal.year.read',
    own: 'true',
    order: { by: 'year', direction: 'DESC' },
  }),
};

type Types = typeof types;
type Loaded<Name extends keyof Types> = InstanceType<Types[Name]['entity']>;

/** How rows `t` belong to a parent with the id `p.id`. */
const belongings = {
  staff: 't.staff_id = p.id',
  // Days are those of the project, as the rule counts them.
  periodOfSheet: `t.staff_id = (select a.staff_id from appraisal a where a.id = p.id) and exists (
    select from appraisal a left join known_reference k on k.kind = 'project' and k.id = t.project_id
    where a.id = p.id and (t.occurred_at at time zone coalesce(k.data->>'timeZone', '${organisationTimeZone}'))::date
      between a.period_from and a.period_to)`,
} as const;

/** Nobody's: stands for a key that is no id at all, so that it finds nothing. */
const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * Reads what concerns one employee each. Everybody sees his own, whatever his roles are, and only as far as an
 * employee does; others' are seen in the projects in which the reader holds the right, and by nobody else.
 */
export class PersonalReads {
  constructor(private readonly dataSource: DataSource) {}

  /** One by its id; null for what is not there or not his to see. */
  one<Name extends keyof Types>(
    name: Name,
    id: string,
    context: RequestContext,
  ): Promise<Loaded<Name> | null> {
    return context.loaders.load(`personal:${name}`, id, (ids) => this.byIds(name, ids, context));
  }

  list<Name extends keyof Types>(
    name: Name,
    conditions: FilterConditions,
    page: PageArgs,
    context: RequestContext,
  ): Promise<Connection<Loaded<Name>>> {
    const { entity, order } = this.type(name);
    const asked = this.visible(name, conditions, context);
    return paginate(asked.addTo(this.dataSource.createQueryBuilder(entity, 't')), order, page);
  }

  /** The list of one of many employees, or sheets; the statements are the same for all of them. */
  listOf<Name extends keyof Types>(
    name: Name,
    parent: { readonly belongs: keyof typeof belongings; readonly id: string },
    conditions: FilterConditions,
    page: PageArgs,
    context: RequestContext,
  ): Promise<Connection<Loaded<Name>>> {
    const { entity, order } = this.type(name);
    const belongs = belongings[parent.belongs];
    const asked = this.visible(name, conditions, context);
    const kind = JSON.stringify([parent.belongs, name, asked.key, page.first, page.after]);
    const where = asked.toSql(2);
    return context.loaders.load(kind, isId(parent.id) ? parent.id : nobody, (ids) =>
      pagesByParent({ dataSource: this.dataSource, entity, belongs, where, order }, ids, page),
    );
  }

  /** Of one that the reader may see. */
  history(name: keyof Types, id: string, context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, name, id);
  }

  references(): EntityReference[] {
    return (Object.keys(types) as (keyof Types)[]).map((typeName) => ({
      typeName,
      permission: ownRead,
      load: (ids, context) => this.byIds(typeName, ids, context),
    }));
  }

  private async byIds<Name extends keyof Types>(
    name: Name,
    ids: readonly string[],
    context: RequestContext,
  ): Promise<(Loaded<Name> | null)[]> {
    const query = this.dataSource
      .createQueryBuilder(this.type(name).entity, 't')
      .where('t.id = any(:ids)', { ids: ids.filter(isId) });
    const rows = await this.visible(name, new FilterConditions(), context).addTo(query).getMany();
    return inOrderOf(ids, rows, (row) => row['id']);
  }

  private type<Name extends keyof Types>(name: Name): Personal<Loaded<Name> & ObjectLiteral> {
    return types[name] as unknown as Personal<Loaded<Name> & ObjectLiteral>;
  }

  /** The conditions, and that the reader may see it. */
  private visible(
    name: keyof Types,
    conditions: FilterConditions,
    context: RequestContext,
  ): FilterConditions {
    const { others, own } = types[name];
    const principal = principalOf(context);
    const me = principal.staffId;
    const scope = projectScope(principal, others);
    if (scope === 'ALL') return conditions.where(me, (value) => `(t.staff_id <> ${value} or ${own})`);
    if (scope.length === 0) return conditions.where(me, (value) => `t.staff_id = ${value} and ${own}`);
    // One parameter for both: he comes first, then the projects.
    return conditions.where([me, ...scope], (value) => {
      const list = `(${value}::uuid[])`;
      return `(t.staff_id = ${list}[1] and ${own}
        or t.staff_id <> ${list}[1] and t.project_id = any(${list}[2:]))`;
    });
  }
}
