import { accept, refuse } from '@anju/kernel';
import { meetClocks, outstandingClocks, startClock, type Step } from './clocks';
import type { CallbackPromise, ComplaintState, TellingChannel } from './complaint';
import { factOf } from './facts';
import type { ComplaintEnvironment } from './policy';
import { notAdmitted, type ComplaintDecision } from './transitions';

/** Ways of telling in which somebody speaks with the customer: each keeps the promise of a call. */
const spoken: readonly TellingChannel[] = ['PHONE', 'IN_PERSON'];

export interface PromiseComplaintCallback {
  readonly by: string;
  /** Who was promised it; null for all of the case, or for one who is not known. */
  readonly customerId: string | null;
  readonly note: string | null;
}

/**
 * The complaint cannot be solved at once: the customer is promised a call within two days (CMP-06). The next
 * response, progress or return visit by telephone or in person keeps the promise.
 */
export function promiseComplaintCallback(
  state: ComplaintState,
  command: PromiseComplaintCallback,
  at: Date,
  environment: ComplaintEnvironment,
): ComplaintDecision<'CALLBACK_CUSTOMER_NOT_IN_CASE' | 'CALLBACK_ALREADY_PROMISED'> {
  const refusal = notAdmitted(state, 'promiseComplaintCallback', command.by);
  if (refusal) return refusal;
  const { by, customerId, note } = command;
  if (customerId !== null && !state.members.some((member) => member.customerId === customerId)) {
    return refuse('CALLBACK_CUSTOMER_NOT_IN_CASE', { customerId });
  }
  const [promised] = outstandingClocks(state, 'CALLBACK');
  if (promised) return refuse('CALLBACK_ALREADY_PROMISED', { dueAt: promised.dueAt });
  const promise: CallbackPromise = { at, by, customerId, note };
  const noted: ComplaintState = { ...state, callbackPromises: [...state.callbackPromises, promise] };
  const started = startClock({ state: noted, facts: [] }, 'CALLBACK', at, environment);
  const { interactionIds } = state;
  const fact = factOf('ComplaintCallbackPromised', state, at, {
    ...{ by, customerId, interactionIds, dueAt: started.dueAt },
  });
  return accept(started.state, fact, ...started.facts);
}

/** Whether somebody speaks with the customer. */
export function isSpoken(channel: TellingChannel): boolean {
  return spoken.includes(channel);
}

/** Whoever speaks with the customer keeps what was promised (CMP-06). */
export function keepCallback(step: Step, channel: TellingChannel | null, at: Date): Step {
  return channel !== null && isSpoken(channel) ? meetClocks(step, 'CALLBACK', at) : step;
}
