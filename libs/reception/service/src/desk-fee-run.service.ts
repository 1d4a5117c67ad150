import type { EntityManager } from 'typeorm';
import { badInput, requireIn, type Actor, type AggregateDefinition, type InputProblem } from '@anju/commands';
import { Money, accept, isRefused, type Decision } from '@anju/kernel';
import { chargeFee, liableForFee, type FeeAccountState, type ReceptionRefusal } from '@anju/reception-rules';
import type { Known, References } from '@anju/references';
import type { Platform } from '@anju/subgraph';
import { amountProblems } from './desk-amount';
import { ManagementFeeRun, type FeeRunState, type RunFee } from './desk-fee-run.entity';
import type { ChargeManagementFeesInput } from './fee-account.schema';
import { receptionEnvironment, type ReceptionEnvironment } from './environment';
import {
  chargeUnit,
  lockFeeAccounts,
  unopenedAccount,
  type FeeAccountAggregate,
} from './fee-account.service';
import { survivorsOf } from './merged-customers';

interface FeesCharged {
  readonly type: 'FeesCharged';
}

export type FeeRunAggregate = AggregateDefinition<
  FeeRunState,
  FeesCharged,
  ReceptionEnvironment,
  ManagementFeeRun
>;

/** Many units' fees in one transaction: a run is charged as a whole, and asked for twice it is charged once. */
export function feeRunAggregate(references: References, feeAccounts: FeeAccountAggregate): FeeRunAggregate {
  return {
    type: 'ManagementFeeRun',
    context: 'reception',
    entity: ManagementFeeRun,
    environment: receptionEnvironment(references),
    events: () => [],
    react: async (_fact, { projectId, month, dueAt, charged }, reaction) => {
      for (const fee of charged) await chargeUnit(feeAccounts, { projectId, month, dueAt, ...fee }, reaction);
    },
  };
}

type FeeRefusal = ReceptionRefusal<'FEE_MONTH_INVALID' | 'AMOUNT_NOT_POSITIVE' | 'FEE_MONTH_ALREADY_CHARGED'>;

/** Who owes the fee of each unit by the roles on a day (DIR-02); without an owner or such a tenant, nobody. */
async function liableByUnit(
  tx: EntityManager,
  unitIds: readonly string[],
  day: string,
): Promise<ReadonlyMap<string, string>> {
  const roles: Known<'customerRole'>[] = await tx.query(
    `select id, project_ids as "projectIds", data from known_reference
     where kind = 'customerRole' and data->>'unitId' = any($1) and data->>'role' in ('OWNER', 'TENANT')
       and data->>'from' <= $2 and coalesce(data->>'to', '9999-12-31') >= $2
     order by data->>'from', id`,
    [unitIds, day],
  );
  const liable = new Map<string, string>();
  for (const unitId of unitIds) {
    const here = roles.map(({ data }) => data).filter((role) => role.unitId === unitId);
    const owner = here.find(({ role }) => role === 'OWNER');
    const tenant = here.find(({ role, feePayer }) => role === 'TENANT' && feePayer === 'TENANT');
    if (!owner && !tenant) continue;
    const tenancy = tenant && { tenantId: tenant.customerId, feePayer: 'TENANT' as const };
    liable.set(unitId, liableForFee(owner?.customerId ?? tenant!.customerId, tenancy ?? null));
  }
  return liable;
}

/** A fee of the input; nobody is liable where none is named and the directory knows none. */
type AskedFee = Omit<RunFee, 'liableCustomerId'> & { readonly liableCustomerId: string | undefined };

interface PlannedRun {
  readonly charged: readonly RunFee[];
  readonly alreadyCharged: readonly RunFee[];
}

/**
 * What a run does, or the first refusal of one of its fees.
 * @throws Fault BAD_USER_INPUT naming every unit of which nobody is known who owes its fee
 */
function planRun(
  fees: readonly AskedFee[],
  { month, dueAt }: { readonly month: string; readonly dueAt: Date },
  accountOf: (unitId: string) => FeeAccountState,
  at: Date,
): PlannedRun | FeeRefusal {
  const charged: RunFee[] = [];
  const alreadyCharged: RunFee[] = [];
  const problems: InputProblem[] = [];
  for (const [index, { unitId, liableCustomerId, amount }] of fees.entries()) {
    const account = accountOf(unitId);
    const before = account.charges.find((charge) => charge.month === month);
    if (before) {
      alreadyCharged.push({ unitId, liableCustomerId: before.liableCustomerId, amount: before.amount });
      continue;
    }
    const fee = { month, dueAt, liableCustomerId: liableCustomerId ?? '', amount: Money.of(amount) };
    const decision = chargeFee(account, fee, at);
    if (isRefused(decision)) return decision.refusal;
    if (liableCustomerId === undefined) {
      problems.push({
        field: `input.fees.${index}.liableCustomerId`,
        problem: `is left out, and no owner or tenant of ${month} is known`,
        expected: 'the id of the customer who owes the fee',
      });
    } else {
      charged.push({ unitId, liableCustomerId, amount: fee.amount.toString() });
    }
  }
  if (problems.length > 0) throw badInput(...problems);
  return { charged, alreadyCharged };
}

const charge = 'reception.fee.charge';

/** Charges management fees, to one unit or to many (REC-35). */
export class FeeRunService {
  constructor(
    private readonly platform: Pick<Platform, 'commands'>,
    private readonly references: References,
    private readonly aggregate: FeeRunAggregate,
  ) {}

  charge(input: ChargeManagementFeesInput, actor: Actor) {
    const { projectId, month, dueAt, fees } = input;
    requireIn(actor, charge, projectId);
    this.checkFees(input);
    return this.platform.commands.create(this.aggregate, {
      actor,
      command: 'chargeManagementFees',
      permission: charge,
      projectId,
      idempotencyKey: input.idempotencyKey,
      input,
      check: () =>
        this.references.check([
          { kind: 'project', id: projectId, field: 'input.projectId' },
          ...fees.flatMap(({ unitId, liableCustomerId }, index) => [
            { kind: 'unit' as const, id: unitId, field: `input.fees.${index}.unitId`, projectId },
            liableCustomerId != null && {
              kind: 'customer' as const,
              id: liableCustomerId,
              field: `input.fees.${index}.liableCustomerId`,
              projectId,
            },
          ]),
        ]),
      prepare: async (tx, at) => {
        const asked = await this.withLiable(tx, input);
        const unitIds = fees.map(({ unitId }) => unitId);
        const accounts = await lockFeeAccounts(tx, unitIds);
        const accountOf = (unitId: string): FeeAccountState =>
          accounts.get(unitId) ?? unopenedAccount(projectId, unitId, at);
        return planRun(asked, input, accountOf, at);
      },
      decide: (id, at, _environment, run): Decision<FeeRunState, FeesCharged, FeeRefusal> => {
        if ('code' in run) return { outcome: 'refused', refusal: run };
        const state = { id, projectId, status: 'CHARGED', month, dueAt, chargedAt: at } as const;
        return accept({ ...state, ...run, chargedBy: actor.id }, { type: 'FeesCharged' });
      },
    });
  }

  /** @throws Fault BAD_USER_INPUT naming every amount that is none, and every unit that comes twice */
  private checkFees({ fees }: ChargeManagementFeesInput): void {
    const seen = new Set<string>();
    const problems = fees.flatMap(({ unitId, amount }, index) => {
      const field = `input.fees.${index}`;
      const twice = seen.has(unitId);
      seen.add(unitId);
      const again = { field: `${field}.unitId`, problem: 'comes twice', expected: 'each unit once' };
      return [...amountProblems(amount, `${field}.amount`), ...(twice ? [again] : [])];
    });
    if (fees.length === 0) {
      problems.push({ field: 'input.fees', problem: 'is empty', expected: 'at least one fee' });
    }
    if (problems.length > 0) throw badInput(...problems);
  }

  private async withLiable(
    tx: EntityManager,
    { month, fees }: ChargeManagementFeesInput,
  ): Promise<AskedFee[]> {
    const survivorOf = await survivorsOf(
      tx,
      fees.flatMap(({ liableCustomerId }) => liableCustomerId ?? []),
    );
    const unnamed = fees.filter(({ liableCustomerId }) => liableCustomerId == null);
    const unitIds = unnamed.map(({ unitId }) => unitId);
    const liable = await liableByUnit(tx, unitIds, `${month}-01`);
    return fees.map(({ unitId, amount, liableCustomerId: id }) => ({
      unitId,
      amount,
      liableCustomerId: id == null ? liable.get(unitId) : survivorOf(id),
    }));
  }
}
