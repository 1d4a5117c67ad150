import type { CauseClass } from './complaint';

/** The written parts of a case that somebody gets and confirms to have got (CMP-09, 10, 11). */
export const complaintDocumentKinds = [
  'DEMAND_FORM',
  'SPECIAL_REPORT',
  'WRITTEN_NOTICE',
  'COMPANY_DEMAND_FORM',
] as const;
export type ComplaintDocumentKind = (typeof complaintDocumentKinds)[number];

/** Who gets them: functions of the company and of the developer, and departments outside both. */
export const documentRecipients = [
  'QUALITY_CENTRE',
  'DIVISION_LEADER',
  'MANAGEMENT_OFFICE',
  'SERVICE_CENTRE',
  'DEVELOPER_CUSTOMER_RELATIONS',
  'OUTSIDE_DEPARTMENT',
] as const;
export type DocumentRecipient = (typeof documentRecipients)[number];

/** 书面通知 of housing quality, 书面报告 of facilities, 书面呈报 of what lies outside (CMP-09). */
export const noticeKinds = ['HOUSING_QUALITY_NOTICE', 'FACILITIES_REPORT', 'IMPACT_REPORT'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export const noticeWays = ['LETTER', 'EMAIL', 'BY_HAND'] as const;
export type NoticeWay = (typeof noticeWays)[number];

/** Which cause class asks for a notice, and who may be its addressee (CMP-09). */
export const noticeRules: Readonly<
  Record<NoticeKind, { readonly causeClass: CauseClass; readonly to: readonly DocumentRecipient[] }>
> = {
  HOUSING_QUALITY_NOTICE: { causeClass: 'CLASS_2', to: ['DEVELOPER_CUSTOMER_RELATIONS'] },
  FACILITIES_REPORT: { causeClass: 'CLASS_2', to: ['DEVELOPER_CUSTOMER_RELATIONS'] },
  IMPACT_REPORT: {
    causeClass: 'CLASS_3',
    to: ['MANAGEMENT_OFFICE', 'QUALITY_CENTRE', 'DIVISION_LEADER', 'OUTSIDE_DEPARTMENT'],
  },
};

/** A written notice as it was sent; never changed. */
export interface WrittenNotice {
  /** 1, 2, 3 … within the case. */
  readonly sequence: number;
  readonly kind: NoticeKind;
  readonly to: DocumentRecipient;
  /** The department outside, in words; null for all other addressees. */
  readonly department: string | null;
  readonly way: NoticeWay;
  readonly text: string;
  readonly sentAt: Date;
  readonly by: string;
}

/** What the service centre reports back on a demand form of the company. */
export interface CompanyReport {
  readonly at: Date;
  readonly by: string;
  readonly text: string;
}

/** 《(公司)客户诉求处理表》 that the quality centre issues to the service centre (CMP-10). */
export interface CompanyDemandForm {
  /** 1, 2, 3 … within the case. */
  readonly sequence: number;
  readonly issuedAt: Date;
  readonly by: string;
  readonly demand: string;
  /** By when the case is to be finished and its result reported. */
  readonly finishAt: Date;
  readonly measures: CompanyReport | null;
  readonly result: CompanyReport | null;
}

/** That a document arrived. */
export interface DocumentReceipt {
  readonly document: ComplaintDocumentKind;
  readonly sequence: number;
  readonly recipient: DocumentRecipient;
  readonly at: Date;
  readonly by: string;
  /** Who signed for it outside; null when the recipient confirmed it here. */
  readonly signedBy: string | null;
}

const letterOf = {
  DEMAND_FORM: 'D',
  SPECIAL_REPORT: 'S',
  WRITTEN_NOTICE: 'N',
  COMPANY_DEMAND_FORM: 'Q',
} as const satisfies Record<ComplaintDocumentKind, string>;

/** What tells a document from the others of its case: the kind's letter and its place in the case, such as `D2`. */
export function documentMark(kind: ComplaintDocumentKind, sequence: number): string {
  return `${letterOf[kind]}${sequence}`;
}

/** The number of a document: that of its case, and its mark. */
export function documentNumber(caseNumber: string, kind: ComplaintDocumentKind, sequence: number): string {
  return `${caseNumber}-${documentMark(kind, sequence)}`;
}
