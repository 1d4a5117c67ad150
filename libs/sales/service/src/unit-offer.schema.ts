import { Extensions, Field, ID, InputType, Int } from 'type-graphql';
import type { UnitOfferStatus } from '@anju/sales-rules';
import { ChangeInput, CommandInput, DecimalScalar, FilterConditions, connectionType } from '@anju/subgraph';
import { UnitOfferStatusEnum } from './graph-enums';
import { salesResult } from './sales.refusals';
import { UnitOffer } from './unit-offer.entity';

export const UnitOfferConnection = connectionType(UnitOffer, 'UnitOffer');

@InputType({ description: 'A unit goes on the price list.' })
export class OfferUnitInput extends CommandInput {
  @Field(() => ID, { description: 'The project that the unit belongs to.' })
  projectId: string;

  @Field(() => ID, { description: 'The home.' })
  unitId: string;

  @Extensions({ maxLength: 40 })
  @Field(() => String, { description: 'The unit type (户型) by its code, such as `B2`.' })
  unitTypeCode: string;

  @Field(() => Int, { description: 'Bedrooms.' })
  bedrooms: number;

  @Field(() => DecimalScalar, { description: 'CNY per square metre.' })
  unitPrice: string;
}

@InputType()
export abstract class UnitOfferCommandInput extends ChangeInput {
  @Field(() => ID, { description: 'The line of the price list.' })
  unitOfferId: string;
}

@InputType({ description: 'Another list price; contracts that are drafted already keep theirs.' })
export class ChangeUnitPriceInput extends UnitOfferCommandInput {
  @Field(() => DecimalScalar, { description: 'CNY per square metre.' })
  unitPrice: string;
}

@InputType({ description: 'The unit is not proposed any more.' })
export class WithdrawUnitOfferInput extends UnitOfferCommandInput {}

@InputType({ description: 'The unit is offered again, at the price that it had.' })
export class OfferUnitAgainInput extends UnitOfferCommandInput {}

@InputType({ description: 'Which lines of the price list; all that is given has to hold.' })
export class UnitOfferFilter {
  @Field(() => ID, { nullable: true, description: 'Of this project.' })
  projectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this home.' })
  unitId?: string | null;

  @Field(() => [UnitOfferStatusEnum], { nullable: true, description: 'In one of these statuses.' })
  status?: UnitOfferStatus[] | null;

  @Extensions({ maxLength: 40 })
  @Field(() => String, { nullable: true, description: 'Of this unit type (户型).' })
  unitTypeCode?: string | null;

  @Field(() => Int, { nullable: true, description: 'With so many bedrooms.' })
  bedrooms?: number | null;
}

export function unitOfferConditions(filter: UnitOfferFilter | null | undefined): FilterConditions {
  return new FilterConditions()
    .where(filter?.projectId, (id) => `t.project_id = ${id}`)
    .where(filter?.unitId, (id) => `t.unit_id = ${id}`)
    .where(filter?.status, (statuses) => `t.status = any(${statuses})`)
    .where(filter?.unitTypeCode, (code) => `t.unit_type_code = ${code}`)
    .where(filter?.bedrooms, (bedrooms) => `t.bedrooms = ${bedrooms}`);
}

const status = 'UNIT_OFFER_NOT_IN_REQUIRED_STATUS';

export const OfferUnitResult = salesResult(
  'OfferUnit',
  UnitOffer,
  'UNIT_ALREADY_OFFERED',
  'UNIT_PRICE_NOT_POSITIVE',
);
export const ChangeUnitPriceResult = salesResult(
  'ChangeUnitPrice',
  UnitOffer,
  status,
  'UNIT_PRICE_NOT_POSITIVE',
);
export const WithdrawUnitOfferResult = salesResult('WithdrawUnitOffer', UnitOffer, status);
export const OfferUnitAgainResult = salesResult('OfferUnitAgain', UnitOffer, status);
