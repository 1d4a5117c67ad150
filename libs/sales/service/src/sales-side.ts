import type { References } from '@anju/references';
import { EntityReads, type Platform, type ServiceParts } from '@anju/subgraph';
import type { ContractAggregate } from './contract.aggregate';
import { LeadCommandsResolver } from './lead-commands.resolver';
import { leadAggregate } from './lead.aggregate';
import { Lead } from './lead.entity';
import { LeadFollowUpResolver, LeadResolver, UnitProposalResolver } from './lead.resolver';
import { LeadService } from './lead.service';
import { Sales1765000000100 } from './migrations/1765000000100-sales';
import { onCustomerMerged } from './on-customer-merged.consumer';
import { onUnitSaleStepAnswered } from './on-unit-sale-step-answered.consumer';
import { Readiness } from './readiness.entity';
import { ReadinessResolver, ReadyItemResolver } from './readiness.resolver';
import { ReadinessService, readinessAggregate } from './readiness.service';
import {
  CustomerSalesResolver,
  InteractionLeadsResolver,
  ProjectSalesResolver,
  StaffSalesResolver,
  UnitSalesResolver,
} from './related-sales.resolver';
import { SaleLists } from './sale-lists';
import { saleAggregate, type SaleAggregate } from './sale.aggregate';
import { Sale } from './sale.entity';
import { SalePaymentResolver, SaleResolver } from './sale.resolver';
import { SaleService } from './sale.service';
import type { SalesReportAggregate } from './sales-report.service';
import { salesTypes, type SalesReads } from './sales-reads';
import { SuitableUnits } from './suitable-units';
import { UnitOffer } from './unit-offer.entity';
import { UnitOfferResolver } from './unit-offer.resolver';
import { UnitOfferService, unitOfferAggregate } from './unit-offer.service';

interface SalesSide extends ServiceParts {
  readonly sales: SaleAggregate;
  readonly reads: SalesReads;
}

/** @param contracts the contract of a sale; asked for when it is needed, for a contract follows its sale too */
function createSalesSide(
  platform: Platform,
  references: References,
  contracts: () => ContractAggregate,
  reports: SalesReportAggregate,
): SalesSide {
  const { dataSource, clock, commands } = platform;
  const reads = new EntityReads(dataSource, salesTypes);
  const lists = new SaleLists(dataSource);
  const suitable = new SuitableUnits(dataSource);
  const leads = leadAggregate(references);
  const unitOffers = unitOfferAggregate(references);
  const sales = saleAggregate(references, { leads, contracts, reports });
  const readiness = readinessAggregate(references);
  const unitOfferService = new UnitOfferService(platform, references, unitOffers);
  const readinessService = new ReadinessService(platform, references, readiness);
  return {
    sales,
    reads,
    resolvers: [
      new LeadResolver(dataSource, clock, reads, suitable),
      new LeadCommandsResolver(new LeadService(platform, references, leads)),
      new LeadFollowUpResolver(),
      new UnitProposalResolver(),
      new UnitOfferResolver(dataSource, reads, unitOfferService),
      new SaleResolver(dataSource, reads, new SaleService(platform, references, sales)),
      new SalePaymentResolver(),
      new ReadinessResolver(dataSource, clock, reads, readinessService),
      new ReadyItemResolver(),
      new CustomerSalesResolver(reads),
      new UnitSalesResolver(reads, lists),
      new StaffSalesResolver(reads),
      new ProjectSalesResolver(reads, lists),
      new InteractionLeadsResolver(reads),
    ],
    references: reads.references(),
    consumers: [onUnitSaleStepAnswered(commands, sales), onCustomerMerged(commands, sales, leads)],
    aggregates: [leads, unitOffers, sales, readiness],
  };
}

/** Up to the contract, and the sale as a whole: prospects, price list, sales, readiness (SAL-01…03, 10). */
export const salesSide = {
  entities: [Lead, UnitOffer, Sale, Readiness],
  migrations: [Sales1765000000100],
  resolverClasses: [
    LeadResolver,
    LeadCommandsResolver,
    LeadFollowUpResolver,
    UnitProposalResolver,
    UnitOfferResolver,
    SaleResolver,
    SalePaymentResolver,
    ReadinessResolver,
    ReadyItemResolver,
    CustomerSalesResolver,
    UnitSalesResolver,
    StaffSalesResolver,
    ProjectSalesResolver,
    InteractionLeadsResolver,
  ],
  create: createSalesSide,
} as const;
