import { defaultProjectCalendars, projectCalendars } from '@anju/kernel';
import { accepted, at } from '@anju/testing';
import { acknowledgeAppraisal } from './answer';
import { announceAppraisal, openAppraisal, type AppraisedEmployee, type OpenAppraisal } from './appraisal';
import type { AppraisalState } from './appraisal-state';
import { defaultAppraisalPolicy, type AppraisalEnvironment } from './policy';
import { createScheme, type SchemeContent, type SchemeState } from './scheme';

export const policy = defaultAppraisalPolicy;

export const environment: AppraisalEnvironment = {
  policy,
  calendars: projectCalendars(defaultProjectCalendars()),
};

/** The front desk's agent, employed since last summer. */
export const zhou: AppraisedEmployee = {
  staffId: 'staff-zhou',
  level: 'OPERATIONAL',
  position: 'FRONT_DESK_AGENT',
  employments: [{ from: '2025-07-01', to: null }],
};

/** The standard scheme for everybody of the operational level, from the beginning of 2025. */
export function aScheme(
  change: Partial<Parameters<typeof createScheme>[0]> = {},
  content: Partial<SchemeContent> = {},
): SchemeState {
  return accepted(
    createScheme(
      {
        id: 'scheme-1',
        organisationId: 'organisation-1',
        level: 'OPERATIONAL',
        position: null,
        effectiveFrom: '2025-01-01',
        content: { ...policy.standardScheme, ...content },
        by: 'staff-quality',
        ...change,
      },
      at('2025-01-01 09:00'),
      environment,
    ),
  );
}

/** A sheet of March 2026, opened by the appraiser on its last day. */
export function aSheet(change: Partial<OpenAppraisal> = {}, employee = zhou): AppraisalState {
  return accepted(
    openAppraisal(
      {
        id: 'sheet-1',
        projectId: 'project-jx',
        kind: 'MONTHLY',
        day: '2026-03-31',
        by: 'staff-qian',
        ...change,
      },
      { employee, schemes: [aScheme()], existingId: null },
      at('2026-03-31 17:00'),
      environment,
    ),
  );
}

export function announced(sheet: AppraisalState = aSheet(), on = '2026-04-01 10:00'): AppraisalState {
  return accepted(announceAppraisal(sheet, { by: 'staff-qian' }, at(on), environment));
}

export function acknowledged(sheet: AppraisalState = aSheet()): AppraisalState {
  return accepted(acknowledgeAppraisal(announced(sheet), { by: sheet.staffId }, at('2026-04-02 10:00')));
}
