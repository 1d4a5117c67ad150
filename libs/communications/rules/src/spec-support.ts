import { accepted, at } from '@anju/testing';
import { approveMessage, draftMessage, setMessageAudience, submitMessage } from './message';
import type { MessageState } from './message-state';
import { defaultCommunicationsPolicy, type CommunicationsEnvironment } from './policy';
import { createTemplate, type TemplateState } from './template';

export const policy = defaultCommunicationsPolicy;

export const environment: CommunicationsEnvironment = { policy, timeZone: 'Asia/Shanghai' };

export const now = at('2026-03-02 10:00');

/** 停水通知: two fields of the message, one of the recipient. */
export function aTemplate(change: Partial<Parameters<typeof createTemplate>[0]> = {}): TemplateState {
  return accepted(
    createTemplate(
      {
        id: 'template-1',
        projectId: 'project-jx',
        name: '停水通知',
        channel: 'SMS',
        purpose: 'SERVICE_NOTICE',
        subject: null,
        text: '{customerName}您好，{date}{place}停水，敬请谅解。',
        by: 'staff-zhou',
        ...change,
      },
      now,
      environment,
    ),
  );
}

export const values = { date: '3月3日', place: '6栋' };

export function aDraft(change: Partial<Parameters<typeof draftMessage>[0]> = {}): MessageState {
  return accepted(
    draftMessage(
      { id: 'message-1', projectId: 'project-jx', values, notBeforeAt: null, by: 'staff-zhou', ...change },
      aTemplate(),
      now,
      environment,
    ),
  );
}

export const building6 = { buildingIds: ['building-6'], unitIds: [], roles: ['OWNER'], customerIds: [] };

export function submitted(draft: MessageState = aDraft()): MessageState {
  const audience = { query: building6, size: 48, by: 'staff-zhou' };
  const ready = accepted(setMessageAudience(draft, audience, now, environment));
  return accepted(submitMessage(ready, { by: 'staff-zhou' }, now));
}

export function approved(message: MessageState = submitted(), on = now): MessageState {
  const approval = { by: 'staff-zhao', roles: ['PROJECT_MANAGER'], revision: message.revision };
  return accepted(approveMessage(message, approval, on, environment));
}
