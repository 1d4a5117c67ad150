import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Principal } from '@anju/access';
import { directoryEvents, receptionEvents, type EventData } from '@anju/events';
import { ManualClock, newId } from '@anju/kernel';
import type { Logger } from '@anju/outbox';
import { readEnvironment } from '@anju/settings';
import {
  ServiceDesk,
  commandSource,
  staff,
  startDesk,
  wall,
  type DeskGround,
  type Row,
} from '@anju/testing-service';
import { complaints } from '../src';

export const caseFields = `
  id number status causeClass severity severityReasons topic content channel receivedAt resolvedAt closedAt
  version groupSize nextDueAt overdueSinceAt responsibleDepartment
  members { customer { id } joinedAt interaction { id } }
  clocks {
    sequence kind forSeverity startedAt dueAt metAt missedAt lapsedAt status
    setDueAt warnAt warnedAt waiting waitingFor leftMinutes policyVersion calendarVersion
    pauses { pausedAt resumedAt reason byStaff { id } }
  }
  callbackPromises { at note customer { id } byStaff { id } }
  deadlines { kind dueAt }
  ageing { becomesHotAt becomesMajorAt hotWarnAt warnedOfHotAt policyVersion calendarVersion wasUnresolvedForAWeekAt wasUnresolvedForAMonthAt }
  demandForms { sequence severity filedAt sentTo byStaff { id } }
  specialReports { sequence submittedAt sentTo }
  returnVisits { at satisfaction customer { id } newDemand { complaintId } }
  resolutions { at result } reopenings { cause reason at }
  linkedCases { relation complaintId complaint { id number status channel } }
  unit { id } building { id } project { id } handler { id } receivedBy { id } namedStaff { id }
  interactions { id }
  history { command actor at from to reason }
`;

/** Of the service, with files of at most a million bytes in that folder. */
function settingsWith(folder: string): Row {
  const environment = { FILES_DIR: folder, FILES_LARGEST_BYTES: '1000000' };
  return readEnvironment(complaints.settings ?? {}, environment);
}

/** The complaints service on a clock moved by hand, fed with the events of the others. */
export class ComplaintsDesk extends ServiceDesk {
  readonly building6 = newId();
  readonly unit = newId();
  readonly zhou = staff('FRONT_DESK', this.ours);
  readonly lin = staff('SERVICE_SUPERVISOR', this.ours);
  readonly li = staff('SERVICE_SPECIALIST', this.ours);
  readonly quality = staff('QUALITY_CENTRE', this.ours);
  readonly guard = staff('LOBBY_GUARD', this.ours);
  readonly relations = staff('DEVELOPER_CUSTOMER_RELATIONS', this.ours);
  readonly director = staff('OFFICE_DIRECTOR', this.ours);
  readonly manager = staff('PROJECT_MANAGER', this.ours);
  readonly leader = staff('DIVISION_LEADER', this.ours);
  readonly general = staff('GENERAL_MANAGER', this.ours);
  readonly stranger: Principal = {
    ...staff('SERVICE_SUPERVISOR', this.theirs),
    roles: (['SERVICE_SUPERVISOR', 'QUALITY_CENTRE', 'DEVELOPER_CUSTOMER_RELATIONS'] as const).map(
      (role) => ({ role, projectIds: [this.theirs] }),
    ),
  };

  protected override get actorElsewhere(): string {
    return this.zhou.staffId;
  }

  static async open(databaseUrl: string, logger: Logger, at: string): Promise<ComplaintsDesk> {
    const clock = new ManualClock(wall(at));
    const folder = mkdtempSync(join(tmpdir(), 'anju-desk-'));
    const settings = settingsWith(folder);
    const ground = await startDesk(complaints, { databaseUrl, logger, clock, settings });
    const desk = new ComplaintsDesk(ground, clock, folder);
    await desk.introduce();
    return desk;
  }

  private constructor(
    ground: DeskGround,
    clock: ManualClock,
    /** Where its files are. */
    readonly folder: string,
  ) {
    super(ground, clock);
  }

  /** Stops the service and starts it again later, on the same database: nothing that fell due meanwhile has fired. */
  async sleepUntil(databaseUrl: string, logger: Logger, at: string): Promise<void> {
    await super.close();
    this.clock.moveTo(wall(at));
    const settings = settingsWith(this.folder);
    this.ground = await startDesk(complaints, { databaseUrl, logger, clock: this.clock, settings });
  }

  override async close(): Promise<void> {
    await super.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A command: the case, or the refusal with its code, message and data; errors are thrown. */
  async command(who: Principal, name: string, input: Row, fields = 'id version', refusal = ''): Promise<Row> {
    const data = await this.read(who, commandSource(name, `... on Complaint { ${fields} } ${refusal}`), {
      input,
    });
    return data[name] as Row;
  }

  /** A command whose key came with the request, as by the `Idempotency-Key` header. */
  async withKey(idempotencyKey: string, who: Principal, name: string, input: Row): Promise<Row> {
    const source = commandSource(name, '... on Complaint { id version linkedCases { complaintId } }');
    const { data, errors } = await this.ask(who, source, { input }, { idempotencyKey });
    if (errors) throw errors[0]!;
    return data![name] as Row;
  }

  /** A command that has to be accepted. */
  async done(who: Principal, name: string, input: Row, fields?: string): Promise<Row> {
    const answer = await this.command(who, name, input, fields);
    if (answer['code']) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return answer;
  }

  async case(id: string, who: Principal = this.lin): Promise<Row> {
    const data = await this.read(who, `query($id: ID!) { complaint(id: $id) { ${caseFields} } }`, { id });
    return data['complaint'] as Row;
  }

  /** Files a case about the lift of building 6 with so many customers. */
  async file(customers: number, change: Row = {}): Promise<{ id: string; customerIds: string[] }> {
    const customerIds = await this.customers(customers);
    const input = {
      projectId: this.ours,
      causeClass: 'CLASS_1',
      topic: 'LIFT',
      content: 'The lift stands still again.',
      channel: 'PHONE',
      buildingId: this.building6,
      customerIds,
      ...change,
    };
    const { id } = await this.done(this.zhou, 'fileComplaint', input);
    return { id: id as string, customerIds };
  }

  /** Acknowledged and in the hands of 李强. */
  acknowledge(id: string): Promise<Row> {
    return this.done(this.zhou, 'acknowledgeComplaint', {
      id,
      channel: 'PHONE',
      thanksGiven: true,
      responsibleDepartment: 'EQUIPMENT',
      handlerId: this.li.staffId,
    });
  }

  respond(id: string): Promise<Row> {
    return this.done(this.lin, 'respondToComplaint', { id, channel: 'PHONE', text: 'The part comes today.' });
  }

  /** A reply that states the measures, written, approved and sent (CMP-08). */
  async reply(id: string, sequence = 1): Promise<Row> {
    const text = '本周五前修好';
    await this.done(this.li, 'draftComplaintReply', { id, audience: 'CUSTOMER', statesMeasures: true, text });
    await this.done(this.li, 'submitComplaintReply', { id, sequence });
    await this.done(this.lin, 'approveComplaintReply', { id, sequence, revision: 1 });
    return this.done(this.relations, 'sendComplaintReply', { id, sequence, channel: 'WEB' });
  }

  /** Answers as the case asks for it. */
  async answer(id: string): Promise<Row> {
    const source = 'query($id: ID!) { complaint(id: $id) { answersNeedApproval replies { sequence } } }';
    const { complaint } = await this.read<{ complaint: Row }>(this.lin, source, { id });
    const replies = complaint['replies'] as Row[];
    return complaint['answersNeedApproval'] ? this.reply(id, replies.length + 1) : this.respond(id);
  }

  /** Does what the cause class asks for, as far as it is not done (CMP-09). */
  async doClassDuties(id: string): Promise<void> {
    const source = 'query($id: ID!) { complaint(id: $id) { classDuties { duty recipient isDone } } }';
    const { complaint } = await this.read<{ complaint: Row }>(this.lin, source, { id });
    const notice = { id, way: 'EMAIL', text: '情况说明' };
    const ways: Readonly<Record<string, (recipient: unknown) => readonly [string, Row]>> = {
      NOTICE_TO_DEVELOPER: (to) => [
        'issueComplaintNotice',
        { ...notice, kind: 'HOUSING_QUALITY_NOTICE', to },
      ],
      IMPACT_REPORT_SENT: (to) => ['issueComplaintNotice', { ...notice, kind: 'IMPACT_REPORT', to }],
      COORDINATOR_NAMED: () => ['nameComplaintCoordinator', { id, coordinatorId: this.li.staffId }],
      PROGRESS_TOLD: () => ['recordComplaintProgress', { id, text: '已协调', toldBy: 'PHONE' }],
    };
    for (const { duty, recipient, isDone } of complaint['classDuties'] as Row[]) {
      if (!isDone) await this.done(this.lin, ...ways[duty as string]!(recipient));
    }
  }

  resolve(id: string): Promise<Row> {
    return this.done(this.li, 'resolveComplaint', { id, result: 'The sensor was replaced.' });
  }

  fileForm(id: string): Promise<Row> {
    const form = { demand: 'A lift that runs.', measures: 'A new sensor by Friday.' };
    return this.done(this.lin, 'fileDemandForm', { id, ...form });
  }

  /** What the directory says about new customers of a project. */
  async customers(count: number, projectId = this.ours): Promise<string[]> {
    const ids = Array.from({ length: count }, () => newId());
    const known = ids.map((customerId) =>
      this.envelope(directoryEvents.customerRegistered, customerId, {
        projectId: null,
        customerId,
        organisationId: projectId,
        kind: 'PERSON',
        projectIds: [projectId],
      }),
    );
    await this.deliver(known);
    return ids;
  }

  /** A contact is classified at the desk; a complaint about the lift unless told otherwise. */
  async classify(
    change: Partial<EventData<typeof receptionEvents.interactionClassified>> = {},
    eventId = newId(),
  ): Promise<string> {
    const interactionId = change.interactionId ?? newId();
    const now = this.clock.now().toISOString();
    const contact: EventData<typeof receptionEvents.interactionClassified> = {
      interactionId,
      projectId: this.ours,
      ownerId: this.zhou.staffId,
      at: now,
      by: this.zhou.staffId,
      class: 'COMPLAINT',
      previousClass: null,
      proposedClass: 'COMPLAINT',
      asProposed: true,
      causeClass: 'CLASS_1',
      facts: [],
      namedStaffIds: [],
      topic: 'LIFT',
      customerIds: [],
      unitId: null,
      buildingId: this.building6,
      channel: 'PHONE',
      receivedAt: now,
      receivedBy: this.zhou.staffId,
      ...change,
    };
    await this.hear(receptionEvents.interactionClassified, interactionId, contact, eventId);
    return interactionId;
  }

  /** The case that a contact led to. */
  async caseOf(interactionId: string, who: Principal = this.lin): Promise<Row | null> {
    const data = await this.read<{ _entities: { complaint: Row | null }[] }>(
      who,
      `query($r: [_Any!]!) { _entities(representations: $r) { ... on Interaction { complaint { ${caseFields} } } } }`,
      { r: [{ __typename: 'Interaction', id: interactionId }] },
    );
    return data._entities[0]!.complaint;
  }

  private async introduce(): Promise<void> {
    await this.introduceProjects();
    await this.build('6', this.building6);
    await this.hear(directoryEvents.unitRegistered, this.unit, {
      projectId: this.ours,
      unitId: this.unit,
      buildingId: this.building6,
      sectionId: null,
      number: '0302',
      home: '6-1-0302',
      status: 'HANDED_OVER',
      preSaleArea: null,
      registeredArea: null,
      warrantyEndsOn: null,
    });
    for (const person of [this.zhou, this.lin, this.quality, this.guard, this.director, this.manager]) {
      await this.employ(person.staffId, this.ours, true);
    }
    await this.employ(this.li.staffId, this.ours, true, { departmentCode: 'EQUIPMENT' });
    await this.employ(this.stranger.staffId, this.theirs, true);
  }

  async build(number: string, buildingId = newId()): Promise<string> {
    const building = { projectId: this.ours, buildingId, number, warrantyEndsOn: null };
    await this.hear(directoryEvents.buildingRegistered, buildingId, building);
    return buildingId;
  }

  async employ(staffId: string, projectId: string, employed: boolean, change: Row = {}): Promise<void> {
    await this.hear(directoryEvents.staffRegistered, staffId, {
      projectId: null,
      staffId,
      organisationId: projectId,
      departmentCode: 'CUSTOMER_SERVICE',
      position: 'CLERK',
      supervisorId: null,
      level: 'OPERATIONAL',
      projectIds: [projectId],
      employed,
      employments: [{ from: '2024-01-01', to: employed ? null : '2026-01-31' }],
      ...change,
    });
  }
}
