import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Drawer, DrawerCount, GoodsCount, OpenMatter, ShiftDifference } from '@anju/reception-rules';
import { DecimalScalar } from '@anju/subgraph';
import { ShiftDifferenceEnum } from './desk-enums';

/* The parts of a shift as the graph shows them: the rules' own values, kept as JSON with the shift. */

@ObjectType({ simpleResolvers: true, description: 'Things of one kind in the drawer.' })
export class ShiftGoods implements GoodsCount {
  @Field(() => String, { description: "The desk's inventory code." })
  code: string;

  @Field(() => Int)
  quantity: number;
}

@ObjectType({ simpleResolvers: true, description: 'What is in the drawer, or should be.' })
export class ShiftDrawer implements Drawer {
  @Field(() => DecimalScalar, { description: 'CNY.' })
  cash: string;

  @Field(() => Int, { description: 'Numbered receipts given out during the shift.' })
  receipts: number;

  @Field(() => [ShiftGoods])
  goods: readonly ShiftGoods[];
}

@ObjectType('ShiftDifference', {
  simpleResolvers: true,
  description: 'More or less was found than the system says.',
})
export class ShiftDifferenceEntry {
  @Field(() => ShiftDifferenceEnum)
  of: ShiftDifference['of'];

  @Field(() => String, { nullable: true, description: 'Of goods: their code.' })
  code?: string | null;

  @Field(() => String)
  expected: string | number;

  @Field(() => String)
  counted: string | number;
}

@ObjectType({ simpleResolvers: true, description: 'A count of the drawer against the system.' })
export class ShiftCount implements DrawerCount {
  @Field(() => ShiftDrawer)
  counted: Drawer;

  @Field(() => ShiftDrawer)
  expected: Drawer;

  @Field(() => [ShiftDifferenceEntry])
  differences: readonly ShiftDifference[];

  @Field(() => String, { description: 'A staff id.' })
  by: string;

  @Field(() => Date)
  countedAt: Date;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Something still going on that the next shift has to know.',
})
export class ShiftOpenMatter implements OpenMatter {
  @Field(() => ID, { nullable: true })
  interactionId: string | null;

  @Field(() => String, { nullable: true })
  note: string | null;
}
