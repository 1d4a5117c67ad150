import { contactEvents, eventsOfContact } from './contact-events';

describe('the events of a repair', () => {
  const writes = contactEvents({ projectId: '019a0000-0000-7000-8000-000000000001', index: 7 });

  it('fit their contracts', () => {
    for (const { contract, data } of writes.flatMap(({ events }) => events)) {
      expect(contract.data.safeParse(data).error).toBeUndefined();
    }
  });

  it('are as many as is said, of one contact and one work order', () => {
    expect(writes.flatMap(({ events }) => events)).toHaveLength(eventsOfContact);
    expect(new Set(writes.map(({ origin }) => `${origin.aggregateType} ${origin.aggregateId}`)).size).toBe(2);
  });
});
