import { accept } from '@anju/kernel';
import type { Decision, LocalDate } from '@anju/kernel';
import type { BuildingSectionState, BuildingState } from './building';
import { checkFields, fieldsNotValid, invalid, optional, valid } from './checked';
import type { Checked, FieldsNotValid } from './checked';
import { checkArea } from './decimals';
import { TableReader } from './import-table';
import type { Cells, ColumnNames, EarlierLines } from './import-table';
import { readDate, readWord, unitStatusWords, withoutSquareMetres } from './import-values';
import { checkBuildingNumber, checkSectionNumber, checkUnitNumber, homeKey } from './place-number';
import type { HomeAddress } from './place-number';
import type { DirectoryPolicy } from './policy';
import { correctUnit, registerUnit } from './unit';
import type { UnitFact, UnitState, UnitStatus } from './unit';

/** The columns of a units file. */
export const unitColumns = {
  projectCode: { zh: ['项目编码', '项目代码', '项目'], en: ['project code', 'project'], required: false },
  building: { zh: ['楼栋', '栋号', '楼号', '幢号'], en: ['building', 'building number'], required: true },
  section: { zh: ['单元', '单元号'], en: ['section', 'building section'], required: false },
  number: { zh: ['房号', '房间号', '室号'], en: ['number', 'unit number', 'unit'], required: true },
  preSaleArea: {
    zh: ['预售面积', '合同面积', '预测面积'],
    en: ['pre-sale area', 'presale area'],
    required: false,
  },
  registeredArea: { zh: ['登记面积', '实测面积', '产权面积'], en: ['registered area'], required: false },
  warrantyEndsOn: {
    zh: ['保修截止日期', '保修到期', '保修期至', '保修截止'],
    en: ['warranty end', 'warranty ends on'],
    required: false,
  },
  status: { zh: ['状态', '房屋状态', '销售状态'], en: ['status'], required: false },
} as const satisfies Record<string, ColumnNames>;

export type UnitColumn = keyof typeof unitColumns;

/** A line of a units file. What is null was left blank: it says nothing, and changes nothing. */
export interface UnitRow {
  readonly projectCode: string;
  readonly home: HomeAddress;
  readonly preSaleArea: string | null;
  readonly registeredArea: string | null;
  readonly warrantyEndsOn: LocalDate | null;
  readonly status: UnitStatus | null;
}

/**
 * The project of a line: one that the import may write to. A blank cell means the only one.
 * @param projectCodes codes of the projects that the import may write to
 */
export function readProjectCode(cell: string, projectCodes: readonly string[]): Checked<string> {
  const expected = projectCodes.join(' | ');
  const [only, ...others] = projectCodes;
  if (cell === '')
    return only !== undefined && others.length === 0 ? valid(only) : invalid('REQUIRED', expected);
  const code = cell.normalize('NFKC').toUpperCase();
  return projectCodes.includes(code) ? valid(code) : invalid('UNKNOWN_VALUE', expected);
}

/** What names a row's unit: the same for every line about the same home. */
export function unitRowKey(row: Pick<UnitRow, 'projectCode' | 'home'>): string {
  return `${row.projectCode}/${homeKey(row.home)}`;
}

function readUnitRow(
  cells: Cells<UnitColumn>,
  line: number,
  earlier: EarlierLines,
  projectCodes: readonly string[],
  policy: DirectoryPolicy,
): Checked<UnitRow> {
  const area = (cell: string) => checkArea(withoutSquareMetres(cell), policy.maxArea);
  const fields = checkFields({
    projectCode: readProjectCode(cells.projectCode, projectCodes),
    building: checkBuildingNumber(cells.building),
    section: optional(cells.section, checkSectionNumber),
    number: checkUnitNumber(cells.number),
    preSaleArea: optional(cells.preSaleArea, area),
    registeredArea: optional(cells.registeredArea, area),
    warrantyEndsOn: optional(cells.warrantyEndsOn, (cell) => readDate(cell, policy)),
    status: optional(cells.status, (cell) => readWord(unitStatusWords, cell)),
  });
  if (!fields.ok) return fields;
  const { building, section, number, ...rest } = fields.value;
  const row: UnitRow = { ...rest, home: { building, section, number } };
  const first = earlier.first(unitRowKey(row), line);
  return first === null ? valid(row) : invalid('DUPLICATE', `line ${first.line}`, 'number');
}

/**
 * Reads one units file (DIR-01).
 * @param projectCodes codes of the projects that the import may write to
 */
export function unitsReader(
  projectCodes: readonly string[],
  policy: DirectoryPolicy,
): TableReader<UnitColumn, UnitRow> {
  return new TableReader(unitColumns, (cells, line, earlier) =>
    readUnitRow(cells, line, earlier, projectCodes, policy),
  );
}

/**
 * What a line does to the unit that it names: registers it, corrects areas and warranty, or nothing where
 * everything is so already, so that a file can be imported twice. Reading: a file does not move an existing
 * unit through its sale; another status than the unit's is reported.
 * @param existing the unit of the row's key, if there is one
 * @param unitId id for a new unit
 */
export function importUnit(
  existing: UnitState | null,
  row: UnitRow,
  place: { readonly building: BuildingState; readonly section: BuildingSectionState | null },
  unitId: string,
  policy: DirectoryPolicy,
): Decision<UnitState, UnitFact, FieldsNotValid> {
  const { preSaleArea, registeredArea, warrantyEndsOn, status } = row;
  if (existing === null) {
    const { number } = row.home;
    const command = { unitId, number, preSaleArea, registeredArea, warrantyEndsOn, status };
    return registerUnit(place.building, place.section, command, policy);
  }
  if (status !== null && status !== existing.status) {
    const expected = unitStatusWords[existing.status][0];
    return fieldsNotValid([{ field: 'status', reason: 'CONTRADICTS', expected }]);
  }
  const said = {
    preSaleArea: preSaleArea ?? undefined,
    registeredArea: registeredArea ?? undefined,
    warrantyEndsOn: warrantyEndsOn ?? undefined,
  };
  return Object.values(said).every((value) => value === undefined)
    ? accept(existing)
    : correctUnit(existing, said, policy);
}
