import { Field, Int, ObjectType } from 'type-graphql';
import type { DataSource } from 'typeorm';
import {
  byUnitType,
  proposeUnits,
  type LeadNeed,
  type ProposedUnit,
  type ProposedUnitType,
} from '@anju/sales-rules';
import { DecimalScalar, stub, type RequestContext, type Stub } from '@anju/subgraph';
import { salesPolicies } from './environment';
import { ProposalMissEnum } from './graph-enums';
import { homesOfEach } from './homes';
import { UnitStub } from './stubs';

@ObjectType({
  simpleResolvers: true,
  description: 'A home that suits a need, with what it costs by the list (SAL-02).',
})
export class SuitableUnit {
  constructor(private readonly proposed: ProposedUnit) {}

  @Field(() => UnitStub, { nullable: true, description: 'The home.' })
  get unit(): Stub {
    return stub(this.proposed.unitId);
  }

  @Field(() => String, { description: 'The unit type (户型) by its code.' })
  get unitTypeCode(): string {
    return this.proposed.unitTypeCode;
  }

  @Field(() => DecimalScalar, { description: 'Square metres by the pre-sale survey.' })
  get area(): string {
    return this.proposed.area;
  }

  @Field(() => DecimalScalar, { description: 'List price in CNY.' })
  get total(): string {
    return this.proposed.total;
  }

  @Field(() => [ProposalMissEnum], { description: 'The wishes that it does not meet.' })
  get misses(): ProposedUnit['misses'] {
    return this.proposed.misses;
  }
}

@ObjectType({
  simpleResolvers: true,
  description: 'A unit type (户型) with homes that suit a need (SAL-02).',
})
export class SuitableUnitType {
  constructor(private readonly proposed: ProposedUnitType) {}

  @Field(() => String, { description: 'Its code.' })
  get unitTypeCode(): string {
    return this.proposed.unitTypeCode;
  }

  @Field(() => DecimalScalar, { description: 'The least that one of them costs, in CNY.' })
  get fromTotal(): string {
    return this.proposed.fromTotal;
  }

  @Field(() => Int, { description: 'How many there are among the best.' })
  get count(): number {
    return this.proposed.unitIds.length;
  }

  @Field(() => [UnitStub], { nullable: 'itemsAndList', description: 'The homes, best first.' })
  get units(): readonly Stub[] {
    return this.proposed.unitIds.map(stub);
  }
}

/** Finds homes for needs: the price list of a project is read once for all who look for one in it. */
export class SuitableUnits {
  constructor(private readonly dataSource: DataSource) {}

  /** Best first. */
  async of(projectId: string, need: LeadNeed, context: RequestContext): Promise<SuitableUnit[]> {
    const proposed = await this.proposed(projectId, need, context);
    return proposed.map((one) => new SuitableUnit(one));
  }

  /** The same by unit type. */
  async typesOf(projectId: string, need: LeadNeed, context: RequestContext): Promise<SuitableUnitType[]> {
    const proposed = await this.proposed(projectId, need, context);
    return byUnitType(proposed).map((one) => new SuitableUnitType(one));
  }

  private async proposed(
    projectId: string,
    need: LeadNeed,
    context: RequestContext,
  ): Promise<readonly ProposedUnit[]> {
    const { manager } = this.dataSource;
    const homes = context.loaders.load('homes', projectId, (ids) => homesOfEach(manager, ids));
    const policy = context.loaders.load('sales policy', projectId, (ids) =>
      salesPolicies.ofEach(ids, manager),
    );
    return proposeUnits(need, await homes, await policy);
  }
}
