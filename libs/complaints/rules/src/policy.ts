import type { ProjectCalendars } from '@anju/kernel';
import type { CauseClass, ComplaintChannel, ComplaintClockKind, TellingChannel } from './complaint';
import type { DocumentRecipient } from './document-state';
import type { ReplyApprover, ReplyAudience } from './reply-state';
import type { Severity } from './severity';

/** Functions of the company that demand forms and special reports go to. */
export const reportRecipients = ['QUALITY_CENTRE', 'DIVISION_LEADER'] as const;
export type ReportRecipient = (typeof reportRecipients)[number];

/** What a code is called at the desk. */
export interface PolicyName {
  readonly zh: string;
  readonly en: string;
}

/** Something that complaints are about. */
export interface ComplaintTopic extends PolicyName {
  readonly code: string;
}

/** What age alone makes of an unresolved case (CMP-03). */
export const ageingKinds = ['BECOMES_HOT', 'BECOMES_MAJOR'] as const;
export type AgeingKind = (typeof ageingKinds)[number];

/** The department that is proposed for a topic, both by their codes. */
export interface TopicDepartment {
  readonly topic: string;
  readonly department: string;
}

/** Every number of the complaints rules; per organisation, overridable per project. */
export interface ComplaintPolicy {
  /** Different customers in one case from which it is hot, and from which it is major (CMP-02, inclusive). */
  readonly hotGroupSize: number;
  readonly majorGroupSize: number;
  /** Elapsed days of 24 h, and calendar months, unresolved after receipt (CMP-03). */
  readonly hotAfterDays: number;
  readonly majorAfterMonths: number;
  /** Working days from receipt or reopening to the handling response (CMP-05). */
  readonly responseWorkingDays: number;
  /** Working days from a rise in severity to its demand form (CMP-11). */
  readonly demandFormWorkingDays: number;
  /** Elapsed hours from the promise to the call (CMP-06). */
  readonly callbackHours: number;
  /** Channels whose complaints are owed a reply, and measures by closing time (CMP-07). */
  readonly replyChannels: readonly ComplaintChannel[];
  /** Where everybody reads what a customer is told: such an answer climbs the ladder of public platforms (CMP-08). */
  readonly publicChannels: readonly TellingChannel[];
  /** Desk hours from receipt, or from being passed on, to the reply (CMP-07). */
  readonly replyDeskHours: number;
  /** Working days from the quality centre's demand form to the measures (CMP-10). */
  readonly companyMeasuresWorkingDays: number;
  /** Elapsed days from resolution to the special report of a hot or major case (CMP-11). */
  readonly specialReportDays: number;
  /** Elapsed days from resolution to the return visit (CMP-12). */
  readonly returnVisitDays: number;
  /** On how many different days of the project a customer is tried in vain before he cannot be visited (CMP-12). */
  readonly unreachableAfterDays: number;
  /** The highest satisfaction, of 1 to 5, that counts as dissatisfied and reopens the case (CMP-12). */
  readonly dissatisfiedUpTo: number;
  /** Elapsed days back within which an open case is offered for joining (CMP-14). */
  readonly similarWithinDays: number;
  /** How many cases are offered at most, those with most in common (CMP-14). */
  readonly similarCasesOffered: number;
  /** Files of one case, and how large they are together. */
  readonly attachmentsPerCase: number;
  readonly attachmentMegabytesPerCase: number;
  /** Who gets the demand form and the special report (CMP-11). */
  readonly reportRecipients: readonly ReportRecipient[];
  /** What the desk offers as topics; a contact that comes with another topic keeps it. */
  readonly topics: readonly ComplaintTopic[];
  /** What the cause classes are called (CMP-01). */
  readonly causeClassNames: Readonly<Record<CauseClass, PolicyName>>;
  /** Hours of its own time that a warning comes before something is due; 0 for no warning. */
  readonly warningHours: Readonly<Record<ComplaintClockKind | AgeingKind, number>>;
  /** Duties that stand still while the customer is waited for. Ageing never does. */
  readonly pausableClocks: readonly ComplaintClockKind[];
  /** Who approves a reply, the first one first; a marked one goes on to the general manager (CMP-08). */
  readonly replyLadders: Readonly<Record<ReplyAudience, readonly ReplyApprover[]>>;
  /** To whom a case of class 3 is reported in writing, by its severity (CMP-09). */
  readonly impactReportsTo: Readonly<Record<Severity, readonly DocumentRecipient[]>>;
  /** Codes of the departments that are proposed, by topic and, for other topics, by cause class (CMP-04). */
  readonly departmentsOfTopics: readonly TopicDepartment[];
  readonly departmentOfCauseClass: Readonly<Record<CauseClass, string>>;
  /** How many employees are proposed as handlers at most, the one to be preferred first (CMP-04). */
  readonly handlersProposed: number;
}

/** The defaults of the rulebook: source 4, 4.5.4–4.5.6.8; source 2, return visits. */
export const defaultComplaintPolicy: ComplaintPolicy = {
  hotGroupSize: 3,
  majorGroupSize: 10,
  hotAfterDays: 7,
  majorAfterMonths: 1,
  responseWorkingDays: 1,
  demandFormWorkingDays: 1,
  callbackHours: 48,
  replyChannels: ['WEB', 'DEVELOPER_CUSTOMER_RELATIONS'],
  publicChannels: ['QQ_GROUP'],
  replyDeskHours: 4,
  companyMeasuresWorkingDays: 1,
  specialReportDays: 7,
  returnVisitDays: 3,
  // Within the three days of the visit itself.
  unreachableAfterDays: 3,
  dissatisfiedUpTo: 2,
  similarWithinDays: 30,
  similarCasesOffered: 20,
  attachmentsPerCase: 100,
  attachmentMegabytesPerCase: 500,
  reportRecipients: ['QUALITY_CENTRE', 'DIVISION_LEADER'],
  topics: [
    { code: 'LIFT', zh: '电梯', en: 'Lift' },
    { code: 'PLUMBING', zh: '给排水', en: 'Water and drains' },
    { code: 'ELECTRICITY', zh: '供电', en: 'Electricity' },
    { code: 'WINDOW', zh: '门窗', en: 'Windows' },
    { code: 'WALL', zh: '墙面与渗漏', en: 'Walls and leaks' },
    { code: 'DOOR', zh: '门禁与安防', en: 'Doors and security' },
    { code: 'CLEANING', zh: '保洁', en: 'Cleaning' },
    { code: 'GREENING', zh: '绿化', en: 'Greening' },
    { code: 'LIGHTING', zh: '公共照明', en: 'Lighting' },
    { code: 'PARKING', zh: '停车', en: 'Parking' },
    { code: 'NOISE', zh: '噪声', en: 'Noise' },
    { code: 'ATTITUDE', zh: '服务态度', en: 'Manner of service' },
    { code: 'FEES', zh: '收费', en: 'Fees' },
    { code: 'BROADBAND', zh: '网络与通信', en: 'Broadband' },
    { code: 'MOVING', zh: '搬家与装修', en: 'Moving and fitting out' },
  ],
  causeClassNames: {
    CLASS_1: { zh: '一类：物业服务', en: 'Class 1: own service' },
    CLASS_2: { zh: '二类：开发商', en: 'Class 2: the developer' },
    CLASS_3: { zh: '三类：外部环境', en: 'Class 3: outside environment' },
  },
  warningHours: {
    RESPONSE: 2,
    CALLBACK: 4,
    REPLY: 1,
    MEASURES: 1,
    DEMAND_FORM: 2,
    COMPANY_MEASURES: 2,
    COMPANY_RESULT: 24,
    SPECIAL_REPORT: 48,
    RETURN_VISIT: 24,
    BECOMES_HOT: 24,
    BECOMES_MAJOR: 72,
  },
  // Those that are done with the customer; what is owed to the company itself waits for nobody.
  pausableClocks: ['RESPONSE', 'CALLBACK', 'REPLY', 'MEASURES', 'COMPANY_RESULT', 'RETURN_VISIT'],
  replyLadders: {
    CUSTOMER: ['DEPARTMENT_HEAD'],
    PUBLIC_PLATFORM: ['PROJECT_MANAGER', 'DIVISION_LEADER'],
  },
  impactReportsTo: {
    GENERAL: ['MANAGEMENT_OFFICE'],
    HOT: ['MANAGEMENT_OFFICE', 'QUALITY_CENTRE'],
    MAJOR: ['MANAGEMENT_OFFICE', 'QUALITY_CENTRE', 'DIVISION_LEADER'],
  },
  departmentsOfTopics: [
    { topic: 'LIFT', department: 'EQUIPMENT' },
    { topic: 'PLUMBING', department: 'EQUIPMENT' },
    { topic: 'ELECTRICITY', department: 'EQUIPMENT' },
    { topic: 'LIGHTING', department: 'EQUIPMENT' },
  ],
  departmentOfCauseClass: {
    CLASS_1: 'CUSTOMER_SERVICE',
    CLASS_2: 'CUSTOMER_SERVICE',
    CLASS_3: 'CUSTOMER_SERVICE',
  },
  handlersProposed: 10,
};

/** What holds in the complaint's project, and which the rules take as an argument. */
export interface ComplaintEnvironment {
  readonly policy: ComplaintPolicy;
  readonly calendars: ProjectCalendars;
  /** Which policy and which calendars these are; 0: the built-in ones. */
  readonly policyVersion: number;
  readonly calendarVersion: number;
}
