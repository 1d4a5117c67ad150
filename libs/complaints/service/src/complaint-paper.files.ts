import type { DataSource } from 'typeorm';
import { mayIn, type Principal } from '@anju/access';
import { badInput, notFound, type InputProblem } from '@anju/commands';
import { documentMark, documentsOf, type ComplaintDocument } from '@anju/complaints-rules';
import type { FilesHandler } from '@anju/files';
import { isId, type Clock } from '@anju/kernel';
import type { Locale } from '@anju/labels';
import type { References } from '@anju/references';
import { readPermission } from './complaint-filters';
import { paperDocument, paperTitle, type PaperHead } from './complaint-paper.document';
import { complaintPolicies } from './complaint-policy';
import { Complaint } from './complaint.entity';
import {
  answerPrinted,
  isPrintEnding,
  printLanguage,
  requireReading,
  type PrintEnding,
  type PrintExchange,
} from './printed-answer';

const folder = 'documents/';

/** Where the gateway gives a document of a case out, with the token of the graph; `?language=zh` or `en`. */
export function paperPath(
  complaintId: string,
  { document, sequence }: Pick<ComplaintDocument, 'document' | 'sequence'>,
  ending: PrintEnding,
): string {
  return `/files/complaints/${folder}${complaintId}/${documentMark(document, sequence)}.${ending}`;
}

/** A document of a case, as its address has it. */
interface Asked {
  readonly complaintId: string;
  /** See `documentMark`. */
  readonly mark: string;
  readonly ending: PrintEnding;
}

/** @throws Fault NOT_FOUND for an address at which no document can be */
function readAddress(rest: string): Asked {
  const place = rest.slice(folder.length);
  const [, complaintId = '', mark = '', ending = ''] = /^([^/]+)\/(\w+)\.(\w+)$/.exec(place) ?? [];
  if (!isId(complaintId) || !isPrintEnding(ending)) throw notFound('File', place);
  return { complaintId, mark, ending };
}

/** The written parts of a case on paper (CMP-09, 10, 11), each version by itself, for whoever may read the case. */
export class PaperPrinter {
  constructor(
    private readonly dataSource: DataSource,
    private readonly references: References,
    private readonly clock: Clock,
  ) {}

  /** `GET …/documents/<id of the case>/D1.pdf?language=zh`, and the same with `.html`. */
  places(): Readonly<Record<typeof folder, FilesHandler<Principal>>> {
    return { [folder]: (exchange) => this.answer(exchange) };
  }

  private async answer(exchange: PrintExchange): Promise<void> {
    requireReading(exchange, readPermission);
    const { complaintId, mark, ending } = readAddress(exchange.rest);
    const problems: InputProblem[] = [];
    const locale = printLanguage(exchange, problems);
    if (problems.length > 0) throw badInput(...problems);
    const complaint = await this.read(complaintId, exchange.principal);
    const paper = documentsOf(complaint).find(
      ({ document, sequence }) => documentMark(document, sequence) === mark,
    );
    if (!paper) throw notFound('ComplaintDocument', mark);
    const head = await this.headOf(complaint, locale);
    const name = `${paperTitle(complaint, paper, locale)}-${paper.number}`;
    await answerPrinted(exchange, paperDocument(complaint, paper, head), { name, ending });
  }

  /** @throws Fault NOT_FOUND also for a case of a project in which the reader may read none */
  private async read(id: string, reader: Principal): Promise<Complaint> {
    const complaint = await this.dataSource.manager.findOneBy(Complaint, { id });
    if (!complaint || !mayIn(reader, readPermission, complaint.projectId)) throw notFound('Complaint', id);
    return complaint;
  }

  private async headOf(complaint: Complaint, locale: Locale): Promise<PaperHead> {
    const { projectId, unitId, buildingId } = complaint;
    const { manager } = this.dataSource;
    const project = await this.references.project(projectId);
    const unit = unitId === null ? null : await this.references.find('unit', unitId);
    const building = buildingId === null ? null : await this.references.find('building', buildingId);
    return {
      projectCode: project.code,
      timeZone: project.timeZone,
      home: unit?.data.home ?? null,
      buildingNumber: building?.data.number ?? null,
      departments: await this.departmentsOf(peopleOf(complaint)),
      policy: await complaintPolicies.of(projectId, manager),
      locale,
      madeAt: this.clock.now(),
    };
  }

  private async departmentsOf(staffIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows: { id: string; code: string }[] = await this.dataSource.query(
      `select id, data->>'departmentCode' as code from known_reference where kind = 'staff' and id = any($1)`,
      [staffIds],
    );
    return new Map(rows.map(({ id, code }) => [id, code]));
  }
}

/** Everybody whom a document of the case may speak of. */
function peopleOf(complaint: Complaint): string[] {
  const { handlerId, coordinatorId, companyForms, documentReceipts } = complaint;
  const people = [
    handlerId,
    coordinatorId,
    ...documentsOf(complaint).map(({ by }) => by),
    ...companyForms.flatMap(({ measures, result }) => [measures?.by, result?.by]),
    ...documentReceipts.map(({ by }) => by),
  ];
  return [...new Set(people)].filter((id): id is string => typeof id === 'string' && isId(id));
}
