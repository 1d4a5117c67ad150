import type { DataSource, EntityManager } from 'typeorm';
import type { Cipher } from '@anju/access';
import { systemActor, type CommandRunner } from '@anju/commands';
import {
  beginChecking,
  cellProblems,
  customersReader,
  endChecking,
  failImport,
  finishImport,
  importEnded,
  unitsReader,
  type CellProblem,
  type DirectoryPolicy,
  type ImportFact,
  type ImportFailure,
  type ImportState,
  type ImportStatusOutOfOrder,
  type TableReader,
} from '@anju/directory-rules';
import { localDate, newId, type Clock, type Decision } from '@anju/kernel';
import { directoryPolicy } from './directory-policy';
import { CustomersWork } from './import-customers.work';
import { decodeFile, readFile, type ReadFile, type ReadLineOf } from './import-file';
import { UnitsWork } from './import-units.work';
import type { ImportSetting, ImportWork, LineOutcome } from './import-work';
import { Import, importAggregate } from './import.entity';
import { deleteParts, partPlace } from './import.service';
import { Project } from './project.entity';

/** Lines carried out in one transaction: few enough to hold nobody up, enough to be quick. */
const batchSize = 250;
/** Of each import; more than a person looks through. */
const mostProblemsKept = 10_000;

/** Another runner has the import, somebody abandoned it, or this process is to end: others go on, or nobody. */
export class HandedOver extends Error {}

/** The right to work on an import, for as long as it is renewed. */
export interface Lease {
  readonly holder: string;
  /** Whether to stop after the batch. */
  readonly ending: () => boolean;
}

/** One import from its file to its end. Takes up after the last batch that was committed. */
export class ImportCourse {
  private readonly actor = systemActor('import');

  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: CommandRunner,
    private readonly cipher: Cipher,
    private readonly clock: Clock,
  ) {}

  /** @throws HandedOver when it is no longer this lease's work */
  async follow(id: string, lease: Lease): Promise<void> {
    const { manager } = this.dataSource;
    const found = await manager.findOneByOrFail(Import, { id });
    const project = await manager.findOneByOrFail(Project, { id: found.projectId });
    const policy = await directoryPolicy(project.id, manager);
    const decoded = decodeFile(await this.contentOf(id), found.encoding);
    if ('failure' in decoded) return this.fail(id, decoded.failure);
    const file = await readFile(decoded.text, this.readerFor(found, project, policy), policy.maxImportLines);
    if (file.lines.length > policy.maxImportLines) return this.fail(id, 'TOO_MANY_LINES');
    if (found.status !== 'APPLYING') {
      await this.dataSource.transaction(async (tx) => {
        await this.step(id, 'beginChecking', (state) => beginChecking(state, decoded.encoding), tx);
        await this.beginReport(id, file, tx);
      });
      const trial = this.workFor(found, { project, write: null }, policy);
      await this.throughLines(id, file, 0, trial, lease, true);
    }
    const current = found.status === 'APPLYING' ? found : await this.endChecking(id, file);
    if (current.status !== 'APPLYING') return;
    const work = this.workFor(current, { project, write: this.writing(current) }, policy);
    await this.throughLines(id, file, current.processedLines, work, lease, false);
    await this.dataSource.transaction((tx) => this.step(id, 'finishImport', finishImport, tx));
  }

  /** The end of an import that cannot be carried out. */
  async fail(id: string, failure: ImportFailure): Promise<void> {
    const decide = (state: ImportState, at: Date) => failImport(state, failure, at);
    await this.dataSource.transaction((tx) => this.step(id, 'failImport', decide, tx));
  }

  /** One step of the import's course; with its last one the content goes. */
  private async step(
    id: string,
    command: string,
    decide: (state: ImportState, at: Date) => Decision<ImportState, ImportFact, ImportStatusOutOfOrder>,
    tx: EntityManager,
  ): Promise<Import> {
    const answer = await this.commands.change(importAggregate, {
      ...{ actor: this.actor, command, permission: 'directory.import', id, tx },
      decide,
    });
    if (!(answer instanceof Import)) throw new HandedOver(answer.code);
    if (importEnded(answer)) await deleteParts(id, tx);
    return answer;
  }

  private async contentOf(id: string): Promise<Buffer> {
    const parts: { content: string }[] = await this.dataSource.query(
      `select content from import_part where import_id = $1 order by index`,
      [id],
    );
    return Buffer.concat(
      parts.map(({ content }) => Buffer.from(this.cipher.decrypt(content, partPlace), 'base64')),
    );
  }

  private readerFor(
    { kind }: Import,
    project: Project,
    policy: DirectoryPolicy,
  ): TableReader<string, unknown> {
    const projectCodes = [project.code];
    if (kind === 'UNITS') return unitsReader(projectCodes, policy);
    return customersReader({ projectCodes, today: localDate(this.clock.now(), project.timeZone) }, policy);
  }

  private workFor({ kind }: Import, setting: ImportSetting, policy: DirectoryPolicy): ImportWork<never> {
    return kind === 'UNITS' ? new UnitsWork(setting, policy) : new CustomersWork(setting, policy);
  }

  private writing({ id, kind, startedBy }: Import): ImportSetting['write'] {
    const request = {
      actor: { id: startedBy },
      command: kind === 'UNITS' ? 'importUnits' : 'importCustomers',
      permission: 'directory.import',
      reason: `import ${id}`,
    } as const;
    return { commands: this.commands, request };
  }

  private async beginReport(id: string, file: ReadFile<unknown>, tx: EntityManager): Promise<void> {
    await tx.query(`delete from import_problem where import_id = $1`, [id]);
    await this.resetCounts(id, tx);
    await tx.query(`update import set total_lines = $2 where id = $1`, [id, file.lines.length]);
    await this.keepProblems(id, file.unreadable, tx);
  }

  private async resetCounts(id: string, tx: EntityManager): Promise<void> {
    await tx.query(
      `update import set processed_lines = 0, created = 0, changed = 0, unchanged = 0, bad_lines = 0,
                         new_buildings = 0, new_sections = 0 where id = $1`,
      [id],
    );
  }

  private endChecking(id: string, file: ReadFile<unknown>): Promise<Import> {
    return this.dataSource.transaction(async (tx) => {
      const { badLines } = await tx.findOneByOrFail(Import, { id });
      const result = { badLines, unreadable: file.unreadable.length > 0 };
      const current = await this.step(id, 'endChecking', (state, at) => endChecking(state, result, at), tx);
      if (current.status !== 'APPLYING') return current;
      await this.resetCounts(id, tx);
      return tx.findOneByOrFail(Import, { id });
    });
  }

  private async throughLines(
    id: string,
    file: ReadFile<unknown>,
    from: number,
    work: ImportWork<never>,
    lease: Lease,
    trial: boolean,
  ): Promise<void> {
    for (let start = from; start < file.lines.length; start += batchSize) {
      if (lease.ending()) throw new HandedOver('this process ends');
      const batch = file.lines.slice(start, start + batchSize);
      await this.dataSource.transaction(async (tx) => {
        const places = [work.newBuildings, work.newSections] as const;
        const rows = batch.flatMap((line) => (line.kind === 'ROW' ? [line] : []));
        const outcomes = await work.carryOut(rows as never, this.clock.now(), tx);
        const problems = outcomes.flatMap(problemsOf);
        // What the reader found is in the report since the trial.
        if (trial) problems.push(...batch.flatMap((line) => (line.kind === 'PROBLEMS' ? line.problems : [])));
        await this.keepProblems(id, problems, tx);
        const newPlaces = [work.newBuildings - places[0], work.newSections - places[1]] as const;
        await this.saveProgress(id, batch, outcomes, newPlaces, lease, tx);
      });
    }
  }

  /** In the batch's own transaction: what is counted is written, and what is written is counted. */
  private async saveProgress(
    id: string,
    batch: readonly ReadLineOf<unknown>[],
    outcomes: readonly LineOutcome[],
    [newBuildings, newSections]: readonly [number, number],
    lease: Lease,
    tx: EntityManager,
  ): Promise<void> {
    const count = (effect: string): number =>
      outcomes.filter((outcome) => 'effect' in outcome && outcome.effect === effect).length;
    const [created, changed, unchanged] = [count('CREATED'), count('CHANGED'), count('UNCHANGED')];
    const bad = batch.length - created - changed - unchanged;
    const [, updated]: [unknown, number] = await tx.query(
      `update import set processed_lines = processed_lines + $3, created = created + $4, changed = changed + $5,
         unchanged = unchanged + $6, bad_lines = bad_lines + $7, new_buildings = new_buildings + $8,
         new_sections = new_sections + $9, attempts = 0
       where id = $1 and lease_holder = $2`,
      [id, lease.holder, batch.length, created, changed, unchanged, bad, newBuildings, newSections],
    );
    if (updated === 0) throw new HandedOver('another runner has it');
  }

  private async keepProblems(id: string, problems: readonly CellProblem[], tx: EntityManager): Promise<void> {
    if (problems.length === 0) return;
    const rows = problems.map((problem) => ({ id: newId(), ...problem }));
    await tx.query(
      `insert into import_problem (id, import_id, line, column_key, reason, expected)
       select p.id, $1, p.line, p."column", p.reason, p.expected
       from jsonb_to_recordset($2::jsonb) as p(id uuid, line int, "column" text, reason text, expected text)
       limit greatest(0, $3 - (select count(*) from import_problem where import_id = $1))
       on conflict do nothing`,
      [id, JSON.stringify(rows), mostProblemsKept],
    );
  }
}

function problemsOf(outcome: LineOutcome): CellProblem[] {
  return 'problems' in outcome ? [...cellProblems(outcome.problems, outcome.line)] : [];
}
