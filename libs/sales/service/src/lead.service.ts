import type { EntityManager } from 'typeorm';
import type { Permission } from '@anju/access';
import { nextNumber, requireIn, projectOf, type Actor } from '@anju/commands';
import type { Decision, Refusal } from '@anju/kernel';
import { currentCustomers, type References } from '@anju/references';
import {
  assignLead,
  changeLeadConsent,
  changeLeadNeed,
  closeLead,
  followUpLead,
  leadNumber,
  recordLead,
  recordLeadVisit,
  recordProposal,
  type LeadFact,
  type LeadNeed,
  type LeadState,
} from '@anju/sales-rules';
import { changeRequest, commandRequest, type Platform } from '@anju/subgraph';
import { dayOf, type SalesSurroundings } from './environment';
import { homesNamed } from './homes';
import type { LeadAggregate } from './lead.aggregate';
import { Lead } from './lead.entity';
import type * as Inputs from './lead.schema';

type Decide<R extends Refusal> = (
  lead: LeadState,
  at: Date,
  surroundings: SalesSurroundings,
) => Decision<LeadState, LeadFact, R>;

const handle = 'sales.lead.handle';

/** A need of an input as the rules know it. */
export function needOf(input: Inputs.LeadNeedInput): LeadNeed {
  const { bedrooms = null, smallestArea = null, largestArea = null, budget = null } = input;
  return { bedrooms, smallestArea, largestArea, budget };
}

/** Prospects: entered, followed up, proposed to, given up (SAL-01, SAL-02). */
export class LeadService {
  constructor(
    private readonly platform: Pick<Platform, 'commands' | 'dataSource'>,
    private readonly references: References,
    private readonly aggregate: LeadAggregate,
  ) {}

  /** @throws Fault BAD_USER_INPUT for an id that is not known in the project */
  record(input: Inputs.RecordLeadInput, actor: Actor) {
    const { projectId, kind, source, contactConsent, customerId = null, interactionId = null } = input;
    requireIn(actor, handle, projectId);
    return this.platform.commands.create(this.aggregate, {
      ...commandRequest(actor, 'recordLead', handle, input),
      projectId,
      check: () => this.checkParties(projectId, input),
      prepare: async (tx, at, surroundings) => {
        const receivedAt = input.receivedAt ?? at;
        return {
          receivedAt,
          customerId: await currentCustomer(tx, customerId),
          number: await nextLeadNumber(tx, projectId, receivedAt, surroundings),
        };
      },
      decide: (id, at, { policy }, prepared) =>
        recordLead(
          {
            ...{ id, projectId, kind, source, contactConsent, interactionId, ...prepared },
            ...{ consultantId: input.consultantId ?? actor.id, need: needOf(input.need), by: actor.id },
          },
          at,
          policy,
        ),
    });
  }

  followUp(input: Inputs.FollowUpLeadInput, actor: Actor) {
    const { method, outcome, result, nextAt = null } = input;
    return this.change('followUpLead', input, actor, (lead, at, { policy }) =>
      followUpLead(lead, { method, outcome, result, nextAt, by: actor.id }, at, policy),
    );
  }

  propose(input: Inputs.ProposeUnitsInput, actor: Actor) {
    const { unitIds } = input;
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, 'proposeUnits', handle, input.leadId, input),
      prepare: (tx, { projectId }) => homesNamed(tx, projectId, unitIds),
      decide: (lead, at, _surroundings, homes) => recordProposal(lead, { unitIds, by: actor.id }, homes, at),
    });
  }

  /** @throws Fault BAD_USER_INPUT for a customer that is not known in the project */
  recordVisit(input: Inputs.RecordLeadVisitInput, actor: Actor) {
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, 'recordLeadVisit', handle, input.leadId, input),
      check: async () => {
        const projectId = await this.projectOf(input, actor);
        await this.references.check([customerReference(projectId, input.customerId)]);
      },
      prepare: async (tx) => (await currentCustomers(tx, [input.customerId])).get(input.customerId)!,
      decide: (lead, at, { policy }, customerId) =>
        recordLeadVisit(lead, { customerId, by: actor.id }, at, policy),
    });
  }

  changeNeed(input: Inputs.ChangeLeadNeedInput, actor: Actor) {
    const need = needOf(input.need);
    return this.change('changeLeadNeed', input, actor, (lead, at) =>
      changeLeadNeed(lead, { need, by: actor.id }, at),
    );
  }

  changeConsent(input: Inputs.ChangeLeadConsentInput, actor: Actor) {
    const { contactConsent } = input;
    return this.change('changeLeadConsent', input, actor, (lead, at, { policy }) =>
      changeLeadConsent(lead, { contactConsent, by: actor.id }, at, policy),
    );
  }

  /** @throws Fault BAD_USER_INPUT for a consultant who is not known in the project, or has left */
  assign(input: Inputs.AssignLeadInput, actor: Actor) {
    const { consultantId } = input;
    const assign = 'sales.lead.assign';
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, 'assignLead', assign, input.leadId, input),
      check: async () => {
        const projectId = await this.projectOf(input, actor, assign);
        await this.references.checkEmployed({ id: consultantId, field: 'input.consultantId', projectId });
      },
      decide: (lead, at) => assignLead(lead, { consultantId, by: actor.id }, at),
    });
  }

  close(input: Inputs.CloseLeadInput, actor: Actor) {
    const { reason } = input;
    return this.change('closeLead', input, actor, (lead, at, { policy }) =>
      closeLead(lead, { reason, by: actor.id }, at, policy),
    );
  }

  private change<R extends Refusal>(
    command: string,
    input: Inputs.LeadCommandInput,
    actor: Actor,
    decide: Decide<R>,
  ) {
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, command, handle, input.leadId, input),
      decide,
    });
  }

  private projectOf(
    { leadId }: Inputs.LeadCommandInput,
    actor: Actor,
    permission: Permission = handle,
  ): Promise<string> {
    return projectOf(this.platform.dataSource, Lead, leadId, actor, permission);
  }

  private async checkParties(projectId: string, input: Inputs.RecordLeadInput): Promise<void> {
    const { customerId, consultantId } = input;
    await this.references.check([
      { kind: 'project', id: projectId, field: 'input.projectId' },
      customerId != null && customerReference(projectId, customerId),
      consultantId != null && { kind: 'staff', id: consultantId, field: 'input.consultantId', projectId },
    ]);
    if (consultantId) {
      await this.references.checkEmployed({ id: consultantId, field: 'input.consultantId', projectId });
    }
  }
}

function customerReference(projectId: string, id: string) {
  return { kind: 'customer' as const, id, field: 'input.customerId', projectId };
}

async function currentCustomer(tx: EntityManager, id: string | null): Promise<string | null> {
  return id === null ? null : (await currentCustomers(tx, [id])).get(id)!;
}

/** The next number of the day of the contact in the project. */
async function nextLeadNumber(
  tx: EntityManager,
  projectId: string,
  receivedAt: Date,
  surroundings: SalesSurroundings,
): Promise<string> {
  const day = dayOf(receivedAt, surroundings);
  return leadNumber(surroundings.projectCode, day, await nextNumber(tx, `lead:${projectId}:${day}`));
}
