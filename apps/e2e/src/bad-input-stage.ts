import { roles } from '@anju/access';
import type { Leaf, Operation } from './bad-input-schema';
import { goodValue, type Ids } from './bad-input-values';
import { AppraisalMakers } from './bad-input-appraisal';
import { ComplaintMakers } from './bad-input-complaints';
import { FileMakers } from './bad-input-files';
import { MessageMakers } from './bad-input-messages';
import { SalesMakers } from './bad-input-sales';
import type { Carrying, Made, Makers, Workshop } from './bad-input-workshop';
import { signIn, type Answer, type Visitor } from './graph-client';
import type { Platform } from './platform';

function firstIn(made: Made, list: string): string {
  return (made[list] as readonly { readonly id: string }[])[0]!.id;
}

/** What has to be done to a thing before the command can be carried out on it. */
const before: Readonly<Record<string, readonly (readonly [command: string, input: object])[]>> = {
  arriveOnSite: [['acceptWorkOrder', {}]],
  finishWorkOrder: [
    ['acceptWorkOrder', {}],
    ['arriveOnSite', {}],
  ],
  confirmWorkOrder: [
    ['acceptWorkOrder', {}],
    ['arriveOnSite', {}],
    ['finishWorkOrder', { result: '好了' }],
  ],
  recordFollowUpReply: [['recordFollowUpResult', { text: '好了' }]],
  reclassifyInteraction: [['confirmInteractionClass', {}]],
  signForRectification: [['verifyRectification', {}]],
  confirmRectificationCompletion: [
    ['verifyRectification', {}],
    ['signForRectification', {}],
  ],
  resumeComplaintClocks: [['pauseComplaintClocks', { reason: '等待客户回国' }]],
  resolveComplaint: [['respondToComplaint', { channel: 'PHONE', text: '已安排' }]],
  ...Object.fromEntries(
    ['recordReturnVisit', 'submitSpecialReport', 'reopenComplaint'].map((command) => [
      command,
      [
        ['respondToComplaint', { channel: 'PHONE', text: '已安排' }],
        ['resolveComplaint', { result: '已修好' }],
      ],
    ]),
  ),
  handOverShift: [['countShift', { cash: '0', receipts: 0, goods: [] }]],
};

const nameOfId: Readonly<Record<string, string>> = {
  WorkOrder: 'workOrderId',
  FollowUp: 'followUpId',
  Interaction: 'interactionId',
  Rectification: 'rectificationId',
  Shift: 'shiftId',
};

const notKnownYet = 'is not known in this project';
const patienceMillis = 60_000;

/** Gives a command until what was just registered is known: on a busy machine later than a command waits for. */
export async function onceKnown(give: () => Promise<Answer>): Promise<Answer> {
  const end = performance.now() + patienceMillis;
  for (;;) {
    const answer = await give();
    if (!answer.text.includes(notKnownYet) || performance.now() > end) return answer;
  }
}

/** Who works on a stage. */
export interface Cast {
  /** Holds every role everywhere. */
  readonly everybody: Visitor;
  /** The employee that `everybody` is. */
  readonly selfId: string;
  /** Somebody with every role, as an employee. */
  readonly enter: (staffId: string) => Promise<Visitor>;
}

/** How a stage differs from the usual. */
export interface StageOptions {
  /** By which texts are known as this stage's: every Chinese one ends with it. */
  readonly mark?: string;
  /** Whether it makes things of the whole company, too. */
  readonly makesCompany?: boolean;
}

/** A customer wherever one is named. */
export function idsOfCustomer(customerId: string): Ids {
  const names = ['customerId', 'payerId', 'forCustomerId', 'liableCustomerId', 'applicantId'];
  const more = ['signedById', 'ownerId', 'notDuplicateOf'];
  return Object.fromEntries([...names, ...more].map((name) => [name, customerId]));
}

/** An employee wherever one is named who need not be a certain one. */
export function idsOfStaff(staffId: string): Ids {
  const names = ['staffId', 'handlerId', 'directorId', 'revealedBy', 'offeredToId'];
  const inCases = ['coordinatorId', 'toHandlerId'];
  const more = ['consultantId', 'managerId', 'visitorId', 'actionOwnerId'];
  return Object.fromEntries([...names, ...inCases, ...more].map((name) => [name, staffId]));
}

/** A day at 锦绣花园 with something of everything in it, for commands and queries to be tried on. */
export class Stage implements Workshop {
  private readonly targets = new Map<string, Promise<Ids>>();
  private people = 0;
  private drafts = 0;
  private readonly ownCommands = new Map<string, number>();
  private readonly more: Makers;

  private constructor(
    private readonly cast: Cast,
    readonly colleague: Visitor,
    public ids: Ids,
    { mark = '', makesCompany = true }: StageOptions,
  ) {
    this.mark = mark;
    this.more = {
      ...new ComplaintMakers(this).makers,
      ...new SalesMakers(this).makers,
      ...new AppraisalMakers(this, makesCompany).makers,
      ...new MessageMakers(this).makers,
      ...new FileMakers(this).makers,
    };
  }

  private readonly mark: string;

  get everybody(): Visitor {
    return this.cast.everybody;
  }

  get selfId(): string {
    return this.cast.selfId;
  }

  enter(staffId: string): Promise<Visitor> {
    return this.cast.enter(staffId);
  }

  /**
   * Sets the stage in some project.
   * @param ids of places and people that are there already; `namedStaffId` is the colleague
   */
  static async at(cast: Cast, ids: Ids, options: StageOptions = {}): Promise<Stage> {
    const stage = new Stage(cast, await cast.enter(ids['namedStaffId']!), ids, options);
    const found: Ids[] = [];
    for (const type of Object.keys(stage.makers)) found.push(await stage.target(type));
    // These rest on places and people alone.
    found.push(...(await Promise.all(stage.moreTypes.map((type) => stage.target(type)))));
    stage.ids = Object.assign({}, ...found.reverse(), ids) as Ids;
    return stage;
  }

  static async open(platform: Platform): Promise<Stage> {
    const { setting, teller } = platform;
    const staffId = teller.staffId('linfang');
    const enter = (id: string): Promise<Visitor> =>
      signIn(platform, roles, {
        staffId: id,
        roles: roles.map((role) => ({ role, projectIds: 'ALL' as const })),
      });
    const everybody = await enter(staffId);
    const { data } = await everybody.ask(
      'query($id: ID!) { unit(id: $id) { section { id } project { organisation { id } } } }',
      { id: setting.unitIds.get('3-2-1201')! },
    );
    const unit = data!['unit'] as { section: { id: string }; project: { organisation: { id: string } } };
    const customerId = setting.customerIds.get('wangxiulan')!;
    return Stage.at(
      { everybody, selfId: staffId, enter },
      {
        projectId: setting.projectId,
        organisationId: unit.project.organisation.id,
        buildingId: setting.buildingIds.get('3')!,
        sectionId: unit.section.id,
        unitId: setting.unitIds.get('3-2-1201')!,
        accompanyingCustomerId: setting.customerIds.get('chenwei')!,
        mergedId: setting.customerIds.get('liuyang')!,
        ...idsOfCustomer(customerId),
        partnerId: setting.partnerIds.get('BROADBAND')!,
        ...idsOfStaff(staffId),
        supervisorId: teller.staffId('zhaojianguo'),
        namedStaffId: teller.staffId('zhoumin'),
        toStaffId: teller.staffId('zhoumin'),
        technicianId: teller.staffId('liqiang'),
      },
    );
  }

  /** Types of which there is something that commands can be tried on. */
  get types(): readonly string[] {
    return [...Object.keys(this.makers), ...this.moreTypes];
  }

  private get moreTypes(): readonly string[] {
    return Object.keys(this.more).filter((name) => /^[A-Z]/.test(name));
  }

  /** Gives the values with which the operation is well-formed, and mostly carried out. */
  async valuesFor(operation: Operation): Promise<(leaf: Leaf) => unknown> {
    const { kind, name, answers } = operation;
    const ids = kind === 'mutation' ? { ...this.ids, ...(await this.target(answers, name)) } : this.ids;
    return (leaf) => this.marked(goodValue(operation, leaf, ids));
  }

  /** After a command that was carried out: what it worked on is not what it was. */
  used({ name, answers }: Operation): void {
    this.targets.delete(name in before || name in this.more ? name : answers);
  }

  fresh(type: string): Promise<Ids> {
    return this.makers[type]!();
  }

  private target(type: string, command = ''): Promise<Ids> {
    const isItsOwn = command in before || command in this.more;
    const key = isItsOwn ? command : type;
    const known = this.targets.get(key);
    if (known) return known;
    const made = this.makeTarget(type, command);
    this.targets.set(key, made);
    made.catch(() => this.targets.delete(key));
    return made;
  }

  private async makeTarget(type: string, command: string): Promise<Ids> {
    const made = (await (this.more[command] ?? this.more[type] ?? this.makers[type])?.()) ?? {};
    for (const [step, input] of before[command] ?? []) {
      const idName = nameOfId[type] ?? 'id';
      await this.make(step, type, { [idName]: made[nameOfId[type] ?? 'complaintId'], ...input });
    }
    return made;
  }

  private marked(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.marked(one));
    if (typeof value === 'string') return /\p{Script=Han}$/u.test(value) ? value + this.mark : value;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.marked(one)]));
  }

  /** How many commands of a name the stage has sent as `everybody` to make what others are tried on. */
  ownCommandsOf(name: string): number {
    return this.ownCommands.get(name) ?? 0;
  }

  async make(
    field: string,
    type: string,
    input: object,
    { selection = '', by = this.everybody }: Carrying = {},
  ): Promise<Made> {
    if (by === this.everybody) this.ownCommands.set(field, this.ownCommandsOf(field) + 1);
    const answer = await onceKnown(() =>
      by.command(
        field,
        this.marked(input) as object,
        `... on Refusal { code message } ... on ${type} { id ${selection} }`,
      ),
    );
    const made = answer.data?.[field] as Made | undefined;
    if (!made?.id) throw new Error(`the stage could not be set: ${field} ${answer.text}`);
    return made;
  }

  private async contact(facts: object): Promise<string> {
    const { projectId, customerId, unitId } = this.ids;
    const { id } = await this.make('recordInteraction', 'Interaction', {
      ...{ projectId, customerId, unitId, channel: 'PHONE', content: '水管漏水', topic: 'PLUMBING' },
      callbackContact: '13900003201',
      facts: { matter: 'FAULT', ...facts },
    });
    return id;
  }

  /** What is there already and no command uses up. */
  private readonly lasting = async (): Promise<Ids> => ({});

  /** By type: makes one, and names its id and those of its parts. */
  private readonly makers: Readonly<Record<string, () => Promise<Ids>>> = {
    Boolean: this.lasting,
    ParkedEventsOutcome: this.lasting,
    Organisation: this.lasting,
    Project: this.lasting,
    Building: this.lasting,
    BuildingSection: this.lasting,
    Unit: this.lasting,
    ParkingSpace: this.lasting,
    RevealedCustomerData: this.lasting,
    RevealedCallbackContact: this.lasting,
    ManagementFeeRun: this.lasting,
    Customer: async () => {
      this.people += 1;
      const { projectId, unitId } = this.ids;
      const { id } = await this.make('registerCustomer', 'Customer', {
        ...{ projectId, kind: 'PERSON', name: '路人' },
        phones: [{ number: `137${10_000_000 + this.people}` }],
        addresses: [{ kind: 'POSTAL', text: '人民路1号' }],
      });
      await this.make('addHouseholdMember', 'Customer', {
        ...{ id, name: '家人', relation: 'SPOUSE', phone: '13800000000' },
      });
      const customer = await this.make(
        'startCustomerRole',
        'Customer',
        { id, unitId, role: 'FAMILY', from: '2024-01-01' },
        { selection: 'phones { id } addresses { id } household { id } roles { id }' },
      );
      return {
        customerId: id,
        phoneId: firstIn(customer, 'phones'),
        addressId: firstIn(customer, 'addresses'),
        memberId: firstIn(customer, 'household'),
        roleId: firstIn(customer, 'roles'),
      };
    },
    Partner: async () => {
      const { organisationId, projectId } = this.ids;
      const partner = await this.make(
        'registerPartner',
        'Partner',
        {
          ...{ organisationId, kind: 'CLEANING', name: '保洁', arrivalHours: 4, projectIds: [projectId] },
          contacts: [{ name: '张三', phone: '02188886666' }],
        },
        { selection: 'contacts { id }' },
      );
      return { partnerId: partner.id, contactId: firstIn(partner, 'contacts') };
    },
    Staff: async () => {
      const { organisationId, projectId } = this.ids;
      const { id } = await this.make('registerStaff', 'Staff', {
        ...{ organisationId, name: '新人', departmentCode: 'EQUIPMENT', position: 'TECHNICIAN' },
        ...{ level: 'OPERATIONAL', employedFrom: '2020-01-01', projectIds: [projectId] },
      });
      return { staffId: id };
    },
    Duty: async () => {
      const { staffId } = await this.makers['Staff']!();
      const { id } = await this.make('planDuty', 'Duty', {
        ...{
          projectId: this.ids['projectId'],
          staffId,
          date: '2026-03-08',
          hours: { from: '09:00', to: '18:00' },
        },
      });
      return { dutyId: id, staffId: staffId! };
    },
    Import: async () => {
      const { id } = await this.make('startImport', 'Import', {
        ...{ kind: 'UNITS', projectId: this.ids['projectId'], fileName: 'homes.csv' },
      });
      return { importId: id };
    },
    Interaction: async () => ({ interactionId: await this.contact({ faultDuty: 'COMPANY' }) }),
    WorkOrder: async () => {
      const interactionId = await this.contact({ faultDuty: 'COMPANY' });
      const { id } = await this.make('issueWorkOrder', 'WorkOrder', {
        ...{ interactionId, fault: '漏水', place: '厨房' },
        appointment: { fromAt: '2026-03-03T10:00:00+08:00', toAt: '2026-03-03T11:00:00+08:00' },
      });
      return { interactionId, workOrderId: id };
    },
    Rectification: async () => {
      const interactionId = await this.contact({ faultDuty: 'BUILDER' });
      const { id } = await this.make('requestRectification', 'Rectification', {
        ...{ interactionId, fault: '裂缝', place: '卧室' },
      });
      return { interactionId, rectificationId: id };
    },
    FollowUp: async () => {
      const interactionId = await this.contact({ partnersEquipment: true });
      const { id } = await this.make('openVendorFollowUp', 'FollowUp', {
        ...{ interactionId, partnerId: this.ids['partnerId'], matter: '宽带不通' },
      });
      return { interactionId, followUpId: id };
    },
    Complaint: async () => {
      const { projectId, customerId, unitId, handlerId } = this.ids;
      const { id } = await this.make('fileComplaint', 'Complaint', {
        ...{ projectId, causeClass: 'CLASS_1', topic: 'LIFT', content: '电梯又坏了', channel: 'PHONE' },
        ...{ customerIds: [customerId], unitId, facts: ['LAWSUIT_LIKELY'] },
      });
      await this.make('acknowledgeComplaint', 'Complaint', {
        ...{ id, channel: 'PHONE', thanksGiven: true, responsibleDepartment: 'EQUIPMENT', handlerId },
      });
      return { complaintId: id };
    },
    ComplaintPolicyVersion: async () => {
      this.drafts += 1;
      const { id } = await this.make('draftComplaintPolicy', 'ComplaintPolicyVersion', {
        ...{
          projectId: this.ids['projectId'],
          values: { similarWithinDays: 30 + this.drafts },
          reason: '试行',
        },
      });
      return { complaintPolicyVersionId: id };
    },
    Shift: async () => {
      const { projectId } = this.ids;
      const { data } = await this.everybody.ask(
        'query($id: ID!) { shifts(filter: { projectId: $id, status: [OPEN] }) { nodes { id } } }',
        { id: projectId },
      );
      const [open] = (data!['shifts'] as { nodes: { id: string }[] }).nodes;
      return { shiftId: (open ?? (await this.make('openShift', 'Shift', { projectId, reason: '换班' }))).id };
    },
    Receipt: async () => {
      const { projectId, unitId, customerId } = this.ids;
      const { id } = await this.make('takePayment', 'Receipt', {
        ...{ projectId, unitId, payerId: customerId, amount: '10.00', method: 'CASH', financeAway: true },
      });
      const { data } = await this.everybody.ask(
        'query($id: ID!) { feeAccounts(filter: { unitId: $id }) { nodes { id } } }',
        { id: unitId },
      );
      const [account] = (data!['feeAccounts'] as { nodes: { id: string }[] }).nodes;
      return { receiptId: id, feeAccountId: account!.id };
    },
    ReleaseSlip: async () => {
      const { projectId, unitId, customerId } = this.ids;
      const { id } = await this.make('applyForRelease', 'ReleaseSlip', {
        ...{ projectId, unitId, applicantId: customerId, identityCopied: true },
        goods: [{ description: '纸箱', quantity: 1 }],
      });
      return { releaseSlipId: id };
    },
  };
}
