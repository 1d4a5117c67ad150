import {
  registerBuilding,
  registerBuildingSection,
  registerCustomer,
  registerUnit,
  startRole,
  takeSaleStep,
  type BuildingFact,
  type BuildingSectionFact,
  type BuildingSectionState,
  type BuildingState,
  type CustomerFact,
  type CustomerState,
  type DirectoryPolicy,
  type UnitFact,
  type UnitState,
} from '@anju/directory-rules';
import { localDate } from '@anju/kernel';
import type { Chance } from './chance';
import type { TableStream } from './copy-in';
import type { HomeSales, SaleCourse } from './home-sales';
import { Life } from './life';
import type { ReferencesBulk } from './references-bulk';
import type { ServiceBulk } from './service-bulk';

/** Where and when the bulk's customers live. */
export interface Ground {
  readonly organisationId: string;
  readonly projectId: string;
  /** Whoever enters them. */
  readonly clerkId: string;
  readonly beginsAt: Date;
  readonly now: Date;
}

/** What the contacts need to know of a customer. */
export interface Resident {
  readonly customerId: string;
  readonly unitId: string;
  readonly buildingId: string;
  readonly warrantyEndsOn: string | null;
}

const sectionsOfBuilding = 2;
const floorsOfSection = 25;
const homesOfFloor = 4;
/** Every so many have a second home. */
const secondHomeEvery = 5;
/** So that they are not those of the demonstration. */
const firstBuilding = 101;
const areas = ['68.50', '78.20', '89.32', '96.75', '118.00', '142.60'] as const;

const surnames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡'];
const given = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红健俊帆雪梅琳晨宇浩欣怡佳思雨嘉琪子轩梓涵',
];

/** Names are of letters; the same name twice is what happens. */
function nameOf(chance: Chance): string {
  const second = chance.below(4) === 0 ? '' : chance.oneOf(given);
  return `${chance.oneOf(surnames)}${chance.oneOf(given)}${second}`;
}

/** Homes as they are asked for, building by building. */
class Homes {
  private building: BuildingState | undefined;
  private section: BuildingSectionState | undefined;
  private buildings = 0;
  private sections = sectionsOfBuilding;
  private homes = floorsOfSection * homesOfFloor;

  private constructor(
    private readonly ground: Ground,
    private readonly chance: Chance,
    private readonly known: ReferencesBulk,
    private readonly write: Awaited<ReturnType<typeof writersOf>>,
    private readonly answeredSteps: TableStream,
  ) {}

  static async open(
    directory: ServiceBulk,
    ground: Ground,
    chance: Chance,
    known: ReferencesBulk,
  ): Promise<Homes> {
    return new Homes(
      ground,
      chance,
      known,
      await writersOf(directory, ground.projectId),
      await directory.table('answered_sale_step', ['sale_id', 'sequence']),
    );
  }

  /** The next home, as its sale left it. */
  next({ saleId, openedAt, steps }: SaleCourse): UnitState {
    if (this.homes === floorsOfSection * homesOfFloor) this.nextSection();
    const floor = String(1 + Math.floor(this.homes / homesOfFloor)).padStart(2, '0');
    const number = `${floor}0${1 + (this.homes % homesOfFloor)}`;
    this.homes += 1;
    const { units } = this.write;
    const { now, projectId, clerkId } = this.ground;
    const command = { unitId: this.chance.id(openedAt), number, preSaleArea: this.chance.oneOf(areas) };
    const decision = registerUnit(this.building!, this.section!, command, units.environment);
    const life = new Life(units.definition, units.environment, openedAt, now, decision);
    for (const { sequence, step, at } of steps) {
      life.then(at, (state) => takeSaleStep(state, { saleId, sequence, step }, sequence - 1));
      this.answeredSteps.add([saleId, String(sequence)]);
    }
    units.write(life, clerkId);
    const { id, buildingId, home, status, preSaleArea, warrantyEndsOn } = life.state;
    this.known.know('unit', {
      id,
      projectIds: [projectId],
      data: { buildingId, home, status, preSaleArea, warrantyEndsOn },
    });
    return life.state;
  }

  private nextSection(): void {
    if (this.sections === sectionsOfBuilding) this.nextBuilding();
    this.sections += 1;
    this.homes = 0;
    const { sections } = this.write;
    const { beginsAt, now, clerkId } = this.ground;
    const decision = registerBuildingSection(this.building!, {
      sectionId: this.chance.id(beginsAt),
      number: String(this.sections),
    });
    const life = new Life(sections.definition, sections.environment, beginsAt, now, decision);
    sections.write(life, clerkId);
    this.section = life.state;
  }

  private nextBuilding(): void {
    const { buildings } = this.write;
    const { beginsAt, now, projectId, clerkId } = this.ground;
    const number = String(firstBuilding + this.buildings);
    this.buildings += 1;
    this.sections = 0;
    // Some are still under warranty.
    const warrantyEndsOn = this.buildings % 4 === 0 ? '2030-06-30' : '2025-06-30';
    const decision = registerBuilding(
      { buildingId: this.chance.id(beginsAt), projectId, number, warrantyEndsOn },
      buildings.environment,
    );
    const life = new Life(buildings.definition, buildings.environment, beginsAt, now, decision);
    buildings.write(life, clerkId);
    this.building = life.state;
    this.known.know('building', { id: life.state.id, projectIds: [projectId], data: { number } });
  }
}

async function writersOf(directory: ServiceBulk, projectId: string) {
  return {
    buildings: await directory.aggregate<BuildingState, BuildingFact, DirectoryPolicy>('Building', projectId),
    sections: await directory.aggregate<BuildingSectionState, BuildingSectionFact, DirectoryPolicy>(
      'BuildingSection',
      projectId,
    ),
    units: await directory.aggregate<UnitState, UnitFact, DirectoryPolicy>('Unit', projectId),
  };
}

/** How many homes so many customers have. */
export function homesOf(customers: number): number {
  return customers + Math.ceil(customers / secondHomeEvery);
}

/**
 * Registers customers who buy their homes, each as owner.
 * @param count of customers; every fifth has two homes
 */
export async function settleCustomers(
  count: number,
  directory: ServiceBulk,
  known: ReferencesBulk,
  sales: HomeSales,
  ground: Ground,
  chance: Chance,
  relieve: () => Promise<void>,
): Promise<Resident[]> {
  const { organisationId, projectId, now, clerkId } = ground;
  const homes = await Homes.open(directory, ground, chance, known);
  const customers = await directory.aggregate<CustomerState, CustomerFact, DirectoryPolicy>(
    'Customer',
    projectId,
  );
  const policy = customers.environment;
  const residents: Resident[] = [];
  for (let index = 0; index < count; index += 1) {
    const courses = [sales.next(), ...(index % secondHomeEvery === 0 ? [sales.next()] : [])];
    const { openedAt } = courses[0]!;
    const customerId = chance.id(openedAt);
    const decision = registerCustomer(
      {
        ...{ customerId, organisationId, projectId, kind: 'PERSON', name: nameOf(chance) },
        phones: [{ phoneId: chance.id(openedAt), number: String(13_800_000_000 + index) }],
      },
      [],
      openedAt,
      policy,
    );
    const life = new Life(customers.definition, policy, openedAt, now, decision);
    const units = courses.map((course) => {
      const unit = homes.next(course);
      const { handedOverAt } = course;
      const from = localDate(handedOverAt, policy.timeZone);
      const role = { roleId: chance.id(handedOverAt), role: 'OWNER', from };
      life.then(handedOverAt, (state) => startRole(state, unit, role, policy));
      sales.sell(course, unit, customerId);
      return unit;
    });
    customers.write(life, clerkId);
    known.know('customer', {
      id: customerId,
      projectIds: [projectId],
      data: { kind: life.state.kind, mergedIntoId: null },
    });
    for (const { id, unitId, role, from, to, feePayer } of life.state.roles) {
      known.know('customerRole', {
        id,
        projectIds: [projectId],
        data: { customerId, unitId, role, from, to, feePayer },
      });
    }
    const { id: unitId, buildingId, warrantyEndsOn } = units[0]!;
    residents.push({ customerId, unitId, buildingId, warrantyEndsOn });
    if (index % 50 === 0) await relieve();
  }
  return residents;
}
