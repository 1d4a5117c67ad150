import type { CaseStep } from './counted-case';
import { hands, type YearGround, type YearRole } from './year-ground';
import type { PlannedCommand, YearPlan } from './year-plan';

/** What was played. */
export interface PlayedYear {
  /** Of each story's case. */
  readonly ids: readonly string[];
  readonly commands: number;
  readonly refused: number;
}

const words = {
  content: '电梯又停了，等了二十分钟没有人来。',
  text: '已经派人检查，配件明天到，装好马上告诉您。',
  result: '传感器换好了，试运行三天没有再停。',
};
const report = {
  content: '一周内电梯停运三次。',
  cause: '门机传感器磨损。',
  process: '检查、订货、更换。',
  result: '运行三天正常。',
  lessons: '传感器没有列入巡检。',
  correctiveActions: '已经列入巡检表。',
};

/** Nobody approves his own reply, and the customer-relations centre sends it. */
function byWhom({ command }: CaseStep): YearRole {
  if (command === 'approveComplaintReply') return 'head';
  return command === 'sendComplaintReply' ? 'relations' : 'desk';
}

/** Plays a year: whatever falls due fires, then the desk does what is planned for the moment. */
export class YearPlayer {
  private readonly ids: string[];
  private readonly replies: number[];
  private refused = 0;

  constructor(
    private readonly ground: YearGround,
    private readonly plan: YearPlan,
  ) {
    this.ids = plan.cases.map(() => '');
    this.replies = plan.cases.map(() => 0);
  }

  /** @throws Error where something is answered otherwise than counted by hand */
  async play(tell: (line: string) => void = () => undefined): Promise<PlayedYear> {
    const { commands, endsAt } = this.plan;
    let month = -1;
    for (let from = 0; from < commands.length;) {
      const { at } = commands[from]!;
      let to = from;
      while (to < commands.length && commands[to]!.at === at) to += 1;
      await this.reach(at);
      await this.moment(commands.slice(from, to));
      from = to;
      const played = new Date(at).getUTCMonth();
      if (played !== month) {
        month = played;
        tell(`${new Date(at).toISOString().slice(0, 7)}: ${from} of ${commands.length} commands`);
      }
    }
    await this.reach(endsAt);
    return { ids: this.ids, commands: commands.length, refused: this.refused };
  }

  private async reach(at: number): Promise<void> {
    const { clock, complaints } = this.ground;
    clock.moveTo(new Date(at));
    await complaints.scheduler.fireUpTo(new Date(at));
  }

  /** What is done at one moment: cases side by side, each in its order. */
  private async moment(commands: readonly PlannedCommand[]): Promise<void> {
    const byStory = new Map<number, PlannedCommand[]>();
    for (const command of commands) {
      const own = byStory.get(command.story);
      if (own) own.push(command);
      else byStory.set(command.story, [command]);
    }
    const waiting = [...byStory.values()];
    const hand = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        for (const command of next) await this.carryOut(command);
      }
    };
    await Promise.all(Array.from({ length: Math.min(hands, waiting.length) }, hand));
  }

  private async carryOut({ at, story, step, answer, leadsTo }: PlannedCommand): Promise<void> {
    const given = await this.ground.command(step.command, this.inputOf(story, step), byWhom(step));
    const code = given['code'] ?? 'DONE';
    if (code !== answer) {
      const when = new Date(at).toISOString();
      throw new Error(
        `${step.command} of case ${story} at ${when}: counted ${answer}, answered ${JSON.stringify(given)}`,
      );
    }
    if (code !== 'DONE') this.refused += 1;
    else if (step.command === 'draftComplaintReply') this.replies[story]! += 1;
    if (step.command === 'fileComplaint') this.ids[story] = given['id'] as string;
    if (leadsTo === null) return;
    const linked = given['linkedCases'] as readonly { relation: string; complaintId: string }[];
    this.ids[leadsTo] = linked.findLast(({ relation }) => relation === 'LED_TO')!.complaintId;
  }

  private inputOf(story: number, step: CaseStep): object {
    const id = this.ids[story];
    const { project, customers } = this.plan.cases[story]!.receipt;
    const known = this.ground.customerIds[project]!;
    switch (step.command) {
      case 'fileComplaint':
        return {
          ...{ projectId: this.ground.projectIds[project], topic: 'LIFT', content: words.content },
          ...{ causeClass: step.receipt.causeClass, channel: step.receipt.channel },
          receivedAt: new Date(step.receipt.receivedAt).toISOString(),
          customerIds: customers.map((customer) => known[customer]),
          facts: step.receipt.facts,
        };
      case 'acknowledgeComplaint':
        return {
          ...{ id, channel: 'PHONE', thanksGiven: true },
          ...{ responsibleDepartment: 'EQUIPMENT', handlerId: this.ground.handlerId },
        };
      case 'respondToComplaint':
        return { id, channel: step.channel, text: words.text };
      case 'draftComplaintReply':
        return { id, audience: 'CUSTOMER', statesMeasures: step.statesMeasures, text: words.text };
      case 'submitComplaintReply':
        return { id, sequence: this.replies[story] };
      case 'approveComplaintReply':
        return { id, sequence: this.replies[story], revision: 1 };
      case 'sendComplaintReply':
        return { id, sequence: this.replies[story], channel: 'WEB' };
      case 'issueComplaintNotice':
        return { id, kind: step.kind, to: step.to, way: 'EMAIL', text: words.text };
      case 'nameComplaintCoordinator':
        return { id, coordinatorId: this.ground.handlerId };
      case 'recordComplaintProgress':
        return { id, text: words.text, toldBy: step.toldBy };
      case 'addComplaintFacts':
        return { id, facts: step.facts };
      case 'raiseComplaintSeverity':
        return { id, to: step.to, reason: '客户情绪激动' };
      case 'changeComplaintCauseClass':
        return { id, to: step.to, reason: '经查明' };
      case 'joinComplaint':
        return { id, customers: step.customers.map((customer) => ({ customerId: known[customer] })) };
      case 'fileDemandForm':
        return { id, demand: '电梯正常运行', measures: '周五前更换传感器' };
      case 'resolveComplaint':
        return { id, result: words.result };
      case 'recordReturnVisit': {
        const { newDemand, satisfaction, customer } = step;
        const demand = newDemand && { ...newDemand, topic: 'NOISE', content: '楼上装修太吵' };
        const customerId = customer === null ? null : known[customer];
        return { id, channel: 'PHONE', satisfaction, customerId, newDemand: demand };
      }
      case 'submitSpecialReport':
        return { id, ...report };
      case 'reopenComplaint':
        return { id, reason: '同样的问题又出现了' };
      case 'promiseComplaintCallback':
      case 'closeComplaint':
        return { id };
    }
  }
}
