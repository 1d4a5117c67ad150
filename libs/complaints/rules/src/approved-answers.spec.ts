import { rule } from '@anju/testing';
import type { TellingChannel } from './complaint';
import {
  acknowledge,
  aReceipt,
  assign,
  promiseCall,
  resolve,
  Story,
  visit,
  wall,
  type ComplaintCommand,
} from './complaint-story';
import {
  approveReply,
  approveReplyAs,
  draftReply,
  draftReplyTo,
  passOn,
  replied,
  submitReply,
} from './complaint-work-story';
import { recordComplaintProgress, respondToComplaint } from './handling';
import { sendComplaintReply } from './replies';

const now = '2026-03-02 11:00';
const respondBy =
  (channel: TellingChannel): ComplaintCommand =>
  (state, at, env) =>
    respondToComplaint(state, { by: 'staff-lin', channel, text: 'The part comes tomorrow.' }, at, env);
const tellBy =
  (toldBy: TellingChannel | null): ComplaintCommand =>
  (state, at, env) =>
    recordComplaintProgress(state, { by: 'staff-li', text: 'The part is here.', toldBy }, at, env);
const sendBy =
  (channel: TellingChannel): ComplaintCommand =>
  (state, at, env) =>
    sendComplaintReply(state, { by: 'staff-guan', sequence: 1, channel }, at, env);
const notApproved = (command: string) => ({
  code: 'COMPLAINT_ANSWER_NOT_APPROVED',
  data: { command, instead: 'draftComplaintReply', audience: 'CUSTOMER', approvers: ['DEPARTMENT_HEAD'] },
});

describe('answers that have to be approved', () => {
  rule.each([{ channel: 'WEB' }, { channel: 'DEVELOPER_CUSTOMER_RELATIONS' }] as const)(
    ['CMP-07', 'CMP-08'],
    'a complaint by $channel is not answered with what nobody has approved, by no channel',
    ({ channel }) => {
      const story = new Story(aReceipt({ channel })).at(now, acknowledge, assign);
      expect(story.state.answersNeedApproval).toBe(true);
      for (const by of ['WEB', 'PHONE', 'IN_PERSON', 'LETTER'] as const) {
        expect(story.refused(now, respondBy(by))).toEqual(notApproved('respondToComplaint'));
      }
      expect(story.at(now, replied()).state.status).toBe('IN_HANDLING');
      expect(story.refused(now, respondBy('PHONE'))).toEqual(notApproved('respondToComplaint'));
    },
  );

  rule(['CMP-06', 'CMP-08'], 'how it goes on is told in conversation, or in an approved reply', () => {
    const story = new Story(aReceipt({ channel: 'WEB' })).at(
      now,
      acknowledge,
      assign,
      replied(),
      promiseCall,
    );
    for (const by of ['WEB', 'SMS', 'WECHAT', 'EMAIL', 'LETTER', 'NOTICE'] as const) {
      expect(story.refused(now, tellBy(by))).toEqual(notApproved('recordComplaintProgress'));
    }
    story.at(now, tellBy(null), tellBy('PHONE'));
    expect(story.clocks('CALLBACK')).toMatchObject([{ metAt: wall(now) }]);
  });

  rule('CMP-08', 'also when it comes back, and of every complaint only from then on', () => {
    const story = new Story(aReceipt({ channel: 'WEB' })).at(now, acknowledge, assign, replied(), resolve);
    story.at(now, visit(1));
    expect(story.state.status).toBe('REOPENED');
    expect(story.refused(now, respondBy('PHONE')).code).toBe('COMPLAINT_ANSWER_NOT_APPROVED');
    expect(new Story().at(now, acknowledge, assign, respondBy('WEB')).state.answersNeedApproval).toBe(false);
  });

  rule('CMP-08', 'what everybody reads climbs the ladder of public platforms, whatever the complaint', () => {
    const story = new Story().at(now, acknowledge, assign);
    for (const refused of [respondBy('QQ_GROUP'), tellBy('QQ_GROUP')]) {
      expect(story.refused(now, refused)).toMatchObject({
        code: 'COMPLAINT_ANSWER_NOT_APPROVED',
        data: { audience: 'PUBLIC_PLATFORM', approvers: ['PROJECT_MANAGER', 'DIVISION_LEADER'] },
      });
    }
    story.at(now, draftReply, submitReply, approveReply);
    expect(story.refused(now, sendBy('QQ_GROUP'))).toEqual({
      code: 'COMPLAINT_REPLY_CHANNEL_PUBLIC',
      data: { publicChannel: 'QQ_GROUP', approvedFor: 'CUSTOMER' },
    });
    const publicly = new Story().at(now, acknowledge, assign, draftReplyTo({ audience: 'PUBLIC_PLATFORM' }));
    publicly.at(now, submitReply, approveReply);
    expect(publicly.refused(now, sendBy('QQ_GROUP')).code).toBe('COMPLAINT_REPLY_NOT_IN_REQUIRED_STATUS');
    publicly.at(now, approveReplyAs({ by: 'staff-he', as: ['DIVISION_LEADER'] }), sendBy('QQ_GROUP'));
    expect(publicly.state.replies[0]?.status).toBe('SENT');
  });

  rule(
    ['CMP-07', 'CMP-08'],
    'once the customer-relations centre has passed it on, it is answered so, too',
    () => {
      const story = new Story().at(now, acknowledge, assign, respondBy('PHONE'), passOn());
      expect(story.refused(now, respondBy('PHONE'))).toEqual(notApproved('respondToComplaint'));
      expect(story.at(now, replied()).clocks('REPLY')).toMatchObject([{ metAt: wall(now) }]);
    },
  );
});
