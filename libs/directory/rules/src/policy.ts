/** The numbers of the directory's rules; per organisation, overridable per project. */
export interface DirectoryPolicy {
  /** IANA name; the zone in which "today" is meant where no project is involved. */
  readonly timeZone: string;
  /** Code points. */
  readonly maxNameLength: number;
  /** Code points. */
  readonly maxAddressLength: number;
  /** Code points. */
  readonly maxNoteLength: number;
  /** Phones, addresses or other names of one customer, contacts of one partner. Merging may exceed it. */
  readonly maxContacts: number;
  readonly maxHouseholdMembers: number;
  /** Exceptions that one calendar may hold. */
  readonly maxCalendarExceptions: number;
  /** Minutes before opening by which the desk is ready (CAL-05). */
  readonly deskOpeningLeadMinutes: number;
  /** Earliest and latest date that the directory takes, `YYYY-MM-DD`. */
  readonly earliestDate: string;
  readonly latestDate: string;
  /** Square metres, decimal string. */
  readonly maxArea: string;
  readonly maxArrivalHours: number;
  readonly departmentCodes: readonly string[];
  /** Of a whole file that is imported. */
  readonly maxImportBytes: number;
  /** Of one part of it. */
  readonly maxImportPartBytes: number;
  readonly maxImportLines: number;
  /** Elapsed hours after which a file that nobody runs is given up. */
  readonly importExpiryHours: number;
}

export const defaultDirectoryPolicy: DirectoryPolicy = {
  timeZone: 'Asia/Shanghai',
  maxNameLength: 200,
  maxAddressLength: 500,
  maxNoteLength: 500,
  maxContacts: 20,
  maxHouseholdMembers: 50,
  maxCalendarExceptions: 2000,
  deskOpeningLeadMinutes: 5,
  earliestDate: '1900-01-01',
  latestDate: '2199-12-31',
  maxArea: '99999.99',
  maxArrivalHours: 720,
  departmentCodes: [
    'MANAGEMENT_OFFICE',
    'CUSTOMER_SERVICE',
    'EQUIPMENT',
    'SECURITY',
    'ENVIRONMENT',
    'FINANCE',
    'HUMAN_RESOURCES',
    'QUALITY_CENTRE',
    'DEVELOPER_PROJECT_DEPARTMENT',
    'DEVELOPER_CUSTOMER_RELATIONS',
    'SALES',
    'SALES_CUSTOMER_SERVICE',
  ],
  maxImportBytes: 32 * 1024 * 1024,
  maxImportPartBytes: 256 * 1024,
  maxImportLines: 100_000,
  importExpiryHours: 24,
};
