import type { Rendering } from './template';

/** What ids are of, in the words of `References.check`. */
const things: Readonly<Record<string, string>> = {
  building: '楼栋',
  complaint: '投诉',
  customer: '客户',
  interaction: '来电来访记录',
  organisation: '公司',
  partner: '外联单位',
  project: '项目',
  staff: '员工',
  unit: '房屋',
};

/** What a list may not be without, with its measure word. */
const measured: Readonly<Record<string, string>> = {
  customer: '位客户',
  employee: '位员工',
  fact: '项情形',
};

type Saying = (found: readonly string[], rendering: Rendering) => string;

/** What is expected of an input, as the checks write it in English, and the same in Chinese. */
const sayings: readonly (readonly [RegExp, Saying])[] = [
  [/^at most (\d+) characters$/, ([most]) => `至多 ${most} 个字符`],
  [
    /^at most (\d+) capital letters, digits and underscores, such as (\S+)$/,
    ([most, example]) => `至多 ${most} 个大写字母、数字或下划线，如 ${example}`,
  ],
  [/^at least one (\w+)$/, ([kind]) => `至少一${measured[kind!] ?? `个 ${kind}`}`],
  [/^at most (\d+) entries$/, ([most]) => `至多 ${most} 项`],
  [/^at most (\d+) days$/, ([most]) => `至多 ${most} 天`],
  [/^text without control characters$/, () => '不含控制字符的文字'],
  [/^whole characters$/, () => '完整的字符'],
  [/^an id that the graph gave$/, () => '系统给出的编号'],
  [/^the id of an? (\w+) of the project$/, ([kind]) => `本项目${things[kind!] ?? kind}的编号`],
  [/^the id of an? (\w+)$/, ([kind]) => `${things[kind!] ?? kind}的编号`],
  [/^the id of a project, once for each$/, () => '项目的编号，每个一次'],
  [/^a (?:number|year) from (\d+) to (\d+)$/, ([from, to]) => `${from} 至 ${to}`],
  [/^the building of the unit, or none$/, () => '该房屋所在的楼栋，或不填'],
  [/^zh or en$/, () => 'zh（中文）或 en（英文）'],
  [
    /^a day as YYYY-MM-DD between the years (\d+) and (\d+)$/,
    ([from, to]) => `${from} 年至 ${to} 年间的日期，格式 YYYY-MM-DD`,
  ],
  [
    /^an ISO 8601 instant with offset between the years (\d+) and (\d+), such as (\S+)$/,
    ([from, to, example]) => `${from} 年至 ${to} 年间带时区的时刻（ISO 8601），如 ${example}`,
  ],
  [
    /^a decimal number as text with at most (\d+) digits before and (\d+) after the point, such as (\S+)$/,
    ([before, after, example]) =>
      `以文字给出的十进制数，整数至多 ${before} 位，小数至多 ${after} 位，如 ${example}`,
  ],
  [/^an endCursor or cursor that this list gave$/, () => '该列表给出的 endCursor 或 cursor'],
  [/^(\S+) or later$/, ([from]) => `不早于 ${from}`],
  [/^an instant from (\S+) on$/, ([from]) => `不早于 ${from} 的时刻`],
  [/^(\d+) to (\d+) files, each once$/, ([from, to]) => `${from} 至 ${to} 个文件，每个一次`],
  [/^one of (.+)$/, ([choices]) => `以下之一：${choices!.split(', ').join('、')}`],
  [/^a department with employees$/, () => '有员工的部门'],
  [/^somebody who is employed$/, () => '在职员工'],
  [
    /^somebody in a position such as ([A-Z_]+(?:, [A-Z_]+)*)$/,
    ([positions], { label, locale }) =>
      `岗位为${positions!
        .split(', ')
        .map((position) => label('Role', position, locale))
        .join('、')}的员工`,
  ],
];

/** What is expected in the reader's language, as far as it is one of the sayings; else as it is. */
export function expectationText(expected: string, rendering: Rendering): string {
  if (rendering.locale === 'en') return expected;
  for (const [pattern, say] of sayings) {
    const found = pattern.exec(expected);
    if (found) return say(found.slice(1), rendering);
  }
  return expected;
}
