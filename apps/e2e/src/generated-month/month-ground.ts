import type { Platform } from '../platform';
import { sendAll, type GraphCommand } from './month-operation';
import type { MonthPlan } from './month-plan';
import type { PlannedStep } from './planned-step';

/** What the steps of a month name by numbers, and whatever else they need besides the setting. */
export interface MonthGround {
  readonly projectId: string;
  readonly customerIds: readonly string[];
  /** For sale, on the price list. */
  readonly saleUnitIds: readonly string[];
  /** A home inside its warranty, and one after it. */
  readonly homeInsideWarranty: string;
  readonly homeAfterWarranty: string;
  readonly partnerId: string;
  readonly handlerId: string;
}

const buildingForSale = '8';
const digits = [...'零一二三四五六七八九'];

/** Different for each number; names have no digits. */
function nameOf(index: number): string {
  return `住户${[...String(index + 1)].map((digit) => digits[Number(digit)]).join('')}`;
}

async function registerCustomers({ teller, setting }: Platform, count: number): Promise<string[]> {
  const commands = Array.from({ length: count }, (_, index): GraphCommand => {
    const input = {
      projectId: setting.projectId,
      kind: 'PERSON',
      name: nameOf(index),
      phones: [{ number: `137${String(index).padStart(8, '0')}` }],
    };
    return { field: 'registerCustomer', entity: 'Customer', input };
  });
  return sendAll(teller, 'zhoumin', commands);
}

type Draft = Extract<PlannedStep, { command: 'draftContract' }>;

/** What each unit is sold with, by its number: the plan says it where the contract is drafted. */
function termsOfUnits({ steps }: MonthPlan): Draft['input'][] {
  const unitOf = new Map(
    steps.flatMap((step) => (step.command === 'openSale' ? [[step.story, step.input.unit] as const] : [])),
  );
  const terms: Draft['input'][] = [];
  for (const step of steps) {
    if (step.command === 'draftContract') terms[unitOf.get(step.story)!] = step.input;
  }
  return terms;
}

async function offerUnits({ teller, setting }: Platform, plan: MonthPlan): Promise<string[]> {
  const terms = termsOfUnits(plan);
  const buildingId = setting.buildingIds.get(buildingForSale)!;
  const unitIds = await sendAll(
    teller,
    'admin',
    terms.map(({ area }, index) => ({
      field: 'registerUnit',
      entity: 'Unit',
      input: { buildingId, number: String(3_001 + index), preSaleArea: area, status: 'FOR_SALE' },
    })),
  );
  // Sales knows a unit once it has heard of it.
  await teller.settled();
  await sendAll(
    teller,
    'fangyuan',
    terms.map(({ unitPrice }, index) => ({
      field: 'offerUnit',
      entity: 'UnitOffer',
      input: {
        ...{ projectId: setting.projectId, unitId: unitIds[index]!, unitPrice },
        ...{ unitTypeCode: 'B2', bedrooms: 3 },
      },
    })),
  );
  return unitIds;
}

/** Registers the pools of a plan; the readiness list is complete by the setting. */
export async function prepareMonth(platform: Platform, plan: MonthPlan): Promise<MonthGround> {
  const { setting, teller } = platform;
  const [customerIds, saleUnitIds] = await Promise.all([
    registerCustomers(platform, plan.customers),
    offerUnits(platform, plan),
  ]);
  // Every service knows them before anybody refers to them.
  await teller.settled();
  return {
    projectId: setting.projectId,
    customerIds,
    saleUnitIds,
    homeInsideWarranty: setting.unitIds.get('5-1-0302')!,
    homeAfterWarranty: setting.unitIds.get('3-2-1201')!,
    partnerId: setting.partnerIds.get('BROADBAND')!,
    handlerId: teller.staffId('linfang'),
  };
}
