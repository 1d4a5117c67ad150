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

type Saying = (found: readonly string[], rendering: Rendering) => string;

/** What is expected of an input, as the checks write it in English, and the same in Chinese. */
const sayings: readonly (readonly [RegExp, Saying])[] = [
  [/^at most (\d+) characters$/, ([most]) => `至多 ${most} 个字符`],
  [/^at most (\d+) entries$/, ([most]) => `至多 ${most} 项`],
  [/^at most (\d+) days$/, ([most]) => `至多 ${most} 天`],
  [/^text without control characters$/, () => '不含控制字符的文字'],
  [/^whole characters$/, () => '完整的字符'],
  [/^an id that the graph gave$/, () => '系统给出的编号'],
  [/^the id of an? (\w+) of the project$/, ([kind]) => `本项目${things[kind!] ?? kind}的编号`],
  [/^the id of an? (\w+)$/, ([kind]) => `${things[kind!] ?? kind}的编号`],
  [/^the id of a project, once for each$/, () => '项目的编号，每个一次'],
  [/^a (?:number|year) from (\d+) to (\d+)$/, ([from, to]) => `${from} 至 ${to}`],
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
