import { accepted, factsOf, refusal, rule } from '@anju/testing';
import { attachToComplaint, currentAttachments, detachFromComplaint, type UploadedFile } from './attachments';
import { aReceipt, environment, Story, wall } from './complaint-story';

const at = wall('2026-03-02 11:00');
const photo: UploadedFile = { id: 'file-1', name: '电梯.jpg', contentType: 'image/jpeg', size: 2_000_000 };
const call: UploadedFile = { id: 'file-2', name: 'call.mp3', contentType: 'audio/mpeg', size: 900_000 };
const received = new Story(aReceipt()).state;
const attaching = (files: readonly UploadedFile[]) => ({
  ...{ by: 'staff-zhou', files, notUsable: [], note: 'Sent by WeChat.' },
});
const within = (change: object) => ({ policy: { ...environment.policy, ...change } });
const attached = accepted(attachToComplaint(received, attaching([photo, call]), at, environment));
const taking = { by: 'staff-lin', attachmentId: 'file-1', reason: 'Shows another customer’s identity card.' };

describe('files of a case', () => {
  rule('CMP-13', 'are on record with who added them when, and what is told of them names no one', () => {
    expect(attached.attachments).toEqual([
      { ...photo, addedAt: at, by: 'staff-zhou', note: 'Sent by WeChat.', removal: null },
      { ...call, addedAt: at, by: 'staff-zhou', note: 'Sent by WeChat.', removal: null },
    ]);
    const facts = factsOf(attachToComplaint(received, attaching([photo]), at, environment));
    expect(facts).toEqual([
      {
        type: 'ComplaintAttachmentAdded',
        ...{ complaintId: 'case-1', projectId: 'project-jx', at, by: 'staff-zhou' },
        ...{ attachmentId: 'file-1', contentType: 'image/jpeg', size: 2_000_000 },
      },
    ]);
  });

  rule('CMP-13', 'that are taken off stay on record with the reason, and are taken off once', () => {
    const state = accepted(detachFromComplaint(attached, taking, at));
    expect(state.attachments[0]).toEqual({
      ...attached.attachments[0],
      removal: { at, by: 'staff-lin', reason: taking.reason },
    });
    expect(currentAttachments(state).map(({ id }) => id)).toEqual(['file-2']);
    expect(factsOf(detachFromComplaint(attached, taking, at))).toMatchObject([
      { type: 'ComplaintAttachmentRemoved', attachmentId: 'file-1', by: 'staff-lin' },
    ]);
    for (const attachmentId of ['file-1', 'file-9']) {
      expect(refusal(detachFromComplaint(state, { ...taking, attachmentId }, at))).toEqual({
        code: 'COMPLAINT_ATTACHMENT_NOT_THERE',
        data: { attachmentId },
      });
    }
  });

  rule('CMP-13', 'are not taken off without a reason', () => {
    expect(refusal(detachFromComplaint(attached, { ...taking, reason: ' ' }, at))).toEqual({
      code: 'COMPLAINT_REASON_MISSING',
      data: { command: 'detachFromComplaint' },
    });
  });

  rule('CMP-13', 'are all attached or none', () => {
    const command = { ...attaching([photo]), notUsable: ['file-9'] };
    expect(refusal(attachToComplaint(received, command, at, environment))).toEqual({
      code: 'COMPLAINT_UPLOADS_NOT_USABLE',
      data: { fileIds: ['file-9'] },
    });
  });

  rule('CMP-13', 'are as many and as large as the policy says; what was taken off makes room', () => {
    const third = { ...photo, id: 'file-3' };
    const few = within({ attachmentsPerCase: 2 });
    expect(refusal(attachToComplaint(attached, attaching([third]), at, few))).toEqual({
      code: 'COMPLAINT_ATTACHMENTS_TOO_MANY',
      data: { attached: 2, added: 1, most: 2 },
    });
    const small = within({ attachmentMegabytesPerCase: 4 });
    expect(refusal(attachToComplaint(attached, attaching([third]), at, small))).toEqual({
      code: 'COMPLAINT_ATTACHMENTS_TOO_LARGE',
      data: { megabytes: 5, mostMegabytes: 4 },
    });
    const less = accepted(detachFromComplaint(attached, taking, at));
    for (const policy of [few, small]) {
      expect(attachToComplaint(less, attaching([third]), at, policy).outcome).toBe('accepted');
    }
  });

  rule('CMP-13', 'may be as large as the limit together', () => {
    const exactly = { ...photo, size: 4 * 1_048_576 };
    const policy = within({ attachmentMegabytesPerCase: 4 });
    expect(attachToComplaint(received, attaching([exactly]), at, policy).outcome).toBe('accepted');
    const more = { ...exactly, size: exactly.size + 1 };
    expect(attachToComplaint(received, attaching([more]), at, policy).outcome).toBe('refused');
  });
});
