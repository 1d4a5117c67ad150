import type { Principal, Role } from '@anju/access';
import { directoryEvents, type EventData } from '@anju/events';
import { ManualClock, newId } from '@anju/kernel';
import type { Logger } from '@anju/outbox';
import { ServiceDesk, commandSource, startDesk, wall, type Row } from '@anju/testing-service';
import { appraisal } from '../src';

const typeOfCommand: Record<string, string> = {
  createScheme: 'AppraisalScheme',
  addSchemeVersion: 'AppraisalScheme',
  retireScheme: 'AppraisalScheme',
  closeAppraisalYear: 'AppraisalYear',
  correctAppraisalYear: 'AppraisalYear',
  stateEvidenceView: 'Evidence',
  scoreEvidence: 'Evidence',
  dismissEvidence: 'Evidence',
};

/** Everybody is an employee beside his role. */
export function staff(role: Role, projectIds: readonly string[] | 'ALL', staffId = newId()): Principal {
  const roles = [...new Set<Role>([role, 'EMPLOYEE'])].map((each) => ({ role: each, projectIds }));
  return { kind: 'STAFF', staffId, account: role.toLowerCase(), roles };
}

/** The appraisal service on a clock moved by hand, fed with the events of the others. */
export class AppraisalDesk extends ServiceDesk {
  readonly company = newId();
  readonly otherCompany = newId();
  readonly zhou = staff('FRONT_DESK', [this.ours]);
  readonly lin = staff('SERVICE_SUPERVISOR', [this.ours]);
  readonly li = staff('EQUIPMENT_DEPARTMENT', [this.ours]);
  readonly qian = staff('APPRAISER', [this.ours]);
  readonly secondAppraiser = staff('APPRAISER', [this.ours]);
  readonly quality = staff('QUALITY_CENTRE', [this.ours]);
  readonly auditor = staff('AUDITOR', [this.ours]);
  readonly bi: Principal = {
    ...staff('BI_READER', [this.ours]),
    roles: [{ role: 'BI_READER', projectIds: [this.ours] }],
  };
  readonly strangersAppraiser = staff('APPRAISER', [this.theirs]);
  readonly strangersQuality = staff('QUALITY_CENTRE', [this.theirs]);

  protected override get actorElsewhere(): string {
    return this.zhou.staffId;
  }

  static async open(databaseUrl: string, logger: Logger, at: string): Promise<AppraisalDesk> {
    const clock = new ManualClock(wall(at));
    const desk = new AppraisalDesk(await startDesk(appraisal, { databaseUrl, logger, clock }), clock);
    await desk.introduce();
    return desk;
  }

  /** A command: what it changed, or the refusal with its code, message and data; errors are thrown. */
  async command(who: Principal, name: string, input: Row, fields = 'id version', refusal = ''): Promise<Row> {
    const selection = `... on ${typeOfCommand[name] ?? 'Appraisal'} { ${fields} } ${refusal}`;
    const data = await this.read(who, commandSource(name, selection), { input });
    return data[name] as Row;
  }

  /** A command that has to be accepted. */
  async done(who: Principal, name: string, input: Row, fields?: string): Promise<Row> {
    const answer = await this.command(who, name, input, fields);
    if (answer['code']) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** The code of the fault that a command or query answers. */
  async fault(work: Promise<unknown>): Promise<string> {
    const error = await work.then(
      () => undefined,
      (thrown: { extensions?: { code?: string } }) => thrown,
    );
    return error?.extensions?.code ?? 'none';
  }

  /** Standard schemes of both levels, in force since the beginning of 2025. */
  async schemes(): Promise<void> {
    for (const level of ['OPERATIONAL', 'MANAGEMENT']) {
      const input = { organisationId: this.company, level, effectiveFrom: '2025-01-01' };
      await this.done(this.quality, 'createScheme', input);
    }
  }

  async employ(
    staffId: string,
    change: Partial<EventData<typeof directoryEvents.staffRegistered>> = {},
  ): Promise<void> {
    await this.hear(directoryEvents.staffRegistered, staffId, {
      projectId: null,
      staffId,
      organisationId: this.company,
      departmentCode: 'CUSTOMER_SERVICE',
      position: 'FRONT_DESK',
      supervisorId: null,
      level: 'OPERATIONAL',
      projectIds: [this.ours],
      employed: true,
      employments: [{ from: '2025-07-01', to: null }],
      ...change,
    });
  }

  private async introduce(): Promise<void> {
    await this.introduceProjects({ ours: this.company, theirs: this.otherCompany });
    for (const { staffId } of [this.zhou, this.li, this.qian, this.secondAppraiser]) {
      await this.employ(staffId);
    }
    for (const { staffId } of [this.lin, this.quality, this.auditor]) {
      await this.employ(staffId, { level: 'MANAGEMENT', position: 'SERVICE_SUPERVISOR' });
    }
    for (const { staffId } of [this.strangersAppraiser, this.strangersQuality]) {
      await this.employ(staffId, { organisationId: this.otherCompany, projectIds: [this.theirs] });
    }
  }
}
