import { newId } from '@anju/kernel';
import { colleagues, homesForSale, residents } from './people';
import { prepareAppraisal, prepareSales, writeTemplates } from './standing-orders';
import type { StoryTeller } from './story-teller';

const everyProject = 'ALL' as const;
const employedFrom = '2020-01-01';
const livesThereFrom = '2023-07-01';
const warrantyOfBuilding5 = '2027-01-15';
const warrantyOfTheOthers = '2025-06-30';
const buildings = ['1', '2', '3', '4', '5', '6', '7', '8'] as const;
const sections = ['1', '2'] as const;

/** Ids of the setting, found again by their names when the story goes on. */
export interface Setting {
  readonly projectId: string;
  /** By building number. */
  readonly buildingIds: ReadonlyMap<string, string>;
  /** By home, such as `3-2-1201`. */
  readonly unitIds: ReadonlyMap<string, string>;
  /** By the resident's key. */
  readonly customerIds: ReadonlyMap<string, string>;
  /** By kind. */
  readonly partnerIds: ReadonlyMap<string, string>;
}

async function registerEstate(teller: StoryTeller, organisationId: string) {
  const { id: projectId } = await teller.command('admin', 'registerProject', 'Project', {
    organisationId,
    code: 'JX',
    name: '锦绣花园',
  });
  const buildingIds = new Map<string, string>();
  const sectionIds = new Map<string, string>();
  for (const number of buildings) {
    const warrantyEndsOn = number === '5' ? warrantyOfBuilding5 : warrantyOfTheOthers;
    const { id } = await teller.command('admin', 'registerBuilding', 'Building', {
      projectId,
      number,
      warrantyEndsOn,
    });
    buildingIds.set(number, id);
  }
  await Promise.all(
    buildings.flatMap((building) =>
      sections.map(async (number) => {
        const buildingId = buildingIds.get(building)!;
        const { id } = await teller.command('admin', 'registerBuildingSection', 'BuildingSection', {
          buildingId,
          number,
        });
        sectionIds.set(`${building}-${number}`, id);
      }),
    ),
  );
  const unitIds = new Map<string, string>();
  const homes = [...new Set([...residents, ...homesForSale].map(({ home }) => home))];
  await Promise.all(
    homes.map(async (home) => {
      const [building, section, number] = home.split('-') as [string, string, string];
      const forSale = homesForSale.find((one) => one.home === home);
      const { id } = await teller.command('admin', 'registerUnit', 'Unit', {
        buildingId: buildingIds.get(building)!,
        sectionId: sectionIds.get(`${building}-${section}`)!,
        number,
        status: forSale ? 'FOR_SALE' : 'HANDED_OVER',
        preSaleArea: forSale?.area ?? '89.32',
      });
      unitIds.set(home, id);
    }),
  );
  return { projectId, buildingIds, unitIds };
}

/** Of the service centre's accounts. */
const ledByTheSupervisor: ReadonlySet<string> = new Set(['zhoumin', 'wuqian', 'songjie']);

async function employ(teller: StoryTeller, organisationId: string, projectId: string): Promise<void> {
  for (const { account, name, title, role, department, position, level } of colleagues) {
    const { id: staffId } = await teller.command('admin', 'registerStaff', 'Staff', {
      organisationId,
      name,
      departmentCode: department,
      position,
      level,
      supervisorId: ledByTheSupervisor.has(account) ? teller.staffId('linfang') : null,
      projectIds: [projectId],
      employedFrom,
    });
    const projectIds = [projectId];
    const roles = [
      { role, projectIds },
      { role: 'EMPLOYEE' as const, projectIds },
    ];
    teller.enrol({ account, name, title, staffId, roles });
  }
}

async function registerPartners(teller: StoryTeller, organisationId: string, projectId: string) {
  const partners = [
    { kind: 'BROADBAND', name: '通达宽带', arrivalHours: 6, phone: '10000' },
    { kind: 'WATER_HEATER', name: '暖阳热水器', arrivalHours: 24, phone: '4008000001' },
    { kind: 'VIDEO_INTERCOM', name: '安视对讲', arrivalHours: 24, phone: '4008000002' },
    { kind: 'DEVELOPER_PROJECT_DEPARTMENT', name: '锦绣开发项目部', arrivalHours: 48, phone: '4008000003' },
    { kind: 'BANK', name: '江城银行', arrivalHours: 72, phone: '4008000004' },
    { kind: 'AGENCY', name: '安信按揭代理', arrivalHours: 72, phone: '4008000005' },
  ];
  const ids = await Promise.all(
    partners.map(async ({ kind, name, arrivalHours, phone }) => {
      const { id } = await teller.command('admin', 'registerPartner', 'Partner', {
        organisationId,
        kind,
        name,
        arrivalHours,
        contacts: [{ phone }],
        projectIds: [projectId],
      });
      return [kind, id] as const;
    }),
  );
  return new Map(ids);
}

async function moveIn(teller: StoryTeller, projectId: string, unitIds: ReadonlyMap<string, string>) {
  const ids = await Promise.all(
    residents.map(async ({ key, name, phone, identityNumber }) => {
      const { id } = await teller.command('zhoumin', 'registerCustomer', 'Customer', {
        projectId,
        kind: 'PERSON',
        name,
        phones: [{ number: phone }],
        identityDocuments: identityNumber ? [{ kind: 'RESIDENT_ID', number: identityNumber }] : [],
      });
      return [key, id] as const;
    }),
  );
  const customerIds = new Map(ids);
  await Promise.all(
    residents.map(({ key, home, role, feePayer }) =>
      teller.command('zhoumin', 'startCustomerRole', 'Customer', {
        id: customerIds.get(key)!,
        unitId: unitIds.get(home)!,
        role,
        from: livesThereFrom,
        ...(role === 'TENANT' ? { feePayer: feePayer ?? 'OWNER' } : {}),
      }),
    ),
  );
  return customerIds;
}

/**
 * 锦绣花园 as it is on the morning of day one: places, people, partners, residents. Played again it gives the
 * same ids and changes nothing.
 */
export async function playSetting(teller: StoryTeller): Promise<Setting> {
  teller.tell('锦绣花园 (Jinxiu Garden): places, people and partners …');
  teller.enrol({
    account: 'admin',
    name: '系统管理员',
    title: '系统管理员 administrator',
    staffId: newId(),
    roles: [{ role: 'ADMINISTRATOR', projectIds: everyProject }],
  });
  const { id: organisationId } = await teller.command('admin', 'registerOrganisation', 'Organisation', {
    code: 'JXWY',
    name: '锦绣物业服务有限公司',
  });
  const { projectId, buildingIds, unitIds } = await registerEstate(teller, organisationId);
  await employ(teller, organisationId, projectId);
  const partnerIds = await registerPartners(teller, organisationId, projectId);
  const customerIds = await moveIn(teller, projectId, unitIds);
  await prepareSales(teller, projectId, unitIds);
  await prepareAppraisal(teller, organisationId);
  await writeTemplates(teller, projectId);
  return { projectId, buildingIds, unitIds, customerIds, partnerIds };
}
