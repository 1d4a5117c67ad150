import { Extensions, Field, ID, InputType } from 'type-graphql';
import { DecimalScalar, commandResult, connectionType, CommandInput, FilterConditions } from '@anju/subgraph';
import { ManagementFeeRun } from './desk-fee-run.entity';
import { deskRefusing } from './desk-refusals';
import { FeeAccount } from './fee-account.entity';

export const FeeAccountConnection = connectionType(FeeAccount, 'FeeAccount');
export const ManagementFeeRunConnection = connectionType(ManagementFeeRun, 'ManagementFeeRun');

@InputType({ description: "One unit's management fee." })
export class ManagementFeeInput {
  @Field(() => ID)
  unitId: string;

  @Field(() => DecimalScalar, { description: 'CNY, at most two decimals.' })
  amount: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Who owes it. Unless told: the tenant whose tenancy says so, else the owner, on the 1st.',
  })
  liableCustomerId?: string | null;
}

@InputType({
  description: "A month's management fees of one unit or of many; a month is charged once per unit.",
})
export class ChargeManagementFeesInput extends CommandInput {
  @Field(() => ID)
  projectId: string;

  @Extensions({ maxLength: 7 })
  @Field(() => String, { description: '`YYYY-MM`' })
  month: string;

  @Field(() => Date, { description: 'From then on the fee counts as owed.' })
  dueAt: Date;

  @Field(() => [ManagementFeeInput])
  fees: ManagementFeeInput[];
}

@InputType({ description: 'All conditions together.' })
export class FeeAccountFilter {
  @Field(() => ID, { nullable: true })
  projectId?: string | null;

  @Field(() => ID, { nullable: true })
  unitId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Is liable for a month, has paid, or was paid for.' })
  customerId?: string | null;
}

export function feeAccountConditions(filter: FeeAccountFilter | null | undefined): FilterConditions {
  return new FilterConditions()
    .where(filter?.projectId, (id) => `t.project_id = ${id}`)
    .where(filter?.unitId, (id) => `t.unit_id = ${id}`)
    .where(filter?.customerId, (id) => `t.customer_ids @> array[${id}]::uuid[]`);
}

@InputType({ description: 'All conditions together.' })
export class ManagementFeeRunFilter {
  @Field(() => ID, { nullable: true })
  projectId?: string | null;

  @Extensions({ maxLength: 7 })
  @Field(() => String, { nullable: true, description: '`YYYY-MM`' })
  month?: string | null;
}

export function feeRunConditions(filter: ManagementFeeRunFilter | null | undefined): FilterConditions {
  return new FilterConditions()
    .where(filter?.projectId, (id) => `t.project_id = ${id}`)
    .where(filter?.month, (month) => `t.month = ${month}`);
}

export const ChargeManagementFeesResult = commandResult(
  'ChargeManagementFeesResult',
  ManagementFeeRun,
  'ManagementFeeRun',
  deskRefusing('FEE_MONTH_INVALID', 'AMOUNT_NOT_POSITIVE', 'FEE_MONTH_ALREADY_CHARGED'),
);
