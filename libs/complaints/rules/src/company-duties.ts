import { meetClocks, startClock, type Step } from './clocks';
import type { ComplaintEnvironment } from './policy';

/**
 * The quality centre has sent its demand form (《客户诉求处理表》): the measures within one working day, the
 * handling finished by the date that it sets (CMP-10).
 * @param finishBy the set date, later than `at`
 */
export function startCompanyDuties(
  step: Step,
  finishBy: Date,
  at: Date,
  environment: ComplaintEnvironment,
): Step & { readonly measuresDueAt: Date } {
  const measures = startClock(step, 'COMPANY_MEASURES', at, environment);
  const { state, facts } = startClock(measures, 'COMPANY_RESULT', at, environment, { setDueAt: finishBy });
  return { state, facts, measuresDueAt: measures.dueAt };
}

/** The service centre has told the quality centre its measures (CMP-10). */
export function companyMeasuresReported(step: Step, at: Date): Step {
  return meetClocks(step, 'COMPANY_MEASURES', at);
}

/** The service centre has told the quality centre the result (CMP-10). */
export function companyResultReported(step: Step, at: Date): Step {
  return meetClocks(step, 'COMPANY_RESULT', at);
}
