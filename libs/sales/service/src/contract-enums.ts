import { graphEnum } from '@anju/subgraph';
import {
  contractDeadlineKinds,
  contractDiscountKinds,
  contractStatuses,
  familyStates,
  loanKinds,
  mortgageDocuments,
  mortgagePlanProblems,
  mortgageStatuses,
  salesReportStatuses,
  tellingChannels,
} from '@anju/sales-rules';

export const ContractStatusEnum = graphEnum(
  'ContractStatus',
  'How far a contract has come: 草稿, 已网签, 已复核, 备案中, 已备案, 已取消.',
  contractStatuses,
);
export const ContractDiscountKindEnum = graphEnum(
  'ContractDiscountKind',
  'Whether a discount is a share of the price or an amount.',
  contractDiscountKinds,
);
export const ContractDeadlineKindEnum = graphEnum(
  'ContractDeadlineKind',
  'What can fall due for a contract: its filing, and the word to the customer that it is back (SAL-12).',
  contractDeadlineKinds,
);
export const TellingChannelEnum = graphEnum(
  'TellingChannel',
  'How a customer is told something.',
  tellingChannels,
);
export const LoanKindEnum = graphEnum('LoanKind', '商业贷款, 公积金贷款 or 组合贷款 (SAL-20).', loanKinds);
export const FamilyStateEnum = graphEnum(
  'FamilyState',
  'The family state of a borrower, on which his documents depend (SAL-20).',
  familyStates,
);
export const MortgagePlanProblemEnum = graphEnum(
  'MortgagePlanProblem',
  'What is wrong with a loan.',
  mortgagePlanProblems,
);
export const MortgageStatusEnum = graphEnum(
  'MortgageStatus',
  'How far a mortgage case has come (SAL-20).',
  mortgageStatuses,
);
export const MortgageDocumentEnum = graphEnum(
  'MortgageDocument',
  'A document that a mortgage may need.',
  mortgageDocuments,
);
export const SalesReportStatusEnum = graphEnum(
  'SalesReportStatus',
  'Whether a monthly sales report was sent and is frozen (SAL-50).',
  salesReportStatuses,
);
