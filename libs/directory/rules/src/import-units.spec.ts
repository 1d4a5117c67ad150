import { rule } from '@anju/testing';
import { importUnit, unitRowKey, unitsReader } from './import-units';
import type { UnitRow } from './import-units';
import { defaultDirectoryPolicy as policy } from './policy';
import { aBuilding, accepted, aSection, aUnit, problemsOf } from './testing/builders';

const chinese = ['项目编码', '楼栋', '单元', '房号', '预售面积', '登记面积', '保修截止日期', '状态'];
const english = [
  'Project code',
  'Building',
  'Section',
  'Unit number',
  'Pre-sale area',
  'Registered area',
  'Warranty end',
  'Status',
];
const line = ['JX', '5栋', '1单元', '0302', '89.32', '91.5', '2027/1/15', '已交付'];
const place = { building: aBuilding(), section: aSection() };

function readerOf(headings: readonly string[] = chinese) {
  const reader = unitsReader(['JX'], policy);
  expect(reader.readHeader(headings)).toEqual([]);
  return reader;
}

function rowOf(values: readonly string[], headings?: readonly string[]): UnitRow {
  const read = readerOf(headings).readLine(values, 2);
  if (read.kind !== 'ROW') throw new Error(JSON.stringify(read));
  return read.row;
}

function problems(values: readonly string[]): readonly string[] {
  const read = readerOf().readLine(values, 2);
  return read.kind === 'PROBLEMS' ? read.problems.map(({ column, reason }) => `${column} ${reason}`) : [];
}

describe('the header of a units file', () => {
  rule('DIR-01', 'Chinese and English names of columns, and both mixed in any order, say the same', () => {
    const row = rowOf(line);
    expect(row).toEqual({
      projectCode: 'JX',
      home: { building: '5', section: '1', number: '0302' },
      preSaleArea: '89.32',
      registeredArea: '91.50',
      warrantyEndsOn: '2027-01-15',
      status: 'HANDED_OVER',
    });
    const inEnglish = ['jx', '5', '1', '0302', '89.32㎡', '91.50 m2', '2027-01-15', 'handed over'];
    expect(rowOf(inEnglish, english)).toEqual(row);
    expect(rowOf([...inEnglish].reverse(), [...english].reverse())).toEqual(row);
    const decorated = chinese.map((heading) => ` ${heading}（必填）`);
    expect(rowOf(line, ['\uFEFF项目编码', ...decorated.slice(1)])).toEqual(row);
  });

  rule('DIR-01', 'unknown, repeated and missing columns are all named', () => {
    const reader = unitsReader(['JX'], policy);
    expect(reader.readHeader(['楼栋', '栋号', '颜色', ''])).toMatchObject([
      { line: 1, column: 'building', reason: 'DUPLICATE' },
      { line: 1, column: '#3', reason: 'UNKNOWN_VALUE' },
      { line: 1, column: 'number', reason: 'REQUIRED', expected: '房号 | number' },
    ]);
  });
});

describe('the lines of a units file', () => {
  rule('DIR-01', "all of a line's problems are reported at once, by line and column", () => {
    const read = readerOf().readLine(['XX', '', '一', '12-01', '-1', '0', '2027-02-30', '卖了'], 7);
    expect(read).toEqual({
      kind: 'PROBLEMS',
      problems: [
        { line: 7, column: 'projectCode', reason: 'UNKNOWN_VALUE', expected: 'JX' },
        { line: 7, column: 'building', reason: 'FORMAT', expected: '[0-9A-Z]{1,8}' },
        { line: 7, column: 'section', reason: 'FORMAT', expected: '[0-9A-Z]{1,8}' },
        { line: 7, column: 'number', reason: 'FORMAT', expected: '[0-9A-Z]{1,8}' },
        { line: 7, column: 'preSaleArea', reason: 'FORMAT', expected: '0.00' },
        { line: 7, column: 'registeredArea', reason: 'OUT_OF_RANGE', expected: '0.01…99999.99' },
        { line: 7, column: 'warrantyEndsOn', reason: 'FORMAT', expected: 'YYYY-MM-DD' },
        { line: 7, column: 'status', reason: 'UNKNOWN_VALUE', expected: '待售 | 已认购 | 已签约 | 已交付' },
      ],
    });
  });

  rule('DIR-05', 'a report never repeats what stood in the file', () => {
    const secret = '王秀兰13812345678';
    const read = readerOf().readLine(Array<string>(12).fill(secret), 2);
    expect(read.kind).toBe('PROBLEMS');
    expect(JSON.stringify(read)).not.toContain('王秀兰');
    expect(JSON.stringify(read)).not.toContain('138');
  });

  rule('DIR-01', 'blank lines are passed over, short lines end in blanks, extra cells are reported', () => {
    expect(readerOf().readLine(['', ' ', ''], 2)).toEqual({ kind: 'BLANK' });
    expect(readerOf().readLine([], 2)).toEqual({ kind: 'BLANK' });
    expect(rowOf(['JX', '5', '', '1201'])).toMatchObject({ home: { section: null }, status: null });
    expect(problems([...line, '', 'x'])).toEqual(['#10 NOT_APPLICABLE']);
  });

  rule('DIR-01', 'without a project the line means the only one that the import may write to', () => {
    expect(rowOf(['', '5', '1', '1201']).projectCode).toBe('JX');
    const reader = unitsReader(['JX', 'YC'], policy);
    reader.readHeader(chinese);
    expect(reader.readLine(['', '5', '1', '1201'], 2)).toMatchObject({
      problems: [{ column: 'projectCode', reason: 'REQUIRED', expected: 'JX | YC' }],
    });
  });

  rule('DIR-01', 'the same home twice in a file is reported with the line of the first', () => {
    const reader = readerOf();
    expect(reader.readLine(line, 2).kind).toBe('ROW');
    const again = ['JX', '05', '1', '302', ...line.slice(4)];
    expect(reader.readLine(again, 3)).toEqual({
      kind: 'PROBLEMS',
      problems: [{ line: 3, column: 'number', reason: 'DUPLICATE', expected: 'line 2' }],
    });
    expect(reader.readLine(['JX', '5', '2', '302'], 4).kind).toBe('ROW');
  });

  rule.each([
    { cell: '2027-01-15', date: '2027-01-15' },
    { cell: '2027/1/15', date: '2027-01-15' },
    { cell: '2027.1.15', date: '2027-01-15' },
    { cell: '2027年1月15日', date: '2027-01-15' },
    { cell: '20270115', date: '2027-01-15' },
  ])('DIR-01', 'the date $cell is $date', ({ cell, date }) => {
    expect(rowOf(['JX', '5', '1', '1201', '', '', cell]).warrantyEndsOn).toBe(date);
  });

  rule.each(['15/1/2027', '1/15/27', '46037', '2027-13-01', '9999-01-01'])(
    'DIR-01',
    'the date %s is refused',
    (cell) => {
      expect(problems(['JX', '5', '1', '1201', '', '', cell])).toHaveLength(1);
    },
  );
});

describe('what a line does', () => {
  const row = rowOf(['JX', '3', '2', '1201', '89.32', '91.50', '2025-06-30', '已交付']);

  rule('DIR-01', 'a home that is new is registered', () => {
    const { state, facts } = accepted(importUnit(null, row, place, 'unit-3-2-1201', policy));
    expect(state).toEqual(aUnit());
    expect(facts).toMatchObject([{ type: 'UnitRegistered' }]);
    expect(unitRowKey(row)).toBe('JX/3-2-1201');
  });

  rule('DIR-01', 'the same line again changes nothing', () => {
    expect(accepted(importUnit(aUnit(), row, place, 'new', policy))).toEqual({
      outcome: 'accepted',
      state: aUnit(),
      facts: [],
    });
  });

  rule('DIR-01', 'what a line says differently is corrected, what it leaves blank stays', () => {
    const changed = rowOf(['JX', '3', '2', '1201', '', '92', '', '']);
    const { state, facts } = accepted(importUnit(aUnit(), changed, place, 'new', policy));
    expect(state).toEqual({ ...aUnit(), registeredArea: '92.00' });
    expect(facts).toMatchObject([{ type: 'UnitChanged', registeredArea: '92.00' }]);
    const silent = rowOf(['JX', '3', '2', '1201']);
    expect(accepted(importUnit(aUnit(), silent, place, 'new', policy)).facts).toEqual([]);
  });

  rule('DIR-01', 'a file does not move a unit through its sale', () => {
    const unit = aUnit({ status: 'SUBSCRIBED' });
    expect(problemsOf(importUnit(unit, row, place, 'new', policy))).toEqual(['status CONTRADICTS']);
  });
});
