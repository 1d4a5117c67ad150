import { Field, ID, InputType } from 'type-graphql';
import type { UnitStatus } from '@anju/directory-rules';
import { DateScalar, DecimalScalar, commandResult, connectionType, CommandInput } from '@anju/subgraph';
import { Building, BuildingSection } from './building.entity';
import { EntityChangeInput } from './command-request';
import { refusing } from './directory-refusals';
import { UnitStatusEnum } from './graph-enums';
import { ParkingSpace } from './parking-space.entity';
import { Unit } from './unit.entity';

export const BuildingConnection = connectionType(Building, 'Building');
export const UnitConnection = connectionType(Unit, 'Unit');
export const ParkingSpaceConnection = connectionType(ParkingSpace, 'ParkingSpace');

@InputType({ description: 'Which buildings to list.' })
export class BuildingFilter {
  @Field(() => ID, { nullable: true, description: 'Of this project.' })
  projectId?: string | null;

  @Field(() => String, { nullable: true, description: 'As people write it: `3`, `3栋`, `3号楼`.' })
  number?: string | null;
}

@InputType({ description: 'Which units to list.' })
export class UnitFilter {
  @Field(() => ID, { nullable: true, description: 'Of this project.' })
  projectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this building.' })
  buildingId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this section.' })
  sectionId?: string | null;

  @Field(() => [UnitStatusEnum], { nullable: true, description: 'In one of these states of their sale.' })
  statuses?: UnitStatus[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A home or the beginning of one, or a number alone: `3-2-1201`, `3栋2单元1201室`, `3-2`, `1201`.',
  })
  home?: string | null;
}

@InputType({ description: 'Which parking spaces to list.' })
export class ParkingSpaceFilter {
  @Field(() => ID, { nullable: true, description: 'Of this project.' })
  projectId?: string | null;

  @Field(() => String, { nullable: true, description: 'As people write it: `B1-023`, `B1-023号车位`.' })
  number?: string | null;
}

@InputType({ description: 'A building (楼栋) of a project (DIR-01).' })
export class RegisterBuildingInput extends CommandInput {
  @Field(() => ID, { description: 'The project that it belongs to.' })
  projectId: string;

  @Field(() => String, { description: 'As people write it: `3`, `03`, `3栋`, `3号楼`.' })
  number: string;

  @Field(() => String, { nullable: true, description: 'A name besides the number.' })
  name?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: "Last day of the developer's warranty on its units.",
  })
  warrantyEndsOn?: string | null;
}

@InputType({ description: 'The warranty of the units of a building that are registered from now on.' })
export class SetBuildingWarrantyInput extends EntityChangeInput {
  @Field(() => DateScalar, { nullable: true, description: 'Null: none.' })
  warrantyEndsOn: string | null;
}

@InputType({ description: 'A section (单元) of a building (DIR-01).' })
export class RegisterBuildingSectionInput extends CommandInput {
  @Field(() => ID, { description: 'The building that it belongs to.' })
  buildingId: string;

  @Field(() => String, { description: 'As people write it: `2`, `2单元`.' })
  number: string;
}

@InputType({ description: 'A unit (房屋) of a building (DIR-01).' })
export class RegisterUnitInput extends CommandInput {
  @Field(() => ID, { description: 'The building that it is in.' })
  buildingId: string;

  @Field(() => ID, { nullable: true, description: 'Absent in a building without sections.' })
  sectionId?: string | null;

  @Field(() => String, { description: 'As on the door: `1201`, `0302`, `1201室`.' })
  number: string;

  @Field(() => DecimalScalar, { nullable: true, description: 'Square metres.' })
  preSaleArea?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Square metres.' })
  registeredArea?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The building's unless told." })
  warrantyEndsOn?: string | null;

  @Field(() => UnitStatusEnum, { nullable: true, description: '`FOR_SALE` unless told.' })
  status?: UnitStatus | null;
}

@InputType({ description: 'Areas and warranty of a unit as they should be; what is not given stays.' })
export class CorrectUnitInput extends EntityChangeInput {
  @Field(() => DecimalScalar, { nullable: true, description: 'Square metres; null: not known.' })
  preSaleArea?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Square metres; null: not known.' })
  registeredArea?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Null: none.' })
  warrantyEndsOn?: string | null;
}

@InputType({ description: 'The status of a unit that is sold outside of this system.' })
export class ChangeUnitStatusInput extends EntityChangeInput {
  @Field(() => UnitStatusEnum, { description: 'How far its sale is.' })
  status: UnitStatus;

  @Field(() => String, { description: 'Why it is changed by hand; kept in the history.' })
  reason: string;
}

@InputType({ description: 'A parking space (车位) of a project (DIR-01).' })
export class RegisterParkingSpaceInput extends CommandInput {
  @Field(() => ID, { description: 'The project that it belongs to.' })
  projectId: string;

  @Field(() => String, { description: 'As people write it: `B1-023`.' })
  number: string;
}

const taken = refusing('DIRECTORY_ENTRY_EXISTS');

export const RegisterBuildingResult = commandResult('RegisterBuildingResult', Building, 'Building', taken);
export const SetBuildingWarrantyResult = commandResult(
  'SetBuildingWarrantyResult',
  Building,
  'Building',
  refusing(),
);
export const RegisterBuildingSectionResult = commandResult(
  'RegisterBuildingSectionResult',
  BuildingSection,
  'BuildingSection',
  taken,
);
export const RegisterUnitResult = commandResult('RegisterUnitResult', Unit, 'Unit', taken);
export const CorrectUnitResult = commandResult('CorrectUnitResult', Unit, 'Unit', refusing());
export const ChangeUnitStatusResult = commandResult(
  'ChangeUnitStatusResult',
  Unit,
  'Unit',
  refusing('UNIT_STATUS_OUT_OF_ORDER', 'UNIT_HELD_BY_SALE'),
);
export const RegisterParkingSpaceResult = commandResult(
  'RegisterParkingSpaceResult',
  ParkingSpace,
  'ParkingSpace',
  taken,
);
