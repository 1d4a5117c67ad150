import type { LocalDate } from '@anju/kernel';
import { checkFields, invalid, optional, valid } from './checked';
import type { Checked, FieldProblem } from './checked';
import { checkCustomerName } from './customer';
import type { CustomerKind } from './customer';
import { checkFeePayer } from './customer-roles';
import type { CustomerRoleKind, FeePayer } from './customer-roles';
import { checkIdentityDocument } from './identity-document';
import type { IdentityDocument } from './identity-document';
import { TableReader } from './import-table';
import type { Cells, ColumnNames, EarlierLines } from './import-table';
import {
  customerKindWords,
  documentKindWords,
  feePayerWords,
  readDate,
  readWord,
  roleWords,
} from './import-values';
import { readProjectCode } from './import-units';
import { checkPhone } from './phone';
import type { Phone } from './phone';
import { checkHome, homeKey } from './place-number';
import type { HomeAddress } from './place-number';
import type { DirectoryPolicy } from './policy';
import { nameKey } from './text';

/** The columns of a customers file. */
export const customerColumns = {
  projectCode: { zh: ['项目编码', '项目代码', '项目'], en: ['project code', 'project'], required: false },
  name: { zh: ['姓名', '客户名称', '客户姓名', '名称'], en: ['name', 'customer name'], required: true },
  kind: { zh: ['客户类型', '类型'], en: ['kind', 'customer kind', 'type'], required: false },
  phones: { zh: ['联系电话', '电话', '手机', '手机号'], en: ['phones', 'phone', 'mobile'], required: false },
  identityKind: { zh: ['证件类型', '证件名称'], en: ['identity kind', 'id type'], required: false },
  identityNumber: {
    zh: ['证件号码', '证件号', '身份证号'],
    en: ['identity number', 'id number'],
    required: false,
  },
  unit: { zh: ['房屋', '房号', '房产'], en: ['unit', 'home'], required: false },
  role: { zh: ['身份', '角色', '与房屋关系'], en: ['role'], required: false },
  from: { zh: ['起始日期', '开始日期', '入住日期'], en: ['from', 'start date'], required: false },
  to: { zh: ['截止日期', '结束日期', '到期日期'], en: ['to', 'end date'], required: false },
  feePayer: { zh: ['物业费缴纳人', '物业费承担方', '缴费人'], en: ['fee payer'], required: false },
} as const satisfies Record<string, ColumnNames>;

export type CustomerColumn = keyof typeof customerColumns;

/** What a line says that the customer is to a home. */
export interface RowRole {
  readonly home: HomeAddress;
  readonly role: CustomerRoleKind;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
  readonly feePayer: FeePayer | null;
}

/** A line of a customers file. One customer may stand on several lines, one for each home. */
export interface CustomerRow {
  readonly projectCode: string;
  readonly name: string;
  readonly kind: CustomerKind;
  readonly phones: readonly Phone[];
  readonly identityDocument: IdentityDocument | null;
  readonly role: RowRole | null;
}

/** What names a row's customer: the document, else name and first phone. Personal data. */
export function customerRowKey(row: Pick<CustomerRow, 'name' | 'phones' | 'identityDocument'>): string {
  const { identityDocument: document } = row;
  if (document) return `document/${document.kind}/${document.number}`;
  return `phone/${nameKey(row.name)}/${row.phones[0]?.number ?? ''}`;
}

function readPhones(cell: string): Checked<readonly Phone[]> {
  const checked = cell
    .split(/[;；、,，/|\n]+/u)
    .filter((part) => part.trim() !== '')
    .map(checkPhone);
  const problem = checked.find((phone) => !phone.ok);
  if (problem) return problem;
  return valid(checked.flatMap((phone) => (phone.ok ? [phone.value] : [])));
}

function readKind(cells: Cells<CustomerColumn>): Checked<CustomerKind> {
  if (cells.kind !== '') return readWord(customerKindWords, cells.kind);
  const document = readWord(documentKindWords, cells.identityKind);
  return valid(document.ok && document.value === 'UNIFIED_SOCIAL_CREDIT_CODE' ? 'ORGANISATION' : 'PERSON');
}

function readDocument(
  cells: Cells<CustomerColumn>,
  customerKind: CustomerKind,
  today: string,
): Checked<IdentityDocument | null> {
  if (cells.identityKind === '' && cells.identityNumber === '') return valid(null);
  const usual = customerKind === 'PERSON' ? 'RESIDENT_ID' : 'UNIFIED_SOCIAL_CREDIT_CODE';
  const kind = cells.identityKind === '' ? valid(usual) : readWord(documentKindWords, cells.identityKind);
  if (!kind.ok)
    return { ok: false, problems: kind.problems.map((problem) => ({ ...problem, field: 'identityKind' })) };
  const checked = checkIdentityDocument(
    { kind: kind.value, number: cells.identityNumber },
    customerKind,
    today,
  );
  if (checked.ok) return checked;
  const columns: { readonly [field: string]: CustomerColumn } = {
    kind: 'identityKind',
    number: 'identityNumber',
  };
  const problems = checked.problems.map((problem) => ({
    ...problem,
    field: columns[problem.field] ?? problem.field,
  }));
  return { ok: false, problems };
}

function readRole(cells: Cells<CustomerColumn>, policy: DirectoryPolicy): Checked<RowRole | null> {
  if (cells.unit === '' && cells.role === '') {
    const stray = (['from', 'to', 'feePayer'] as const).filter((column) => cells[column] !== '');
    const problems: FieldProblem[] = stray.map((field) => ({
      field,
      reason: 'NOT_APPLICABLE',
      expected: 'unit + role',
    }));
    return problems.length > 0 ? { ok: false, problems } : valid(null);
  }
  const role = cells.role === '' ? invalid('REQUIRED', roleWords.OWNER[0]) : readWord(roleWords, cells.role);
  const payer = cells.feePayer === '' ? valid(null) : readWord(feePayerWords, cells.feePayer);
  const fields = checkFields({
    unit: checkHome(cells.unit),
    role,
    from: cells.from === '' ? invalid('REQUIRED', 'YYYY-MM-DD') : readDate(cells.from, policy),
    to: optional(cells.to, (cell) => readDate(cell, policy)),
    feePayer: role.ok && payer.ok ? checkFeePayer(role.value, payer.value) : payer,
  });
  if (!fields.ok) return fields;
  const { unit: home, ...rest } = fields.value;
  if (rest.to !== null && rest.to < rest.from) return invalid('OUT_OF_RANGE', '≥ from', 'to');
  return valid({ home, ...rest });
}

function readCustomerRow(
  cells: Cells<CustomerColumn>,
  line: number,
  earlier: EarlierLines,
  context: CustomersImport,
  policy: DirectoryPolicy,
): Checked<CustomerRow> {
  const kind = readKind(cells);
  const customerKind = kind.ok ? kind.value : 'PERSON';
  const document = readDocument(cells, customerKind, context.today);
  const role = readRole(cells, policy);
  const phones = readPhones(cells.phones);
  const anonymous = cells.phones === '' && cells.identityNumber === '';
  const fields = checkFields({
    projectCode: readProjectCode(cells.projectCode, context.projectCodes),
    name: checkCustomerName(customerKind, cells.name, policy),
    kind,
    phones: anonymous ? invalid('REQUIRED', 'phones | identityNumber') : phones,
  });
  if (!fields.ok || !document.ok || !role.ok) {
    return {
      ok: false,
      problems: [fields, document, role].flatMap((part) => (part.ok ? [] : part.problems)),
    };
  }
  const row: CustomerRow = { ...fields.value, identityDocument: document.value, role: role.value };
  const problems = repetitions(row, line, earlier);
  return problems.length > 0 ? { ok: false, problems } : valid(row);
}

function repetitions(row: CustomerRow, line: number, earlier: EarlierLines): readonly FieldProblem[] {
  const customer = customerRowKey(row);
  const { role } = row;
  const about = role ? [homeKey(role.home), role.role, role.from].join('/') : '';
  const repeated = earlier.first(`${row.projectCode}/${customer}/${about}`, line);
  if (repeated) return [{ field: 'name', reason: 'DUPLICATE', expected: `line ${repeated.line}` }];
  const name = nameKey(row.name);
  const before = earlier.first(customer, line, name);
  if (before !== null && before.said !== name) {
    return [{ field: 'name', reason: 'CONTRADICTS', expected: `= line ${before.line}` }];
  }
  const { identityDocument: document } = row;
  if (document === null) return [];
  // One name with one phone is one customer, so it cannot have two documents of a kind.
  for (const phone of row.phones) {
    const namesake = earlier.first(`${name}/${phone.number}/${document.kind}`, line, document.number);
    if (namesake !== null && namesake.said !== document.number) {
      return [{ field: 'identityNumber', reason: 'CONTRADICTS', expected: `= line ${namesake.line}` }];
    }
  }
  return [];
}

export interface CustomersImport {
  /** Codes of the projects that the import may write to. */
  readonly projectCodes: readonly string[];
  /** No birth date lies after it. */
  readonly today: LocalDate;
}

/** Reads one customers file (DIR-02). */
export function customersReader(
  context: CustomersImport,
  policy: DirectoryPolicy,
): TableReader<CustomerColumn, CustomerRow> {
  return new TableReader(customerColumns, (cells, line, earlier) =>
    readCustomerRow(cells, line, earlier, context, policy),
  );
}
