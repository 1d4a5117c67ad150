import { accepted, asStored, at, factsOf, refusal, rule } from '@anju/testing';
import {
  missingReadiness,
  openReadiness,
  recordReadinessItem,
  salesCertificates,
  salesPreparations,
  withdrawReadinessItem,
  type ReadinessItem,
  type ReadinessState,
} from './readiness';

const now = at('2026-02-02 09:00');
const empty = accepted(
  openReadiness({ id: 'ready-1', projectId: 'jx', by: 'lin' }, { readinessId: null }, now),
);
const items: readonly ReadinessItem[] = [...salesCertificates, ...salesPreparations];
const isCertificate = (item: ReadinessItem) => salesCertificates.some((one) => one === item);
const record = (
  state: ReadinessState,
  item: ReadinessItem,
  change: Partial<Parameters<typeof recordReadinessItem>[1]> = {},
) =>
  recordReadinessItem(
    state,
    {
      item,
      reference: '沪-2025-001',
      issuedOn: isCertificate(item) ? '2025-12-01' : null,
      expiresOn: null,
      by: 'lin',
      ...change,
    },
    now,
    'Asia/Shanghai',
  );
const complete = items.reduce((state, item) => accepted(record(state, item)), empty);

describe('the readiness list of a project', () => {
  rule('SAL-10', 'names the five certificates and what else has to be there', () => {
    expect(missingReadiness(null, '2026-03-02')).toEqual(items);
    expect(missingReadiness(empty, '2026-03-02')).toEqual(items);
    expect(items).toHaveLength(9);
  });

  rule('SAL-10', 'is one for each project', () => {
    const again = { id: 'ready-2', projectId: 'jx', by: 'lin' };
    expect(refusal(openReadiness(again, { readinessId: 'ready-1' }, now))).toEqual({
      code: 'READINESS_ALREADY_OPENED',
      data: { readinessId: 'ready-1' },
    });
  });

  rule.each(items.map((item) => ({ item })))('SAL-10', 'without $item it is not complete', ({ item }) => {
    const without = items
      .filter((other) => other !== item)
      .reduce((state, other) => accepted(record(state, other)), empty);
    expect(without.status).toBe('INCOMPLETE');
    expect(missingReadiness(without, '2026-03-02')).toEqual([item]);
    const last = record(without, item);
    expect(accepted(last).status).toBe('COMPLETE');
    expect(factsOf(last)).toMatchObject([{ type: 'ReadinessItemRecorded', item, complete: true }]);
  });

  rule('SAL-10', 'a certificate has its number and its date', () => {
    expect(refusal(record(empty, 'PRE_SALE_PERMIT', { reference: ' ' }))).toEqual({
      code: 'SALES_TEXT_MISSING',
      data: { field: 'reference' },
    });
    for (const wrong of [
      { issuedOn: null },
      { issuedOn: '2026-02-03' },
      { issuedOn: '2025-02-30' },
      { expiresOn: '2025-11-30' },
      { expiresOn: 'soon' },
    ]) {
      expect(refusal(record(empty, 'PRE_SALE_PERMIT', wrong))).toMatchObject({
        code: 'CERTIFICATE_DATE_NOT_VALID',
        data: { item: 'PRE_SALE_PERMIT', today: '2026-02-02' },
      });
    }
    expect(accepted(record(empty, 'PRE_SALE_PERMIT', { issuedOn: '2026-02-02' })).items).toHaveLength(1);
  });

  rule('SAL-10', 'a permit counts on its last day and not on the day after', () => {
    const state = accepted(record(complete, 'PRE_SALE_PERMIT', { expiresOn: '2026-03-02' }));
    expect(missingReadiness(state, '2026-03-02')).toEqual([]);
    expect(missingReadiness(state, '2026-03-03')).toEqual(['PRE_SALE_PERMIT']);
  });

  rule('SAL-10', 'an item that is taken back is missing again', () => {
    const command = { item: 'PRICE_LIST', reason: '重新定价', by: 'lin' } as const;
    const withdrawn = accepted(withdrawReadinessItem(complete, command, now));
    expect(withdrawn.status).toBe('INCOMPLETE');
    expect(missingReadiness(withdrawn, '2026-03-02')).toEqual(['PRICE_LIST']);
    expect(refusal(withdrawReadinessItem(withdrawn, command, now)).code).toBe('READINESS_ITEM_NOT_RECORDED');
    expect(refusal(withdrawReadinessItem(complete, { ...command, reason: '' }, now)).code).toBe(
      'SALES_TEXT_MISSING',
    );
    expect(asStored(complete)).toEqual(complete);
  });
});
