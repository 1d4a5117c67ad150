import { accepted, asStored, at, factsOf, refusal, rule } from '@anju/testing';
import { recordWord, replaceWordCustomer } from './register';
import { now } from './spec-support';

const record = (change: Partial<Parameters<typeof recordWord>[0]> = {}) =>
  recordWord(
    {
      id: 'word-1',
      projectId: 'project-jx',
      customerIds: ['customer-wang'],
      kind: 'REPLY',
      channel: 'PHONE',
      saidAt: at('2026-03-02 09:58'),
      by: 'staff-zhou',
      subject: 'INTERACTION',
      subjectId: 'interaction-1',
      eventId: 'event-1',
      content: null,
      ...change,
    },
    now,
  );
const replace = (customerId: string, intoCustomerId: string, customerIds = ['customer-wang']) =>
  replaceWordCustomer(accepted(record({ customerIds })), { customerId, intoCustomerId }, now);

describe('the register of words to customers', () => {
  rule(['COM-02', 'COM-05'], 'each says who, when, by which channel, about what', () => {
    expect(accepted(record())).toEqual({
      id: 'word-1',
      projectId: 'project-jx',
      status: 'RECORDED',
      customerIds: ['customer-wang'],
      kind: 'REPLY',
      channel: 'PHONE',
      saidAt: at('2026-03-02 09:58'),
      by: 'staff-zhou',
      subject: 'INTERACTION',
      subjectId: 'interaction-1',
      eventId: 'event-1',
      content: null,
      recordedAt: now,
    });
    expect(factsOf(record())).toMatchObject([{ type: 'CustomerWordRecorded', wordId: 'word-1', at: now }]);
    expect(asStored(accepted(record()))).toEqual(accepted(record()));
  });

  rule('COM-02', 'what is entered by hand says what was said', () => {
    expect(refusal(record({ eventId: null, content: ' ' }))).toEqual({
      code: 'COMMUNICATION_TEXT_MISSING',
      data: { field: 'content' },
    });
    expect(accepted(record({ eventId: null, content: '已告知电梯周五修好' })).content).toBe(
      '已告知电梯周五修好',
    );
    expect(refusal(record({ by: '' })).data).toEqual({ field: 'by' });
  });

  rule('COM-02', 'nothing is entered before it was said', () => {
    expect(accepted(record({ saidAt: now })).saidAt).toEqual(now);
    const saidAt = at('2026-03-02 10:01');
    expect(refusal(record({ saidAt }))).toEqual({
      code: 'COMMUNICATION_IN_FUTURE',
      data: { givenAt: saidAt, now },
    });
  });

  rule('COM-02', 'a customer told is one, however often named; whom nobody knows is nobody', () => {
    expect(accepted(record({ customerIds: ['a', 'b', 'a'] })).customerIds).toEqual(['a', 'b']);
    expect(accepted(record({ customerIds: [] })).customerIds).toEqual([]);
  });

  rule(['COM-02', 'DIR-06'], 'when two records of a customer become one, no word to him is lost', () => {
    expect(accepted(replace('customer-wang', 'customer-new')).customerIds).toEqual(['customer-new']);
    expect(accepted(replace('a', 'b', ['a', 'b', 'c'])).customerIds).toEqual(['b', 'c']);
    expect(factsOf(replace('customer-wang', 'customer-new'))).toMatchObject([
      { type: 'CustomerWordReassigned', customerId: 'customer-wang', intoCustomerId: 'customer-new' },
    ]);
    expect(factsOf(replace('customer-other', 'customer-new'))).toEqual([]);
  });
});
