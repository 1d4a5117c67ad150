import type { Ids } from './bad-input-values';
import { whenSo, type Makers, type Workshop } from './bad-input-workshop';

/** In the middle of a week, month and year that can be appraised while the stage stands. */
const day = '2026-03-02';
let positions = 0;

/** Makes sheets, evidence, schemes and years of employees who are there for that alone. */
export class AppraisalMakers {
  constructor(
    private readonly shop: Workshop,
    /** Schemes are the company's: the stage of another project of it makes none. */
    private readonly makesSchemes: boolean,
  ) {}

  get makers(): Makers {
    const { shop } = this;
    return {
      Appraisal: () => this.sheet(),
      openAppraisal: async () => this.employee(),
      acknowledgeAppraisal: () => this.own(),
      appealAppraisal: () => this.own(),
      decideAppeal: () => this.appealed(),
      Evidence: () => this.evidence(),
      scoreEvidence: async () => {
        const { staffId, evidenceId } = await this.evidence();
        return { staffId: staffId!, evidenceId: evidenceId!, ...(await this.open('MONTHLY', staffId!)) };
      },
      stateEvidenceView: () => this.evidence(shop.selfId),
      Praise: () => this.praise(),
      praiseStaff: () => this.employee(),
      AppraisalScheme: () => (this.makesSchemes ? this.scheme() : Promise.resolve({})),
      AppraisalYear: async () => {
        const staff = await this.employee();
        const { projectId } = shop.ids;
        await this.appraise(staff['staffId']!, ['MONTHLY_CHECK', 'MONTHLY', 'YEAR_END']);
        const year = { ...staff, projectId, year: 2026 };
        const { id } = await shop.make('closeAppraisalYear', 'AppraisalYear', year);
        // What comes after it is what a correction is for.
        await this.appraise(staff['staffId']!, ['MONTHLY'], '2026-02-02');
        return { ...staff, appraisalYearId: id };
      },
      closeAppraisalYear: async () => {
        const staff = await this.employee();
        await this.appraise(staff['staffId']!, ['MONTHLY_CHECK', 'MONTHLY', 'YEAR_END']);
        return staff;
      },
    };
  }

  private async employee(): Promise<Ids> {
    return { staffId: (await this.shop.fresh('Staff'))['staffId']! };
  }

  private async open(kind: string, staffId: string, on = day, by = this.shop.everybody): Promise<Ids> {
    const { projectId } = this.shop.ids;
    const input = { staffId, projectId, kind, day: on };
    return { appraisalId: (await this.shop.make('openAppraisal', 'Appraisal', input, { by })).id };
  }

  /** With points taken off and given. */
  private async sheet(staffId?: string, kind = 'MONTHLY', by = this.shop.everybody): Promise<Ids> {
    const { shop } = this;
    const staff = staffId ? { staffId } : await this.employee();
    const { appraisalId: id } = await this.open(kind, staff['staffId']!, day, by);
    const judged = { id, points: '1.00', reason: '迟到' };
    await shop.make('deductPoints', 'Appraisal', { ...judged, item: 'ATTENDANCE' }, { by });
    if (kind === 'MONTHLY') await shop.make('commendAct', 'Appraisal', judged, { by });
    return { ...staff, appraisalId: id! };
  }

  /** Of whoever tries the commands, to be answered. */
  private async own(): Promise<Ids> {
    const { colleague: by, selfId } = this.shop;
    const ids = await this.sheet(selfId, 'SPOT_CHECK', by);
    await this.shop.make('announceAppraisal', 'Appraisal', { id: ids['appraisalId'] }, { by });
    return ids;
  }

  private async appealed(): Promise<Ids> {
    const { shop } = this;
    const staff = await this.employee();
    const ids = await this.sheet(staff['staffId'], 'SPOT_CHECK', shop.colleague);
    const { appraisalId: id } = ids;
    await shop.make('announceAppraisal', 'Appraisal', { id }, { by: shop.colleague });
    const by = await shop.enter(staff['staffId']!);
    await shop.make('appealAppraisal', 'Appraisal', { id, reason: '当日有假条' }, { by });
    return ids;
  }

  /** Opens, announces and has acknowledged one sheet of each kind. */
  private async appraise(staffId: string, kinds: readonly string[], on = day): Promise<void> {
    const { shop } = this;
    const by = await shop.enter(staffId);
    for (const kind of kinds) {
      const { appraisalId: id } = await this.open(kind, staffId, on);
      await shop.make('announceAppraisal', 'Appraisal', { id });
      await shop.make('acknowledgeAppraisal', 'Appraisal', { id }, { by });
    }
  }

  private async praise(staffId?: string): Promise<Ids> {
    const { shop } = this;
    const { interactionId } = await shop.fresh('Interaction');
    const staff = staffId ? { staffId } : await this.employee();
    const input = { interactionId, ...staff, text: '上门准时又客气' };
    const { id } = await shop.make('praiseStaff', 'Praise', input, { by: shop.colleague });
    return { ...staff, interactionId: interactionId!, praiseId: id };
  }

  /** What a praise comes to in the appraisals. */
  private async evidence(staffId?: string): Promise<Ids> {
    const praised = await this.praise(staffId);
    const list = await whenSo<{ nodes: { id: string }[] }>(
      this.shop.colleague,
      'query($staffId: ID!, $subjectId: ID!) { evidenceList(filter: { staffId: $staffId, subjectId: $subjectId }) { nodes { id } } }',
      { staffId: praised['staffId'], subjectId: praised['interactionId'] },
      ({ nodes }) => nodes.length > 0,
    );
    return { ...praised, evidenceId: list.nodes[0]!.id };
  }

  private async scheme(): Promise<Ids> {
    positions += 1;
    const { organisationId } = this.shop.ids;
    const scheme = { organisationId, level: 'OPERATIONAL', position: `STAGED_${positions}` };
    const { id } = await this.shop.make('createScheme', 'AppraisalScheme', {
      ...{ ...scheme, effectiveFrom: '2026-01-01' },
    });
    return { appraisalSchemeId: id };
  }
}
