import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** Writes a condition on the table `t`, given how its parameter is written. */
type Condition = (parameter: string) => string;

/**
 * What a filter asks of the rows of a table `t`, for a list of its own as well as for the lists of many
 * parents at once.
 */
export class FilterConditions {
  private readonly conditions: { readonly sql: Condition; readonly value: unknown }[] = [];

  /** Adds the condition where the filter says anything; an empty list of choices leaves nothing. */
  where(value: unknown, sql: Condition): this {
    if (value !== null && value !== undefined) this.conditions.push({ sql, value });
    return this;
  }

  /** Adds one of two conditions for a yes or no, and none where the filter says neither. */
  either(value: boolean | null | undefined, yes: string, no: string): this {
    return this.where(
      value,
      (parameter) => `(${parameter}::boolean and ${yes} or not ${parameter}::boolean and ${no})`,
    );
  }

  addTo<Entity extends ObjectLiteral>(query: SelectQueryBuilder<Entity>): SelectQueryBuilder<Entity> {
    this.conditions.forEach(({ sql, value }, index) => {
      query.andWhere(sql(`:filter${index}`), { [`filter${index}`]: value });
    });
    return query;
  }

  /** @param first number of the first parameter */
  toSql(first: number): { readonly sql: string; readonly parameters: readonly unknown[] } {
    return {
      sql: this.conditions.map(({ sql }, index) => `(${sql(`$${first + index}`)})`).join(' and ') || 'true',
      parameters: this.conditions.map(({ value }) => value),
    };
  }

  /** The same for the same conditions, to tell a request's batches apart. */
  get key(): string {
    return JSON.stringify(this.conditions.map(({ sql, value }) => [sql('?'), value]));
  }
}
