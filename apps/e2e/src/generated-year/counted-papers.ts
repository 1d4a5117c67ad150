import type { CountedCase } from './counted-case';
import { wrongStatus, type Steps } from './counted-answers';

export interface Notice {
  readonly kind: string;
  readonly to: string;
}

/** 《(公司)客户诉求处理表》 (CMP-10). */
export interface CompanyForm {
  readonly finishAt: number;
  isMeasured: boolean;
  isAnswered: boolean;
}

/** Which class asks for a notice, and to whom it may go (CMP-09). */
const noticeOf: Readonly<Record<string, { readonly causeClass: string; readonly to: readonly string[] }>> = {
  HOUSING_QUALITY_NOTICE: { causeClass: 'CLASS_2', to: ['DEVELOPER_CUSTOMER_RELATIONS'] },
  FACILITIES_REPORT: { causeClass: 'CLASS_2', to: ['DEVELOPER_CUSTOMER_RELATIONS'] },
  IMPACT_REPORT: {
    causeClass: 'CLASS_3',
    to: ['MANAGEMENT_OFFICE', 'QUALITY_CENTRE', 'DIVISION_LEADER', 'OUTSIDE_DEPARTMENT'],
  },
};

const receiverOf: Readonly<Record<string, string>> = {
  QUALITY_CENTRE: 'QUALITY_CENTRE',
  DIVISION_LEADER: 'DIVISION_LEADER',
};

/** The form that is to be answered. */
export function openCompanyForm(one: CountedCase): CompanyForm | undefined {
  return one.companyForms.find(({ isAnswered }) => !isAnswered);
}

/** What is written about a case: CMP-09, CMP-10, CMP-11. */
export const paperSteps: Steps<
  | 'issueComplaintNotice'
  | 'nameComplaintCoordinator'
  | 'issueCompanyDemandForm'
  | 'reportCompanyMeasures'
  | 'reportCompanyResult'
  | 'confirmDocumentReceipt'
> = {
  issueComplaintNotice(one, { kind, to }, { at }) {
    if (!one.isOpen) return wrongStatus;
    const rule = noticeOf[kind]!;
    if (rule.causeClass !== one.causeClass) return 'COMPLAINT_NOTICE_NOT_OF_CAUSE_CLASS';
    if (!rule.to.includes(to)) return 'COMPLAINT_NOTICE_ADDRESSEE_NOT_MEANT';
    one.notices.push({ kind, to });
    one.tell('complaint-notice-issued', at);
    return 'DONE';
  },
  nameComplaintCoordinator(one, { coordinator }, { at }) {
    if (!one.isOpen) return wrongStatus;
    if (one.causeClass !== 'CLASS_3') return 'COMPLAINT_COORDINATOR_NOT_NEEDED';
    if (one.coordinator === coordinator) return 'COMPLAINT_COORDINATOR_UNCHANGED';
    one.coordinator = coordinator;
    one.tell('complaint-coordinator-named', at);
    return 'DONE';
  },
  issueCompanyDemandForm(one, { finishAt }, { at }) {
    if (!one.isUnresolved) return wrongStatus;
    if (finishAt <= at) return 'COMPANY_DEMAND_FORM_DATE_PAST';
    if (openCompanyForm(one)) return 'COMPANY_DEMAND_FORM_STILL_OPEN';
    one.companyForms.push({ finishAt, isMeasured: false, isAnswered: false });
    one.tell('company-demand-form-issued', at);
    one.start('COMPANY_MEASURES', at);
    one.start('COMPANY_RESULT', at, at, finishAt);
    return 'DONE';
  },
  reportCompanyMeasures(one, _, { at }) {
    if (!one.isOpen) return wrongStatus;
    const form = openCompanyForm(one);
    if (!form) return 'COMPANY_DEMAND_FORM_NOT_OPEN';
    if (form.isMeasured) return 'COMPANY_MEASURES_ALREADY_REPORTED';
    form.isMeasured = true;
    one.tell('company-measures-reported', at);
    one.meet('COMPANY_MEASURES', at);
    return 'DONE';
  },
  reportCompanyResult(one, _, { at }) {
    if (!one.isOpen) return wrongStatus;
    const form = openCompanyForm(one);
    if (!form) return 'COMPANY_DEMAND_FORM_NOT_OPEN';
    if (!form.isMeasured) return 'COMPANY_MEASURES_NOT_REPORTED';
    form.isAnswered = true;
    one.tell('company-result-reported', at);
    one.meet('COMPANY_RESULT', at);
    return 'DONE';
  },
  confirmDocumentReceipt(one, { form, recipient }, { at, by }) {
    if (one.status === 'JOINED') return wrongStatus;
    const receivedBy = one.demandForms[form - 1];
    if (!receivedBy) return 'COMPLAINT_DOCUMENT_NOT_FOUND';
    if (receivedBy.has(recipient)) return 'COMPLAINT_DOCUMENT_ALREADY_RECEIVED';
    // The manager stands in for the division's leader.
    const isHis = receiverOf[by] === recipient || (by === 'MANAGER' && recipient === 'DIVISION_LEADER');
    if (!isHis) return 'COMPLAINT_DOCUMENT_OF_ANOTHER';
    receivedBy.add(recipient);
    one.tell('complaint-document-received', at);
    return 'DONE';
  },
};
