import { isRefused } from '@anju/kernel';
import { rule } from '@anju/testing';
import fc from 'fast-check';
import type { CustomerState } from './customer';
import { importCustomer } from './import-customer-effect';
import { customerRowKey, customersReader } from './import-customers';
import type { CustomerRow } from './import-customers';
import { defaultDirectoryPolicy as policy } from './policy';
import { aCustomer, accepted, aPhone, aResidentId, aUnit, dayOne, problemsOf } from './testing/builders';

const number = aResidentId();
const otherNumber = aResidentId('44030119800101002');
const chinese = [
  '姓名',
  '客户类型',
  '联系电话',
  '证件类型',
  '证件号码',
  '房屋',
  '身份',
  '起始日期',
  '截止日期',
  '物业费缴纳人',
];
const english = [
  'Name',
  'Kind',
  'Phones',
  'Identity kind',
  'Identity number',
  'Unit',
  'Role',
  'From',
  'To',
  'Fee payer',
];
const owner = ['王秀兰', '个人', '13812345678', '身份证', number, '3-2-1201', '业主', '2020-05-01', '', ''];
const tenant = [
  '吴刚',
  '',
  '13900000000；0755-82345678',
  '',
  otherNumber,
  '1栋1单元0501室',
  '租户',
  '2026/1/1',
  '2026/12/31',
  '租户',
];
const context = { projectCodes: ['JX'], today: '2026-03-02' };
const project = { id: 'project-jx', organisationId: 'organisation' };

function readerOf(headings: readonly string[] = chinese) {
  const reader = customersReader(context, policy);
  expect(reader.readHeader(headings)).toEqual([]);
  return reader;
}

function rowOf(values: readonly string[], headings?: readonly string[]): CustomerRow {
  const read = readerOf(headings).readLine(values, 2);
  if (read.kind !== 'ROW') throw new Error(JSON.stringify(read));
  return read.row;
}

function problems(values: readonly string[]): readonly string[] {
  const read = readerOf().readLine(values, 2);
  return read.kind === 'PROBLEMS' ? read.problems.map(({ column, reason }) => `${column} ${reason}`) : [];
}

/** The line with some cells changed, by their position. */
function but(
  line: readonly string[],
  cells: { readonly [position: number]: string | undefined },
): readonly string[] {
  return line.map((cell, index) => cells[index] ?? cell);
}

describe('the lines of a customers file', () => {
  rule('DIR-02', 'a line is a customer with a role on a home', () => {
    expect(rowOf(owner)).toEqual({
      projectCode: 'JX',
      name: '王秀兰',
      kind: 'PERSON',
      phones: [aPhone()],
      identityDocument: { kind: 'RESIDENT_ID', number },
      role: {
        home: { building: '3', section: '2', number: '1201' },
        role: 'OWNER',
        from: '2020-05-01',
        to: null,
        feePayer: null,
      },
    });
    expect(rowOf(tenant)).toMatchObject({
      kind: 'PERSON',
      phones: [aPhone('13900000000'), aPhone('0755-82345678')],
      identityDocument: { kind: 'RESIDENT_ID' },
      role: { home: { building: '1', section: '1', number: '0501' }, role: 'TENANT', feePayer: 'TENANT' },
    });
    expect(rowOf(but(owner, { 1: '' })).kind).toBe('PERSON');
    const inEnglish = but(owner, { 1: 'person', 3: 'resident id', 6: 'Owner' });
    expect(rowOf(inEnglish, english)).toEqual(rowOf(owner));
  });

  rule('DIR-02', 'a firm is known by its credit code', () => {
    const firm = ['3M中国有限公司', '', '', '营业执照', '91350100M000100Y43', '', '', '', '', ''];
    expect(rowOf(firm)).toMatchObject({ kind: 'ORGANISATION', phones: [], role: null });
    expect(rowOf(but(firm, { 1: '企业', 3: '' })).identityDocument?.kind).toBe('UNIFIED_SOCIAL_CREDIT_CODE');
  });

  rule.each([
    { cells: { 0: '' }, problem: 'name REQUIRED' },
    { cells: { 0: '王👍' }, problem: 'name CHARACTER_NOT_ALLOWED' },
    { cells: { 1: '猫' }, problem: 'kind UNKNOWN_VALUE' },
    { cells: { 2: '13812345678/123' }, problem: 'phones FORMAT' },
    { cells: { 2: '', 3: '', 4: '' }, problem: 'phones REQUIRED' },
    { cells: { 3: '学生证' }, problem: 'identityKind UNKNOWN_VALUE' },
    { cells: { 3: '营业执照' }, problem: 'identityKind NOT_APPLICABLE' },
    { cells: { 4: '' }, problem: 'identityNumber REQUIRED' },
    { cells: { 4: '4.40301E+17' }, problem: 'identityNumber FORMAT' },
    { cells: { 5: '1201' }, problem: 'unit FORMAT' },
    { cells: { 5: '' }, problem: 'unit REQUIRED' },
    { cells: { 6: '' }, problem: 'role REQUIRED' },
    { cells: { 6: '国王' }, problem: 'role UNKNOWN_VALUE' },
    { cells: { 7: '' }, problem: 'from REQUIRED' },
    { cells: { 7: '2026-02-30' }, problem: 'from FORMAT' },
    { cells: { 8: '2020-04-30' }, problem: 'to OUT_OF_RANGE' },
    { cells: { 9: '业主' }, problem: 'feePayer NOT_APPLICABLE' },
    { cells: { 9: '银行' }, problem: 'feePayer UNKNOWN_VALUE' },
    { cells: { 6: '租户' }, problem: 'feePayer REQUIRED' },
    { cells: { 5: '', 6: '' }, problem: 'from NOT_APPLICABLE' },
  ])('DIR-02', 'a line with $cells is refused: $problem', ({ cells, problem }) => {
    expect(problems(but(owner, cells))).toEqual([problem]);
  });

  rule(
    ['DIR-02', 'DIR-05'],
    "all of a line's problems are reported at once, and none repeats a value",
    () => {
      const line = ['张三1', '猫', '123', '学生证', 'x', '1201', '国王', 'gestern', 'heute', '银行'];
      expect(problems(line)).toEqual([
        'name CHARACTER_NOT_ALLOWED',
        'kind UNKNOWN_VALUE',
        'phones FORMAT',
        'identityKind UNKNOWN_VALUE',
        'unit FORMAT',
        'role UNKNOWN_VALUE',
        'from FORMAT',
        'to FORMAT',
        'feePayer UNKNOWN_VALUE',
      ]);
      const report = JSON.stringify(readerOf().readLine(line, 2));
      for (const value of line.filter((cell) => cell.length > 1 && !['123', '1201'].includes(cell))) {
        expect(report).not.toContain(value);
      }
    },
  );

  rule('DIR-02', 'one customer may stand on several lines, but not twice for the same', () => {
    const reader = readerOf();
    expect(reader.readLine(owner, 2).kind).toBe('ROW');
    expect(reader.readLine(but(owner, { 5: '3-2-1202' }), 3).kind).toBe('ROW');
    expect(reader.readLine(but(owner, { 2: '', 5: '3栋2单元1201' }), 4)).toEqual({
      kind: 'PROBLEMS',
      problems: [{ line: 4, column: 'name', reason: 'DUPLICATE', expected: 'line 2' }],
    });
  });

  rule('DIR-06', 'one document with two names is reported, on every line that differs from the first', () => {
    const reader = readerOf();
    reader.readLine(owner, 2);
    const contradicts = { column: 'name', reason: 'CONTRADICTS', expected: '= line 2' };
    expect(reader.readLine(but(owner, { 0: '王秀澜', 5: '3-2-1202' }), 3)).toMatchObject({
      problems: [contradicts],
    });
    expect(reader.readLine(but(owner, { 0: '王秀澜', 5: '3-2-1203' }), 4)).toMatchObject({
      problems: [contradicts],
    });
    expect(reader.readLine(but(owner, { 0: '王 秀兰', 5: '3-2-1204' }), 5).kind).toBe('ROW');
  });

  rule('DIR-06', 'one name and phone with two documents of a kind is reported', () => {
    const reader = readerOf();
    reader.readLine(owner, 2);
    expect(reader.readLine(but(owner, { 4: otherNumber }), 3)).toMatchObject({
      problems: [{ column: 'identityNumber', reason: 'CONTRADICTS', expected: '= line 2' }],
    });
    expect(reader.readLine(but(owner, { 3: '护照', 4: 'E12345678' }), 4).kind).toBe('ROW');
    expect(reader.readLine(but(owner, { 2: '13900000000', 4: otherNumber, 5: '3-2-1202' }), 5).kind).toBe(
      'ROW',
    );
  });

  rule('DIR-06', 'a row names its customer by document, else by name and first phone', () => {
    expect(customerRowKey(rowOf(owner))).toBe(`document/RESIDENT_ID/${number}`);
    expect(customerRowKey(rowOf(but(owner, { 3: '', 4: '' })))).toBe('phone/王秀兰/+8613812345678');
  });
});

describe('what a line does', () => {
  const unit = aUnit();
  let ids = 0;
  const newId = () => `id-${(ids += 1)}`;
  const run = (line: readonly string[], customers: readonly CustomerState[]) =>
    importCustomer(customers, rowOf(line), project, unit, newId, dayOne, policy);
  const known = () => accepted(run(owner, [])).state;

  rule('DIR-02', 'a customer who is new is entered with the role', () => {
    const { state, facts } = accepted(run(owner, [aCustomer({ name: '别人' })]));
    expect(state).toMatchObject({
      name: '王秀兰',
      phones: [aPhone()],
      identityDocuments: [{ kind: 'RESIDENT_ID', number }],
      roles: [{ unitId: unit.id, role: 'OWNER', from: '2020-05-01' }],
      projectIds: ['project-jx'],
    });
    expect(facts.map(({ type }) => type)).toEqual(['CustomerRegistered', 'CustomerRoleStarted']);
  });

  rule('DIR-06', 'the same line again changes nothing', () => {
    const state = known();
    expect(accepted(run(owner, [aCustomer({ id: 'x', name: '别人' }), state]))).toEqual({
      outcome: 'accepted',
      state,
      facts: [],
    });
  });

  rule('DIR-06', 'a customer who is known by name and phone gets what the line says besides', () => {
    const record = aCustomer();
    const { state, facts } = accepted(run(owner, [record]));
    expect(state.id).toBe(record.id);
    expect(state.identityDocuments).toEqual([{ kind: 'RESIDENT_ID', number }]);
    expect(facts.map(({ type }) => type)).toEqual(['CustomerChanged', 'CustomerRoleStarted']);
    const second = accepted(run(but(owner, { 2: '13812345678;0755-82345678转801' }), [state]));
    expect(second.state.phones).toMatchObject([aPhone(), aPhone('0755-82345678-801')]);
    expect(second.facts).toMatchObject([{ changed: ['PHONES'] }]);
  });

  rule('DIR-02', "a lease's end that was not known ends the role; a blank cell says nothing", () => {
    const lease = but(tenant, { 8: '' });
    const before = accepted(run(lease, [])).state;
    const { state, facts } = accepted(run(tenant, [before]));
    expect(facts).toMatchObject([{ type: 'CustomerRoleEnded', to: '2026-12-31' }]);
    expect(accepted(run(lease, [state])).facts).toEqual([]);
    expect(accepted(run(tenant, [state])).facts).toEqual([]);
  });

  rule('DIR-02', 'what contradicts the record is reported by column and changes nothing', () => {
    const renter = accepted(run(tenant, [])).state;
    expect(problemsOf(run(but(tenant, { 9: '业主' }), [renter]))).toEqual(['feePayer CONTRADICTS']);
    expect(problemsOf(run(but(tenant, { 8: '2027-12-31' }), [renter]))).toEqual(['to CONTRADICTS']);
    expect(problemsOf(run(but(tenant, { 7: '2026-02-01' }), [renter]))).toEqual(['from CONTRADICTS']);
    expect(problemsOf(run(but(owner, { 0: '王秀澜' }), [known()]))).toEqual(['name CONTRADICTS']);
    expect(problemsOf(run(but(owner, { 4: otherNumber }), [known()]))).toEqual([
      'identityNumber CONTRADICTS',
    ]);
    const firm = aCustomer({ kind: 'ORGANISATION' });
    expect(problemsOf(run(owner, [firm]))).toEqual(['kind CONTRADICTS']);
  });

  rule('DIR-06', 'two records that a line may mean have to be merged first', () => {
    const one = known();
    const two = { ...one, id: 'two' };
    expect(problemsOf(run(owner, [one, two]))).toEqual(['identityNumber DUPLICATE']);
    const byPhone = [aCustomer({ id: 'a' }), aCustomer({ id: 'b' })];
    expect(problemsOf(run(owner, byPhone))).toEqual(['name DUPLICATE']);
    const merged = { ...two, status: 'MERGED' as const, mergedIntoId: one.id };
    expect(accepted(run(owner, [one, merged])).facts).toEqual([]);
  });

  rule('DIR-01', 'a home that is not there is reported', () => {
    const row = rowOf(owner);
    expect(problemsOf(importCustomer([], row, project, null, newId, dayOne, policy))).toEqual([
      'unit UNKNOWN_VALUE',
    ]);
  });

  rule('DIR-02', 'a customer without a home is shown in the project of the line', () => {
    const line = but(owner, { 5: '', 6: '', 7: '' });
    const elsewhere = aCustomer({
      projectIds: ['other'],
      identityDocuments: [{ kind: 'RESIDENT_ID', number }],
    });
    const { state, facts } = accepted(run(line, [elsewhere]));
    expect(state.projectIds).toEqual(['other', 'project-jx']);
    expect(facts).toMatchObject([{ changed: ['PROJECTS'] }]);
  });

  rule('DIR-06', 'whatever a file says, importing again what was taken changes nothing', () => {
    const line = fc
      .record({
        name: fc.constantFrom('王秀兰', '王秀澜'),
        phones: fc.constantFrom('', '13812345678', '13900000000;13812345678'),
        document: fc.constantFrom('', number, otherNumber),
        role: fc.constantFrom('业主', '住户', '租户', ''),
        from: fc.constantFrom('2020-05-01', '2026-01-01'),
        to: fc.constantFrom('', '2026-06-30'),
      })
      .map(({ name, phones, document, role, from, to }) => {
        const home =
          role === '' ? ['', '', '', '', ''] : ['3-2-1201', role, from, to, role === '租户' ? '业主' : ''];
        return [name, '', phones, '', document, ...home];
      });
    const importAll = (file: readonly (readonly string[])[], before: readonly CustomerState[]) => {
      let customers = before;
      let facts = 0;
      const reader = readerOf();
      const accepting = file.filter((values, index) => {
        const read = reader.readLine(values, index + 2);
        if (read.kind !== 'ROW') return false;
        const decision = importCustomer(customers, read.row, project, unit, newId, dayOne, policy);
        if (isRefused(decision)) return false;
        facts += decision.facts.length;
        customers = [...customers.filter(({ id }) => id !== decision.state.id), decision.state];
        return true;
      });
      return { customers, facts, accepting };
    };
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (file) => {
        const once = importAll(file, []);
        const twice = importAll(once.accepting, once.customers);
        expect(twice.facts).toBe(0);
        expect(new Set(twice.customers)).toEqual(new Set(once.customers));
      }),
    );
  });
});
