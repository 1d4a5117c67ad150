import { Fault, badInput, type Actor, type CommandRunner } from '@anju/commands';
import { attachToComplaint, detachFromComplaint, type ComplaintCommandName } from '@anju/complaints-rules';
import type { FileRegister } from '@anju/files';
import { isRefused } from '@anju/kernel';
import type { AttachToComplaintInput, DetachFromComplaintInput } from './attachments.schema';
import type { ComplaintAggregate } from './complaint.aggregate';
import type { ComplaintCommandInput } from './complaint.inputs';

/** Of one command; a case has more. */
const mostAtOnce = 50;

/** Files of complaints: the case has them on record, their rows and contents are the register's. */
export class AttachmentsService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly aggregate: ComplaintAggregate,
    /** Null where the service runs without a place for files. */
    private readonly files: FileRegister | null,
  ) {}

  /** Attaches what the actor has uploaded. @throws Fault BAD_USER_INPUT for no file, one twice or too many at once */
  attach(input: AttachToComplaintInput, actor: Actor) {
    const { note = null } = input;
    const files = this.register();
    requireSome(input.fileIds);
    return this.commands.change(this.aggregate, {
      ...this.request('attachToComplaint', input, actor),
      prepare: async (tx, state, at, environment) => {
        const by = actor.id;
        const usable = await files.usable(tx, input.fileIds, { projectId: state.projectId, by });
        const ids = new Set(usable.map(({ id }) => id));
        const notUsable = input.fileIds.filter((id) => !ids.has(id));
        const decision = attachToComplaint(state, { by, files: usable, notUsable, note }, at, environment);
        if (!isRefused(decision)) await files.give(tx, input.fileIds, state.id);
        return decision;
      },
      decide: (_state, _at, _environment, decision) => decision,
    });
  }

  /** Takes a file off a case; nobody can read it from then on. */
  detach(input: DetachFromComplaintInput, actor: Actor) {
    const { attachmentId, reason } = input;
    const files = this.register();
    return this.commands.change(this.aggregate, {
      ...this.request('detachFromComplaint', input, actor),
      reason,
      prepare: async (tx, state, at) => {
        const command = { by: actor.id, attachmentId, reason };
        const decision = detachFromComplaint(state, command, at);
        if (!isRefused(decision)) await files.release(tx, attachmentId);
        return decision;
      },
      decide: (_state, _at, _environment, decision) => decision,
    });
  }

  private request(command: ComplaintCommandName, input: ComplaintCommandInput, actor: Actor) {
    const { id, expectedVersion, idempotencyKey } = input;
    const permission = 'complaints.complaint.attach' as const;
    return { actor, command, permission, id, expectedVersion, idempotencyKey, input };
  }

  private register(): FileRegister {
    if (!this.files) throw new Fault('UNAVAILABLE', 'files are not kept here');
    return this.files;
  }
}

function requireSome(fileIds: readonly string[]): void {
  const field = 'input.fileIds';
  const expected = `1 to ${mostAtOnce} files, each once`;
  if (fileIds.length === 0) throw badInput({ field, problem: 'is empty', expected });
  if (fileIds.length > mostAtOnce) throw badInput({ field, problem: 'has too many files', expected });
  if (new Set(fileIds).size < fileIds.length) {
    throw badInput({ field, problem: 'has the same file twice', expected });
  }
}
