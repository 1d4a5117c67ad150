import { april, type Desk } from './desk';
import { StoryBroken } from './story-teller';

const month = '2026-03';

/** The report of March, there to be sent since the month was over, goes to finance (SAL-50). */
export async function sendSalesReport(desk: Desk): Promise<void> {
  const { teller } = desk;
  await desk.at(april(1, '09:30'), '方圆 sends finance the sales report of March: frozen from now on');
  const { data } = await teller.ask<{ salesReports: { nodes: { id: string }[] } }>(
    'fangyuan',
    'query($month: String!) { salesReports(filter: { month: $month }) { nodes { id } } }',
    { month },
  );
  const report = data?.salesReports.nodes[0];
  if (!report) throw new StoryBroken('there is no sales report of March');
  await teller.command('fangyuan', 'sendSalesReport', 'SalesReport', { salesReportId: report.id });
}

/** 周敏's appraisal of March, by 钱进, on the evidence of day one. */
export class MonthlyAppraisal {
  private appraisalId = '';
  private evidenceId = '';

  constructor(private readonly desk: Desk) {}

  async isOpened(): Promise<void> {
    const { desk } = this;
    const { teller, setting } = desk;
    await desk.at(
      april(1, '10:00'),
      "钱进 opens 周敏's appraisal of March; the late telecom is evidence there, and she says how she sees it",
    );
    const staffId = teller.staffId('zhoumin');
    const { projectId } = setting;
    const { id } = await teller.command('qianjin', 'openAppraisal', 'Appraisal', {
      ...{ staffId, projectId, kind: 'MONTHLY', day: `${month}-31` },
    });
    this.appraisalId = id;
    this.evidenceId = await this.findEvidence(staffId);
    await teller.command('zhoumin', 'stateEvidenceView', 'Evidence', {
      id: this.evidenceId,
      text: '15:00当场催办，16:10修复后即回告客户',
    });
  }

  private async findEvidence(staffId: string): Promise<string> {
    const { data } = await this.desk.teller.ask<{ staff: { evidence: { nodes: { id: string }[] } } }>(
      'qianjin',
      'query($id: ID!) { staff(id: $id) { evidence(filter: { kind: [PARTNER_LATE] }) { nodes { id } } } }',
      { id: staffId },
    );
    const found = data?.staff.evidence.nodes[0];
    if (!found) throw new StoryBroken('the late telecom is no evidence on 周敏');
    return found.id;
  }

  async isAnnounced(): Promise<void> {
    const { desk, appraisalId, evidenceId } = this;
    const { teller } = desk;
    await desk.at(april(2, '09:30'), '钱进 commends how she saw to it, and announces the result');
    await teller.command('qianjin', 'scoreEvidence', 'Evidence', {
      ...{ id: evidenceId, appraisalId, direction: 'ADDITION', points: '1.00' },
      reason: '外联单位逾期非本人之责；到点即催办，当日办结并回告客户',
    });
    await teller.command('qianjin', 'announceAppraisal', 'Appraisal', { id: appraisalId });
  }

  async isAcknowledged(): Promise<void> {
    const { desk, appraisalId } = this;
    await desk.at(april(2, '17:00'), '周敏 acknowledges her result');
    await desk.teller.command('zhoumin', 'acknowledgeAppraisal', 'Appraisal', { id: appraisalId });
  }
}
