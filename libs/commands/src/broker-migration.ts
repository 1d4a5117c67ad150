import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a service's database keeps of a broker's topics, and of each event that it took in: when in its turn, and
 * what tells it from another with its id.
 */
export class Broker1764600000000 implements MigrationInterface {
  readonly name = 'Broker1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table consumer_offset (
        consumer text not null,
        topic text not null,
        partition integer not null,
        next_offset bigint not null,
        primary key (consumer, topic, partition)
      );
      alter table inbox add column digest text, add column seq bigint generated always as identity;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table consumer_offset; alter table inbox drop column digest, drop column seq');
  }
}
