import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { projectScope } from '@anju/access';
import { badInput } from '@anju/commands';
import { addDays, endOfLocalDay, localDate, type Clock } from '@anju/kernel';
import { defaultTimeZone } from '@anju/labels';
import type { References } from '@anju/references';
import { inProjectScope, principalOf, type RequestContext } from '@anju/subgraph';
import type { ComplaintFilter } from './complaint-filter.inputs';
import { joinPending } from './complaint-pending';
import { ComplaintSearch } from './complaint-search';
import { Complaint } from './complaint.entity';

export const readPermission = 'complaints.complaint.read';

export type ComplaintQuery = SelectQueryBuilder<Complaint>;

/** A century: nobody asks for older cases, and no date ends before it. */
const longestAgeDays = 36_525;

function requireAge(field: 'minAgeDays' | 'maxAgeDays', days: number): void {
  if (days >= 0 && days <= longestAgeDays) return;
  throw badInput({
    field: `filter.${field}`,
    problem: `is ${days}`,
    expected: `a number from 0 to ${longestAgeDays}`,
  });
}

/** What a filter's entry asks of the column of the same meaning. */
function whereEqual(query: ComplaintQuery, filter: ComplaintFilter): void {
  const equal = {
    projectId: filter.projectId,
    handlerId: filter.handlerId,
    responsibleDepartment: filter.departmentCode,
    unitId: filter.unitId,
    buildingId: filter.buildingId,
    topic: filter.topic,
    // As people type it.
    number: filter.number?.trim().toUpperCase(),
  };
  for (const [column, value] of Object.entries(equal)) {
    if (value != null) query.andWhere(`c.${column} = :${column}`, { [column]: value });
  }
  const { status, severity, causeClass, channel } = filter;
  for (const [column, values] of Object.entries({ status, severity, causeClass, channel })) {
    if (values) query.andWhere(`c.${column} = any(:${column})`, { [column]: values });
  }
  if (filter.topics) query.andWhere('c.topic = any(:topics)', { topics: filter.topics });
  if (filter.projectIds) query.andWhere('c.projectId = any(:projectIds)', { projectIds: filter.projectIds });
}

function whereInPeriod(query: ComplaintQuery, filter: ComplaintFilter): void {
  const bounds: Record<string, readonly [Date | null | undefined, Date | null | undefined]> = {
    receivedAt: [filter.receivedFrom, filter.receivedTo],
    resolvedAt: [filter.resolvedFrom, filter.resolvedTo],
    closedAt: [filter.closedFrom, filter.closedTo],
  };
  for (const [column, [from, to]] of Object.entries(bounds)) {
    if (from) query.andWhere(`c.${column} >= :${column}From`, { [`${column}From`]: from });
    if (to) query.andWhere(`c.${column} < :${column}To`, { [`${column}To`]: to });
  }
}

/** Conditions as the partial indexes have them. */
function whereAsked(query: ComplaintQuery, filter: ComplaintFilter): void {
  const { customerId, unassigned, overdue, secondComplaint, missedClocks } = filter;
  if (customerId != null) {
    query.andWhere('c.customerIds @> array[:customerId]::uuid[]', { customerId });
  }
  if (filter.openOnly) query.andWhere('not c.isOver');
  if (unassigned != null) query.andWhere(`c.handlerId is ${unassigned ? 'null' : 'not null'}`);
  if (overdue === false) query.andWhere('c.overdueSinceAt is null');
  if (secondComplaint != null) query.andWhere(`c.secondComplaints ${secondComplaint ? '>' : '='} 0`);
  if (missedClocks) {
    query.andWhere(`c.missedClocks <> '{}' and c.missedClocks && :missedClocks::text[]`, { missedClocks });
  }
  const { minGroupSize, maxGroupSize } = filter;
  if (minGroupSize != null) {
    query.andWhere(`${minGroupSize > 1 ? 'c.groupSize > 1 and ' : ''}c.groupSize >= :minGroupSize`, {
      minGroupSize,
    });
  }
  if (maxGroupSize != null) query.andWhere('c.groupSize <= :maxGroupSize', { maxGroupSize });
}

/** What is looked for among what is pending. */
function wherePending(query: ComplaintQuery, filter: ComplaintFilter): void {
  const { overdue, replyAwaits, dueTo } = filter;
  if (!overdue && !replyAwaits && !dueTo) return;
  joinPending(query, filter);
  if (overdue) query.andWhere('p.overdueSinceAt is not null');
  if (replyAwaits) query.andWhere('p.replyAwaits = any(:replyAwaits)', { replyAwaits });
  if (dueTo) query.andWhere('p.dutyDueAt < :dueTo', { dueTo });
}

/** The projects whose texts are looked at: those that the filter names, of those of the reader. */
function searchedIn(filter: ComplaintFilter, context: RequestContext): 'ALL' | readonly string[] {
  const scope = projectScope(principalOf(context), readPermission);
  const named = filter.projectId == null ? filter.projectIds : [filter.projectId];
  if (!named) return scope;
  return scope === 'ALL' ? named : named.filter((id) => scope.includes(id));
}

/** Complaints that a reader may see and a filter asks for. */
export class ComplaintFilters {
  private readonly search: ComplaintSearch;

  constructor(
    private readonly dataSource: DataSource,
    private readonly references: References,
    private readonly clock: Clock,
  ) {
    this.search = new ComplaintSearch(dataSource);
  }

  /** All that the reader may see. */
  visible(context: RequestContext): ComplaintQuery {
    return inProjectScope(this.dataSource.createQueryBuilder(Complaint, 'c'), context, readPermission);
  }

  /** @throws Fault BAD_USER_INPUT for an age that cannot be */
  async apply(filter: ComplaintFilter, context: RequestContext): Promise<ComplaintQuery> {
    const query = this.visible(context);
    whereEqual(query, filter);
    whereInPeriod(query, filter);
    whereAsked(query, filter);
    wherePending(query, filter);
    this.whereAge(query, filter);
    const readerId = principalOf(context).staffId;
    if (filter.offeredToMe) query.andWhere('c.offeredToId = :readerId', { readerId });
    if (filter.mine) query.andWhere('c.handlerId = :readerId', { readerId });
    if (filter.myDepartment) await this.whereOwnDepartment(query, readerId);
    if (filter.dueToday) await this.whereDueToday(query, filter);
    // A search field that is empty asks for nothing.
    if (filter.search?.trim()) await this.whereSearched(query, filter.search, searchedIn(filter, context));
    return query;
  }

  private whereAge(query: ComplaintQuery, { minAgeDays, maxAgeDays }: ComplaintFilter): void {
    const now = this.clock.now();
    if (minAgeDays != null) {
      requireAge('minAgeDays', minAgeDays);
      query.andWhere('c.receivedAt <= :bornBy', { bornBy: addDays(now, -minAgeDays) });
    }
    if (maxAgeDays != null) {
      requireAge('maxAgeDays', maxAgeDays);
      query.andWhere('c.receivedAt > :bornAfter', { bornAfter: addDays(now, -maxAgeDays) });
    }
  }

  private async whereOwnDepartment(query: ComplaintQuery, readerId: string): Promise<void> {
    const reader = await this.references.employee(readerId);
    if (reader) query.andWhere('c.responsibleDepartment = :own', { own: reader.departmentCode });
    else query.andWhere('false');
  }

  private async whereDueToday(query: ComplaintQuery, filter: ComplaintFilter): Promise<void> {
    const { projectId } = filter;
    const project = projectId == null ? null : await this.references.find('project', projectId);
    const timeZone = project?.data.timeZone ?? defaultTimeZone;
    const dayEndsAt = endOfLocalDay(localDate(this.clock.now(), timeZone), timeZone);
    joinPending(query, filter);
    query.andWhere('p.dutyDueAt < :dayEndsAt', { dayEndsAt });
  }

  private async whereSearched(
    query: ComplaintQuery,
    text: string,
    scope: 'ALL' | readonly string[],
  ): Promise<void> {
    const found = await this.search.find(text, scope);
    switch (found.kind) {
      case 'NONE':
        query.andWhere('false');
        return;
      case 'IDS':
        query.andWhere('c.id = any(:foundIds::uuid[])', { foundIds: found.ids });
        return;
      case 'MANY':
        // Asked of each case on the way along the list. As a join it might be carried out for all of them first.
        query.andWhere(
          `(select w.words like all(:patterns::text[]) from complaint_words w where w.complaint_id = c.id)`,
          { patterns: found.patterns },
        );
    }
  }
}
