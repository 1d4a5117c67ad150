import type { Known, KnownKind } from '@anju/references';
import type { ServiceBulk } from './service-bulk';
import { cellOf, jsonCell, lineOf, type TableStream } from './copy-in';

/** What the services other than the directory know of it, as its events would have told them. */
export class ReferencesBulk {
  private constructor(private readonly tables: readonly TableStream[]) {}

  static async open(services: readonly ServiceBulk[]): Promise<ReferencesBulk> {
    const columns = ['kind', 'id', 'project_ids', 'data'];
    return new ReferencesBulk(
      await Promise.all(services.map((service) => service.table('known_reference', columns))),
    );
  }

  know<Kind extends KnownKind>(kind: Kind, { id, projectIds, data }: Known<Kind>): void {
    const line = lineOf([kind, id, cellOf(projectIds), jsonCell(data)]);
    for (const table of this.tables) table.addLine(line);
  }
}
