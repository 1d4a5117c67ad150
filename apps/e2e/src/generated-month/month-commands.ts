import type { MonthGround } from './month-ground';
import type { GraphCommand } from './month-operation';
import type { Actor, PlannedCommands, PlannedStep } from './planned-step';
import { minutesOf, type WallTime } from './wall-time';

/** Who at 锦绣花园 plays a role. */
export const accountOf: Readonly<Record<Actor, string>> = {
  FRONT_DESK: 'zhoumin',
  SERVICE_SUPERVISOR: 'linfang',
  OFFICE_DIRECTOR: 'zhaojianguo',
  EQUIPMENT_DEPARTMENT: 'liqiang',
  DEVELOPER_PROJECT_DEPARTMENT: 'sungong',
  DEVELOPER_CUSTOMER_RELATIONS: 'shenyue',
  PROPERTY_CONSULTANT: 'hejing',
  SIGNING_SPECIALIST: 'xuqing',
  SALES_MANAGER: 'fangyuan',
};

/** What a story's own steps have made, by the name of its id in inputs. */
export interface MadeInStory {
  interactionId?: string;
  workOrderId?: string;
  rectificationId?: string;
  followUpId?: string;
  complaintId?: string;
  leadId?: string;
  saleId?: string;
  contractId?: string;
  /** Number of the customer who called, came, or buys. */
  customer?: number;
}

/** The id that a command makes; the commands after it wait for it. */
export const makes: Partial<Readonly<Record<keyof PlannedCommands, keyof MadeInStory & `${string}Id`>>> = {
  recordInteraction: 'interactionId',
  issueWorkOrder: 'workOrderId',
  requestRectification: 'rectificationId',
  openVendorFollowUp: 'followUpId',
  openCommunicationFollowUp: 'followUpId',
  recordLead: 'leadId',
  openSale: 'saleId',
  draftContract: 'contractId',
};

/** The instant at which the clocks of Shanghai show a time. */
export function instantOf(time: WallTime): Date {
  return new Date((minutesOf(time) - 8 * 60) * 60_000);
}

interface Playing {
  readonly ground: MonthGround;
  readonly made: MadeInStory;
  readonly at: WallTime;
  /** Of the story: numbers that authorities give are different for each. */
  readonly story: string;
}

type InputOf<Command extends keyof PlannedCommands> = (
  input: PlannedCommands[Command],
  playing: Playing,
) => object;

const text = '已按流程处理';
const phone = { channel: 'PHONE' } as const;
const fault = { fault: '漏水', place: '厨房' } as const;

const window = ({ fromAt, toAt }: { readonly fromAt: WallTime; readonly toAt: WallTime }) => ({
  fromAt: instantOf(fromAt),
  toAt: instantOf(toAt),
});
const interaction = ({ made }: Playing) => ({ interactionId: made.interactionId });
const workOrder = ({ made }: Playing) => ({ workOrderId: made.workOrderId });
const rectification = ({ made }: Playing) => ({ rectificationId: made.rectificationId });
const followUp = ({ made }: Playing) => ({ followUpId: made.followUpId });
const complaint = ({ made }: Playing) => ({ id: made.complaintId });
const contract = ({ made }: Playing) => ({ contractId: made.contractId });

type Translations = {
  readonly [Command in keyof PlannedCommands]: readonly [entity: string, input: InputOf<Command>];
};

/** Each planned command as the graph takes it: the answering type, and the whole input. */
const translations: Translations = {
  recordInteraction: [
    'Interaction',
    ({ channel, customers, insideWarranty, topic, facts }, { ground }) => {
      const [customerId, ...accompanyingCustomerIds] = customers.map((one) => ground.customerIds[one]!);
      return {
        ...{ projectId: ground.projectId, channel, customerId, accompanyingCustomerIds, topic, facts },
        unitId: insideWarranty ? ground.homeInsideWarranty : ground.homeAfterWarranty,
        content: '请处理',
      };
    },
  ],
  confirmInteractionClass: [
    'Interaction',
    ({ class: confirmed, causeClass }, playing) => ({
      ...interaction(playing),
      class: confirmed,
      complaint: causeClass && { causeClass },
    }),
  ],
  tellCustomer: ['Interaction', ({ kind }, playing) => ({ ...interaction(playing), ...phone, kind, text })],
  closeInteraction: ['Interaction', (_, playing) => interaction(playing)],

  issueWorkOrder: [
    'WorkOrder',
    (appointment, playing) => ({ ...interaction(playing), ...fault, appointment: window(appointment) }),
  ],
  acceptWorkOrder: ['WorkOrder', (_, playing) => workOrder(playing)],
  arriveOnSite: ['WorkOrder', (_, playing) => workOrder(playing)],
  rescheduleWorkOrder: [
    'WorkOrder',
    (appointment, playing) => ({
      ...workOrder(playing),
      ...{ movedBy: 'COMPANY', reason: '备件未到', appointment: window(appointment) },
      customerToldAt: instantOf(playing.at),
    }),
  ],
  finishWorkOrder: ['WorkOrder', (_, playing) => ({ ...workOrder(playing), result: text })],
  confirmWorkOrder: ['WorkOrder', (_, playing) => workOrder(playing)],

  requestRectification: ['Rectification', (_, playing) => ({ ...interaction(playing), ...fault })],
  verifyRectification: ['Rectification', (_, playing) => rectification(playing)],
  signForRectification: ['Rectification', (_, playing) => rectification(playing)],
  confirmRectificationCompletion: ['Rectification', (_, playing) => rectification(playing)],

  openVendorFollowUp: [
    'FollowUp',
    ({ promisedAt }, playing) => ({
      ...interaction(playing),
      ...{ partnerId: playing.ground.partnerId, matter: '宽带不通', promisedAt: instantOf(promisedAt) },
    }),
  ],
  openCommunicationFollowUp: [
    'FollowUp',
    ({ expectedDays }, playing) => ({
      ...interaction(playing),
      ...{ matter: '加装充电桩', needsOthers: true, expectedDays },
    }),
  ],
  remindFollowUp: ['FollowUp', (_, playing) => ({ ...followUp(playing), ...phone })],
  recordFollowUpArrival: ['FollowUp', (_, playing) => followUp(playing)],
  recordFollowUpResult: ['FollowUp', (_, playing) => ({ ...followUp(playing), text })],
  recordFollowUpReply: ['FollowUp', (_, playing) => ({ ...followUp(playing), ...phone, text })],
  closeFollowUp: ['FollowUp', (_, playing) => followUp(playing)],

  acknowledgeComplaint: [
    'Complaint',
    (_, playing) => ({
      ...complaint(playing),
      ...phone,
      ...{ thanksGiven: true, responsibleDepartment: 'EQUIPMENT', handlerId: playing.ground.handlerId },
    }),
  ],
  respondToComplaint: ['Complaint', (_, playing) => ({ ...complaint(playing), ...phone, text })],
  draftComplaintReply: [
    'Complaint',
    (_, playing) => ({ ...complaint(playing), audience: 'CUSTOMER', statesMeasures: true, text }),
  ],
  submitComplaintReply: ['Complaint', ({ sequence }, playing) => ({ ...complaint(playing), sequence })],
  approveComplaintReply: [
    'Complaint',
    ({ sequence }, playing) => ({ ...complaint(playing), sequence, revision: 1 }),
  ],
  sendComplaintReply: [
    'Complaint',
    ({ sequence }, playing) => ({ ...complaint(playing), sequence, channel: 'WEB' }),
  ],
  issueComplaintNotice: [
    'Complaint',
    ({ kind, to }, playing) => ({ ...complaint(playing), kind, to, way: 'EMAIL', text }),
  ],
  nameComplaintCoordinator: [
    'Complaint',
    (_, playing) => ({ ...complaint(playing), coordinatorId: playing.ground.handlerId }),
  ],
  recordComplaintProgress: ['Complaint', (_, playing) => ({ ...complaint(playing), text, toldBy: 'PHONE' })],
  fileDemandForm: ['Complaint', (_, playing) => ({ ...complaint(playing), demand: '修复', measures: text })],
  resolveComplaint: ['Complaint', (_, playing) => ({ ...complaint(playing), result: text })],
  recordReturnVisit: [
    'Complaint',
    ({ satisfaction }, playing) => ({
      ...complaint(playing),
      ...phone,
      customerId: customerIn(playing),
      satisfaction,
    }),
  ],
  submitSpecialReport: [
    'Complaint',
    (_, playing) => ({
      ...complaint(playing),
      ...{ content: text, cause: text, process: text, result: text, lessons: text, correctiveActions: text },
    }),
  ],
  closeComplaint: ['Complaint', (_, playing) => complaint(playing)],

  recordLead: [
    'Lead',
    ({ kind, source, customer }, { ground }) => ({
      ...{ projectId: ground.projectId, kind, source, customerId: ground.customerIds[customer]! },
      ...{ need: { bedrooms: 3 }, contactConsent: true },
    }),
  ],
  followUpLead: [
    'Lead',
    ({ outcome }, { made }) => ({ leadId: made.leadId, method: 'PHONE', outcome, result: text }),
  ],
  openSale: [
    'Sale',
    ({ unit }, playing) => ({
      projectId: playing.ground.projectId,
      unitId: playing.ground.saleUnitIds[unit]!,
      customerIds: [customerIn(playing)],
      leadId: playing.made.leadId,
    }),
  ],
  draftContract: [
    'Contract',
    ({ discount }, playing) => ({
      projectId: playing.ground.projectId,
      saleId: playing.made.saleId,
      buyers: [{ customerId: customerIn(playing), share: '100.00' }],
      discounts: discount === null ? [] : [{ code: 'CAMPAIGN', kind: 'AMOUNT', value: discount }],
    }),
  ],
  signContract: [
    'Contract',
    (_, playing) => ({ ...contract(playing), onlineSigningNumber: `WQ-${playing.story}` }),
  ],
  checkContract: ['Contract', (_, playing) => contract(playing)],
  submitFiling: ['Contract', (_, playing) => contract(playing)],
  noteFilingSentBack: ['Contract', (_, playing) => ({ ...contract(playing), reason: '缺附图' })],
  noteFilingReturned: [
    'Contract',
    (_, playing) => ({ ...contract(playing), filingNumber: `BA-${playing.story}` }),
  ],
  tellContractReturned: [
    'Contract',
    (_, playing) => ({
      ...contract(playing),
      ...phone,
      customerId: customerIn(playing),
      deedTaxReminded: true,
    }),
  ],
};

function customerIn({ ground, made }: Playing): string {
  return ground.customerIds[made.customer!]!;
}

/** Commands that the graph has under another name. */
const fieldOf: Partial<Readonly<Record<keyof PlannedCommands, string>>> = { openSale: 'subscribeUnit' };

/** A planned step as the graph takes it. @param made by the steps of the story before it */
export function graphCommand(step: PlannedStep, made: MadeInStory, ground: MonthGround): GraphCommand {
  const [entity, inputOf] = translations[step.command] as readonly [string, InputOf<typeof step.command>];
  const { command, at, story } = step;
  const input = inputOf(step.input, { ground, made, at, story });
  return { field: fieldOf[command] ?? command, entity, input };
}
