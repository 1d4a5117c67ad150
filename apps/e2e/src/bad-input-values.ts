import { newId } from '@anju/kernel';
import type { Leaf, Operation } from './bad-input-schema';

/** Ids by the name of the field that takes them. */
export type Ids = Readonly<Record<string, string>>;

/** When the stage is set. */
export const stageTime = new Date('2026-03-02T08:30:00+08:00');

/** Values of single places, by command or query and field. */
const byPlace: Readonly<Record<string, unknown>> = {
  'addCustomerPhone.number': '13787654321',
  'appendToImport.contentBase64': 'NjEy',
  'appendToImport.index': 0,
  'approveMessage.revision': 2,
  'changeMortgagePlan.plan.providentFundAmount': undefined,
  'changeOpeningHours.weekly.weekday': 3,
  'closeAppraisalYear.year': 2026,
  'confirmInteractionClass.class': 'OWN_REPAIR',
  'decideAppeal.reductions.to': '0.50',
  'draftContract.discounts.value': '1.00',
  'draftContract.mortgagePlan.providentFundAmount': undefined,
  'draftComplaintPolicy.values.similarWithinDays': 29,
  'endCustomerRole.to': '2026-03-31',
  'issueComplaintNotice.to': 'DEVELOPER_CUSTOMER_RELATIONS',
  'labels.locale': 'en',
  'labels.prefix': 'UnitStatus.',
  'metrics.dimensions': 'channel',
  'openSalesReport.month': '2019-07',
  'planDuty.date': '2026-03-07',
  'raiseComplaintSeverity.to': 'MAJOR',
  'receiveMortgageDocument.document': 'IDENTITY_CARD',
  'recordIdentityDocument.number': '11010519491231002X',
  'recordMessageAddress.address': '13755550002',
  'recordReadinessItem.expiresOn': '2027-12-31',
  'registerCustomer.identityDocuments.number': '11010519491231002X',
  'registerCustomer.phones.number': '13712345678',
  'registerOrganisation.code': 'QXWY',
  'registerProject.code': 'QX',
  'registerUnit.number': '1203',
  'reviseContract.discounts.value': '1.00',
  'reviseContract.mortgagePlan.providentFundAmount': undefined,
  'setCalendarException.date': '2026-03-07',
  'setMessageAudience.roles': 'OWNER',
  'startCustomerRole.to': '2027-03-01',
  // Maxima and shares that do not add up are no scheme, and one of a kind never adds up.
  ...Object.fromEntries(
    ['createScheme', 'addSchemeVersion'].flatMap((name) =>
      ['items.item', 'items.maximum', 'yearShares.part', 'yearShares.share', 'monthWeights'].map((field) => [
        `${name}.content.${field}`,
        undefined,
      ]),
    ),
  ),
  ...Object.fromEntries(
    ['retryComplaintsParkedEvents', 'skipComplaintsParkedEvent'].map((name) => [
      `${name}.consumer`,
      'complaints.references',
    ]),
  ),
};

/** Values of fields that are called the same wherever they are. */
const byName: Readonly<Record<string, unknown>> = {
  callbackContact: '13900003201',
  code: 'JX',
  departmentCode: 'EQUIPMENT',
  dueOn: '2026-03-09',
  field: 'matter',
  finishAt: '2026-03-09T18:00:00+08:00',
  fromAt: '2026-03-04T10:00:00+08:00',
  home: '3-2-1201',
  month: '2026-03',
  number: '9',
  phone: '13900003201',
  points: '1.00',
  position: 'TECHNICIAN',
  postcode: '518000',
  promisedAt: '2026-03-04T11:00:00+08:00',
  responsibleDepartment: 'EQUIPMENT',
  satisfaction: 5,
  share: '100',
  timeZone: 'Asia/Shanghai',
  toDepartment: 'CUSTOMER_SERVICE',
  toAt: '2026-03-04T11:00:00+08:00',
  topic: 'LIFT',
  withinHours: 48,
};

/** Given only where they are what is tried. */
const leftOut: ReadonlySet<string> = new Set([
  'idempotencyKey',
  'expectedVersion',
  'after',
  'feePayer',
  'shiftId',
  'registerStaff.id',
  'subscribeUnit.leadId',
  'recordSalePayment.paymentId',
  'setMessageAudience.buildingIds',
  'setMessageAudience.unitIds',
]);

/** Ids that a command takes without looking for what they are of. */
export const takenOnTrust: ReadonlySet<string> = new Set([
  // The one that makes it gives the id that the person's account already has.
  'registerStaff.id',
  // Money that finance took is in no drawer, so that no shift is looked for.
  'cancelReceipt.shiftId',
  // Sales do not know contacts: where a prospect's call is on record is said by who took it.
  'recordLead.interactionId',
  // The one that took the payment gives the id that it has there.
  'recordSalePayment.paymentId',
  // The complaints learn of a contact when it is classified, which may be after it was put into a case.
  'joinComplaint.customers.interactionId',
  'recordComplaintUrging.interactionId',
]);

/** How a field of an input is called, without the places in lists: `planDuty.hours.from`. */
export function placeOf(operation: Operation, leaf: Leaf): string {
  return [operation.name, ...namesOf(leaf).filter((name) => name !== 'input')].join('.');
}

function namesOf(leaf: Leaf): string[] {
  return leaf.path.filter((step) => typeof step === 'string');
}

/** A value that the field takes, so that only what is tried in its place can be wrong. */
export function goodValue(operation: Operation, leaf: Leaf, ids: Ids): unknown {
  const place = placeOf(operation, leaf);
  if (Object.hasOwn(byPlace, place)) return byPlace[place];
  const names = namesOf(leaf);
  const name = names.at(-1)!;
  // Settings have ranges of their own, and most of them go together with others.
  if (place.startsWith('draftComplaintPolicy.values.')) return undefined;
  if (leaf.isOptional && (leftOut.has(name) || leftOut.has(place))) return undefined;
  if (Object.hasOwn(byName, name)) return byName[name];
  switch (leaf.type) {
    case 'ID':
      return idFor(operation, name, ids);
    case 'String':
      if (names.at(-2) === 'hours') return name === 'from' ? '09:00' : '18:00';
      return '安居';
    case 'DateTime':
      return stageTime.toISOString();
    case 'Date':
      return name === 'to' ? '2026-12-31' : '2026-03-02';
    case 'Decimal':
      return '89.50';
    case 'Int':
    case 'Float':
      return 1;
    case 'Boolean':
      return ['thanksGiven', 'financeAway', 'identityCopied', 'consents', 'deedTaxReminded'].includes(name);
    default:
      return leaf.firstWord;
  }
}

/** Types whose ids are not called after them. */
const idNames: Readonly<Record<string, string>> = {
  BuildingSection: 'sectionId',
  HandlerProposal: 'complaintId',
  RevealedCustomerData: 'customerId',
  SimilarComplaint: 'complaintId',
};

/** Names that mean something else in one place. */
const otherNames: Readonly<Record<string, string>> = {
  draftId: 'complaintPolicyVersionId',
  previewComplaintPolicy_draftId: 'complaintPolicyVersionId',
  'planVisitAction.ownerId': 'actionOwnerId',
  subjectId: 'interactionId',
};

function idFor(operation: Operation, given: string, ids: Ids): string {
  const { root, answers } = operation;
  const name = otherNames[`${operation.name}.${given}`] ?? otherNames[given] ?? given;
  if (name === 'id' || name === `${root}_id`) {
    const type = name === 'id' ? answers : `${root.charAt(0).toUpperCase()}${root.slice(1)}`;
    return ids[idNames[type] ?? `${type.charAt(0).toLowerCase()}${type.slice(1)}Id`] ?? newId();
  }
  return ids[name] ?? ids[name.replace(/s$/, '')] ?? newId();
}
