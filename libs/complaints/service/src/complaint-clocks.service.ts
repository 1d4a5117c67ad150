import type { Actor, CommandRunner } from '@anju/commands';
import {
  pauseComplaintClocks,
  promiseComplaintCallback,
  resumeComplaintClocks,
} from '@anju/complaints-rules';
import type {
  PauseComplaintClocksInput,
  PromiseComplaintCallbackInput,
  ResumeComplaintClocksInput,
} from './complaint-clocks.inputs';
import { requestOf } from './complaint-request';
import type { ComplaintAggregate } from './complaint.aggregate';

const handling = 'complaints.complaint.handle';

/** The commands on what is timed. */
export class ComplaintClocksService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly aggregate: ComplaintAggregate,
  ) {}

  /** A call within two days (CMP-06). */
  promiseCallback(input: PromiseComplaintCallbackInput, actor: Actor) {
    const { customerId = null, note = null } = input;
    return this.commands.change(this.aggregate, {
      ...requestOf('promiseComplaintCallback', 'complaints.complaint.acknowledge', input, actor),
      decide: (state, at, environment) =>
        promiseComplaintCallback(state, { by: actor.id, customerId, note }, at, environment),
    });
  }

  /** The customer is waited for. */
  pause(input: PauseComplaintClocksInput, actor: Actor) {
    const { clocks = null, reason } = input;
    return this.commands.change(this.aggregate, {
      ...requestOf('pauseComplaintClocks', handling, input, actor),
      decide: (state, at, environment) =>
        pauseComplaintClocks(state, { by: actor.id, clocks, reason }, at, environment),
    });
  }

  /** The customer has done his part. */
  resume(input: ResumeComplaintClocksInput, actor: Actor) {
    const { clocks = null } = input;
    return this.commands.change(this.aggregate, {
      ...requestOf('resumeComplaintClocks', handling, input, actor),
      decide: (state, at, environment) =>
        resumeComplaintClocks(state, { by: actor.id, clocks }, at, environment),
    });
  }
}
