import { Extensions, Field, ID, InputType, Int } from 'type-graphql';
import type { ShiftStatus } from '@anju/reception-rules';
import {
  DecimalScalar,
  commandResult,
  connectionType,
  ChangeInput,
  CommandInput,
  FilterConditions,
} from '@anju/subgraph';
import { ShiftStatusEnum } from './desk-enums';
import { deskRefusing, type DeskGraphRefusal } from './desk-refusals';
import { Shift } from './shift.entity';

export const ShiftConnection = connectionType(Shift, 'Shift');

@InputType({ description: "One's own shift at the desk begins (REC-23)." })
export class OpenShiftInput extends CommandInput {
  @Field(() => ID)
  projectId: string;

  @Field(() => String, {
    nullable: true,
    description: 'Needed where the shift before has not been accepted.',
  })
  reason?: string | null;
}

@InputType({ description: 'A shift, and the guards of a command on it.' })
export abstract class ShiftChangeInput extends ChangeInput {
  @Field(() => ID)
  shiftId: string;
}

@InputType({ description: 'Things of one kind that were counted.' })
export class ShiftGoodsInput {
  @Extensions({ maxLength: 100 })
  @Field(() => String, { description: "The desk's inventory code." })
  code: string;

  @Field(() => Int)
  quantity: number;
}

@InputType({ description: 'What is in the drawer (REC-23).' })
export class CountShiftInput extends ShiftChangeInput {
  @Field(() => DecimalScalar, { description: 'CNY, at most two decimals.' })
  cash: string;

  @Field(() => Int, { description: 'Numbered receipts given out during the shift.' })
  receipts: number;

  @Field(() => [ShiftGoodsInput], { nullable: true })
  goods?: ShiftGoodsInput[] | null;
}

@InputType({ description: 'Something still going on: a contact, a note, or both.' })
export class OpenMatterInput {
  @Field(() => ID, { nullable: true })
  interactionId?: string | null;

  @Field(() => String, { nullable: true })
  note?: string | null;
}

@InputType({ description: 'The shift is handed over to the next, as it was counted last (REC-23).' })
export class HandOverShiftInput extends ShiftChangeInput {
  @Field(() => String, { nullable: true, description: 'Needed where the count differs from the system.' })
  explanation?: string | null;

  @Field(() => [String], { nullable: true, description: '特别交待' })
  specialNotes?: string[] | null;

  @Field(() => [OpenMatterInput], { nullable: true })
  openMatters?: OpenMatterInput[] | null;
}

@InputType({ description: 'The next shift takes over what was handed over.' })
export class AcceptShiftHandoverInput extends ShiftChangeInput {}

@InputType({ description: 'The next shift does not take it over as it is.' })
export class DisputeShiftHandoverInput extends ShiftChangeInput {
  @Field(() => String)
  reason: string;
}

@InputType({ description: 'All conditions together.' })
export class ShiftFilter {
  @Field(() => ID, { nullable: true })
  projectId?: string | null;

  @Field(() => ID, { nullable: true })
  staffId?: string | null;

  @Field(() => [ShiftStatusEnum], { nullable: true })
  status?: ShiftStatus[] | null;

  @Field(() => Date, { nullable: true })
  openedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Up to but not including.' })
  openedBefore?: Date | null;
}

export function shiftConditions(filter: ShiftFilter | null | undefined): FilterConditions {
  return new FilterConditions()
    .where(filter?.projectId, (id) => `t.project_id = ${id}`)
    .where(filter?.staffId, (id) => `t.staff_id = ${id}`)
    .where(filter?.status, (statuses) => `t.status = any(${statuses})`)
    .where(filter?.openedFrom, (at) => `t.opened_at >= ${at}`)
    .where(filter?.openedBefore, (at) => `t.opened_at < ${at}`);
}

const result = <const Codes extends DeskGraphRefusal>(command: string, ...codes: readonly Codes[]) =>
  commandResult<Shift, Codes>(`${command}Result`, Shift, 'Shift', deskRefusing<Codes>(...codes));

export const OpenShiftResult = result('OpenShift', 'SHIFT_HANDOVER_NOT_ACCEPTED');
export const CountShiftResult = result('CountShift', 'SHIFT_NOT_IN_REQUIRED_STATUS', 'SHIFT_COUNT_NEGATIVE');
export const HandOverShiftResult = result(
  'HandOverShift',
  'SHIFT_NOT_IN_REQUIRED_STATUS',
  'SHIFT_OF_ANOTHER',
  'SHIFT_NOT_COUNTED',
  'SHIFT_COUNT_OUTDATED',
  'SHIFT_DIFFERENCE_NOT_EXPLAINED',
);
export const AcceptShiftHandoverResult = result(
  'AcceptShiftHandover',
  'SHIFT_NOT_IN_REQUIRED_STATUS',
  'OWN_HANDOVER',
);
export const DisputeShiftHandoverResult = result(
  'DisputeShiftHandover',
  'SHIFT_NOT_IN_REQUIRED_STATUS',
  'OWN_HANDOVER',
  'RECEPTION_TEXT_MISSING',
);
