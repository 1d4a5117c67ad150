import { Extensions, Field, ID, InputType } from 'type-graphql';
import type { ReadinessItem } from '@anju/sales-rules';
import { ChangeInput, CommandInput, DateScalar } from '@anju/subgraph';
import { ReadinessItemEnum } from './graph-enums';
import { Readiness } from './readiness.entity';
import { salesResult } from './sales.refusals';

@InputType({ description: 'The readiness list of a project is begun.' })
export class OpenReadinessInput extends CommandInput {
  @Field(() => ID, { description: 'The project.' })
  projectId: string;
}

@InputType()
export abstract class ReadinessCommandInput extends ChangeInput {
  @Field(() => ID, { description: 'The readiness list.' })
  readinessId: string;

  @Field(() => ReadinessItemEnum, { description: 'What.' })
  item: ReadinessItem;
}

@InputType({ description: 'Something that signing needs is there, or there is a new version of it.' })
export class RecordReadinessItemInput extends ReadinessCommandInput {
  @Extensions({ maxLength: 200 })
  @Field(() => String, {
    description: "A certificate's number; of anything else, its version or connection.",
  })
  reference: string;

  @Field(() => DateScalar, { nullable: true, description: 'The date on a certificate, which has one.' })
  issuedOn?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The last day on which it is valid; nothing where it does not expire.',
  })
  expiresOn?: string | null;
}

@InputType({ description: 'Something was recorded by mistake, or revoked.' })
export class WithdrawReadinessItemInput extends ReadinessCommandInput {
  @Field(() => String, { description: 'Why.' })
  reason: string;
}

export const OpenReadinessResult = salesResult('OpenReadiness', Readiness, 'READINESS_ALREADY_OPENED');
export const RecordReadinessItemResult = salesResult(
  'RecordReadinessItem',
  Readiness,
  'SALES_TEXT_MISSING',
  'CERTIFICATE_DATE_NOT_VALID',
);
export const WithdrawReadinessItemResult = salesResult(
  'WithdrawReadinessItem',
  Readiness,
  'SALES_TEXT_MISSING',
  'READINESS_ITEM_NOT_RECORDED',
);
