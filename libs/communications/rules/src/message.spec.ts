import { isRefused, type Decision } from '@anju/kernel';
import {
  accepted,
  asStored,
  at,
  factsOf,
  refusal,
  rule,
  unreachableStatuses,
  wrongCells,
} from '@anju/testing';
import fc from 'fast-check';
import {
  approveMessage,
  cancelMessage,
  composeMessage,
  draftMessage,
  editMessage,
  finishMessage,
  messageDeadlines,
  onMessageDeadline,
  rejectMessage,
  setMessageAudience,
  standingApproval,
  submitMessage,
} from './message';
import { messageStatuses, messageTransitions, type MessageState, type MessageStatus } from './message-state';
import {
  aDraft,
  approved,
  aTemplate,
  building6,
  environment,
  now,
  policy,
  submitted,
  values,
} from './spec-support';
import { retireTemplate, reviseTemplate } from './template';

const edit = (state: MessageState, by = 'staff-zhou', template = aTemplate()) =>
  editMessage(
    state,
    { values: { ...values, place: '7栋' }, notBeforeAt: null, by },
    template,
    now,
    environment,
  );
const audience = (state: MessageState, size: number, env = environment) =>
  setMessageAudience(state, { query: building6, size, by: 'staff-zhou' }, now, env);
const approve = (
  state: MessageState,
  change: Partial<Parameters<typeof approveMessage>[1]> = {},
  on = now,
  env = environment,
) =>
  approveMessage(
    state,
    { by: 'staff-zhao', roles: ['PROJECT_MANAGER'], revision: state.revision, ...change },
    on,
    env,
  );
const reject = (state: MessageState, change: Partial<Parameters<typeof rejectMessage>[1]> = {}) =>
  rejectMessage(
    state,
    { by: 'staff-zhao', roles: ['PROJECT_MANAGER'], reason: '请写明时间', ...change },
    now,
    environment,
  );
const cancel = (state: MessageState, reason = '已恢复供水') =>
  cancelMessage(state, { by: 'staff-zhou', reason }, now);
const fire = (state: MessageState, env = environment) =>
  onMessageDeadline(state, 'SEND', state.sendAt ?? now, env);
const sending = () => accepted(fire(approved()));
const finish = (state: MessageState, delivered = 48) =>
  finishMessage(state, { delivered, failed: 0, skipped: 0 }, now);

describe('a draft', () => {
  const draft = (change: Partial<Parameters<typeof draftMessage>[0]>, template = aTemplate()) =>
    draftMessage(
      { id: 'message-2', projectId: 'project-jx', values, notBeforeAt: null, by: 'staff-zhou', ...change },
      template,
      now,
      environment,
    );

  rule(
    'COM-05',
    'it is made from a template’s last version, with a value for every field of the message',
    () => {
      expect(aDraft()).toMatchObject({
        status: 'DRAFT',
        templateVersion: 1,
        text: '{customerName}您好，{date}{place}停水，敬请谅解。',
        values,
        revision: 1,
      });
      const revised = accepted(
        reviseTemplate(
          aTemplate(),
          { subject: null, text: '{date}停水。', by: 'staff-lin' },
          now,
          environment,
        ),
      );
      expect(accepted(draft({ values: { date: '3月3日' } }, revised)).templateVersion).toBe(2);
    },
  );

  rule('COM-05', 'a missing value, one too many and one too long are refused, each by name', () => {
    expect(refusal(draft({ values: { date: '3月3日', place: ' ' } }))).toEqual({
      code: 'MESSAGE_VALUE_MISSING',
      data: { fields: ['place'] },
    });
    expect(refusal(draft({ values: {} })).data).toEqual({ fields: ['date', 'place'] });
    // A recipient's field is not filled in by hand.
    expect(refusal(draft({ values: { ...values, customerName: '王秀兰' } }))).toEqual({
      code: 'MESSAGE_VALUE_UNKNOWN',
      data: { fields: ['customerName'], known: ['date', 'place'] },
    });
    expect(refusal(draft({ values: { ...values, place: '栋'.repeat(501) } }))).toEqual({
      code: 'MESSAGE_VALUE_TOO_LONG',
      data: { fields: ['place'], longest: 500 },
    });
    expect(refusal(draft({ values: { ...values, place: '栋'.repeat(490) } }))).toMatchObject({
      code: 'MESSAGE_TOO_LONG',
      data: { longest: 500, channel: 'SMS' },
    });
  });

  rule('COM-05', 'a template of another project, or a retired one, makes no message', () => {
    expect(refusal(draft({ projectId: 'project-other' }))).toEqual({
      code: 'TEMPLATE_OF_ANOTHER_PROJECT',
      data: { templateId: 'template-1' },
    });
    expect(accepted(draft({ projectId: 'project-other' }, aTemplate({ projectId: null }))).status).toBe(
      'DRAFT',
    );
    const retired = accepted(retireTemplate(aTemplate(), { by: 'staff-lin' }, now));
    expect(refusal(draft({}, retired)).code).toBe('TEMPLATE_RETIRED');
  });
});

describe('the audience', () => {
  rule.each([
    { size: 0, code: 'AUDIENCE_EMPTY', data: { messageId: 'message-1' } },
    { size: 50_001, code: 'AUDIENCE_TOO_LARGE', data: { size: 50_001, largest: 50_000 } },
    { size: 100_000, code: 'AUDIENCE_TOO_LARGE', data: { size: 100_000, largest: 50_000 } },
  ])('COM-05', 'one of $size is refused', ({ size, code, data }) => {
    expect(refusal(audience(aDraft(), size))).toEqual({ code, data });
  });

  rule('COM-05', 'it shows its size before approval', () => {
    for (const size of [1, 50_000]) {
      const state = accepted(audience(aDraft(), size));
      expect(state.audience).toEqual({ query: building6, size, countedAt: now });
      expect(factsOf(submitMessage(state, { by: 'staff-zhou' }, now))).toMatchObject([
        { type: 'MessageSubmitted', audienceSize: size },
      ]);
    }
    expect(refusal(submitMessage(aDraft(), { by: 'staff-zhou' }, now))).toEqual({
      code: 'AUDIENCE_NOT_SET',
      data: { messageId: 'message-1' },
    });
  });

  rule('COM-05', 'a limit that came down meanwhile holds at approval', () => {
    const stricter = { ...environment, policy: { ...policy, largestAudience: 40 } };
    expect(refusal(approve(submitted(), {}, now, stricter)).code).toBe('AUDIENCE_TOO_LARGE');
  });
});

describe('approval', () => {
  rule('COM-05', 'the project manager approves, and nobody else', () => {
    expect(refusal(approve(submitted(), { roles: ['SERVICE_SUPERVISOR'] }))).toEqual({
      code: 'APPROVER_NOT_ENTITLED',
      data: { requiredRole: 'PROJECT_MANAGER', roles: ['SERVICE_SUPERVISOR'] },
    });
    expect(refusal(reject(submitted(), { roles: [] })).code).toBe('APPROVER_NOT_ENTITLED');
    const decision = approve(submitted());
    expect(accepted(decision)).toMatchObject({
      status: 'APPROVED',
      sendAt: now,
      approvals: [{ by: 'staff-zhao', approvedAt: now, revision: 2, voidedAt: null }],
    });
    expect(factsOf(decision)).toEqual([
      {
        type: 'MessageApproved',
        messageId: 'message-1',
        projectId: 'project-jx',
        channel: 'SMS',
        purpose: 'SERVICE_NOTICE',
        revision: 2,
        at: now,
        by: 'staff-zhao',
        audienceSize: 48,
        sendAt: now,
      },
    ]);
  });

  rule('COM-05', 'nobody approves what he wrote, not even a part of it', () => {
    expect(refusal(approve(submitted(), { by: 'staff-zhou' }))).toEqual({
      code: 'APPROVES_OWN_MESSAGE',
      data: { authorIds: ['staff-zhou'] },
    });
    const edited = submitted(accepted(edit(submitted(), 'staff-zhao')));
    expect(refusal(approve(edited)).code).toBe('APPROVES_OWN_MESSAGE');
    expect(refusal(reject(edited)).code).toBe('APPROVES_OWN_MESSAGE');
  });

  rule('COM-05', 'an edit of the text voids it, and so does another audience', () => {
    const changes = [edit(approved()), audience(approved(), 47)];
    for (const decision of changes) {
      const state = accepted(decision);
      expect(state).toMatchObject({ status: 'DRAFT', sendAt: null, approvals: [{ voidedAt: now }] });
      expect(standingApproval(state)).toBeNull();
      expect(messageDeadlines(state)).toEqual([]);
      expect(factsOf(decision).at(-1)).toMatchObject({ type: 'MessageApprovalVoided', revision: 3 });
    }
    expect(factsOf(edit(submitted()))).toHaveLength(1);
    const again = approved(submitted(accepted(edit(approved()))));
    expect(again.approvals.map(({ voidedAt }) => voidedAt === null)).toEqual([false, true]);
  });

  rule('COM-05', 'what the approver did not see he does not approve', () => {
    const seen = submitted();
    const changed = submitted(accepted(edit(seen)));
    expect(refusal(approve(changed, { revision: seen.revision }))).toEqual({
      code: 'MESSAGE_CHANGED_SINCE_SEEN',
      data: { seenRevision: 2, revision: 4 },
    });
  });

  rule('COM-05', 'it is sent back with a reason', () => {
    expect(accepted(reject(submitted()))).toMatchObject({
      status: 'DRAFT',
      rejections: [{ by: 'staff-zhao', reason: '请写明时间', rejectedAt: now }],
    });
    expect(refusal(reject(submitted(), { reason: '' })).data).toEqual({ field: 'reason' });
    expect(refusal(cancel(submitted(), ' ')).data).toEqual({ field: 'reason' });
  });

  rule(
    'COM-05',
    'whatever is done, what is sent is the text and audience that somebody else approved',
    () => {
      const step = fc.constantFrom('edit', 'audience', 'submit', 'approve', 'reject', 'fire');
      fc.assert(
        fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
          let state = aDraft();
          for (const each of steps) {
            const decision: Decision<MessageState, unknown> = {
              edit: () => edit(state),
              audience: () => audience(state, 12),
              submit: () => submitMessage(state, { by: 'staff-zhou' }, now),
              approve: () => approve(state),
              reject: () => reject(state),
              fire: () => fire(state),
            }[each]();
            if (isRefused(decision)) continue;
            state = decision.state;
            const approval = standingApproval(state);
            const mayGo = state.status === 'APPROVED' || state.status === 'SENDING';
            expect(approval !== null).toBe(mayGo);
            if (approval) {
              expect(approval.revision).toBe(state.revision);
              expect(state.authorIds).not.toContain(approval.by);
            }
          }
        }),
      );
    },
  );
});

describe('sending', () => {
  rule.each([
    { what: 'by day', on: '2026-03-02 10:00', wanted: null, goes: '2026-03-02 10:00' },
    { what: 'at night', on: '2026-03-02 21:30', wanted: null, goes: '2026-03-03 08:00' },
    { what: 'for later', on: '2026-03-02 10:00', wanted: '2026-03-04 15:00', goes: '2026-03-04 15:00' },
    { what: 'for a night', on: '2026-03-02 10:00', wanted: '2026-03-04 06:00', goes: '2026-03-04 08:00' },
    { what: 'too late', on: '2026-03-05 10:00', wanted: '2026-03-04 15:00', goes: '2026-03-05 10:00' },
  ])('COM-05', 'approved $what, it goes at $goes', ({ on, wanted, goes }) => {
    const draft = aDraft({ notBeforeAt: wanted === null ? null : at(wanted) });
    const state = approved(submitted(draft), at(on));
    expect(messageDeadlines(state)).toEqual([{ kind: 'SEND', dueAt: at(goes) }]);
    const started = fire(state);
    expect(accepted(started)).toMatchObject({ status: 'SENDING', sendingSinceAt: at(goes) });
    expect(factsOf(started)).toMatchObject([{ type: 'MessageSendingStarted', audienceSize: 48 }]);
  });

  rule('COM-05', 'quiet hours that were made longer meanwhile are kept', () => {
    const longer = { ...environment, policy: { ...policy, quietHours: { from: '09:30', to: '11:00' } } };
    const decision = fire(approved(), longer);
    expect(accepted(decision)).toMatchObject({ status: 'APPROVED', sendAt: at('2026-03-02 11:00') });
    expect(factsOf(decision)).toMatchObject([{ type: 'MessagePostponed', sendAt: at('2026-03-02 11:00') }]);
  });

  rule('COM-05', 'a message whose approval was voided is not sent', () => {
    const voided = accepted(edit(approved()));
    expect(onMessageDeadline(voided, 'SEND', now, environment)).toMatchObject({ state: voided, facts: [] });
    expect(() => onMessageDeadline(voided, 'OTHER', now, environment)).toThrow('not a deadline');
  });

  rule('COM-05', 'it is done when every recipient has an outcome', () => {
    expect(refusal(finish(sending(), 47))).toEqual({
      code: 'DELIVERIES_NOT_FINISHED',
      data: { open: 1, audience: 48 },
    });
    const counts = { delivered: 40, failed: 5, skipped: 3 };
    expect(accepted(finishMessage(sending(), counts, now))).toMatchObject({ status: 'SENT', counts });
  });

  rule('COM-05', 'each recipient gets his own, under the company’s name; a missing value is named', () => {
    expect(composeMessage(aDraft(), { customerName: '王秀兰' }, '安居物业')).toEqual({
      subject: null,
      text: '【安居物业】王秀兰您好，3月3日6栋停水，敬请谅解。',
    });
    expect(composeMessage(aDraft(), {}, '安居物业')).toMatchObject({
      refusal: { code: 'MESSAGE_VALUE_MISSING', data: { fields: ['customerName'] } },
    });
    expect(composeMessage(aDraft(), { customerName: '王秀兰' }, ' ')).toMatchObject({
      refusal: { code: 'COMMUNICATION_TEXT_MISSING', data: { field: 'companyName' } },
    });
    const mail = { subject: '{date}停水', text: '{place}', values };
    expect(composeMessage(mail, {}, '安居物业')).toEqual({ subject: '3月3日停水', text: '【安居物业】6栋' });
  });
});

describe('the course of a message', () => {
  const states: Record<MessageStatus, () => MessageState> = {
    DRAFT: () => accepted(audience(aDraft(), 48)),
    SUBMITTED: submitted,
    APPROVED: approved,
    SENDING: sending,
    SENT: () => accepted(finish(sending())),
    CANCELLED: () => accepted(cancel(submitted())),
  };
  const examples = Object.fromEntries(
    Object.entries(states).map(([status, make]) => [status, make()]),
  ) as Record<MessageStatus, MessageState>;

  rule('COM-05', 'each command is possible where the table says so, and refused everywhere else', () => {
    const untouched = Object.fromEntries(
      messageStatuses
        .filter((status) => status !== 'APPROVED')
        .map((status) => [`startSending in ${status}`, status]),
    );
    expect(unreachableStatuses(messageTransitions, messageStatuses)).toEqual([]);
    expect(
      wrongCells({
        table: messageTransitions,
        states: examples,
        commands: {
          editMessage: (state) => edit(state),
          setMessageAudience: (state) => audience(state, 12),
          submitMessage: (state) => submitMessage(state, { by: 'staff-zhou' }, now),
          approveMessage: (state) => approve(state),
          rejectMessage: (state) => reject(state),
          startSending: (state) => fire(state),
          finishMessage: (state) => finish(state),
          cancelMessage: (state) => cancel(state),
        },
        otherwise: untouched,
      }),
    ).toEqual([]);
  });

  it('survives being stored', () => {
    for (const state of Object.values(examples)) expect(asStored(state)).toEqual(state);
  });
});
