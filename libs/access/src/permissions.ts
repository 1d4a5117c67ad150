import type { Role } from './roles';

/**
 * Every permission with what it allows. A field or mutation of the graph names one of these; who holds it
 * stands in `permissionsByRole`. Names are `<context>.<thing>.<action>`: whoever may act on a thing may also
 * read it, with the exceptions that the tests name.
 */
export const permissions = {
  'directory.structure.read': 'See organisations, projects, buildings, sections and units',
  'directory.structure.write': 'Register and change organisations, projects, buildings, sections and units',
  'directory.calendar.write': 'Change the opening hours, holidays and make-up days of a project',
  'directory.staff.read': 'See colleagues: name, department, position, supervisor',
  'directory.staff.write': 'Register and change staff, departments and supervisors',
  'directory.duty.read': 'See the duty roster of weekends and holidays',
  'directory.duty.write': 'Plan and withdraw duties',
  'directory.partner.read': 'See outside firms and authorities with their contacts and service promises',
  'directory.partner.write': 'Register and change partners',
  'directory.customer.read':
    'See and search customers and their roles on units; phones and identity numbers masked',
  'directory.customer.write': 'Register and change customers, and start and end their roles on units',
  'directory.customer.merge': 'Merge two records of one customer',
  'directory.customer.reveal': 'See a phone or identity number unmasked, for a purpose, which is logged',
  'directory.import': 'Import units and customers from a file, or try one out',

  'reception.interaction.read': 'See contacts received and how they went on',
  'reception.interaction.record':
    'Record and classify contacts, hand them over and accept them, tell the customer, close them',
  'reception.interaction.reassign':
    'Offer a contact of somebody who is away to another colleague, or close it in his place',
  'reception.workOrder.read': 'See work orders',
  'reception.workOrder.issue': 'Issue, move, confirm and cancel work orders',
  'reception.workOrder.perform': 'Accept a work order, be on site, report it done',
  'reception.followUp.read': 'See the follow-up register',
  'reception.followUp.handle': 'Open, remind, and record the arrival and result of follow-up items',
  'reception.rectification.read': 'See liaison forms to the developer',
  'reception.rectification.request': 'Fill in a liaison form to the developer',
  'reception.rectification.verify': 'Verify and sign a liaison form for the management office',
  'reception.rectification.sign': 'Sign for a liaison form and confirm its completion for the developer',
  'reception.releaseSlip.read': 'See release slips',
  'reception.releaseSlip.issue': "Record the owner's call and issue or refuse release slips",
  'reception.releaseSlip.redeem': 'Let goods out against a release slip',
  'reception.payment.read': 'See receipts',
  'reception.payment.take': 'Take money against a numbered receipt, and note that its invoice was delivered',
  'reception.payment.cancel': 'Cancel a receipt and give the money back',
  'reception.fee.read': 'See what is owed and paid for a unit',
  'reception.fee.charge': 'Charge management fees',
  'reception.shift.read': 'See shifts and their handovers',
  'reception.shift.handle': 'Open a shift, hand it over, accept or dispute a handover',

  'complaints.complaint.read': 'See complaints with their clocks and history',
  'complaints.report.read': 'See the regular report on complaints; it names no person',
  'complaints.complaint.file': 'Pass on a complaint that one has heard',
  'complaints.complaint.acknowledge':
    'Thank and acknowledge on first receipt, set the responsible department and the handler, let customers join',
  'complaints.complaint.passOn':
    'Record that the developer’s customer-relations centre passed a complaint on',
  'complaints.complaint.assign': 'Give a complaint to another department or handler',
  'complaints.complaint.handle': 'Respond to a complaint, record its course and its result',
  'complaints.complaint.close': 'Close a complaint after its return visit, or take it up again',
  'complaints.complaint.attach':
    'Upload files, attach them to complaints, and take them off again with a reason',
  'complaints.severity.raise': 'Raise the severity of a complaint above what the facts say',
  'complaints.demandForm.file': 'File the demand form to the quality centre and the division leader',
  'complaints.specialReport.submit': 'Submit the special report on a major or hot complaint',
  'complaints.complaint.regroup': 'Link cases, end one in another, give members of one a case of their own',
  'complaints.reply.draft': 'Write, change, submit and give up replies that have to be approved',
  'complaints.reply.approve':
    'Approve replies to customers or send them back, each at one’s step of the ladder',
  'complaints.reply.send': 'Send approved replies to customers',
  'complaints.notice.issue':
    'Send written notices of a complaint to the developer or to departments concerned',
  'complaints.companyForm.issue': 'Issue the company’s demand form to a service centre',
  'complaints.companyForm.answer': 'Report measures and result on the company’s demand form',
  'complaints.document.receive': 'Confirm that a document of a complaint arrived',
  'complaints.returnVisit.record': 'Record a return visit and the satisfaction it found',
  'complaints.policy.read':
    'See the numbers of the complaint rules, their versions and what came of a change',
  'complaints.policy.draft': 'Draft other numbers of the complaint rules, and look at what they would change',
  'complaints.policy.putInForce': 'Put drafted numbers of the complaint rules in force',

  'sales.lead.read': 'See prospects (来电来访客户) with their needs and follow-ups',
  'sales.lead.handle': 'Enter prospects, follow them up, propose homes to them, give them up',
  'sales.lead.assign': 'Give a prospect to another consultant',
  'sales.offer.read': 'See the price list (一房一价)',
  'sales.offer.write': 'Put units on the price list, change their prices, take them off',
  'sales.readiness.read': 'See what a project has of what signing needs (五证等)',
  'sales.readiness.write': 'Record and take back what signing needs',
  'sales.sale.read': 'See sales from the subscription to the handover',
  'sales.sale.subscribe': 'Subscribe a unit for customers (认购), and give a subscription up',
  'sales.sale.recordPayment': 'Enter payments on the price of a home',
  'sales.sale.handOver': 'Hand a paid home over',
  'sales.contract.read': 'See contracts with their filing',
  'sales.contract.draft': 'Draft, revise and give up contracts',
  'sales.contract.approveDiscount': 'Approve a discount beyond the limit',
  'sales.contract.sign': 'Sign a contract online (网签), and correct what a check found',
  'sales.contract.check': 'Check a signed contract as the second person',
  'sales.contract.file': 'Submit the filing (备案), note its return, tell the customer of it',
  'sales.mortgage.read': 'See mortgage cases',
  'sales.mortgage.handle': 'Open mortgage cases and bring them on',
  'sales.report.read': 'See the monthly sales reports',
  'sales.report.write': 'Make the monthly sales report, send it, correct it',

  'communications.word.read': 'See the register of every word to customers',
  'communications.word.record': 'Enter a word to customers that no other record tells of',
  'communications.message.read': 'See templates and messages to customers with what became of them',
  'communications.message.draft': 'Draft messages to customers, set their audience, submit and cancel them',
  'communications.message.approve': 'Approve messages to customers or send them back',
  'communications.template.write': 'Write templates of messages',
  'communications.consent.record': 'Record what customers agree to get and where they want to get it',
  'communications.visit.read': 'See visits to customers and what is done about their suggestions',
  'communications.visit.record': 'Record visits to customers, plan actions and record their results',

  'appraisal.scheme.read': 'See by which schemes employees are appraised',
  'appraisal.scheme.write': 'Make appraisal schemes, add versions, retire them',
  'appraisal.own.read':
    'See what concerns oneself: results once they are announced, evidence, and totals of years',
  'appraisal.own.answer': 'State one’s view of evidence, acknowledge one’s result or appeal against it',
  'appraisal.sheet.read': 'See the checks and appraisals of other employees',
  'appraisal.sheet.score': 'Open checks and appraisals of others, deduct, commend, announce',
  'appraisal.appeal.decide': 'Decide appeals against results',
  'appraisal.evidence.read': 'See the evidence on other employees',
  'appraisal.evidence.review': 'Score or dismiss evidence on others',
  'appraisal.year.read': 'See the totals of years of other employees',
  'appraisal.year.close': 'Work out and correct totals of years',

  'insights.metrics.read': 'See metrics; they carry no personal data',
  'insights.metrics.rebuild': 'Rebuild the metrics from the event log',

  'operations.events.operate': 'Inspect, retry and skip parked events',
  'platform.clock.move': 'Move the clock of a demonstration',
  'audit.read': 'See histories across services and the log of unmaskings',
} as const satisfies Record<string, string>;

export type Permission = keyof typeof permissions;

/** CMP-15: any role may pass on a complaint. What it files it need not be able to read afterwards. */
const everyone = ['complaints.complaint.file'] as const satisfies readonly Permission[];

const colleague = [
  ...everyone,
  'directory.structure.read',
  'directory.staff.read',
  'directory.duty.read',
] as const satisfies readonly Permission[];

/** All that a service centre sees of its own day. */
const serviceCentreReader = [
  ...colleague,
  'directory.partner.read',
  'directory.customer.read',
  'reception.interaction.read',
  'reception.workOrder.read',
  'reception.followUp.read',
  'reception.rectification.read',
  'reception.releaseSlip.read',
  'reception.payment.read',
  'reception.fee.read',
  'reception.shift.read',
  'complaints.complaint.read',
  'complaints.policy.read',
  'communications.word.read',
  'communications.message.read',
  'communications.visit.read',
] as const satisfies readonly Permission[];

/** What is done for a customer who calls or stands at the desk. */
const customerService = [
  ...serviceCentreReader,
  'directory.customer.write',
  'directory.customer.reveal',
  'reception.interaction.record',
  'reception.workOrder.issue',
  'reception.followUp.handle',
  'reception.rectification.request',
  'reception.releaseSlip.issue',
  'complaints.complaint.acknowledge',
  'complaints.complaint.passOn',
  'complaints.complaint.attach',
  'communications.word.record',
  'communications.consent.record',
] as const satisfies readonly Permission[];

/** Words of the company to many customers, and visits to some (COM-02, 05). */
const speakingForCompany = [
  'communications.message.draft',
  'communications.template.write',
  'communications.visit.record',
] as const satisfies readonly Permission[];

const cashDesk = [
  'reception.payment.take',
  'reception.shift.handle',
] as const satisfies readonly Permission[];

const complaintHandling = [
  'complaints.complaint.handle',
  'complaints.demandForm.file',
  'complaints.specialReport.submit',
  'complaints.returnVisit.record',
  'complaints.reply.draft',
  'complaints.companyForm.answer',
  'complaints.document.receive',
] as const satisfies readonly Permission[];

const complaintLeading = [
  'complaints.report.read',
  'complaints.complaint.assign',
  'complaints.complaint.close',
  'complaints.complaint.regroup',
  'complaints.severity.raise',
  'complaints.notice.issue',
  'complaints.reply.approve',
] as const satisfies readonly Permission[];

/** The rules' numbers; of the whole organisation for those who hold it in all projects. */
const complaintPolicy = [
  'complaints.policy.draft',
  'complaints.policy.putInForce',
] as const satisfies readonly Permission[];

/** Of appraisals; what is one's own is never seen as another's (APR-11). */
const appraisalReader = [
  'appraisal.scheme.read',
  'appraisal.own.read',
  'appraisal.sheet.read',
  'appraisal.evidence.read',
  'appraisal.year.read',
] as const satisfies readonly Permission[];

/** Leaders above the service centre look on, and raise a case that they find graver than it is held to be. */
const leadership = [
  ...serviceCentreReader,
  'complaints.severity.raise',
  'complaints.report.read',
  'insights.metrics.read',
] as const satisfies readonly Permission[];

/** Who answers for a customer as a whole sees the contracts too; what is still being sold is the sales office's. */
const wholeCustomer = ['sales.contract.read'] as const satisfies readonly Permission[];

const salesReader = [
  'sales.lead.read',
  'sales.offer.read',
  'sales.readiness.read',
  'sales.sale.read',
  'sales.contract.read',
  'sales.mortgage.read',
] as const satisfies readonly Permission[];

const sales = [
  ...colleague,
  'directory.partner.read',
  'directory.customer.read',
  'directory.customer.write',
  'directory.customer.reveal',
  ...salesReader,
] as const satisfies readonly Permission[];

const consulting = ['sales.lead.handle', 'sales.sale.subscribe'] as const satisfies readonly Permission[];

/** That the second person is another one is the rule's to see to (SAL-11). */
const signing = [
  'sales.readiness.write',
  'sales.contract.draft',
  'sales.contract.sign',
  'sales.contract.check',
  'sales.contract.file',
  'sales.sale.handOver',
] as const satisfies readonly Permission[];

/**
 * Who may do what: the one table. A role is held for projects, so that every line reads "in these projects".
 * The two signatures of a liaison form (REC-13) are never in one role, neither is issuing a release slip with
 * redeeming it (REC-38), and the desk that takes money does not cancel its own receipts.
 */
export const permissionsByRole = {
  FRONT_DESK: [...customerService, ...cashDesk],
  SERVICE_SPECIALIST: [...customerService, ...complaintHandling, ...speakingForCompany],
  SERVICE_SUPERVISOR: [
    ...customerService,
    ...wholeCustomer,
    ...cashDesk,
    ...complaintHandling,
    ...complaintLeading,
    ...speakingForCompany,
    'reception.interaction.reassign',
    'reception.payment.cancel',
    'directory.customer.merge',
    'directory.duty.write',
    'directory.import',
    'insights.metrics.read',
  ],
  OFFICE_DIRECTOR: [
    ...customerService,
    ...wholeCustomer,
    ...complaintHandling,
    ...complaintLeading,
    ...speakingForCompany,
    'reception.interaction.reassign',
    'reception.rectification.verify',
    'directory.customer.merge',
    'directory.duty.write',
    'directory.import',
    'directory.partner.write',
    'directory.calendar.write',
    'insights.metrics.read',
  ],
  PROJECT_MANAGER: [
    ...serviceCentreReader,
    ...wholeCustomer,
    ...complaintHandling,
    ...complaintLeading,
    'complaints.policy.draft',
    'complaints.complaint.attach',
    'reception.interaction.record',
    'communications.word.record',
    'communications.message.draft',
    'communications.message.approve',
    'communications.visit.record',
    'directory.partner.write',
    'directory.calendar.write',
    'insights.metrics.read',
  ],
  DIVISION_LEADER: [...leadership, 'complaints.reply.approve', 'complaints.document.receive'],
  GENERAL_MANAGER: [...leadership, 'complaints.reply.approve'],
  QUALITY_CENTRE: [
    ...leadership,
    ...appraisalReader,
    'complaints.returnVisit.record',
    'complaints.complaint.close',
    ...complaintPolicy,
    'complaints.companyForm.issue',
    'complaints.document.receive',
    'appraisal.scheme.write',
    'appraisal.appeal.decide',
    'appraisal.year.close',
  ],
  EQUIPMENT_DEPARTMENT: [
    ...colleague,
    'directory.partner.read',
    'directory.customer.read',
    'reception.workOrder.read',
    'reception.workOrder.perform',
    'reception.followUp.read',
  ],
  DEVELOPER_PROJECT_DEPARTMENT: [
    ...everyone,
    'directory.structure.read',
    'reception.rectification.read',
    'reception.rectification.sign',
  ],
  DEVELOPER_CUSTOMER_RELATIONS: [
    ...colleague,
    'directory.customer.read',
    'complaints.complaint.read',
    'complaints.report.read',
    'complaints.complaint.passOn',
    'complaints.reply.send',
    'complaints.document.receive',
    'insights.metrics.read',
  ],
  FINANCE: [
    ...colleague,
    'directory.customer.read',
    'sales.sale.read',
    'sales.sale.recordPayment',
    'sales.report.read',
    'reception.releaseSlip.read',
    'reception.payment.read',
    'reception.payment.take',
    'reception.payment.cancel',
    'reception.fee.read',
    'reception.fee.charge',
    'reception.shift.read',
    'insights.metrics.read',
  ],
  LOBBY_GUARD: [...colleague, 'reception.releaseSlip.read', 'reception.releaseSlip.redeem'],
  PROPERTY_CONSULTANT: [...sales, ...consulting],
  SIGNING_SPECIALIST: [...sales, ...signing],
  MORTGAGE_SPECIALIST: [...sales, 'sales.mortgage.handle'],
  TITLE_SPECIALIST: sales,
  SALES_MANAGER: [
    ...sales,
    ...consulting,
    ...signing,
    'sales.lead.assign',
    'sales.offer.write',
    'sales.sale.recordPayment',
    'sales.contract.approveDiscount',
    'sales.mortgage.handle',
    'sales.report.read',
    'sales.report.write',
    'directory.customer.merge',
    'insights.metrics.read',
  ],
  APPRAISER: [
    ...colleague,
    ...appraisalReader,
    'appraisal.sheet.score',
    'appraisal.evidence.review',
    'insights.metrics.read',
  ],
  EMPLOYEE: [...colleague, 'appraisal.scheme.read', 'appraisal.own.read', 'appraisal.own.answer'],
  BI_READER: [...everyone, 'complaints.report.read', 'insights.metrics.read'],
  AUDITOR: [
    ...serviceCentreReader,
    ...salesReader,
    ...appraisalReader,
    'sales.report.read',
    'complaints.report.read',
    'insights.metrics.read',
    'audit.read',
  ],
  ADMINISTRATOR: [
    ...colleague,
    'directory.structure.write',
    'directory.calendar.write',
    'directory.staff.write',
    'directory.partner.read',
    'directory.partner.write',
    'directory.import',
    'complaints.policy.read',
    ...complaintPolicy,
    'insights.metrics.read',
    'insights.metrics.rebuild',
    'operations.events.operate',
    'platform.clock.move',
    'audit.read',
  ],
} as const satisfies Record<Role, readonly Permission[]>;

const sets = new Map<Role, ReadonlySet<Permission>>(
  Object.entries(permissionsByRole).map(([role, granted]) => [role as Role, new Set<Permission>(granted)]),
);

const holders = new Map<Permission, readonly Role[]>();

/** The roles that carry a permission, in the order in which roles are listed. */
export function rolesWith(permission: Permission): readonly Role[] {
  let found = holders.get(permission);
  if (!found) {
    found = [...sets.keys()].filter((role) => roleGrants(role, permission));
    holders.set(permission, found);
  }
  return found;
}

/** Whether a role carries a permission, in the projects it is held for. */
export function roleGrants(role: Role, permission: Permission): boolean {
  return sets.get(role)?.has(permission) ?? false;
}
