import { join } from 'node:path';
import { dataFiles } from '@anju/demonstration';
import { placeOf, startEmbedded, type Place, type Platform } from '../platform';
import { startServers, type Servers } from '../servers';
import { bulkBeginsAt, filledServices, loadBulk, type BulkLoad, type BulkSize } from './load-bulk';
import type { Crew } from './contacts';
import type { Ground } from './estate';
import type { SalesCrew } from './home-sales';

/** Servers with many customers and their contacts in their databases. */
export interface BulkServers extends BulkLoad {
  readonly servers: Servers;
  /** Where a platform finds them. */
  readonly place: Place;
}

const technicians = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗'];

/** Of 锦绣花园, where the demonstration has one technician. */
async function crewOf({ teller, setting }: Platform, organisationId: string): Promise<Crew & SalesCrew> {
  const technicianIds = [teller.staffId('liqiang')];
  for (const surname of technicians) {
    const { id } = await teller.command('admin', 'registerStaff', 'Staff', {
      organisationId,
      name: `${surname}师傅`,
      departmentCode: 'EQUIPMENT',
      position: 'EQUIPMENT_DEPARTMENT',
      level: 'OPERATIONAL',
      projectIds: [setting.projectId],
      employedFrom: '2020-01-01',
    });
    technicianIds.push(id);
  }
  return {
    agentId: teller.staffId('zhoumin'),
    supervisorId: teller.staffId('linfang'),
    technicianIds,
    consultantId: teller.staffId('hejing'),
    signerId: teller.staffId('xuqing'),
    checkerId: teller.staffId('fengxue'),
    cashierId: teller.staffId('zhangli'),
  };
}

/** The first start makes the tables and the people, through the graph. */
async function settleCrew(platform: Platform): Promise<{ crew: Crew & SalesCrew; ground: Ground }> {
  const { running, setting, teller } = platform;
  const { projectId } = setting;
  const [project] = await running.query<{ organisation_id: string }>(
    'directory',
    'select organisation_id from project where id = $1',
    [projectId],
  );
  const organisationId = project!.organisation_id;
  const crew = await crewOf(platform, organisationId);
  await running.settled();
  const now = new Date();
  const ground = {
    organisationId,
    projectId,
    clerkId: teller.staffId('zhoumin'),
    beginsAt: bulkBeginsAt(now),
    now,
  };
  return { crew, ground };
}

/** Starts servers with the data in them. @param withBrokers where there can be any */
export async function startBulkServers(size: BulkSize, withBrokers: boolean): Promise<BulkServers> {
  let loaded: Omit<BulkServers, 'servers'> | undefined;
  const servers = await startServers(async (loading) => {
    const place = placeOf(loading, 'bulk');
    const platform = await startEmbedded(loading, place);
    const { crew, ground } = await settleCrew(platform).finally(() => platform.close());
    const databaseUrls = Object.fromEntries(
      filledServices.map((service) => [service, platform.databaseUrl(service)]),
    );
    const keysFile = join(place.dataDir, dataFiles.dataKeys);
    const load = await loadBulk({ size, ground, crew, databaseUrls, keysFile });
    loaded = { place: { ...place, setting: platform.setting }, ...load };
  }, withBrokers);
  return { servers, ...loaded! };
}
