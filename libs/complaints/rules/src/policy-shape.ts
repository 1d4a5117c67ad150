import { choice, fields, list, text, whole, type PolicyContradiction, type PolicyShape } from '@anju/kernel';
import { complaintChannels, complaintClockKinds, tellingChannels } from './complaint';
import { documentRecipients, noticeRules } from './document-state';
import { reportRecipients, type ComplaintPolicy } from './policy';
import { replyApprovers } from './reply-state';

const codeLike = { pattern: /^[A-Z][A-Z0-9_]*$/, expected: 'A–Z 0–9 _' };
const lead = whole('Hours; 0 for no warning.', 0, 720);
const named = { zh: text('In Chinese.', 40), en: text('In English.', 60) };

/** At least one: no reply goes out that nobody has approved. */
function ladder(about: string) {
  return list(about, choice('An approver.', replyApprovers), { fewest: 1, most: replyApprovers.length });
}

function addressees(about: string) {
  const { to } = noticeRules.IMPACT_REPORT;
  return list(about, choice('Who gets the report.', documentRecipients), { fewest: 0, most: to.length });
}

/** What each number of the complaint rules may be. A setting without its row does not compile. */
export const complaintPolicyShape: PolicyShape<ComplaintPolicy> = {
  hotGroupSize: whole('Different customers in one case from which it is hot (CMP-02).', 2, 1_000),
  majorGroupSize: whole('Different customers in one case from which it is major (CMP-02).', 2, 10_000),
  hotAfterDays: whole('Days of 24 h unresolved from which it is hot (CMP-03).', 1, 90),
  majorAfterMonths: whole('Calendar months unresolved from which it is major (CMP-03).', 1, 24),
  responseWorkingDays: whole('Working days from receipt to the handling response (CMP-05).', 1, 30),
  demandFormWorkingDays: whole('Working days from a rise in severity to its demand form (CMP-11).', 1, 30),
  callbackHours: whole('Elapsed hours from the promise to the call (CMP-06).', 1, 720),
  replyChannels: list(
    'Channels whose complaints are owed a reply, and measures by closing time (CMP-07).',
    choice('A channel.', complaintChannels),
    { fewest: 0, most: complaintChannels.length },
  ),
  publicChannels: list(
    'Channels on which everybody reads what a customer is told (CMP-08).',
    choice('A channel.', tellingChannels),
    { fewest: 0, most: tellingChannels.length },
  ),
  replyDeskHours: whole('Desk hours from receipt to the reply (CMP-07).', 1, 100),
  companyMeasuresWorkingDays: whole(
    'Working days from the quality centre’s demand form to the measures (CMP-10).',
    1,
    30,
  ),
  specialReportDays: whole('Days of 24 h from resolution to the special report (CMP-11).', 1, 90),
  returnVisitDays: whole('Days of 24 h from resolution to the return visit (CMP-12).', 1, 90),
  unreachableAfterDays: whole(
    'Different days on which a customer is tried in vain before he cannot be visited (CMP-12).',
    1,
    30,
  ),
  dissatisfiedUpTo: whole('The highest satisfaction that reopens a case (CMP-12).', 1, 4),
  similarWithinDays: whole('Days back within which open cases are offered for joining (CMP-14).', 1, 365),
  similarCasesOffered: whole('Cases offered for joining at most (CMP-14).', 1, 100),
  attachmentsPerCase: whole('Files of one case.', 1, 1_000),
  attachmentMegabytesPerCase: whole('Megabytes that the files of one case have together.', 1, 10_000),
  reportRecipients: list(
    'Who gets demand forms and special reports (CMP-11).',
    choice('A function of the company.', reportRecipients),
    { fewest: 1, most: reportRecipients.length },
  ),
  warningHours: fields('Hours of its own time that a warning comes before something is due; 0: none.', {
    RESPONSE: lead,
    CALLBACK: lead,
    REPLY: lead,
    MEASURES: lead,
    DEMAND_FORM: lead,
    COMPANY_MEASURES: lead,
    COMPANY_RESULT: lead,
    SPECIAL_REPORT: lead,
    RETURN_VISIT: lead,
    BECOMES_HOT: lead,
    BECOMES_MAJOR: lead,
  }),
  pausableClocks: list(
    'Duties that stand still while the customer is waited for; ageing never does.',
    choice('A duty.', complaintClockKinds),
    { fewest: 0, most: complaintClockKinds.length },
  ),
  topics: list(
    'What the desk offers as topics.',
    fields('A topic.', { code: text('Code, such as `LIFT`.', 40, codeLike), ...named }),
    { fewest: 1, most: 200, distinctBy: 'code' },
  ),
  causeClassNames: fields('What the cause classes are called (CMP-01).', {
    CLASS_1: fields('The company’s own service.', named),
    CLASS_2: fields('The developer.', named),
    CLASS_3: fields('The outside environment.', named),
  }),
  replyLadders: fields('Who approves a reply, the first one first (CMP-08).', {
    CUSTOMER: ladder('Of a reply to the customer.'),
    PUBLIC_PLATFORM: ladder('Of a reply on a public platform.'),
  }),
  impactReportsTo: fields('To whom a case of class 3 is reported in writing, by its severity (CMP-09).', {
    GENERAL: addressees('Of a general case.'),
    HOT: addressees('Of a hot case.'),
    MAJOR: addressees('Of a major case.'),
  }),
  departmentsOfTopics: list(
    'The departments that are proposed for topics (CMP-04).',
    fields('A topic with its department.', {
      topic: text('Code, such as `LIFT`.', 40, codeLike),
      department: text('Code, such as `EQUIPMENT`.', 40, codeLike),
    }),
    { fewest: 0, most: 200, distinctBy: 'topic' },
  ),
  departmentOfCauseClass: fields('The departments that are proposed for all other topics (CMP-04).', {
    CLASS_1: text('Code, such as `CUSTOMER_SERVICE`.', 40, codeLike),
    CLASS_2: text('Code, such as `CUSTOMER_SERVICE`.', 40, codeLike),
    CLASS_3: text('Code, such as `CUSTOMER_SERVICE`.', 40, codeLike),
  }),
  handlersProposed: whole('Employees proposed as handlers at most (CMP-04).', 1, 100),
};

/** The fewest days that so many calendar months have, anywhere in a year. */
function fewestDays(months: number): number {
  return months === 1 ? 28 : Math.floor(months * 30.4) - 2;
}

/**
 * Settings that do not go together: what is major is hot before, by its size and by its age; a notice goes to
 * those whom it may go to.
 */
export function complaintPolicyContradictions(policy: ComplaintPolicy): readonly PolicyContradiction[] {
  const { hotGroupSize, majorGroupSize, hotAfterDays, majorAfterMonths } = policy;
  const problems: PolicyContradiction[] = [];
  if (hotGroupSize >= majorGroupSize) {
    problems.push({
      field: 'hotGroupSize',
      reason: 'CONTRADICTS',
      expected: `< majorGroupSize ${majorGroupSize}`,
      between: ['hotGroupSize', 'majorGroupSize'],
    });
  }
  const days = fewestDays(majorAfterMonths);
  if (hotAfterDays >= days) {
    problems.push({
      field: 'hotAfterDays',
      reason: 'CONTRADICTS',
      expected: `< majorAfterMonths ≥ ${days} d`,
      between: ['hotAfterDays', 'majorAfterMonths'],
    });
  }
  Object.entries(policy.impactReportsTo).forEach(([severity, recipients]) =>
    recipients.forEach((recipient, index) => {
      if (noticeRules.IMPACT_REPORT.to.includes(recipient)) return;
      const expected = noticeRules.IMPACT_REPORT.to.join(' | ');
      const between = [`impactReportsTo.${severity}`];
      const field = `${between[0]}.${index}`;
      problems.push({ field, reason: 'CONTRADICTS', expected, between });
    }),
  );
  return problems;
}
