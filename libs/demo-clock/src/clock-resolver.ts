import { Arg, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { mayEverywhere, type Permission } from '@anju/access';
import { badInput, Fault } from '@anju/commands';
import { ClockMovedBackwards } from '@anju/kernel';
import { Requires, principalOf, type RequestContext } from '@anju/subgraph';
import type { ClockMover, MovableClock } from './demo-clock';

const moving: Permission = 'platform.clock.move';

@ObjectType({ simpleResolvers: true, description: 'The clock of a demonstration.' })
export class DemonstrationClock {
  @Field(() => Date)
  now: Date;
}

/** In the graph only where the platform was started with a clock that is moved by hand. */
@Resolver()
export class ClockResolver {
  constructor(
    private readonly clock: Pick<MovableClock, 'now'>,
    private readonly mover: Pick<ClockMover, 'moveTo'>,
    private readonly movable: () => boolean,
  ) {}

  @Requires('directory.structure.read')
  @Query(() => DemonstrationClock, { description: 'What time it is for the platform.' })
  async demonstrationClock(): Promise<DemonstrationClock> {
    return { now: await this.clock.now() };
  }

  @Requires(moving)
  @Mutation(() => DemonstrationClock, {
    description:
      'Moves the clock forward. What falls due on the way has been done, in order, when this answers.',
  })
  async moveClock(
    @Arg('to', () => Date) to: Date,
    @Ctx() context: RequestContext,
  ): Promise<DemonstrationClock> {
    // One clock for all projects.
    if (!mayEverywhere(principalOf(context), moving)) {
      throw new Fault('FORBIDDEN', 'you may not do this in every project', { permission: moving });
    }
    if (!this.movable()) {
      throw new Fault(
        'UNAVAILABLE',
        'The clock is not yet free: the start is still moving it. Try again later.',
      );
    }
    try {
      await this.mover.moveTo(to);
    } catch (error) {
      if (!(error instanceof ClockMovedBackwards)) throw error;
      throw badInput({
        field: 'to',
        problem: 'lies in the past',
        expected: `an instant from ${(await this.clock.now()).toISOString()} on`,
      });
    }
    return { now: await this.clock.now() };
  }
}
