import { changeRequest, commandRequest } from '@anju/subgraph';
import type { DataSource, EntityManager } from 'typeorm';
import type { Cipher, Permission } from '@anju/access';
import { badInput, isCommandRefusal, type Actor, type CommandRunner } from '@anju/commands';
import { abandonImport, appendToImport, runImport, startImport } from '@anju/directory-rules';
import { isRefused } from '@anju/kernel';
import { importAggregate } from './import.entity';
import type {
  AbandonImportInput,
  AppendToImportInput,
  RunImportInput,
  StartImportInput,
} from './import.schema';
import { requireProject } from './structure.service';

const permission: Permission = 'directory.import';

/** Where a part lies encrypted: it can be read there only. */
export const partPlace = 'import_part.content';

/** The file's content goes, in the transaction that ends its import. */
export async function deleteParts(importId: string, tx: EntityManager): Promise<void> {
  await tx.query(`delete from import_part where import_id = $1`, [importId]);
}

/** Commands on imports; the work itself is the runner's. */
export class ImportService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: CommandRunner,
    private readonly cipher: Cipher,
    private readonly queued: () => void,
  ) {}

  start(input: StartImportInput, actor: Actor) {
    const { projectId, kind, fileName, encoding } = input;
    return this.commands.create(importAggregate, {
      ...commandRequest(actor, 'startImport', permission, input),
      projectId,
      prepare: (tx) => requireProject(projectId, 'input.projectId', tx),
      decide: (importId, at, policy) => {
        const how = { encoding, dryRun: input.dryRun ?? false, skipBadLines: input.skipBadLines ?? false };
        return startImport({ importId, projectId, startedBy: actor.id, kind, fileName, ...how }, at, policy);
      },
    });
  }

  append(input: AppendToImportInput, actor: Actor) {
    const content = contentOf(input);
    const { index } = input;
    const part = { index, bytes: content.length, digest: this.cipher.blindIndex(content.toString('base64')) };
    return this.dataSource.transaction(async (tx) => {
      let isNew = false;
      const answer = await this.commands.change(importAggregate, {
        ...changeRequest(actor, 'appendToImport', permission, input.id, input),
        tx,
        decide: (state, _at, policy) => {
          const decision = appendToImport(state, part, policy);
          isNew = !isRefused(decision) && decision.facts.length > 0;
          return decision;
        },
      });
      if (isNew) {
        await tx.query(`insert into import_part (import_id, index, content) values ($1, $2, $3)`, [
          input.id,
          index,
          this.cipher.encrypt(content.toString('base64'), partPlace),
        ]);
      }
      return answer;
    });
  }

  async run(input: RunImportInput, actor: Actor) {
    const answer = await this.commands.change(importAggregate, {
      ...changeRequest(actor, 'runImport', permission, input.id, input),
      decide: runImport,
    });
    this.queued();
    return answer;
  }

  abandon(input: AbandonImportInput, actor: Actor) {
    return this.dataSource.transaction(async (tx) => {
      const answer = await this.commands.change(importAggregate, {
        ...changeRequest(actor, 'abandonImport', permission, input.id, input),
        tx,
        decide: abandonImport,
      });
      if (!isCommandRefusal(answer)) await deleteParts(input.id, tx);
      return answer;
    });
  }
}

function contentOf({ contentBase64 }: AppendToImportInput): Buffer {
  const content = Buffer.from(contentBase64, 'base64');
  // Node skips what is not base64 without a word.
  if (content.toString('base64') === contentBase64) return content;
  throw badInput({
    field: 'input.contentBase64',
    problem: 'is not base64',
    expected: 'base64 with padding (RFC 4648)',
  });
}
