import {
  choice,
  fields,
  isAboutProblems,
  list,
  policyProblems,
  text,
  whole,
  withoutProblems,
  type PolicyShape,
} from './policy-shape';

interface Policy {
  readonly days: number;
  readonly recipients: readonly ('CENTRE' | 'LEADER')[];
  readonly strict: boolean;
  readonly share: string;
  readonly limit: number | null;
  readonly topics: readonly { readonly code: string; readonly name: string }[];
  readonly hours: { readonly from: string; readonly to: string };
}

const time = { pattern: /^\d\d:\d\d$/, expected: 'HH:mm' };
const shape: PolicyShape<Policy> = {
  days: whole('Days.', 1, 60),
  recipients: list('Who.', choice('One.', ['CENTRE', 'LEADER']), { fewest: 1, most: 2 }),
  strict: { kind: 'FLAG', about: 'Whether.' },
  share: { kind: 'DECIMAL', about: 'Per cent.', from: 0, to: 100 },
  limit: { kind: 'OPTIONAL', about: 'None if null.', of: whole('At most.', 1, 9) },
  topics: list('Topics.', fields('One.', { code: text('Code.', 5), name: text('Name.', 20) }), {
    fewest: 0,
    most: 3,
    distinctBy: 'code',
  }),
  hours: fields('Hours.', { from: text('From.', 5, time), to: text('To.', 5, time) }),
};

const problems = (values: unknown): string[] =>
  policyProblems(shape, values).map(({ field, reason, expected }) => `${field} ${reason} ${expected}`);

describe('values of a policy', () => {
  it('may be a part of it, at every depth', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ days: 60, hours: { to: '18:00' }, limit: null, strict: false })).toEqual([]);
    expect(
      problems({ recipients: ['LEADER'], share: '12.5', limit: 9, topics: [{ code: 'LIFT', name: '电梯' }] }),
    ).toEqual([]);
  });

  it('are told all that is wrong with them at once, each by its place', () => {
    expect(
      problems({
        days: 61,
        recipients: [],
        strict: 'yes',
        share: '100.01',
        limit: 0,
        topics: [{ code: 'LIFT', name: '' }, { code: 'WINDOWS' }, { code: 'A', name: 'a' }, 4],
        hours: { from: '9', until: '18:00' },
        colour: 'red',
      }),
    ).toEqual([
      'colour NOT_APPLICABLE days | recipients | strict | share | limit | topics | hours',
      'days OUT_OF_RANGE 1…60',
      'recipients REQUIRED [1…2]',
      'strict FORMAT true | false',
      'share OUT_OF_RANGE 0…100',
      'limit OUT_OF_RANGE 1…9',
      'topics TOO_MANY [0…3]',
      'hours.until NOT_APPLICABLE from | to',
      'hours.from FORMAT HH:mm',
    ]);
  });

  it('have whole entries in their lists, none of them twice', () => {
    expect(
      problems({
        recipients: ['LEADER', 'LEADER'],
        topics: [{ code: 'LIFT', name: 'a' }, { code: 'LIFT', name: 'b' }, { code: 'WINDOW' }],
      }),
    ).toEqual([
      'recipients.1 DUPLICATE ≠ "LEADER"',
      'topics.1.code DUPLICATE ≠ "LIFT"',
      'topics.2.code TOO_LONG 1…5',
      'topics.2.name REQUIRED TEXT',
    ]);
  });

  it.each([null, [], 'days', 3])('are not %j', (values) => {
    expect(problems(values)).toEqual([' FORMAT { days, recipients, strict, share, limit, topics, hours }']);
  });

  it.each([1.5, NaN, Infinity, '3', null, 2 ** 60])('count whole days, not %p', (days) => {
    expect(problems({ days })).toEqual(['days FORMAT 1…60']);
  });

  it('are left without what is wrong with them, as far as that stands alone', () => {
    const values = { days: 0, colour: 'red', hours: { from: '9', to: '18:00' }, topics: [{ code: 'LIFT' }] };
    const wrong = policyProblems(shape, values);
    expect(withoutProblems(values, wrong)).toEqual({ hours: { to: '18:00' } });
    expect(withoutProblems({ days: 3, limit: null }, [])).toEqual({ days: 3, limit: null });
    const between = (...paths: string[]): boolean =>
      isAboutProblems({ field: paths[0]!, reason: 'CONTRADICTS', expected: '', between: paths }, wrong);
    expect(['days', 'limit', 'hours', 'hours.from', 'hours.to', 'day'].map((path) => between(path))).toEqual([
      ...[true, false, true, true, false, false],
    ]);
    expect(between('limit', 'topics')).toBe(true);
  });

  it('know nothing of what every object has', () => {
    expect(problems(JSON.parse('{"__proto__": 1, "toString": 2}'))).toHaveLength(2);
  });
});
