import { factsOf, rule } from '@anju/testing';
import { aReceipt, Story, wall, visit, respond, assign, acknowledge, resolve } from './complaint-story';
import { addContactWords } from './contact-words';

describe('what customers said in the contacts of a case', () => {
  const at = wall('2026-03-02 11:00');
  const first = { by: 'staff-zhou', interactionId: 'interaction-1', words: '电梯又坏了' };
  const later = { by: 'staff-zhou', interactionId: 'interaction-2', words: '六栋电梯关人' };

  rule('CMP-13', 'the words of the contact that opened a case are its content', () => {
    const { state } = new Story(aReceipt({ content: first.words }));
    expect(state.content).toBe('电梯又坏了');
    expect(state.contactWords).toEqual([
      { interactionId: 'interaction-1', words: '电梯又坏了', knownAt: wall('2026-03-02 10:00') },
    ]);
    expect(addContactWords(state, { ...first, words: '别的话' }, at).state).toBe(state);
  });

  rule('CMP-13', 'words that come later stand beside the earlier ones, which nobody edits', () => {
    const opened = new Story(aReceipt({ content: first.words })).state;
    const added = addContactWords(opened, later, at);
    expect(added.state.content).toBe('电梯又坏了');
    expect(added.state.contactWords.map(({ words }) => words)).toEqual(['电梯又坏了', '六栋电梯关人']);
    expect(factsOf(added)).toEqual([
      {
        type: 'ComplaintWordsAdded',
        complaintId: 'case-1',
        projectId: 'project-jx',
        at,
        by: 'staff-zhou',
        interactionId: 'interaction-2',
      },
    ]);
    expect(addContactWords(added.state, later, at).state).toBe(added.state);
  });

  rule(
    'CMP-13',
    'a case without words takes those of its first contact that has some, in every status',
    () => {
      const story = new Story(aReceipt({ content: null }));
      expect(addContactWords(story.state, { ...first, words: '  ' }, at).state).toBe(story.state);
      expect(addContactWords(story.state, first, at).state.content).toBe('电梯又坏了');
      story.at('2026-03-02 11:00', acknowledge, assign, respond, resolve).at('2026-03-03 09:00', visit(5));
      const resolved = addContactWords(story.state, first, wall('2026-03-03 10:00')).state;
      expect([resolved.status, resolved.content]).toEqual(['RESOLVED', '电梯又坏了']);
    },
  );

  it('puts no words into facts, which become events and history', () => {
    const added = addContactWords(new Story().state, later, at);
    expect(JSON.stringify(factsOf(added))).not.toMatch(/电梯/);
  });
});
