import { homesForSale } from './people';
import type { StoryTeller } from './story-teller';

/** 五证, then what else is there before anybody signs (SAL-10). */
const readiness = [
  { item: 'LAND_USE_CERTIFICATE', reference: '江国用(2017)第0318号', issuedOn: '2017-03-20' },
  { item: 'LAND_PLANNING_PERMIT', reference: '地字第420106201700056号', issuedOn: '2017-05-22' },
  { item: 'WORKS_PLANNING_PERMIT', reference: '建字第420106201700112号', issuedOn: '2017-09-11' },
  { item: 'CONSTRUCTION_PERMIT', reference: '4201062017120100314', issuedOn: '2017-12-01' },
  { item: 'PRE_SALE_PERMIT', reference: '江房开预售(2018)027号', issuedOn: '2018-04-11' },
  { item: 'CONTRACT_TEMPLATE', reference: 'GF-2014-0171' },
  { item: 'PRICE_LIST', reference: '8栋一房一价 2026-01' },
  { item: 'PRELIMINARY_MANAGEMENT_AGREEMENT', reference: 'JXWY-QQ-2018' },
  { item: 'FILING_SYSTEM_LINK', reference: '江城房产网签备案系统' },
] as const;

/** The price list of what is for sale, and everything that signing needs. */
export async function prepareSales(
  teller: StoryTeller,
  projectId: string,
  unitIds: ReadonlyMap<string, string>,
): Promise<void> {
  await Promise.all(
    homesForSale.map(({ home, unitTypeCode, bedrooms, unitPrice }) =>
      teller.command('fangyuan', 'offerUnit', 'UnitOffer', {
        projectId,
        unitId: unitIds.get(home)!,
        ...{ unitTypeCode, bedrooms, unitPrice },
      }),
    ),
  );
  const { id: readinessId } = await teller.command('xuqing', 'openReadiness', 'Readiness', { projectId });
  for (const item of readiness) {
    await teller.command('xuqing', 'recordReadinessItem', 'Readiness', { readinessId, ...item });
  }
}

/** How each level is appraised, and the front desk by a scheme of its own (APR-02). */
export async function prepareAppraisal(teller: StoryTeller, organisationId: string): Promise<void> {
  const effectiveFrom = '2024-01-01';
  const attentive = [
    { item: 'SERVICE_ATTITUDE', maximum: '8' },
    { item: 'ETHICS', maximum: '4' },
    { item: 'DISCIPLINE', maximum: '4' },
    { item: 'RELATIONS', maximum: '4' },
  ];
  const schemes = [
    { level: 'OPERATIONAL' },
    { level: 'MANAGEMENT' },
    { level: 'OPERATIONAL', position: 'FRONT_DESK', content: { items: attentive } },
  ];
  await Promise.all(
    schemes.map((scheme) =>
      teller.command('zhiguan', 'createScheme', 'AppraisalScheme', {
        organisationId,
        effectiveFrom,
        ...scheme,
      }),
    ),
  );
}

/** What residents are told by message is worded beforehand (COM-05). */
export async function writeTemplates(teller: StoryTeller, projectId: string): Promise<void> {
  await teller.command('linfang', 'createTemplate', 'MessageTemplate', {
    projectId,
    name: '电梯检修通知',
    channel: 'SMS',
    purpose: 'SERVICE_NOTICE',
    text: '{customerName}您好：{place}电梯于{date}{fromTime}至{toTime}检修，请使用其他电梯或楼梯，敬请谅解。',
  });
}
