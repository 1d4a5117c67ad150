import { accept, isBlank, refuse } from '@anju/kernel';
import type { ComplaintAttachment, ComplaintState } from './complaint';
import { factOf } from './facts';
import type { ComplaintEnvironment } from './policy';
import { notAdmitted, type ComplaintDecision } from './transitions';

/** A file that was uploaded and belongs to nothing yet. */
export interface UploadedFile {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
}

export interface AttachToComplaint {
  readonly by: string;
  readonly files: readonly UploadedFile[];
  /** Of the ids that were given, those that are no upload that can be attached. */
  readonly notUsable: readonly string[];
  readonly note: string | null;
}

const megabyte = 1_048_576;

/** The files of the case that can be read. */
export function currentAttachments(
  state: Pick<ComplaintState, 'attachments'>,
): readonly ComplaintAttachment[] {
  return state.attachments.filter(({ removal }) => removal === null);
}

/** Attaches uploaded files to the case, all of them or none. What was taken off again counts towards no limit. */
export function attachToComplaint(
  state: ComplaintState,
  { by, files, notUsable, note }: AttachToComplaint,
  at: Date,
  { policy }: Pick<ComplaintEnvironment, 'policy'>,
): ComplaintDecision<
  'COMPLAINT_UPLOADS_NOT_USABLE' | 'COMPLAINT_ATTACHMENTS_TOO_MANY' | 'COMPLAINT_ATTACHMENTS_TOO_LARGE'
> {
  const refusal = notAdmitted(state, 'attachToComplaint', by);
  if (refusal) return refusal;
  if (notUsable.length > 0) return refuse('COMPLAINT_UPLOADS_NOT_USABLE', { fileIds: notUsable });
  const there = currentAttachments(state);
  const most = policy.attachmentsPerCase;
  if (there.length + files.length > most) {
    const counts = { attached: there.length, added: files.length, most };
    return refuse('COMPLAINT_ATTACHMENTS_TOO_MANY', counts);
  }
  const bytes = [...there, ...files].reduce((sum, { size }) => sum + size, 0);
  const mostMegabytes = policy.attachmentMegabytesPerCase;
  if (bytes > mostMegabytes * megabyte) {
    const megabytes = Math.ceil(bytes / megabyte);
    return refuse('COMPLAINT_ATTACHMENTS_TOO_LARGE', { megabytes, mostMegabytes });
  }
  const added = files.map(({ id, name, contentType, size }): ComplaintAttachment => ({
    ...{ id, name, contentType, size, by, note },
    addedAt: at,
    removal: null,
  }));
  const facts = added.map(({ id: attachmentId, contentType, size }) =>
    factOf('ComplaintAttachmentAdded', state, at, { by, attachmentId, contentType, size }),
  );
  return accept({ ...state, attachments: [...state.attachments, ...added] }, ...facts);
}

export interface DetachFromComplaint {
  readonly by: string;
  readonly attachmentId: string;
  readonly reason: string;
}

/** Takes a file off the case: it cannot be read from then on, and stays on record with the reason (CMP-13). */
export function detachFromComplaint(
  state: ComplaintState,
  { by, attachmentId, reason }: DetachFromComplaint,
  at: Date,
): ComplaintDecision<'COMPLAINT_REASON_MISSING' | 'COMPLAINT_ATTACHMENT_NOT_THERE'> {
  const command = 'detachFromComplaint';
  const refusal = notAdmitted(state, command, by);
  if (refusal) return refusal;
  if (isBlank(reason)) return refuse('COMPLAINT_REASON_MISSING', { command });
  const found = currentAttachments(state).find(({ id }) => id === attachmentId);
  if (!found) return refuse('COMPLAINT_ATTACHMENT_NOT_THERE', { attachmentId });
  const attachments = state.attachments.map((attachment) =>
    attachment === found ? { ...found, removal: { at, by, reason } } : attachment,
  );
  const { contentType, size } = found;
  const fact = factOf('ComplaintAttachmentRemoved', state, at, { by, attachmentId, contentType, size });
  return accept({ ...state, attachments }, fact);
}
