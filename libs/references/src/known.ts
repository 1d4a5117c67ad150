import type { ProjectCalendarDefinitions } from '@anju/kernel';

/** From the first to the last day, both included; `to` is null while it goes on. */
export interface KnownPeriod {
  readonly from: string;
  readonly to: string | null;
}

/** What a service keeps of the directory's things: no personal data, only what rules ask for. */
export interface KnownData {
  readonly project: {
    readonly code: string;
    readonly timeZone: string;
    readonly calendars: ProjectCalendarDefinitions;
    /** Counted by the directory; absent in what was known before it was counted. */
    readonly calendarVersion?: number;
  };
  readonly building: { readonly number: string };
  readonly unit: {
    readonly buildingId: string;
    /** Building, section and number, such as `3-2-1201`. */
    readonly home: string;
    readonly status: string;
    /** Square metres with two decimals; absent in what was known before areas were kept. */
    readonly preSaleArea?: string | null;
    readonly warrantyEndsOn: string | null;
  };
  readonly customer: { readonly kind: string; readonly mergedIntoId: string | null };
  readonly customerRole: {
    readonly customerId: string;
    readonly unitId: string;
    readonly role: string;
    readonly from: string;
    readonly to: string | null;
    readonly feePayer: string | null;
  };
  readonly staff: {
    readonly departmentCode: string;
    readonly position: string;
    readonly supervisorId: string | null;
    readonly level: string;
    readonly employed: boolean;
    /** The latest last. Absent where the directory has not told of him since it tells this. */
    readonly employments?: readonly KnownPeriod[];
  };
  readonly partner: { readonly kind: string; readonly arrivalHours: number | null; readonly active: boolean };
}

export type KnownKind = keyof KnownData;

export interface Known<Kind extends KnownKind> {
  readonly id: string;
  /** The projects that it belongs to; empty for what serves the whole organisation. */
  readonly projectIds: readonly string[];
  readonly data: KnownData[Kind];
}
