import { message } from './catalogue';

const said = (expected: string, locale: 'zh-CN' | 'en' = 'zh-CN'): string =>
  message('BAD_USER_INPUT', { problems: [{ field: 'input.x', problem: 'is wrong', expected }] }, locale);

describe('what is expected of an input', () => {
  it.each([
    ['at most 5000 characters', '至多 5000 个字符'],
    ['at most 1000 entries', '至多 1000 项'],
    ['at most 366 days', '至多 366 天'],
    ['text without control characters', '不含控制字符的文字'],
    ['an id that the graph gave', '系统给出的编号'],
    ['the id of a staff of the project', '本项目员工的编号'],
    ['the id of an organisation', '公司的编号'],
    ['a number from 1 to 8784', '1 至 8784'],
    ['1 to 50 files, each once', '1 至 50 个文件，每个一次'],
    ['at least one employee', '至少一位员工'],
    ['at least one customer', '至少一位客户'],
    ['at least one fact', '至少一项情形'],
    ['the building of the unit, or none', '该房屋所在的楼栋，或不填'],
    ['zh or en', 'zh（中文）或 en（英文）'],
    ['an endCursor or cursor that this list gave', '该列表给出的 endCursor 或 cursor'],
    ['a day as YYYY-MM-DD between the years 1900 and 2199', '1900 年至 2199 年间的日期，格式 YYYY-MM-DD'],
    [
      'an ISO 8601 instant with offset between the years 1900 and 2199, such as 2026-03-02T09:02:00+08:00',
      '1900 年至 2199 年间带时区的时刻（ISO 8601），如 2026-03-02T09:02:00+08:00',
    ],
    [
      'at most 40 capital letters, digits and underscores, such as LIFT',
      '至多 40 个大写字母、数字或下划线，如 LIFT',
    ],
    [
      'a decimal number as text with at most 15 digits before and 4 after the point, such as "15800.00"',
      '以文字给出的十进制数，整数至多 15 位，小数至多 4 位，如 "15800.00"',
    ],
    ['one of EQUIPMENT, CUSTOMER_SERVICE', '以下之一：EQUIPMENT、CUSTOMER_SERVICE'],
    [
      'somebody in a position such as SERVICE_SPECIALIST, OFFICE_DIRECTOR',
      '岗位为客服专员、管理处主任的员工',
    ],
  ])('%s is said in Chinese', (expected, text) => {
    expect(said(expected)).toBe(`输入有误：input.x（应为 ${text}）。`);
  });

  it('is said as it is where there is no saying for it, and in English', () => {
    expect(said('YYYY-MM-DD')).toBe('输入有误：input.x（应为 YYYY-MM-DD）。');
    expect(said('at most 366 days', 'en')).toBe(
      'The input is not right: input.x (expected at most 366 days).',
    );
  });
});

describe('who is not allowed something', () => {
  const data = { permission: 'complaints.reply.send', rolesThatMay: ['DEVELOPER_CUSTOMER_RELATIONS'] };

  it('is told whose it is', () => {
    expect(message('FORBIDDEN', data, 'zh-CN')).toBe(
      '您的岗位权限不允许此操作，须由以下岗位办理：地产客户关系中心。',
    );
    expect(message('FORBIDDEN', data, 'en')).toMatch(/^None of your roles allows this; these do: \w/);
  });

  it('is told that it is of another project, or of the whole organisation, who has the role elsewhere', () => {
    expect(message('FORBIDDEN', { ...data, inProject: true }, 'zh-CN')).toBe(
      '您在该项目的岗位权限不允许此操作，须由以下岗位办理：地产客户关系中心。',
    );
    expect(message('FORBIDDEN', { ...data, everywhere: true }, 'zh-CN')).toMatch(/^您在全公司范围的岗位权限/);
    expect(message('FORBIDDEN', { ...data, inProject: true }, 'en')).toMatch(/allows this in this project; /);
    expect(message('FORBIDDEN', { ...data, everywhere: true }, 'en')).toMatch(/for the whole organisation; /);
  });

  it('as far as that is known', () => {
    expect(message('FORBIDDEN', {}, 'zh-CN')).toBe('您的岗位权限不允许此操作。');
  });
});
