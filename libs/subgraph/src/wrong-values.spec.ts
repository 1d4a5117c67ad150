import {
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  type ExecutionResult,
} from 'graphql';
import { OperationExecutor } from './operation-executor';
import { DateScalar, DateTimeScalar, DecimalScalar } from './scalars';
import { translate } from './translate';

const input = new GraphQLInputObjectType({
  name: 'Input',
  fields: {
    receivedAt: { type: DateTimeScalar },
    areas: { type: new GraphQLList(DecimalScalar) },
    count: { type: GraphQLInt },
  },
});
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: { said: { type: GraphQLString, args: { on: { type: DateScalar }, input: { type: input } } } },
  }),
});

/** What a Chinese or an English reader is told. */
async function told(
  text: string,
  variables: Record<string, unknown> = {},
  locale: 'zh-CN' | 'en' = 'zh-CN',
): Promise<NonNullable<ExecutionResult['errors']>> {
  const executor = new OperationExecutor({
    schema,
    translate: (error, context) => translate(error, context as { locale: typeof locale }),
  });
  const { errors } = await executor.carryOut(executor.prepare(text), variables, { locale });
  return errors!;
}

const asked = 'query ($i: Input, $on: Date) { said(input: $i, on: $on) }';

describe('a value that cannot be', () => {
  it.each<[string, Record<string, unknown>, string, string]>([
    ['a day', { on: '2026-02-30' }, 'on', '1900 年至 2200 年间的日期，格式 YYYY-MM-DD'],
    [
      'an instant',
      { i: { receivedAt: '2026-03-02' } },
      'i.receivedAt',
      '1900 年至 2200 年间带时区的时刻（ISO 8601），如 2026-03-02T09:02:00+08:00',
    ],
    [
      'a number among others',
      { i: { areas: ['1.00', ' at "x"; '] } },
      'i.areas[1]',
      '以文字给出的十进制数，整数至多 15 位，小数至多 4 位，如 "15800.00"',
    ],
  ])(
    'is named by where it stands in the variables, with what it could be: %s',
    async (_what, variables, field, text) => {
      const [error, ...others] = await told(asked, variables);
      expect(others).toEqual([]);
      expect(error!.message).toBe(`输入有误：${field}（应为 ${text}）。`);
      expect(error!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', problems: [{ field }] });
    },
  );

  it('is named by itself where it stands in the query', async () => {
    const errors = await told('{ said(on: "2026-02-30", input: { receivedAt: "soon" }) }');
    expect(errors.map(({ message }) => message)).toEqual([
      '输入有误："2026-02-30"（应为 1900 年至 2200 年间的日期，格式 YYYY-MM-DD）。',
      '输入有误："soon"（应为 1900 年至 2200 年间带时区的时刻（ISO 8601），如 2026-03-02T09:02:00+08:00）。',
    ]);
  });

  it('is said as GraphQL says it where it names nothing of its own, and in English', async () => {
    const [number] = await told(asked, { i: { count: 1.5 } });
    expect(number!.message).toMatch(/^Variable "\$i" got invalid value 1.5 at "i.count"; /);
    const [day] = await told(asked, { on: '2026-02-30' }, 'en');
    expect(day!.message).toMatch(/^Variable "\$on" got invalid value "2026-02-30"; .* expected a day as/);
  });
});
