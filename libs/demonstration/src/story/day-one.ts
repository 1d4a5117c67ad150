import { DeskShift, MovingOut } from './counter-business';
import { Desk, march } from './desk';
import { LiftComplaint } from './lift-complaint';
import { BroadbandFault, TapRepair, WallRepair } from './repairs';
import type { Setting } from './setting';
import type { StoryTeller } from './story-teller';

export const dayOneBeginsAt = march(2, '08:30');
export const dayOneEndsAt = march(12, '18:00');

/** Day one and what follows from it, to the twelfth of March, through the public graph. */
export async function playDayOne(teller: StoryTeller, setting: Setting): Promise<void> {
  const desk = new Desk(teller, setting);
  const shift = new DeskShift(desk);
  const tap = new TapRepair(desk);
  const wall = new WallRepair(desk);
  const broadband = new BroadbandFault(desk);
  const lift = new LiftComplaint(desk);
  const movingOut = new MovingOut(desk);
  teller.tell('Monday 2 March 2026 at the service centre of 锦绣花园:');
  await shift.opens();
  await tap.calls();
  await wall.isReported();
  await broadband.isReported();
  await wall.isVerified();
  await lift.isReceived();
  await tap.isMended();
  await wall.isSignedFor();
  await movingOut.isRefused();
  await movingOut.isIssued();
  await movingOut.isRedeemed();
  await broadband.isLate();
  await broadband.isMended();
  await shift.isHandedOver();
  await lift.isAnswered();
  await wall.customerIsKeptInformed();
  await wall.isRepaired();
  await lift.residentsAreKeptInformed();
  await lift.isResolved();
  await lift.isClosed();
  await teller.at(dayOneEndsAt);
}
