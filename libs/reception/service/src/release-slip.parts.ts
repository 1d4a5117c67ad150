import { Field, ID, Int, ObjectType } from 'type-graphql';
import type {
  GoodsLine,
  OwnerCall,
  Redemption,
  RefusedApplication,
  ReleaseObstacle,
} from '@anju/reception-rules';
import { DecimalScalar } from '@anju/subgraph';
import { ReleaseObstacleEnum } from './desk-enums';

/* The parts of a slip as the graph shows them: the rules' own values, kept as JSON with the slip. */

@ObjectType({ simpleResolvers: true, description: 'A line of the goods list.' })
export class ReleaseSlipGoods implements GoodsLine {
  @Field(() => Int)
  line: number;

  @Field(() => String)
  description: string;

  @Field(() => Int)
  quantity: number;
}

@ObjectType({ simpleResolvers: true, description: 'What the owner answered on the telephone (REC-37).' })
export class ReleaseSlipOwnerCall implements OwnerCall {
  @Field(() => ID)
  ownerId: string;

  @Field(() => Boolean)
  knowsOfMove: boolean;

  @Field(() => Boolean)
  rentOwed: boolean;

  @Field(() => Boolean)
  ownersThingsOnList: boolean;

  @Field(() => Boolean)
  consents: boolean;

  @Field(() => String, { nullable: true })
  reason: string | null;

  @Field(() => String, { description: 'A staff id.' })
  by: string;

  @Field(() => Date)
  calledAt: Date;
}

@ObjectType('ReleaseObstacle', {
  simpleResolvers: true,
  description: 'One thing that stands against a slip.',
})
export class ReleaseObstacleEntry {
  @Field(() => ReleaseObstacleEnum)
  what: ReleaseObstacle['what'];

  @Field(() => Int, { nullable: true, description: 'Months owed.' })
  months?: number | null;

  @Field(() => DecimalScalar, { nullable: true })
  amount?: string | null;

  @Field(() => String, { nullable: true, description: 'Why the owner does not consent.' })
  reason?: string | null;

  @Field(() => ID, { nullable: true })
  signedById?: string | null;

  @Field(() => ID, { nullable: true })
  expectedId?: string | null;

  @Field(() => Boolean, { nullable: true })
  knowsOfMove?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  rentOwed?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  ownersThingsOnList?: boolean | null;
}

@ObjectType({ simpleResolvers: true, description: 'More was found of a line than the slip allows (REC-38).' })
export class GoodsBeyondSlip {
  @Field(() => Int)
  line: number;

  @Field(() => Int, { description: '0 for a line that the slip does not have.' })
  listed: number;

  @Field(() => Int)
  found: number;
}

@ObjectType({ simpleResolvers: true, description: 'The application was refused, with all reasons.' })
export class ReleaseSlipRefusal implements RefusedApplication {
  @Field(() => [ReleaseObstacleEntry])
  reasons: readonly ReleaseObstacle[];

  @Field(() => String, { description: 'A staff id.' })
  by: string;

  @Field(() => Date)
  refusedAt: Date;
}

@ObjectType({ simpleResolvers: true, description: 'What actually left, line by line.' })
export class RedeemedGoods {
  @Field(() => Int)
  line: number;

  @Field(() => Int)
  found: number;
}

@ObjectType({ simpleResolvers: true, description: 'The guard let the goods pass (REC-38).' })
export class ReleaseSlipRedemption implements Redemption {
  @Field(() => String, { description: 'A staff id.' })
  by: string;

  @Field(() => Date)
  redeemedAt: Date;

  @Field(() => [RedeemedGoods])
  goods: readonly RedeemedGoods[];
}
