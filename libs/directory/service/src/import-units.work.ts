import type { EntityManager } from 'typeorm';
import {
  homeKey,
  importUnit,
  type DirectoryPolicy,
  type FieldsNotValid,
  type UnitFact,
  type UnitRow,
  type UnitState,
} from '@anju/directory-rules';
import { isRefused, newId, type Decision } from '@anju/kernel';
import { Places } from './import-places';
import type { ImportSetting, ImportWork, LineOutcome, ReadRow } from './import-work';
import { Unit, unitAggregate } from './unit.entity';

type NewUnit = (unitId: string) => Decision<UnitState, UnitFact, FieldsNotValid>;

/** Carries out the lines of a units file (DIR-01). A file names each home once: its reader sees to that. */
export class UnitsWork implements ImportWork<UnitRow> {
  private places: Places | null = null;

  constructor(
    private readonly setting: ImportSetting,
    private readonly policy: DirectoryPolicy,
  ) {}

  get newBuildings(): number {
    return this.places?.newBuildings ?? 0;
  }

  get newSections(): number {
    return this.places?.newSections ?? 0;
  }

  async carryOut(rows: readonly ReadRow<UnitRow>[], _at: Date, tx: EntityManager): Promise<LineOutcome[]> {
    this.places ??= await Places.load(this.setting, this.policy, tx);
    const known = await this.unitsOf(rows, tx);
    const created: NewUnit[] = [];
    const outcomes: LineOutcome[] = [];
    for (const { line, row } of rows) {
      const existing = known.get(homeKey(row.home)) ?? null;
      const place = await this.places.of(row.home, tx);
      const decide = (unit: UnitState | null) => (unitId: string) =>
        importUnit(unit, row, place, unitId, this.policy);
      const decision = decide(existing)(newId());
      if (isRefused(decision)) {
        outcomes.push({ line, problems: decision.refusal.data.problems });
      } else if (decision.facts.length === 0) {
        outcomes.push({ line, effect: 'UNCHANGED' });
      } else if (existing === null) {
        created.push(decide(null));
        outcomes.push({ line, effect: 'CREATED' });
      } else {
        await this.change(existing, decide, tx);
        outcomes.push({ line, effect: 'CHANGED' });
      }
    }
    const { write, project } = this.setting;
    if (write) {
      const { commands, request } = write;
      await commands.createMany(unitAggregate, { ...request, projectId: project.id, tx, decide: created });
    }
    return outcomes;
  }

  private async change(
    existing: Unit,
    decide: (unit: UnitState) => NewUnit,
    tx: EntityManager,
  ): Promise<void> {
    const { write } = this.setting;
    if (!write) return;
    await write.commands.change(unitAggregate, {
      ...write.request,
      ...{ tx, id: existing.id },
      decide: (unit) => decide(unit)(unit.id),
    });
  }

  private async unitsOf(rows: readonly ReadRow<UnitRow>[], tx: EntityManager): Promise<Map<string, Unit>> {
    const units = await tx
      .createQueryBuilder(Unit, 'unit')
      .addSelect('unit.homeKey')
      .where('unit.projectId = :projectId', { projectId: this.setting.project.id })
      .andWhere('unit.homeKey = any(:keys)', { keys: rows.map(({ row }) => homeKey(row.home)) })
      .getMany();
    return new Map(units.map((unit) => [unit.homeKey, unit]));
  }
}
