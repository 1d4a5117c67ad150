import type { References } from '@anju/references';
import { EntityReads, type Platform, type ServiceParts } from '@anju/subgraph';
import { ContractCommandsResolver } from './contract-commands.resolver';
import { contractTypes } from './contract-reads';
import { contractAggregate, type ContractAggregate } from './contract.aggregate';
import { Contract } from './contract.entity';
import { ContractResolver, contractPartResolvers } from './contract.resolver';
import { ContractService } from './contract.service';
import { SalesContracts1765000000200 } from './migrations/1765000000200-sales-contracts';
import { mortgageAggregate } from './mortgage.aggregate';
import { Mortgage } from './mortgage.entity';
import { AgencySignatureResolver, MortgageDocumentResolver, MortgageResolver } from './mortgage.resolver';
import { MortgageService } from './mortgage.service';
import { onContractCustomerMerged } from './on-contract-customer-merged.consumer';
import {
  CustomerContractsResolver,
  ProjectContractsResolver,
  SaleContractResolver,
  StaffContractsResolver,
  UnitContractsResolver,
} from './related-contracts.resolver';
import type { SaleAggregate } from './sale.aggregate';
import { SalesReport } from './sales-report.entity';
import { SalesReportLineResolver, SalesReportResolver } from './sales-report.resolver';
import { SalesReportService, type SalesReportAggregate } from './sales-report.service';
import type { SalesReads } from './sales-reads';

interface ContractSide extends ServiceParts {
  readonly contracts: ContractAggregate;
}

/** @param sales the sale that a contract is of; asked for when it is needed, for a sale follows its contract too */
function createContractSide(
  { dataSource, commands }: Platform,
  references: References,
  saleReads: SalesReads,
  sales: () => SaleAggregate,
  reports: SalesReportAggregate,
): ContractSide {
  const reads = new EntityReads(dataSource, contractTypes);
  const mortgages = mortgageAggregate(references);
  const contracts = contractAggregate(references, { sales, mortgages });
  const mortgageService = new MortgageService(dataSource, commands, references, mortgages);
  const reportService = new SalesReportService(commands, references, reports);
  return {
    contracts,
    resolvers: [
      new ContractResolver(dataSource, reads, saleReads),
      new ContractCommandsResolver(new ContractService(dataSource, commands, references, contracts)),
      ...contractPartResolvers.map((PartResolver) => new PartResolver()),
      new MortgageResolver(dataSource, reads, mortgageService),
      new MortgageDocumentResolver(),
      new AgencySignatureResolver(),
      new SalesReportResolver(dataSource, reads, references, reportService),
      new SalesReportLineResolver(reads),
      new CustomerContractsResolver(reads),
      new UnitContractsResolver(reads),
      new StaffContractsResolver(reads),
      new ProjectContractsResolver(reads),
      new SaleContractResolver(reads),
    ],
    references: reads.references(),
    consumers: [onContractCustomerMerged(commands, contracts, mortgages)],
    aggregates: [contracts, mortgages, reports],
  };
}

/** From the contract on: contracts with their filing, mortgage cases, monthly reports (SAL-11, 12, 20, 21, 50). */
export const contractSide = {
  entities: [Contract, Mortgage, SalesReport],
  migrations: [SalesContracts1765000000200],
  resolverClasses: [
    ContractResolver,
    ContractCommandsResolver,
    ...contractPartResolvers,
    MortgageResolver,
    MortgageDocumentResolver,
    AgencySignatureResolver,
    SalesReportResolver,
    SalesReportLineResolver,
    CustomerContractsResolver,
    UnitContractsResolver,
    StaffContractsResolver,
    ProjectContractsResolver,
    SaleContractResolver,
  ],
  create: createContractSide,
} as const;
