import { z } from 'zod';
import { defineEvent } from './contract';

const id = z.string().min(1);
const date = z.iso.date();
const instant = z.iso.datetime({ offset: true });
const timeOfDay = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/);
const area = z.string().regex(/^\d+\.\d{2}$/);
const code = z.string().regex(/^[A-Z][A-Z0-9_]{1,39}$/);
const openingHours = z.object({ from: timeOfDay, to: timeOfDay });
const organisationWide = z.null().describe('belongs to the organisation, not to one project');

/** A `CalendarDefinition` of the kernel: what a `BusinessCalendar` is made from. */
const calendar = z.object({
  timeZone: z.string().min(1).describe('IANA name'),
  weekly: z
    .partialRecord(z.enum(['1', '2', '3', '4', '5', '6', '7']), openingHours.nullable())
    .describe('hours by ISO weekday, 1 is Monday; a weekday that is absent or null is closed'),
  exceptions: z.record(date, openingHours.nullable()).optional().describe('hours by date; null is closed'),
  holidays: z.enum(['CN', 'NONE']).optional().describe('whose statutory holidays and make-up days count'),
});

const organisation = z.object({ projectId: organisationWide, organisationId: id, code });

const project = z.object({
  projectId: id,
  organisationId: id,
  code: z.string().regex(/^[A-Z][A-Z0-9]{1,7}$/),
  timeZone: z.string().min(1),
  calendars: z.object({ serviceDesk: calendar, office: calendar }),
  calendarVersion: z.int().min(0).describe('counts the changes of the calendars; 0: the built-in ones'),
});

const building = z.object({
  projectId: id,
  buildingId: id,
  number: z.string().min(1),
  warrantyEndsOn: date.nullable(),
});

const unitStatus = z.enum(['FOR_SALE', 'SUBSCRIBED', 'CONTRACTED', 'HANDED_OVER']);

const unit = z.object({
  projectId: id,
  unitId: id,
  buildingId: id,
  sectionId: id.nullable(),
  number: z.string().min(1),
  home: z.string().min(1).describe('building-section-number, such as 3-2-1201'),
  status: unitStatus,
  preSaleArea: area.nullable().describe('square metres'),
  registeredArea: area.nullable().describe('square metres'),
  warrantyEndsOn: date.nullable().describe('last day of the warranty'),
});

const customer = z.object({
  projectId: organisationWide,
  customerId: id,
  organisationId: id,
  kind: z.enum(['PERSON', 'ORGANISATION']),
  projectIds: z.array(id).readonly().describe('projects that the customer has, or had, to do with'),
  sealedContact: z
    .string()
    .optional()
    .describe('name and mobile number, encrypted with the data keys: for services that write to him'),
});

const customerRole = z.object({
  projectId: id,
  roleId: id,
  customerId: id,
  unitId: id,
  role: z.enum(['PROSPECT', 'BUYER', 'OWNER', 'TENANT', 'FAMILY', 'OCCUPANT']),
  from: date.describe('first day'),
  to: date.nullable().describe('last day; null while it is not known'),
  feePayer: z.enum(['OWNER', 'TENANT']).nullable().describe('of a tenancy: who pays the management fee'),
});

const staff = z.object({
  projectId: organisationWide,
  staffId: id,
  organisationId: id,
  departmentCode: code,
  position: code,
  supervisorId: id.nullable(),
  level: z.enum(['OPERATIONAL', 'MANAGEMENT']),
  projectIds: z.array(id).readonly(),
  employed: z.boolean(),
  employments: z
    .array(
      z.object({
        from: date.describe('first day'),
        to: date.nullable().describe('last day; null while employed'),
      }),
    )
    .readonly()
    // Those who are on record since before this was told are told of once more.
    .default([])
    .describe('the latest last'),
});

const duty = z.object({
  projectId: id,
  dutyId: id,
  staffId: id,
  date,
  kind: z.enum(['WEEKEND', 'HOLIDAY']),
  hours: openingHours.describe('wall clock of the project'),
});

const partner = z.object({
  projectId: organisationWide,
  partnerId: id,
  organisationId: id,
  kind: z.enum([
    'TELEPHONE',
    'BROADBAND',
    'WATER_HEATER',
    'VIDEO_INTERCOM',
    'SECURITY_DOOR',
    'CLEANING',
    'GREENING',
    'PEST_CONTROL',
    'CONSTRUCTION_FIRM',
    'DEVELOPER_PROJECT_DEPARTMENT',
    'BANK',
    'PROVIDENT_FUND_CENTRE',
    'HOUSING_BUREAU',
    'TAX_OFFICE',
    'AGENCY',
  ]),
  arrivalHours: z.number().positive().nullable().describe('elapsed hours from the call to the arrival'),
  projectIds: z.array(id).readonly(),
  active: z.boolean(),
});

const context = 'directory';

/** What happens to people, places and partners (DIR-01…06). Registered and changed events are whole snapshots. */
export const directoryEvents = {
  organisationRegistered: defineEvent({
    type: 'organisation-registered.v1',
    context,
    description: 'A property company or developer is on record.',
    data: organisation,
  }),
  organisationChanged: defineEvent({
    type: 'organisation-changed.v1',
    context,
    description: 'What is on record of an organisation has changed.',
    data: organisation,
  }),
  projectRegistered: defineEvent({
    type: 'project-registered.v1',
    context,
    description: 'A project (楼盘/小区) is on record, with its calendars.',
    data: project,
  }),
  projectChanged: defineEvent({
    type: 'project-changed.v1',
    context,
    description: "A project's time zone, hours, holidays or name have changed.",
    data: project,
  }),
  buildingRegistered: defineEvent({
    type: 'building-registered.v1',
    context,
    description: 'A building is on record.',
    data: building,
  }),
  buildingChanged: defineEvent({
    type: 'building-changed.v1',
    context,
    description: "A building's warranty for units to come has changed.",
    data: building,
  }),
  buildingSectionRegistered: defineEvent({
    type: 'building-section-registered.v1',
    context,
    description: 'A building section (单元) is on record.',
    data: z.object({ projectId: id, buildingId: id, sectionId: id, number: z.string().min(1) }),
  }),
  parkingSpaceRegistered: defineEvent({
    type: 'parking-space-registered.v1',
    context,
    description: 'A parking space is on record.',
    data: z.object({ projectId: id, parkingSpaceId: id, number: z.string().min(1) }),
  }),
  unitRegistered: defineEvent({
    type: 'unit-registered.v1',
    context,
    description: 'A unit (房屋) is on record.',
    data: unit,
  }),
  unitChanged: defineEvent({
    type: 'unit-changed.v1',
    context,
    description: "A unit's status, areas or warranty have changed.",
    data: unit,
  }),
  unitSaleStepAnswered: defineEvent({
    type: 'unit-sale-step-answered.v1',
    context,
    description: 'What came of a step that a sale asked for; each sequence of a sale is answered once.',
    data: z.object({
      projectId: id.describe("the sale's project"),
      unitId: id,
      saleId: id,
      sequence: z.int().min(1),
      step: z.enum(['HOLD', 'CONTRACT', 'HAND_OVER', 'RELEASE']),
      outcome: z.enum(['DONE', 'REFUSED']),
      unitStatus: unitStatus
        .nullable()
        .describe('after the step; null where the project has no such unit, which only a fault brings about'),
      at: instant,
    }),
  }),
  customerRegistered: defineEvent({
    type: 'customer-registered.v1',
    context,
    description: 'A customer is on record.',
    data: customer,
  }),
  customerChanged: defineEvent({
    type: 'customer-changed.v1',
    context,
    description: 'What is on record of a customer has changed; what it says now is asked for in the graph.',
    data: customer.extend({
      changed: z
        .array(
          z.enum(['NAME', 'PHONES', 'ADDRESSES', 'IDENTITY_DOCUMENTS', 'HOUSEHOLD', 'ROLES', 'PROJECTS']),
        )
        .readonly(),
    }),
  }),
  customerMerged: defineEvent({
    type: 'customer-merged.v1',
    context,
    description:
      'Two records of one customer became one. Whoever holds the first id means the second from now on.',
    data: z.object({
      projectId: organisationWide,
      customerId: id.describe('the record that went'),
      intoCustomerId: id,
      projectIds: z.array(id).readonly(),
      movedRoleIds: z.array(id).readonly().describe("roles that are the survivor's from now on"),
    }),
  }),
  customerRoleStarted: defineEvent({
    type: 'customer-role-started.v1',
    context,
    description: 'A customer became prospect, buyer, owner, tenant, family or occupant of a unit.',
    data: customerRole,
  }),
  customerRoleEnded: defineEvent({
    type: 'customer-role-ended.v1',
    context,
    description: "A role's last day is known, or came earlier than was known.",
    data: customerRole,
  }),
  personalDataRevealed: defineEvent({
    type: 'personal-data-revealed.v1',
    context,
    description: 'Somebody saw numbers of a customer unmasked (DIR-05). The note stays in the log.',
    data: z.object({
      projectId: organisationWide,
      revealId: id,
      customerId: id,
      revealedBy: id,
      fields: z.array(z.enum(['PHONES', 'IDENTITY_DOCUMENTS', 'HOUSEHOLD_PHONES'])).readonly(),
      purpose: z.enum([
        'CALL_CUSTOMER',
        'VERIFY_IDENTITY',
        'EMERGENCY',
        'CONTRACT_AND_FILING',
        'MORTGAGE',
        'TITLE_AND_TAX',
        'HANDOVER_OF_HOME',
        'FEE_COLLECTION',
        'CORRECT_RECORD',
        'CUSTOMER_ASKED',
        'LEGAL_DUTY',
      ]),
      at: instant,
    }),
  }),
  staffRegistered: defineEvent({
    type: 'staff-registered.v1',
    context,
    description: 'An employee is on record.',
    data: staff,
  }),
  staffChanged: defineEvent({
    type: 'staff-changed.v1',
    context,
    description: "An employee's department, position, supervisor, projects or employment have changed.",
    data: staff,
  }),
  dutyPlanned: defineEvent({
    type: 'duty-planned.v1',
    context,
    description: 'An employee has duty on a weekend or holiday.',
    data: duty,
  }),
  dutyWithdrawn: defineEvent({
    type: 'duty-withdrawn.v1',
    context,
    description: 'A planned duty no longer is.',
    data: duty,
  }),
  partnerRegistered: defineEvent({
    type: 'partner-registered.v1',
    context,
    description: 'A partner (外联单位) is on record.',
    data: partner,
  }),
  partnerChanged: defineEvent({
    type: 'partner-changed.v1',
    context,
    description: "A partner's service promise, projects or standing have changed.",
    data: partner,
  }),
} as const;
