import { randomBytes } from 'node:crypto';
import { Cipher, configureCipher, openWords } from '@anju/access';
import { receptionEvents } from '@anju/events';
import { newId } from '@anju/kernel';
import type { InteractionFact } from '@anju/reception-rules';
import { rule } from '@anju/testing';
import { interactionEvents } from './interaction.events';

const key = randomBytes(32);
const cipher = new Cipher({ currentKeyId: 'k1', keys: { k1: key }, indexKey: key });
const content = '王秀兰：六栋电梯又坏了，13800138000';

function classified(change: object): InteractionFact {
  return {
    ...{ type: 'InteractionClassified', interactionId: newId(), projectId: newId(), ownerId: newId() },
    ...{ at: new Date('2026-03-02T02:00:00Z'), by: newId(), previousClass: null, asProposed: true },
    ...{ class: 'COMPLAINT', proposedClass: 'COMPLAINT', causeClass: 'CLASS_1', facts: [] },
    ...{ namedStaffIds: [], topic: 'LIFT', customerIds: [], unitId: null, buildingId: null },
    ...{ channel: 'PHONE', receivedAt: new Date('2026-03-02T02:00:00Z'), receivedBy: newId() },
    ...change,
  };
}

describe('what is published of a contact', () => {
  beforeAll(() => configureCipher(cipher));

  rule(['REC-17', 'DIR-05'], 'the words of a complaint go to its case sealed, and in no other way', () => {
    const [event] = interactionEvents(classified({}), { content });
    expect(event!.contract).toBe(receptionEvents.interactionClassified);
    const { sealedWords } = receptionEvents.interactionClassified.data.parse(event!.data);
    expect(openWords(cipher, sealedWords!)).toBe(content);
    expect(JSON.stringify(event!.data)).not.toMatch(/王秀兰|电梯|13800138000/u);
  });

  it('holds no words of what is no complaint', () => {
    const [event] = interactionEvents(classified({ class: 'ENQUIRY', causeClass: null }), { content });
    expect(event!.data).not.toHaveProperty('sealedWords');
  });
});
