import fc from 'fast-check';
import { accepted, asStored, factsOf, refusal, rule, unreachableStatuses, wrongCells } from '@anju/testing';
import { aTemplate, environment, now, policy } from './spec-support';
import { fieldsOf, fillIn, messageFields, templateProblem, underCompanyName } from './template-text';
import {
  createTemplate,
  retireTemplate,
  reviseTemplate,
  templateStatuses,
  templateTransitions,
  type TemplateState,
} from './template';

const create = (change: Partial<Parameters<typeof createTemplate>[0]>) =>
  createTemplate(
    {
      id: 'template-2',
      projectId: null,
      name: '合同领取',
      channel: 'SMS',
      purpose: 'CONTRACT_NOTICE',
      subject: null,
      text: '{customerName}您好，请来领取合同。',
      by: 'staff-xu',
      ...change,
    },
    now,
    environment,
  );
const revise = (state: TemplateState, text: string, subject: string | null = null) =>
  reviseTemplate(state, { text, subject, by: 'staff-lin' }, now, environment);
const retire = (state: TemplateState) => retireTemplate(state, { by: 'staff-lin' }, now);

describe('a template', () => {
  rule('COM-05', 'it holds known fields, and says which', () => {
    expect(fieldsOf('{customerName}您好，{date}{place}，{date}起')).toEqual([
      'customerName',
      'date',
      'place',
    ]);
    expect(messageFields(['customerName', 'date', 'home'], policy)).toEqual(['date']);
    expect(factsOf(create({}))).toEqual([
      {
        type: 'TemplateVersionAdded',
        templateId: 'template-2',
        projectId: null,
        channel: 'SMS',
        purpose: 'CONTRACT_NOTICE',
        version: 1,
        by: 'staff-xu',
        at: now,
      },
    ]);
  });

  rule('COM-05', 'an unknown field is refused, and named with those that are known', () => {
    expect(refusal(create({ text: '{customerName}，余额{balance}，{Date}，{balance}，{}' }))).toEqual({
      code: 'TEMPLATE_FIELD_UNKNOWN',
      data: { fields: ['balance', 'Date', ''], known: Object.keys(policy.templateFields) },
    });
    expect(refusal(create({ channel: 'EMAIL', subject: '关于{what}' })).data).toMatchObject({
      fields: ['what'],
    });
    expect(refusal(create({ text: '{ date }' })).code).toBe('TEMPLATE_FIELD_UNKNOWN');
    expect(refusal(create({ text: '{toString}' })).code).toBe('TEMPLATE_FIELD_UNKNOWN');
  });

  rule.each([
    { text: '您好{date', position: 3 },
    { text: 'date}', position: 5 },
    { text: '{{date}}', position: 1 },
  ])('COM-05', 'a brace without its other half is refused: $text', ({ text, position }) => {
    expect(refusal(create({ text }))).toEqual({ code: 'TEMPLATE_NOT_READABLE', data: { position } });
    expect(fillIn(text, {})).toMatchObject({ refusal: { code: 'TEMPLATE_NOT_READABLE' } });
  });

  rule('COM-05', 'it has a name and a text that fits the channel; an e-mail has a subject as well', () => {
    expect(refusal(create({ name: ' ' })).data).toEqual({ field: 'name' });
    expect(refusal(create({ text: '' })).data).toEqual({ field: 'text' });
    expect(refusal(create({ channel: 'EMAIL' })).data).toEqual({ field: 'subject' });
    expect(accepted(create({ text: '字'.repeat(500) })).versions).toHaveLength(1);
    expect(refusal(create({ text: '字'.repeat(501) }))).toEqual({
      code: 'TEMPLATE_TOO_LONG',
      data: { length: 501, longest: 500, channel: 'SMS' },
    });
    expect(accepted(create({ subject: '无用' })).versions[0]?.subject).toBeNull();
    expect(accepted(create({ channel: 'EMAIL', subject: '领取合同' })).versions[0]?.subject).toBe('领取合同');
  });

  rule('COM-05', 'a new wording is a new version, and the old one stays', () => {
    const first = aTemplate();
    const decision = revise(first, '{customerName}您好，{date}停水。');
    expect(accepted(decision).versions).toMatchObject([
      first.versions[0]!,
      { version: 2, addedBy: 'staff-lin' },
    ]);
    expect(refusal(revise(first, first.versions[0]!.text))).toEqual({
      code: 'TEMPLATE_UNCHANGED',
      data: { version: 1 },
    });
    expect(refusal(revise(first, '{unknown}')).code).toBe('TEMPLATE_FIELD_UNKNOWN');
  });

  it('every status is reachable, and nothing happens to a retired one', () => {
    const states = { IN_USE: aTemplate(), RETIRED: accepted(retire(aTemplate())) };
    expect(unreachableStatuses(templateTransitions, templateStatuses)).toEqual([]);
    expect(
      wrongCells({
        table: templateTransitions,
        states,
        commands: { reviseTemplate: (state) => revise(state, '新内容'), retireTemplate: retire },
      }),
    ).toEqual([]);
    for (const state of Object.values(states)) expect(asStored(state)).toEqual(state);
  });
});

describe('filling in', () => {
  rule('COM-05', 'every field gets its value, and one without is refused', () => {
    expect(fillIn('{date}{place}，{date}', { date: '3月3日', place: '6栋' })).toBe('3月3日6栋，3月3日');
    expect(fillIn('{date}{place}{home}', { date: ' ', place: '6栋' })).toMatchObject({
      refusal: { code: 'MESSAGE_VALUE_MISSING', data: { fields: ['date', 'home'] } },
    });
    expect(fillIn('{toString}', {})).toMatchObject({ refusal: { data: { fields: ['toString'] } } });
  });

  rule('COM-05', 'a value that looks like a field is put in as it is', () => {
    expect(fillIn('{date}', { date: '{place}', place: '6栋' })).toBe('{place}');
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), fc.string(), (value, before, after) => {
        fc.pre(value.trim() !== '' && !/[{}]/.test(before + after));
        expect(fillIn(`${before}{date}${after}`, { date: value })).toBe(`${before}${value}${after}`);
        expect(templateProblem([`${before}{date}${after}`], policy)).toBeNull();
      }),
    );
  });

  rule('COM-05', 'it goes under the company’s name', () => {
    expect(underCompanyName('安居物业', '您好。')).toBe('【安居物业】您好。');
  });
});
