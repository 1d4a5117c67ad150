import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** Years that a date of this business can lie in; anything else is a slip of the keyboard. */
const firstYear = 1900;
const lastYear = 2200;

function inputError(scalar: string, expected: string, value: unknown): GraphQLError {
  const shown = typeof value === 'string' ? `"${value.slice(0, 40)}"` : typeof value;
  const problem = `is not a valid ${scalar}`;
  return new GraphQLError(`${shown} ${problem}; expected ${expected}`, {
    // Where it stands, who carries the operation out knows; till then what it is names it.
    extensions: { code: 'BAD_USER_INPUT', problems: [{ field: shown, problem, expected }] },
  });
}

function scalar<Internal, External>(config: {
  name: string;
  description: string;
  expected: string;
  /** Undefined where the text is not valid. */
  parse: (text: string) => Internal | undefined;
  serialize: (value: unknown) => External;
}): GraphQLScalarType<Internal, External> {
  const parse = (value: unknown): Internal => {
    const parsed = typeof value === 'string' ? config.parse(value) : undefined;
    if (parsed === undefined) throw inputError(config.name, config.expected, value);
    return parsed;
  };
  return new GraphQLScalarType<Internal, External>({
    name: config.name,
    description: config.description,
    serialize: config.serialize,
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : node),
  });
}

function inRange(year: number): boolean {
  return year >= firstYear && year <= lastYear;
}

const instantPattern = /^(\d{4})-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** Real calendar days only: `2026-02-30` is refused rather than rolled over. */
function isCalendarDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

export const DateTimeScalar = scalar<Date, string>({
  name: 'DateTime',
  description: 'An instant, ISO 8601 with offset, such as `2026-03-02T09:02:00+08:00`.',
  expected: `an ISO 8601 instant with offset between the years ${firstYear} and ${lastYear}, such as 2026-03-02T09:02:00+08:00`,
  parse: (text) => {
    const match = instantPattern.exec(text);
    if (!match || !inRange(Number(match[1])) || !isCalendarDay(text.slice(0, 10))) return undefined;
    const instant = new Date(text);
    return Number.isNaN(instant.getTime()) ? undefined : instant;
  },
  serialize: (value) => (value instanceof Date ? value : new Date(value as string)).toISOString(),
});

export const DateScalar = scalar<string, string>({
  name: 'Date',
  description: 'A calendar day, such as `2026-03-02`.',
  expected: `a day as YYYY-MM-DD between the years ${firstYear} and ${lastYear}`,
  parse: (text) =>
    /^\d{4}-\d\d-\d\d$/.test(text) && inRange(Number(text.slice(0, 4))) && isCalendarDay(text)
      ? text
      : undefined,
  serialize: String,
});

export const DecimalScalar = scalar<string, string>({
  name: 'Decimal',
  description: 'An exact decimal number as text, such as `15800.00`; amounts of money are in CNY.',
  expected:
    'a decimal number as text with at most 15 digits before and 4 after the point, such as "15800.00"',
  parse: (text) => (/^-?\d{1,15}(\.\d{1,4})?$/.test(text) ? text : undefined),
  serialize: String,
});
