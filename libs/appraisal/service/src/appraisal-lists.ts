import { FilterConditions } from '@anju/subgraph';
import type { AppraisalFilter } from './appraisal.schema';
import type { AppraisalYearFilter } from './appraisal-year.schema';
import type { EvidenceFilter } from './evidence.schema';

/** What a filter of sheets asks of a row `t`. */
export function sheetConditions(filter: AppraisalFilter): FilterConditions {
  return new FilterConditions()
    .where(filter.staffId, (value) => `t.staff_id = ${value}`)
    .where(filter.projectId, (value) => `t.project_id = ${value}`)
    .where(filter.kind, (value) => `t.kind = any(${value}::text[])`)
    .where(filter.status, (value) => `t.status = any(${value}::text[])`)
    .where(filter.from, (value) => `t.period_to >= ${value}::date`)
    .where(filter.to, (value) => `t.period_from <= ${value}::date`)
    .where(filter.year, (value) => `t.year = ${value}`)
    .either(
      filter.unanswered,
      `t.status in ('ANNOUNCED', 'UNANSWERED')`,
      `t.status not in ('ANNOUNCED', 'UNANSWERED')`,
    );
}

/** What a filter of evidence asks of a row `t`. @param readerId he does not review what is told of himself */
export function evidenceConditions(filter: EvidenceFilter, readerId: string): FilterConditions {
  return new FilterConditions()
    .where(filter.staffId, (value) => `t.staff_id = ${value}`)
    .where(filter.projectId, (value) => `t.project_id = ${value}`)
    .where(filter.kind, (value) => `t.kind = any(${value}::text[])`)
    .where(filter.status, (value) => `t.status = any(${value}::text[])`)
    .where(filter.occurredFrom, (value) => `t.occurred_at >= ${value}`)
    .where(filter.occurredTo, (value) => `t.occurred_at < ${value}`)
    .where(filter.subjectId, (value) => `t.subject_id = ${value}`)
    .where(
      filter.toBeReviewed ? readerId : null,
      (value) => `t.status = 'SUGGESTED' and t.staff_id <> ${value}`,
    );
}

/** What a filter of totals of years asks of a row `t`. */
export function yearConditions(filter: AppraisalYearFilter): FilterConditions {
  return new FilterConditions()
    .where(filter.staffId, (value) => `t.staff_id = ${value}`)
    .where(filter.projectId, (value) => `t.project_id = ${value}`)
    .where(filter.year, (value) => `t.year = ${value}`)
    .where(filter.status, (value) => `t.status = any(${value}::text[])`)
    .either(filter.excellent, 't.excellent', 'not t.excellent');
}
