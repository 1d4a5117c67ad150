import { isRefused, localDate, accept } from '@anju/kernel';
import {
  acknowledgeComplaint,
  assignComplaint,
  closeComplaint,
  complaintNumber,
  receiveComplaint,
  recordReturnVisit,
  resolveComplaint,
  respondToComplaint,
  type ComplaintEnvironment,
  type ComplaintFact,
  type ComplaintState,
} from '@anju/complaints-rules';
import {
  acceptWorkOrder,
  arriveOnSite,
  closeInteraction,
  confirmClass,
  confirmWorkOrder,
  finishWorkOrder,
  interactionNumber,
  issueWorkOrder,
  noteComplaintReply,
  recordInteraction,
  tellCustomer,
  workOrderItem,
  type InteractionFact,
  type InteractionItem,
  type InteractionState,
  type ReceptionPolicy,
  type WorkOrderFact,
  type WorkOrderState,
} from '@anju/reception-rules';
import type { KnownProject } from '@anju/references';
import type { Chance } from './chance';
import { cellOf, lineOf, type TableStream } from './copy-in';
import { DailyNumbers } from './daily-numbers';
import type { Ground, Resident } from './estate';
import { Life } from './life';
import { checkedOf, Mould, sameRows, type Row } from './mould';
import type { AggregateBulk, ServiceBulk } from './service-bulk';
import { WordBulk, type WordIds } from './word-bulk';

const minute = 60_000;
const hour = 60 * minute;

/** As the services have them; what is named here is what the rules ask for. */
interface Reception {
  readonly policy: ReceptionPolicy;
  readonly project: KnownProject;
}

/** Who deals with the contacts. */
export interface Crew {
  readonly agentId: string;
  readonly supervisorId: string;
  readonly technicianIds: readonly string[];
}

interface Matter {
  readonly topic: string;
  readonly content: string;
}

const faults: readonly (Matter & { readonly fault: string; readonly place: string })[] = [
  { topic: 'PLUMBING', content: '厨房水龙头漏水，关不紧', fault: '水龙头漏水', place: '厨房' },
  { topic: 'PLUMBING', content: '卫生间下水道堵了，水下不去', fault: '下水道堵塞', place: '卫生间' },
  { topic: 'ELECTRICITY', content: '客厅插座没电，空开没有跳', fault: '插座没电', place: '客厅' },
  { topic: 'ELECTRICITY', content: '楼道灯不亮，晚上看不见', fault: '楼道灯不亮', place: '楼道' },
  { topic: 'DOOR', content: '单元门关不上，一直响', fault: '门禁关不上', place: '单元门' },
  { topic: 'LIFT', content: '电梯按钮不灵，要按好几次', fault: '电梯按钮失灵', place: '电梯轿厢' },
];
const complaints: readonly Matter[] = [
  { topic: 'NOISE', content: '楼上半夜装修，吵得睡不着' },
  { topic: 'PARKING', content: '车位被别人占了两天没人管' },
  { topic: 'CLEANING', content: '垃圾三天没有清，味道很大' },
  { topic: 'LIFT', content: '电梯又停了，这个月第三次' },
];
const questions: readonly Matter[] = [
  { topic: 'FEES', content: '这个季度的物业费是多少，怎么交' },
  { topic: 'PARKING', content: '问一下第二个车位怎么办理' },
  { topic: 'MOVING', content: '周末要搬家，需要提前办什么手续' },
];

/** What is drawn for a contact, before the rules say what comes of it. */
interface Story {
  readonly resident: Resident;
  readonly receivedAt: Date;
  readonly id: string;
  readonly number: string;
  /** Of the result that the customer is told. */
  readonly word: WordIds;
}

interface RepairStory extends Story {
  readonly matter: (typeof faults)[number];
  readonly workOrderId: string;
  readonly technicianId: string;
  readonly appointmentAfterHours: number;
  readonly workMinutes: number;
}

/** After that a repair is at its end. */
const longestRepair = 72 * hour;

/** Of ten contacts: so many own repairs, complaints; the others are questions. */
const repairsOfTen = 6;
const complaintsOfTen = 1;

type Interactions = AggregateBulk<InteractionState, InteractionFact, Reception>;
type InteractionLife = Life<InteractionState, InteractionFact, Reception>;
type ComplaintLife = Life<ComplaintState, ComplaintFact, ComplaintEnvironment>;

/** The services that contacts concern. */
interface ContactServices {
  readonly reception: ServiceBulk;
  readonly complaints: ServiceBulk;
  readonly communications: ServiceBulk;
}

/** Contacts of the customers, each with what it led to, from its receipt to its end or to now. */
export class ContactBulk {
  private readonly numbers: DailyNumbers;
  private readonly caseNumbers: DailyNumbers;
  /** By the way that contacts go. */
  private readonly moulds = new Map<string, Mould>();
  private written = 0;

  private constructor(
    private readonly ground: Ground,
    private readonly crew: Crew,
    private readonly chance: Chance,
    private readonly interactions: Interactions,
    private readonly workOrders: AggregateBulk<WorkOrderState, WorkOrderFact, Reception>,
    private readonly cases: AggregateBulk<ComplaintState, ComplaintFact, ComplaintEnvironment>,
    private readonly casesOfContacts: TableStream,
    private readonly words: WordBulk,
  ) {
    this.numbers = new DailyNumbers('interaction', ground.projectId);
    this.caseNumbers = new DailyNumbers('complaint', ground.projectId);
  }

  static async open(
    services: ContactServices,
    ground: Ground,
    crew: Crew,
    chance: Chance,
  ): Promise<ContactBulk> {
    const { reception } = services;
    return new ContactBulk(
      ground,
      crew,
      chance,
      await reception.aggregate('Interaction', ground.projectId),
      await reception.aggregate('WorkOrder', ground.projectId),
      await services.complaints.aggregate('Complaint', ground.projectId),
      await reception.table('interaction_complaint', ['interaction_id', 'complaint_id', 'status', 'done_at']),
      await WordBulk.open(services.communications, ground, chance),
    );
  }

  /** @param receivedAt not before that of the contact before it: numbers follow one another in a day */
  take(resident: Resident, receivedAt: Date): void {
    const { chance } = this;
    const { project } = this.interactions.environment;
    const day = localDate(receivedAt, project.timeZone);
    const kind = chance.below(10);
    const story: Story = {
      resident,
      receivedAt,
      id: chance.id(receivedAt),
      number: interactionNumber(project.code, day, this.numbers.next(day)),
      word: this.words.ids(receivedAt),
    };
    if (kind < repairsOfTen) {
      this.write(this.repair, {
        ...story,
        matter: chance.oneOf(faults),
        workOrderId: chance.id(receivedAt),
        technicianId: chance.oneOf(this.crew.technicianIds),
        appointmentAfterHours: 18 + chance.below(10),
        workMinutes: 20 + 10 * chance.below(8),
      });
    } else if (kind < repairsOfTen + complaintsOfTen) {
      for (const { table, line } of this.complaint(story)) table.addLine(line);
    } else this.write(this.question, { ...story, matter: chance.oneOf(questions) });
  }

  /** Writes how far the numbers of each day have come. */
  async close({ reception, complaints }: ContactServices): Promise<void> {
    this.numbers.write(await reception.table('counter', DailyNumbers.columns));
    this.caseNumbers.write(await complaints.table('counter', DailyNumbers.columns));
  }

  /** Writes what came of a contact: from a mould, where such contacts are long at their end. */
  private write<Kind extends Story & { readonly matter: Matter }>(
    rowsOf: (story: Kind) => Row[],
    story: Kind & Partial<Omit<RepairStory, 'matter'>>,
  ): void {
    const { resident, receivedAt, id, number, word, matter, workOrderId = '', technicianId = '' } = story;
    const { appointmentAfterHours = 0, workMinutes = 0 } = story;
    const isLongOver = receivedAt.getTime() + longestRepair < this.ground.now.getTime();
    const way = [matter.content, resident.warrantyEndsOn, appointmentAfterHours, workMinutes].join();
    const { customerId, unitId, buildingId } = resident;
    const ids = [id, word.id, word.eventId, workOrderId, technicianId, customerId, unitId, buildingId];
    const names = [number, ...ids.filter(Boolean)];
    const particulars = { names, at: receivedAt };
    const mould = isLongOver ? this.moulds.get(way) : undefined;
    const rows = mould ? mould.pour(particulars) : rowsOf(story);
    this.written += 1;
    if (mould && this.written % checkedOf === 0) sameRows(rows, rowsOf(story));
    if (!mould && isLongOver) this.moulds.set(way, new Mould(rows, particulars));
    for (const { table, line } of rows) table.addLine(line);
  }

  private readonly repair = (story: RepairStory): Row[] => {
    const { matter, technicianId, receivedAt: at } = story;
    const contact = this.contact(story, matter);
    const { agentId } = this.crew;
    const issuedAt = after(at, 3 * minute);
    contact.then(after(at, minute), (state, now) =>
      confirmClass(state, { to: 'OWN_REPAIR', by: agentId }, now),
    );
    if (issuedAt > this.ground.now) return this.interactions.rowsOf(contact, agentId);
    const fromAt = after(at, story.appointmentAfterHours * hour);
    const { definition, environment } = this.workOrders;
    const { id: interactionId, projectId, unitId, buildingId } = contact.state;
    const issued = issueWorkOrder(
      {
        id: story.workOrderId,
        ...{ projectId, interactionId, unitId, buildingId, fault: matter.fault, place: matter.place },
        materials: [],
        departmentCode: 'EQUIPMENT',
        technicianId: null,
        appointment: { fromAt, toAt: after(fromAt, 2 * hour) },
        estimate: null,
        by: agentId,
      },
      issuedAt,
    );
    const order = new Life(definition, environment, issuedAt, this.ground.now, issued)
      .then(after(issuedAt, 20 * minute), (state, now) =>
        acceptWorkOrder(state, { technicianId, by: technicianId }, now),
      )
      .then(after(fromAt, 5 * minute), (state, now) => arriveOnSite(state, { by: technicianId }, now))
      .then(after(fromAt, story.workMinutes * minute), (state, now) =>
        finishWorkOrder(state, { result: '已修好，试用正常', by: technicianId }, now),
      );
    const doneAt = order.state.doneAt;
    if (doneAt) {
      order.then(after(doneAt, 10 * minute), (state, now) => confirmWorkOrder(state, { by: agentId }, now));
      this.tellAndClose(contact, after(doneAt, 15 * minute), [workOrderItem(order.state)]);
    }
    return [...this.contactRows(contact, story), ...this.workOrders.rowsOf(order, agentId)];
  };

  private readonly question = (story: Story & { readonly matter: Matter }): Row[] => {
    const { receivedAt: at, matter } = story;
    const contact = this.contact(story, matter);
    const { agentId } = this.crew;
    contact.then(after(at, minute), (state, now) => confirmClass(state, { to: 'ENQUIRY', by: agentId }, now));
    this.tellAndClose(contact, after(at, 4 * minute), []);
    return this.contactRows(contact, story);
  };

  private complaint(story: Story): Row[] {
    const { receivedAt: at, resident } = story;
    const contact = this.contact(story, this.chance.oneOf(complaints), true);
    const { agentId } = this.crew;
    const intake = { causeClass: 'CLASS_1', facts: [], namedStaffIds: [] } as const;
    const openedAt = after(at, minute);
    contact.then(openedAt, (state, now) =>
      confirmClass(state, { to: 'COMPLAINT', complaint: intake, by: agentId }, now),
    );
    if (openedAt > this.ground.now) return this.interactions.rowsOf(contact, agentId);
    const opened = this.caseOf(contact.state, resident.customerId, openedAt);
    const { id: complaintId, responses, resolvedAt } = opened.state;
    for (const { at: repliedAt, channel, by } of responses) {
      contact.then(repliedAt, (state, now) => noteComplaintReply(state, { complaintId, channel, by }, now));
    }
    if (resolvedAt) {
      const item = { kind: 'COMPLAINT', id: complaintId, status: 'DONE', doneAt: resolvedAt } as const;
      this.tellAndClose(contact, after(resolvedAt, 10 * minute), [item]);
    }
    const cells = [contact.state.id, complaintId, resolvedAt ? 'DONE' : 'OPEN', cellOf(resolvedAt)];
    return [
      { table: this.casesOfContacts, line: lineOf(cells) },
      ...this.contactRows(contact, story),
      ...this.cases.rowsOf(opened, agentId),
      ...this.wordsInCase(opened.state, resident.customerId),
    ];
  }

  /** With the word that the customer was given of the result, which the register has by its event. */
  private contactRows(contact: InteractionLife, { word, resident: { customerId } }: Story): Row[] {
    const rows = this.interactions.rowsOf(contact, this.crew.agentId);
    const told = contact.state.tellings.find(({ kind }) => kind === 'RESULT');
    if (!told) return rows;
    const { channel, by, toldAt: saidAt } = told;
    const about = { subject: 'INTERACTION', subjectId: contact.state.id } as const;
    return [
      ...rows,
      ...this.words.rowsOf({ customerId, kind: 'REPLY', channel, by, saidAt, ...about }, word),
    ];
  }

  /** What the register has of a complaint case by its events. */
  private wordsInCase(
    { id: subjectId, acknowledgement, responses, returnVisits }: ComplaintState,
    customerId: string,
  ): Row[] {
    const said = [
      ...(acknowledgement ? [{ kind: 'ACKNOWLEDGEMENT' as const, ...acknowledgement }] : []),
      ...responses.map((response) => ({ kind: 'REPLY' as const, ...response })),
      ...returnVisits.map((visit) => ({ kind: 'RETURN_VISIT' as const, ...visit })),
    ];
    return said.flatMap(({ kind, channel, by, at: saidAt }) =>
      this.words.rowsOf({ customerId, kind, channel, by, saidAt, subject: 'COMPLAINT', subjectId }),
    );
  }

  /** The case of a complaint, which its service opens from the contact's event. */
  private caseOf(contact: InteractionState, customerId: string, openedAt: Date): ComplaintLife {
    const { agentId, supervisorId: by } = this.crew;
    const { definition, environment } = this.cases;
    const { project } = this.interactions.environment;
    const day = localDate(contact.receivedAt, project.timeZone);
    const received = receiveComplaint(
      {
        id: this.chance.id(openedAt),
        projectId: contact.projectId,
        number: complaintNumber(project.code, day, this.caseNumbers.next(day)),
        causeClass: 'CLASS_1',
        subject: { topic: contact.topic!, unitId: contact.unitId, buildingId: contact.buildingId },
        content: null,
        channel: contact.channel,
        receivedAt: contact.receivedAt,
        receivedBy: agentId,
        customerIds: [customerId],
        interactionId: contact.id,
        facts: [],
        namedStaffIds: [],
        responsibleDepartment: null,
        handlerId: null,
        cameFromComplaintId: null,
      },
      openedAt,
      environment,
    );
    const first = isRefused(received)
      ? received
      : accept<ComplaintState, ComplaintFact>(
          { ...received.state, openedFromInteractionId: contact.id } as ComplaintState,
          ...received.facts,
        );
    const resolvedAt = after(openedAt, (20 + this.chance.below(90)) * hour);
    const channel = 'PHONE' as const;
    return new Life(definition, environment, openedAt, this.ground.now, first)
      .then(after(openedAt, 10 * minute), (state, at) =>
        acknowledgeComplaint(state, { by, channel, thanksGiven: true }, at),
      )
      .then(after(openedAt, 11 * minute), (state, at) =>
        assignComplaint(state, { by, responsibleDepartment: 'CUSTOMER_SERVICE', handlerId: by }, at),
      )
      .then(after(openedAt, 3 * hour), (state, at) =>
        respondToComplaint(state, { by, channel, text: '已到现场核实，今天处理' }, at, environment),
      )
      .then(resolvedAt, (state, at) =>
        resolveComplaint(state, { by, result: '已处理，客户认可' }, at, environment),
      )
      .then(after(resolvedAt, 40 * hour), (state, at) =>
        recordReturnVisit(
          state,
          { by, customerId, channel, satisfaction: 4, remarks: null, newDemand: null },
          at,
          environment,
        ),
      )
      .then(after(resolvedAt, 41 * hour), (state, at) => closeComplaint(state, { by }, at, environment));
  }

  private contact(
    { id, number, resident, receivedAt }: Story,
    { topic, content }: Matter,
    wantsToComplain = false,
  ): InteractionLife {
    const { definition, environment } = this.interactions;
    const { policy, project } = environment;
    const { customerId, unitId, buildingId, warrantyEndsOn } = resident;
    const isQuestion = questions.some((question) => question.content === content);
    const recorded = recordInteraction(
      {
        ...{ id, number },
        projectId: this.ground.projectId,
        channel: 'PHONE',
        customerId,
        callerName: null,
        callbackContact: null,
        accompanyingCustomerIds: [],
        ...{ unitId, buildingId, content, topic, receivedAt },
        receivedBy: this.crew.agentId,
        facts: {
          matter: isQuestion ? 'QUESTION' : 'FAULT',
          wantsToComplain,
          warrantyEndsOn,
          faultDuty: null,
          partnersEquipment: false,
          needsOthers: false,
          expectedDays: null,
        },
      },
      receivedAt,
      project.timeZone,
      policy,
    );
    return new Life(definition, environment, receivedAt, this.ground.now, recorded);
  }

  private tellAndClose(contact: InteractionLife, at: Date, items: readonly InteractionItem[]): void {
    const by = this.crew.agentId;
    contact
      .then(at, (state, now) =>
        tellCustomer(state, { kind: 'RESULT', channel: 'PHONE', text: '已告知处理结果', by }, now),
      )
      .then(after(at, minute), (state, now) =>
        closeInteraction(state, { by, bySupervisor: false }, items, now),
      );
  }
}

function after(at: Date, millis: number): Date {
  return new Date(at.getTime() + millis);
}
