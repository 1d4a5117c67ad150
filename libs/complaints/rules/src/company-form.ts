import { accept, isBlank, refuse } from '@anju/kernel';
import { companyMeasuresReported, companyResultReported, startCompanyDuties } from './company-duties';
import type { ComplaintState } from './complaint';
import type { CompanyDemandForm } from './document-state';
import { factOf } from './facts';
import type { ComplaintEnvironment } from './policy';
import { notAdmitted, type ComplaintDecision } from './transitions';

export interface IssueCompanyDemandForm {
  readonly by: string;
  readonly demand: string;
  readonly finishAt: Date;
}

/** The quality centre issues its demand form on a case that came to the company (CMP-10). */
export function issueCompanyDemandForm(
  state: ComplaintState,
  command: IssueCompanyDemandForm,
  at: Date,
  environment: ComplaintEnvironment,
): ComplaintDecision<
  'COMPLAINT_TEXT_MISSING' | 'COMPANY_DEMAND_FORM_STILL_OPEN' | 'COMPANY_DEMAND_FORM_DATE_PAST'
> {
  const refusal = notAdmitted(state, 'issueCompanyDemandForm', command.by);
  if (refusal) return refusal;
  const { by, demand, finishAt } = command;
  if (isBlank(demand)) return refuse('COMPLAINT_TEXT_MISSING', { command: 'issueCompanyDemandForm' });
  if (finishAt <= at) return refuse('COMPANY_DEMAND_FORM_DATE_PAST', { finishAt, now: at });
  const open = openCompanyForm(state);
  if (open) return refuse('COMPANY_DEMAND_FORM_STILL_OPEN', { issuedAt: open.issuedAt });
  const sequence = state.companyForms.length + 1;
  const form: CompanyDemandForm = {
    sequence,
    issuedAt: at,
    by,
    demand,
    finishAt,
    measures: null,
    result: null,
  };
  const issued = { ...state, companyForms: [...state.companyForms, form] };
  const fact = factOf('CompanyDemandFormIssued', state, at, { by, sequence, finishAt });
  const owing = startCompanyDuties({ state: issued, facts: [fact] }, finishAt, at, environment);
  return accept(owing.state, ...owing.facts);
}

export interface ReportToCompany {
  readonly by: string;
  readonly text: string;
}

/** The service centre reports its measures to the quality centre, within one working day (CMP-10). */
export function reportCompanyMeasures(
  state: ComplaintState,
  command: ReportToCompany,
  at: Date,
): ComplaintDecision<
  'COMPLAINT_TEXT_MISSING' | 'COMPANY_DEMAND_FORM_NOT_OPEN' | 'COMPANY_MEASURES_ALREADY_REPORTED'
> {
  const refusal = notAdmitted(state, 'reportCompanyMeasures', command.by);
  if (refusal) return refusal;
  const { by, text } = command;
  if (isBlank(text)) return refuse('COMPLAINT_TEXT_MISSING', { command: 'reportCompanyMeasures' });
  const open = openCompanyForm(state);
  if (!open) return refuse('COMPANY_DEMAND_FORM_NOT_OPEN', { command: 'reportCompanyMeasures' });
  if (open.measures) return refuse('COMPANY_MEASURES_ALREADY_REPORTED', { reportedAt: open.measures.at });
  const { sequence } = open;
  const reported = withForm(state, { ...open, measures: { at, by, text } });
  const fact = factOf('CompanyMeasuresReported', state, at, { by, sequence });
  const met = companyMeasuresReported({ state: reported, facts: [fact] }, at);
  return accept(met.state, ...met.facts);
}

/** The service centre reports the result back, by the set date; its measures come first (CMP-10). */
export function reportCompanyResult(
  state: ComplaintState,
  command: ReportToCompany,
  at: Date,
): ComplaintDecision<
  'COMPLAINT_TEXT_MISSING' | 'COMPANY_DEMAND_FORM_NOT_OPEN' | 'COMPANY_MEASURES_NOT_REPORTED'
> {
  const refusal = notAdmitted(state, 'reportCompanyResult', command.by);
  if (refusal) return refusal;
  const { by, text } = command;
  if (isBlank(text)) return refuse('COMPLAINT_TEXT_MISSING', { command: 'reportCompanyResult' });
  const open = openCompanyForm(state);
  if (!open) return refuse('COMPANY_DEMAND_FORM_NOT_OPEN', { command: 'reportCompanyResult' });
  if (!open.measures) return refuse('COMPANY_MEASURES_NOT_REPORTED', {});
  const { sequence } = open;
  const reported = withForm(state, { ...open, result: { at, by, text } });
  const fact = factOf('CompanyResultReported', state, at, { by, sequence });
  const met = companyResultReported({ state: reported, facts: [fact] }, at);
  return accept(met.state, ...met.facts);
}

/** The form whose result is still to be reported; null when there is none. */
export function openCompanyForm(state: ComplaintState): CompanyDemandForm | null {
  return state.companyForms.find((form) => form.result === null) ?? null;
}

function withForm(state: ComplaintState, form: CompanyDemandForm): ComplaintState {
  return {
    ...state,
    companyForms: state.companyForms.map((other) => (other.sequence === form.sequence ? form : other)),
  };
}
