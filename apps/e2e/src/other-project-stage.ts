import { roles } from '@anju/access';
import { idsOfCustomer, idsOfStaff, Stage, type Cast } from './bad-input-stage';
import type { Ids } from './bad-input-values';
import { everythingStored, signIn, type Visitor } from './graph-client';
import type { Platform } from './platform';

/** In every text of the other project. */
export const otherMark = '云湖';
/** Begins the numbers of all that is done there. */
export const otherCode = 'YH';
/** Of somebody there. */
export const otherIdentityNumber = '110105198001010016';

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Every id that is stored anywhere. */
export async function idsStored(platform: Platform): Promise<Set<string>> {
  const stored = await everythingStored(platform);
  return new Set([...stored.values()].flatMap((text) => text.match(uuids) ?? []));
}

/** 锦绣花园, and another project of the same company with a customer, a partner and an employee in common. */
export class TwoProjects {
  private constructor(
    readonly platform: Platform,
    /** 锦绣花园 with something of everything. */
    readonly here: Stage,
    /** Holds every role here and none there. */
    readonly reader: Visitor,
    /** Holds every role everywhere. */
    readonly manager: Visitor,
    private readonly cast: Cast,
    private readonly idsThere: Ids,
    private readonly idsInCommon: Ids,
    private readonly idsBefore: ReadonlySet<string>,
  ) {}

  /** Both with their places and people, of the other nothing that happened there. */
  static async open(platform: Platform): Promise<TwoProjects> {
    const { teller, setting } = platform;
    const here = await Stage.open(platform);
    const idsBefore = await idsStored(platform);
    const everywhere = roles.map((role) => ({ role, projectIds: 'ALL' as const }));
    const enter = (id: string): Promise<Visitor> =>
      signIn(platform, roles, { staffId: id, roles: everywhere });
    const selfId = teller.staffId('zhaojianguo');
    const manager = await enter(selfId);
    const make = async (field: string, type: string, input: object, selection = ''): Promise<string> => {
      const { data, text } = await manager.command(field, input, `... on ${type} { id ${selection} }`);
      const made = data?.[field] as { id?: string } | undefined;
      if (!made?.id) throw new Error(`the other project could not be set: ${field} ${text}`);
      return made.id;
    };
    const { data } = await manager.ask('{ organisations { nodes { id } } }');
    const organisationId = (data!['organisations'] as { nodes: { id: string }[] }).nodes[0]!.id;
    const projectId = await make('registerProject', 'Project', {
      ...{ organisationId, code: otherCode, name: `${otherMark}壹号` },
    });
    const buildingId = await make('registerBuilding', 'Building', { projectId, number: '77' });
    const sectionId = await make('registerBuildingSection', 'BuildingSection', { buildingId, number: '7' });
    const unitId = await make('registerUnit', 'Unit', {
      ...{ buildingId, sectionId, number: '7707', status: 'HANDED_OVER' },
    });
    const person = (name: string, number: string): Promise<string> =>
      make('registerCustomer', 'Customer', {
        ...{ projectId, kind: 'PERSON', name: name + otherMark, phones: [{ number }] },
      });
    const identified = async (id: string): Promise<string> => {
      const document = { kind: 'RESIDENT_ID', number: otherIdentityNumber };
      return make('recordIdentityDocument', 'Customer', { id, ...document });
    };
    const employee = (name: string): Promise<string> =>
      make('registerStaff', 'Staff', {
        ...{ organisationId, name: name + otherMark, departmentCode: 'EQUIPMENT', position: 'TECHNICIAN' },
        ...{ level: 'OPERATIONAL', employedFrom: '2020-01-01', projectIds: [projectId] },
      });
    const [customerId, accompanyingCustomerId, mergedId] = [
      await identified(await person('赵一', '13677770001')),
      await person('钱二', '13677770002'),
      await person('孙三', '13677770003'),
    ];
    const [staffId, supervisorId, namedStaffId, technicianId] = [
      await employee('李四'),
      await employee('周五'),
      await employee('吴六'),
      await employee('郑七'),
    ];
    const partnerId = await make('registerPartner', 'Partner', {
      ...{ organisationId, kind: 'BROADBAND', name: `宽带${otherMark}`, arrivalHours: 6 },
      ...{ contacts: [{ phone: '4007777777' }], projectIds: [projectId] },
    });
    const idsThere: Ids = {
      ...{ organisationId, projectId, buildingId, sectionId, unitId, partnerId },
      ...{ accompanyingCustomerId, mergedId, supervisorId, namedStaffId, technicianId },
      ...{ toStaffId: namedStaffId, ...idsOfCustomer(customerId), ...idsOfStaff(staffId) },
    };
    const shared = {
      customer: setting.customerIds.get('wangxiulan')!,
      partner: setting.partnerIds.get('BROADBAND')!,
      staff: teller.staffId('linfang'),
    };
    const both = [setting.projectId, projectId];
    await make('assignPartnerProjects', 'Partner', { id: shared.partner, projectIds: both });
    for (const id of [shared.staff, selfId]) {
      await make('assignStaffProjects', 'Staff', { id, projectIds: both });
    }
    await make('showCustomerInProject', 'Customer', { id: shared.customer, projectId });
    for (const id of [shared.customer, customerId]) {
      const role = { id, unitId, role: 'OWNER', from: '2024-01-01' };
      await make('startCustomerRole', 'Customer', role);
    }
    await platform.running.settled();
    const onlyHere = roles.map((role) => ({ role, projectIds: [setting.projectId] }));
    const reader = { account: 'linfang', staffId: shared.staff, roles: onlyHere };
    return new TwoProjects(
      platform,
      here,
      // Works at both: the token, not the record, says what may be seen.
      await signIn(platform, roles, reader),
      manager,
      { everybody: manager, selfId, enter },
      idsThere,
      {
        ...idsThere,
        ...idsOfCustomer(shared.customer),
        ...idsOfStaff(shared.staff),
        partnerId: shared.partner,
      },
      idsBefore,
    );
  }

  /** Lets something of everything happen in the other project, to its own people and to those in common. */
  async live(): Promise<Stage> {
    const company = { appraisalSchemeId: this.here.ids['appraisalSchemeId']! };
    const options = { mark: otherMark, makesCompany: false };
    const stage = await Stage.at(this.cast, { ...this.idsThere, ...company }, options);
    await Stage.at(this.cast, { ...this.idsInCommon, ...company }, { ...options, mark: `在${otherMark}` });
    await this.platform.running.settled();
    return stage;
  }

  /** All ids that have come with the other project. */
  async idsOfOther(): Promise<ReadonlySet<string>> {
    const now = await idsStored(this.platform);
    return new Set([...now].filter((id) => !this.idsBefore.has(id)));
  }
}
