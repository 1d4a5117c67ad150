import { accepted, at, factsOf, refusal, rule } from '@anju/testing';
import { praiseStaff, replacePraisingCustomer } from './praise';

const contact = { id: 'contact-1', projectId: 'project-jx', customerIds: ['customer-wang'] };
const now = at('2026-03-02 16:00');
const praise = (change: Partial<Parameters<typeof praiseStaff>[0]> = {}) =>
  praiseStaff(
    {
      id: 'praise-1',
      staffId: 'staff-li',
      customerId: 'customer-wang',
      text: ' 师傅修得又快又干净 ',
      by: 'staff-zhou',
      ...change,
    },
    contact,
    now,
  );

describe('praise', () => {
  rule('APR-10', 'is recorded with who said it in which contact; the words are told to nobody', () => {
    const about = {
      projectId: 'project-jx',
      interactionId: 'contact-1',
      staffId: 'staff-li',
      customerId: 'customer-wang',
    };
    expect(accepted(praise())).toEqual({
      id: 'praise-1',
      ...about,
      status: 'RECORDED',
      text: '师傅修得又快又干净',
      recordedBy: 'staff-zhou',
      recordedAt: now,
    });
    expect(factsOf(praise())).toEqual([
      { type: 'StaffPraised', praiseId: 'praise-1', ...about, by: 'staff-zhou', at: now },
    ]);
    expect(accepted(praise({ customerId: null })).customerId).toBeNull();
  });

  rule('APR-11', 'nobody records his own', () => {
    expect(refusal(praise({ by: 'staff-li' }))).toEqual({
      code: 'STAFF_PRAISES_HIMSELF',
      data: { staffId: 'staff-li' },
    });
  });

  rule('APR-10', 'needs words, and a customer of the contact where one is named', () => {
    expect(refusal(praise({ text: ' ' }))).toMatchObject({ code: 'RECEPTION_TEXT_MISSING' });
    expect(refusal(praise({ customerId: 'customer-liu' }))).toMatchObject({ code: 'PRAISER_NOT_OF_CONTACT' });
  });

  rule('DIR-06', 'follows its customer when records are merged', () => {
    const merge = { customerId: 'customer-wang', intoCustomerId: 'customer-wang-2' };
    const praised = accepted(praise());
    expect(accepted(replacePraisingCustomer(praised, merge)).customerId).toBe('customer-wang-2');
    const other = accepted(praise({ customerId: null }));
    expect(accepted(replacePraisingCustomer(other, merge))).toBe(other);
  });
});
