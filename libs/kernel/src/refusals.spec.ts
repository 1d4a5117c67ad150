import { refuse, type Decision } from './decision';
import { refusalCodes, type RefusalOf } from './refusals';

type DoorRefusals = {
  DOOR_LOCKED: { readonly by: string };
  DOOR_TOO_NARROW: { readonly centimetres: number };
  DOOR_MISSING: Record<never, never>;
};

type DoorRefusal<Code extends keyof DoorRefusals = keyof DoorRefusals> = RefusalOf<DoorRefusals, Code>;

function passThrough(
  centimetres: number,
): Decision<null, never, DoorRefusal<'DOOR_LOCKED' | 'DOOR_TOO_NARROW'>> {
  return centimetres < 80
    ? refuse('DOOR_TOO_NARROW', { centimetres })
    : refuse('DOOR_LOCKED', { by: 'Zhou' });
}

describe('refusals of a context', () => {
  it('carry what belongs to their code, as the compiler sees to', () => {
    const locked: DoorRefusal<'DOOR_LOCKED'> = { code: 'DOOR_LOCKED', data: { by: 'Zhou' } };
    // @ts-expect-error A locked door is not refused for its width.
    const narrow: DoorRefusal = { code: 'DOOR_LOCKED', data: { centimetres: 70 } };
    expect(passThrough(90)).toMatchObject({ refusal: locked });
    expect(passThrough(70)).toMatchObject({ refusal: { data: narrow.data } });
  });

  it('are listed by code', () => {
    expect(
      refusalCodes<keyof DoorRefusals>({ DOOR_LOCKED: true, DOOR_TOO_NARROW: true, DOOR_MISSING: true }),
    ).toEqual(['DOOR_LOCKED', 'DOOR_TOO_NARROW', 'DOOR_MISSING']);
  });
});
