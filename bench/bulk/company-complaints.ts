import {
  acknowledgeComplaint,
  assignComplaint,
  closeComplaint,
  complaintNumber,
  fileDemandForm,
  outstandingClocks,
  receiveComplaint,
  recordReturnVisit,
  resolveComplaint,
  submitSpecialReport,
  complaintDeadlines,
  wordsOfCase,
  type ComplaintEnvironment,
  type ComplaintFact,
  type ComplaintState,
} from '@anju/complaints-rules';
import { complaints } from '@anju/complaints-service';
import { localDate } from '@anju/kernel';
import type { Chance } from './chance';
import { answerComplaint, doClassDuties } from './complaint-life';
import { cellOf, type TableStream } from './copy-in';
import { Life } from './life';
import { Mould, type Particulars } from './mould';
import { ServiceBulk, type AggregateBulk } from './service-bulk';

export interface CompanySize {
  readonly complaints: number;
  readonly projects: number;
  readonly seed: number;
}

/** A project of the load with those who work there. */
export interface LoadedProject {
  readonly id: string;
  readonly handlers: readonly string[];
  readonly customers: readonly string[];
}

/** Where the cases are put. */
export interface CompanyGround {
  /** The project whose policy and calendars all have; it is one of them. */
  readonly projectId: string;
  /** Who handles some of its cases besides. */
  readonly handlerId: string;
  readonly databaseUrl: string;
  readonly now: Date;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;
const years = 3;
/** Younger cases are worked out by the rules as they are; older ones are like one of those of the week before. */
const recent = 5 * week;
const mouldsOfRecent = 4_000;
const mouldsOfOld = 1_500;
const handlersOfProject = 4;
const customersOfProject = 40;
const departments = ['CUSTOMER_SERVICE', 'EQUIPMENT', 'SECURITY', 'CLEANING', 'GREENING'];
const troubles: readonly (readonly [topic: string, what: string])[] = [
  ['LIFT', '电梯又停了，等了二十分钟没有人来处理'],
  ['LIFT', '电梯运行时有异响，老人孩子不敢坐'],
  ['NOISE', '楼上半夜装修，吵得睡不着'],
  ['PARKING', '我的车位被别人占了，保安不管'],
  ['CLEANING', '楼道三天没有打扫，垃圾堆在门口'],
  ['WINDOW', '窗户关不严，一下雨就漏水'],
  ['WALL', '外墙渗水，卧室的墙皮脱落'],
  ['FEES', '物业费多收了一个月，要求退还'],
  ['ATTITUDE', '前台说话不耐烦，问什么都说不知道'],
];
const places = ['一单元', '二单元', '三单元', '地下车库', '大堂', '东门', '顶楼', '中心花园'];
const channels = ['PHONE', 'PHONE', 'PHONE', 'VISIT', 'WECHAT', 'WEB', 'LETTER_BOX'] as const;
const classes = ['CLASS_1', 'CLASS_1', 'CLASS_2', 'CLASS_3'] as const;
const groups = [1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 3, 10];

type Cases = AggregateBulk<ComplaintState, ComplaintFact, ComplaintEnvironment>;

interface Made {
  readonly mould: Mould;
  /** How many ids and numbers it leaves out. */
  readonly names: number;
  readonly receivedAt: Date;
  readonly due: readonly { readonly kind: string; readonly dueAt: Date }[];
  /** Null where nothing is. */
  readonly pending: Pending | null;
  /** Cells of what it is found by. */
  readonly words: readonly string[];
}

interface Pending {
  readonly nextDueAt: Date | null;
  readonly dutyDueAt: Date | null;
  readonly overdueSinceAt: Date | null;
  readonly replyAwaits: string | null;
}

/** Fills the complaints of a company, case by case as the rules made it, by COPY; lists are to be read, not changed. */
class CompanyBulk {
  private readonly sequences = new Map<string, number>();

  constructor(
    private readonly cases: Cases,
    private readonly dueTable: TableStream,
    private readonly pendingTable: TableStream,
    private readonly wordTable: TableStream,
    private readonly chance: Chance,
    private readonly now: Date,
  ) {}

  /** A case that came in then, as it stands now. */
  make(receivedAt: Date): Made {
    const life = this.live(receivedAt);
    life.end();
    const { state } = life;
    // Histories and what is to fire are no part of the lists.
    const [row] = this.cases.rowsOf(life, state.receivedBy);
    const names = namesOf(state);
    const { words, terms } = wordsOfCase(state);
    return {
      mould: new Mould([row!], { names, at: receivedAt }),
      names: names.length,
      receivedAt,
      due: complaintDeadlines(state).map(({ kind, dueAt }) => ({ kind, dueAt })),
      pending: this.pendingOf(state),
      words: [words, terms].map(cellOf),
    };
  }

  /** Another case that went the same way, so many weeks before. */
  pour(made: Made, weeks: number, project: LoadedProject, code: string): void {
    const { chance } = this;
    const at = new Date(made.receivedAt.getTime() - weeks * week);
    const id = chance.id(at);
    const date = localDate(at, 'Asia/Shanghai');
    const series = `${code} ${date}`;
    const sequence = (this.sequences.get(series) ?? 0) + 1;
    this.sequences.set(series, sequence);
    const handlerId = chance.oneOf(project.handlers);
    const first = chance.below(customersOfProject);
    const customers = Array.from(
      { length: 10 },
      (_, n) => project.customers[(first + n) % customersOfProject]!,
    );
    const building = `${project.id.slice(0, -2)}${String(chance.below(20)).padStart(2, '0')}`;
    const names = [id, complaintNumber(code, date, sequence), project.id, handlerId, building, ...customers];
    const particulars: Particulars = { names: names.slice(0, made.names), at };
    for (const { table, line } of made.mould.pour(particulars)) table.addLine(line);
    this.wordTable.add([id, project.id, ...made.words]);
    if (made.pending) {
      const { nextDueAt, dutyDueAt, overdueSinceAt, replyAwaits } = made.pending;
      const before = (instant: Date | null): string =>
        cellOf(instant && new Date(instant.getTime() - weeks * week));
      const instants = [nextDueAt, dutyDueAt, overdueSinceAt].map(before);
      this.pendingTable.add([id, project.id, ...instants, cellOf(replyAwaits)]);
    }
    if (weeks > 0) return;
    for (const { kind, dueAt } of made.due) {
      this.dueTable.add([chance.id(at), id, kind, cellOf(dueAt), project.id]);
    }
  }

  private pendingOf(state: ComplaintState): Pending | null {
    const { definition, environment } = this.cases;
    const { nextDueAt, dutyDueAt, overdueSinceAt, replyAwaits } = definition.queryColumns!(
      state,
      environment,
    ) as unknown as Pending;
    return (nextDueAt ?? dutyDueAt ?? overdueSinceAt ?? replyAwaits) === null
      ? null
      : { nextDueAt, dutyDueAt, overdueSinceAt, replyAwaits };
  }

  /** What people did with it, until now. */
  private live(receivedAt: Date): Life<ComplaintState, ComplaintFact, ComplaintEnvironment> {
    const { chance, now } = this;
    const { definition, environment } = this.cases;
    const names = Array.from({ length: 15 }, () => chance.id(receivedAt));
    const [id, projectId, handlerId, buildingId, by, ...customers] = names as [
      string,
      string,
      string,
      string,
      string,
      ...string[],
    ];
    const [topic, trouble] = chance.oneOf(troubles);
    const received = receiveComplaint(
      {
        ...{ id, projectId, number: complaintNumber('MOULD', localDate(receivedAt, 'Asia/Shanghai'), 1) },
        ...{ causeClass: chance.oneOf(classes), channel: chance.oneOf(channels), receivedAt, receivedBy: by },
        subject: { topic, unitId: null, buildingId },
        content: `${chance.oneOf(places)}${trouble}，已经第${chance.below(40) + 1}次了。`,
        customerIds: customers.slice(0, chance.oneOf(groups)),
        ...{ interactionId: null, namedStaffIds: [], responsibleDepartment: null, handlerId: null },
        facts: chance.below(30) === 0 ? ['LAWSUIT_LIKELY'] : [],
        cameFromComplaintId: null,
      },
      receivedAt,
      environment,
    );
    const life = new Life(definition, environment, receivedAt, now, received);
    let at = receivedAt.getTime();
    const after = (longest: number): Date => new Date((at += Math.floor((0.1 + chance.share()) * longest)));
    const fates = chance.below(100);
    if (fates < 3) return life;
    life.then(after(2 * hour), (state, when) =>
      acknowledgeComplaint(state, { by, channel: 'PHONE', thanksGiven: true }, when),
    );
    const responsibleDepartment = chance.oneOf(departments);
    life.then(after(2 * hour), (state, when) =>
      assignComplaint(state, { by, responsibleDepartment, handlerId }, when),
    );
    const crew = { by, approver: handlerId };
    answerComplaint(
      life,
      crew,
      '已经派人检查，明天答复。',
      after(chance.below(8) === 0 ? 4 * day : 12 * hour),
    );
    if (fates < 6) return life;
    life.then(after(fates < 75 ? 3 * day : 15 * day), (state, when) =>
      resolveComplaint(state, { by, result: '传感器换好了。' }, when, environment),
    );
    const customerId = customers[0]!;
    const visit = {
      by,
      customerId,
      channel: 'PHONE',
      satisfaction: 4,
      remarks: null,
      newDemand: null,
    } as const;
    life.then(after(3 * day), (state, when) => recordReturnVisit(state, visit, when, environment));
    const owes = (kind: 'DEMAND_FORM' | 'SPECIAL_REPORT'): boolean =>
      outstandingClocks(life.state, kind).length > 0;
    if (owes('DEMAND_FORM')) {
      life.then(after(day), (state, when) =>
        fileDemandForm(state, { by, demand: '电梯正常', measures: '更换' }, when, environment),
      );
    }
    if (owes('SPECIAL_REPORT')) {
      const said = '已经办妥';
      const parts = { content: said, cause: said, process: said, result: said };
      life.then(after(4 * day), (state, when) =>
        submitSpecialReport(
          state,
          { by, ...parts, lessons: said, correctiveActions: said },
          when,
          environment,
        ),
      );
    }
    doClassDuties(life, crew, '已经办妥', after(hour));
    return life.then(after(day), (state, when) => closeComplaint(state, { by }, when, environment));
  }
}

/** In the order in which `pour` gives others. */
function namesOf({ id, number, projectId, handlerId, subject, members }: ComplaintState): string[] {
  const customers = members.map(({ customerId }) => customerId);
  // What is not there stands for nothing that could be found.
  return [id, number, projectId, handlerId ?? '-no handler-', subject.buildingId!, ...customers];
}

/**
 * Fills the database of a complaints service that is not running with the cases of three years, evenly over that
 * time: those of the last weeks as the rules have them now, older ones like those of the week before.
 * @throws Error if the rules or the database refuse something
 */
export async function loadCompany(
  { complaints: count, projects }: CompanySize,
  { projectId, handlerId, databaseUrl, now }: CompanyGround,
  chance: Chance,
): Promise<{ readonly projects: readonly LoadedProject[]; readonly rows: number }> {
  const service = await ServiceBulk.open(complaints, databaseUrl, chance);
  const cases = await service.aggregate<ComplaintState, ComplaintFact, ComplaintEnvironment>(
    'Complaint',
    projectId,
  );
  const due = ['id', 'complaint_id', 'kind', 'due_at', 'project_id'];
  const pending = ['id', 'project_id', 'next_due_at', 'duty_due_at', 'overdue_since_at', 'reply_awaits'];
  const words = ['complaint_id', 'project_id', 'words', 'terms'];
  const bulk = new CompanyBulk(
    cases,
    await service.table('complaint_due', due),
    await service.table('complaint_pending', pending),
    await service.table('complaint_words', words),
    chance,
    now,
  );
  const ids = (number: number): string[] => Array.from({ length: number }, () => chance.id(now));
  const all = Array.from({ length: projects }, (_, index): LoadedProject => ({
    id: index === 0 ? projectId : chance.id(now),
    handlers: [...ids(handlersOfProject), ...(index === 0 ? [handlerId] : [])],
    customers: ids(customersOfProject),
  }));
  const ago = (from: number, within: number): Date =>
    new Date(now.getTime() - from - chance.share() * within);
  const young = Array.from({ length: mouldsOfRecent }, () => bulk.make(ago(minute, recent)));
  const old = Array.from({ length: mouldsOfOld }, () => bulk.make(ago(recent, week)));
  const shareOfRecent = recent / (years * 365 * day);
  const weeksBefore = Math.floor((years * 365 * day - recent) / week);
  for (let index = 0; index < count; index += 1) {
    const place = chance.below(projects);
    const isRecent = chance.share() < shareOfRecent;
    const made = chance.oneOf(isRecent ? young : old);
    bulk.pour(made, isRecent ? 0 : 1 + chance.below(weeksBefore), all[place]!, `GX${place + 1}`);
    if (index % 100 === 0) await service.relieve();
  }
  await service.endRows();
  return { projects: all, rows: await service.close() };
}
