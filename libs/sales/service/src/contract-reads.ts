import { newestFirst, type EntityReads } from '@anju/subgraph';
import { Contract } from './contract.entity';
import { Mortgage } from './mortgage.entity';
import { SalesReport } from './sales-report.entity';

/** What is read of contracts, of their loans, and of the months that they come to. */
export const contractTypes = {
  Contract: newestFirst(Contract, 'sales.contract.read', 'draftedAt'),
  Mortgage: newestFirst(Mortgage, 'sales.mortgage.read', 'openedAt'),
  SalesReport: newestFirst(SalesReport, 'sales.report.read', 'month'),
} as const;

export type ContractReads = EntityReads<typeof contractTypes>;
