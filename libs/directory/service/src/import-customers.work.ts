import type { EntityManager } from 'typeorm';
import {
  homeKey,
  importCustomer,
  type CustomerFact,
  type CustomerRow,
  type CustomerState,
  type DirectoryPolicy,
  type FieldProblem,
  type ImportCustomerRefusal,
} from '@anju/directory-rules';
import { accept, isRefused, newId } from '@anju/kernel';
import { customerAggregate } from './customer.entity';
import { customersUnder } from './customer-lookup';
import type { ImportSetting, ImportWork, LineOutcome, ReadRow } from './import-work';
import { documentIndex, phoneIndex } from './lookup-keys';
import { Unit } from './unit.entity';

/** Customers by what a line can name them with. */
class KnownCustomers {
  private readonly byId = new Map<string, CustomerState>();
  private readonly idsByKey = new Map<string, Set<string>>();

  has(id: string): boolean {
    return this.byId.has(id);
  }

  put(customer: CustomerState): void {
    this.byId.set(customer.id, customer);
    for (const key of keysOf(customer)) {
      const ids = this.idsByKey.get(key) ?? new Set();
      this.idsByKey.set(key, ids.add(customer.id));
    }
  }

  candidates(row: CustomerRow): CustomerState[] {
    const ids = new Set(rowKeys(row).flatMap((key) => [...(this.idsByKey.get(key) ?? [])]));
    return [...ids].map((id) => this.byId.get(id)!);
  }
}

function keysOf({
  phones,
  identityDocuments,
}: Pick<CustomerState, 'phones' | 'identityDocuments'>): string[] {
  return [
    ...phones.map(({ number }) => number),
    ...identityDocuments.map(({ kind, number }) => `${kind}/${number}`),
  ];
}

function rowKeys({ phones, identityDocument }: CustomerRow): string[] {
  return keysOf({
    phones: phones.map((phone) => ({ ...phone, id: '' })),
    identityDocuments: identityDocument ? [identityDocument] : [],
  });
}

/** What the lines of a batch did to one customer, written in one piece. */
interface Written {
  readonly isNew: boolean;
  readonly state: CustomerState;
  readonly facts: readonly CustomerFact[];
}

/**
 * Carries out the lines of a customers file (DIR-02, DIR-06). Several lines may be about one customer: each
 * sees what those before it did.
 */
export class CustomersWork implements ImportWork<CustomerRow> {
  readonly newBuildings = 0;
  readonly newSections = 0;
  /** A trial remembers what the lines would have written; otherwise it is in the database for the next batch. */
  private readonly tried = new KnownCustomers();

  constructor(
    private readonly setting: ImportSetting,
    private readonly policy: DirectoryPolicy,
  ) {}

  async carryOut(rows: readonly ReadRow<CustomerRow>[], at: Date, tx: EntityManager): Promise<LineOutcome[]> {
    const { project, write } = this.setting;
    const known = write ? new KnownCustomers() : this.tried;
    for (const customer of await this.load(rows, tx)) if (!known.has(customer.id)) known.put(customer);
    const units = await this.unitsOf(rows, tx);
    const written = new Map<string, Written>();
    const outcomes = rows.map(({ line, row }): LineOutcome => {
      const unit = row.role ? (units.get(homeKey(row.role.home)) ?? null) : null;
      const decision = importCustomer(known.candidates(row), row, project, unit, newId, at, this.policy);
      if (isRefused(decision)) return { line, problems: problemsOf(decision.refusal) };
      const { state, facts } = decision;
      if (facts.length === 0) return { line, effect: 'UNCHANGED' };
      const isNew = !known.has(state.id);
      const before = written.get(state.id);
      written.set(state.id, {
        isNew: before?.isNew ?? isNew,
        state,
        facts: [...(before?.facts ?? []), ...facts],
      });
      known.put(state);
      return { line, effect: isNew ? 'CREATED' : 'CHANGED' };
    });
    await this.save([...written.values()], tx);
    return outcomes;
  }

  /** The rows are locked since they were read, so that what was decided on them still holds. */
  private async save(written: readonly Written[], tx: EntityManager): Promise<void> {
    const { project, write } = this.setting;
    if (!write) return;
    const { commands, request } = write;
    const created = written.filter(({ isNew }) => isNew);
    await commands.createMany(customerAggregate, {
      ...{ ...request, tx, projectId: project.id },
      decide: created.map(
        ({ state, facts }) =>
          () =>
            accept<CustomerState, CustomerFact>(state, ...facts),
      ),
    });
    for (const { isNew, state, facts } of written) {
      if (isNew) continue;
      const decide = () => accept<CustomerState, CustomerFact>(state, ...facts);
      await commands.change(customerAggregate, { ...request, tx, id: state.id, decide });
    }
  }

  private load(rows: readonly ReadRow<CustomerRow>[], tx: EntityManager): Promise<CustomerState[]> {
    const phones = rows.flatMap(({ row }) => row.phones.map(({ number }) => phoneIndex(number)));
    const documents = rows.flatMap(({ row: { identityDocument } }) =>
      identityDocument ? [documentIndex(identityDocument)] : [],
    );
    const hold = this.setting.write ? 'KEYS_AND_ROWS' : 'NOTHING';
    return customersUnder([...phones, ...documents], this.setting.project.organisationId, tx, hold);
  }

  private async unitsOf(
    rows: readonly ReadRow<CustomerRow>[],
    tx: EntityManager,
  ): Promise<Map<string, Unit>> {
    const keys = rows.flatMap(({ row: { role } }) => (role ? [homeKey(role.home)] : []));
    const units = await tx
      .createQueryBuilder(Unit, 'unit')
      .addSelect('unit.homeKey')
      .where('unit.projectId = :projectId', { projectId: this.setting.project.id })
      .andWhere('unit.homeKey = any(:keys)', { keys })
      .getMany();
    return new Map(units.map((unit) => [unit.homeKey, unit]));
  }
}

function contradicts(field: string, expected: string): FieldProblem[] {
  return [{ field, reason: 'CONTRADICTS', expected }];
}

/** A refusal as a problem of the line's cells. */
function problemsOf(refusal: ImportCustomerRefusal): readonly FieldProblem[] {
  switch (refusal.code) {
    case 'FIELDS_NOT_VALID':
      return refusal.data.problems;
    case 'IDENTITY_DOCUMENT_DIFFERS':
      return contradicts('identityNumber', refusal.data.documentKind);
    case 'CUSTOMER_ROLE_ALREADY_HELD':
      return contradicts('from', refusal.data.from);
    case 'CUSTOMER_ROLE_ALREADY_ENDED':
      return contradicts('to', refusal.data.to);
    case 'CUSTOMER_ROLE_NOT_FOUND':
      return contradicts('role', '');
    case 'CUSTOMER_ALREADY_MERGED':
    case 'PROBABLE_DUPLICATE':
      return contradicts('name', '');
  }
}
