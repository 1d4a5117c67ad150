import {
  Arg,
  Ctx,
  Directive,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  type ClassType,
} from 'type-graphql';
import type { DataSource } from 'typeorm';
import { mayEverywhere, type Permission } from '@anju/access';
import { badInput, Fault } from '@anju/commands';
import type { Clock } from '@anju/kernel';
import type { Consumer, EventBus, ParkedKeys } from '@anju/outbox';
import { principalOf, type RequestContext } from './request-context';
import { Requires } from './requires';
import type { ServiceDefinition } from './service-definition';

@Directive('@shareable')
@ObjectType({
  simpleResolvers: true,
  description: 'An event whose effect failed, or that waits behind one of the same key.',
})
export class ParkedEvent {
  @Field(() => ID, { description: 'Of the event.' })
  eventId: string;

  @Field(() => String, {
    description: 'What could not take it in; `<service>.relay` where it could not be sent on.',
  })
  consumer: string;

  @Field(() => String, { description: 'The aggregate whose events wait.' })
  key: string;

  @Field(() => String, { description: 'Such as `ticket-opened.v1`.' })
  type: string;

  @Field(() => String, {
    description:
      '`PARKED` for the one that failed, `WAITING` for those behind it, `REFUSED` for what is no event of ours.',
  })
  state: string;

  @Field(() => Int, { description: 'How often it was tried.' })
  attempts: number;

  @Field(() => String, { description: 'Why it failed the last time; no values of the event.' })
  reason: string;

  @Field(() => Date, { description: 'Since when it waits.' })
  parkedAt: Date;
}

@Directive('@shareable')
@ObjectType({ simpleResolvers: true, description: 'What came of trying or skipping.' })
export class ParkedEventsOutcome {
  @Field(() => Int, { description: 'How many events were dealt with by this call.' })
  processed: number;

  @Field(() => [ParkedEvent], { description: 'What is still parked under the key.' })
  remaining: ParkedEvent[];
}

@InputType({ description: 'The parked events of one key of one consumer.' })
export class ParkedKeyInput {
  @Field(() => String, { description: 'From `ParkedEvent.consumer`.' })
  consumer: string;

  @Field(() => String, { description: 'From `ParkedEvent.key`.' })
  key: string;
}

/** What the operator's resolver works on. */
export interface OperatedService {
  readonly dataSource: DataSource;
  readonly consumers: () => readonly Consumer[];
  /** What sends the service's own events on; null where nothing can be parked there. */
  readonly relay: ParkedKeys | null;
  readonly bus: EventBus;
  readonly clock: Clock;
}

export interface OperationsResolver {
  new (service: OperatedService): object;
}

const operate: Permission = 'operations.events.operate';

/** Events wait by key, and a key does not say of which project it is. @throws Fault FORBIDDEN */
function requireEverywhere(context: RequestContext): void {
  if (mayEverywhere(principalOf(context), operate)) return;
  throw new Fault('FORBIDDEN', 'you may do this only for all projects together', { permission: operate });
}

const classes = new Map<string, OperationsResolver>();
const listLimit = 100;

/** The operator's fields of a service: its parked events, retry, skip, and rebuilding a consumer. */
export function operationsResolver(service: string): OperationsResolver {
  const known = classes.get(service);
  if (known) return known;
  const title = service.charAt(0).toUpperCase() + service.slice(1);

  @Resolver()
  class Operations {
    constructor(private readonly service: OperatedService) {}

    @Requires(operate)
    @Query(() => [ParkedEvent], {
      name: `${service}ParkedEvents`,
      description: `Events that ${service} could not take in; the oldest ${listLimit}.`,
    })
    parked(@Ctx() context: RequestContext): Promise<ParkedEvent[]> {
      requireEverywhere(context);
      return this.list();
    }

    @Requires(operate)
    @Mutation(() => ParkedEventsOutcome, {
      name: `retry${title}ParkedEvents`,
      description: 'Tries the parked events of a key again, in order, until one fails again.',
    })
    async retry(
      @Arg('input', () => ParkedKeyInput) input: ParkedKeyInput,
      @Ctx() context: RequestContext,
    ): Promise<ParkedEventsOutcome> {
      requireEverywhere(context);
      const { clock } = this.service;
      const processed = await this.parkedBy(input).retryParked(
        input.key,
        principalOf(context).staffId,
        clock.now(),
      );
      return { processed, remaining: await this.list(input) };
    }

    @Requires(operate)
    @Mutation(() => ParkedEventsOutcome, {
      name: `skip${title}ParkedEvent`,
      description: 'Gives up the first parked event of a key, then tries those behind it.',
    })
    async skip(
      @Arg('input', () => ParkedKeyInput) input: ParkedKeyInput,
      @Ctx() context: RequestContext,
    ): Promise<ParkedEventsOutcome> {
      requireEverywhere(context);
      const before = await this.list(input);
      await this.parkedBy(input).skipParked(
        input.key,
        principalOf(context).staffId,
        this.service.clock.now(),
      );
      const remaining = await this.list(input);
      return { processed: before.length - remaining.length, remaining };
    }

    @Requires(operate)
    @Mutation(() => Boolean, {
      name: `rebuild${title}Consumer`,
      description: 'Takes a consumer in again from the beginning of the log.',
    })
    async rebuild(
      @Arg('consumer', () => String) name: string,
      @Ctx() context: RequestContext,
    ): Promise<boolean> {
      requireEverywhere(context);
      const consumer = this.named(this.service.consumers(), name);
      await this.service.bus.whilePaused(consumer.name, () => consumer.forget());
      return true;
    }

    private parkedBy({ consumer }: ParkedKeyInput): ParkedKeys {
      const { consumers, relay } = this.service;
      return this.named([...consumers(), ...(relay ? [relay] : [])], consumer);
    }

    private named<One extends ParkedKeys>(all: readonly One[], name: string): One {
      const found = all.find((one) => one.name === name);
      if (found) return found;
      throw badInput({
        field: 'consumer',
        problem: `${service} has no such consumer`,
        expected: all.map((one) => one.name).join(' or ') || 'nothing: it has none',
      });
    }

    private list(only?: ParkedKeyInput): Promise<ParkedEvent[]> {
      return this.service.dataSource.query(
        `select event_id as "eventId", consumer, key, envelope->>'type' as type, state, attempts, reason,
                parked_at as "parkedAt"
         from parked_event
         where resolved_at is null and ($1::text is null or consumer = $1) and ($2::text is null or key = $2)
         order by id limit ${listLimit}`,
        [only?.consumer ?? null, only?.key ?? null],
      );
    }
  }
  const made = Operations as unknown as OperationsResolver & ClassType;
  classes.set(service, made);
  return made;
}

/** A service's resolver classes with the operator's fields among them. */
export function withOperations(definition: Pick<ServiceDefinition, 'name' | 'resolverClasses'>): {
  readonly resolverClasses: readonly Function[];
} {
  return { resolverClasses: [...definition.resolverClasses, operationsResolver(definition.name)] };
}
