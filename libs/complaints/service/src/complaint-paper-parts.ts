import { Field, Int, ObjectType } from 'type-graphql';
import type {
  FiledDemandForm,
  SpecialReport,
  CompanyDemandForm,
  CompanyReport,
  ComplaintDocument,
  DocumentReceipt,
  WrittenNotice,
} from '@anju/complaints-rules';
import { ReportRecipientEnum, SeverityEnum } from './graph-enums';
import {
  ComplaintDocumentKindEnum,
  DocumentRecipientEnum,
  NoticeKindEnum,
  NoticeWayEnum,
} from './work-enums';

/* What is written and handed out in a case, as the graph shows it: the rules' own values, kept as JSON with it. */

const actor = { description: 'A staff id, or `system:` and what acted.' };

@ObjectType('DemandForm', {
  simpleResolvers: true,
  description: 'A demand form (客户诉求处理表) as it was sent (CMP-11).',
})
export class DemandFormPart implements FiledDemandForm {
  @Field(() => Int, { description: '1 for the first of the case.' })
  sequence: number;

  @Field(() => Date, { description: 'When it was sent.' })
  filedAt: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => Int, { description: '1 as first filed; one more with each correction.' })
  version: number;

  @Field(() => String, { nullable: true, description: 'What a further version changed.' })
  revisedBecause: string | null;

  @Field(() => SeverityEnum, { description: 'The severity of the case when the form went out.' })
  severity: FiledDemandForm['severity'];

  @Field(() => String, { description: 'What the customers ask for (客户诉求).' })
  demand: string;

  @Field(() => String, { description: 'What is being done, and by when (处理措施).' })
  measures: string;

  @Field(() => [ReportRecipientEnum], { description: 'Who got it.' })
  sentTo: FiledDemandForm['sentTo'];
}

@ObjectType('SpecialReport', {
  simpleResolvers: true,
  description: 'The special report (专题报告) on a hot or major case, all six parts (CMP-11).',
})
export class SpecialReportPart implements SpecialReport {
  @Field(() => Int, { description: '1 for the first of the case.' })
  sequence: number;

  @Field(() => Int, { description: '1 as first submitted; one more with each correction.' })
  version: number;

  @Field(() => String, { nullable: true, description: 'What a further version changed.' })
  revisedBecause: string | null;

  @Field(() => Date, { description: 'When it was submitted.' })
  submittedAt: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => String, { description: 'What the complaint is about (投诉的内容).' })
  content: string;

  @Field(() => String, { description: 'How it came about (产生投诉的原因).' })
  cause: string;

  @Field(() => String, { description: 'How it was handled (处理过程).' })
  process: string;

  @Field(() => String, { description: 'What came of it (处理结果).' })
  result: string;

  @Field(() => String, { description: 'What was learnt (经验教训).' })
  lessons: string;

  @Field(() => String, { description: 'What is done differently from now on (纠正措施).' })
  correctiveActions: string;

  @Field(() => [ReportRecipientEnum], { description: 'Who got it.' })
  sentTo: SpecialReport['sentTo'];
}

@ObjectType('ComplaintDocumentReceipt', { simpleResolvers: true, description: 'A document arrived.' })
export class DocumentReceiptPart implements DocumentReceipt {
  @Field(() => ComplaintDocumentKindEnum, { description: 'What it is.' })
  document: DocumentReceipt['document'];

  @Field(() => Int, { description: 'Which of its kind in the case.' })
  sequence: number;

  @Field(() => DocumentRecipientEnum, { description: 'At whom.' })
  recipient: DocumentReceipt['recipient'];

  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => String, { nullable: true, description: 'Who signed for it outside.' })
  signedBy: string | null;
}

@ObjectType('ComplaintDocument', {
  simpleResolvers: true,
  description: 'A written part of the case: when it went out, to whom, and who has it.',
})
export class ComplaintDocumentPart implements ComplaintDocument {
  @Field(() => ComplaintDocumentKindEnum, { description: 'What it is.' })
  document: ComplaintDocument['document'];

  @Field(() => Int, { description: 'Which of its kind in the case.' })
  sequence: number;

  @Field(() => String, { description: 'The case’s number, the kind’s letter and the sequence.' })
  number: string;

  @Field(() => Int, { description: '1, or one more for each correction that was sent again.' })
  version: number;

  @Field(() => String, actor)
  by: string;

  @Field(() => Date, { description: 'When it went out.' })
  sentAt: Date;

  @Field(() => [DocumentRecipientEnum], { description: 'To whom.' })
  sentTo: ComplaintDocument['sentTo'];

  @Field(() => [DocumentReceiptPart], { description: 'Who has it.' })
  receipts: ComplaintDocument['receipts'];

  @Field(() => String, {
    description:
      'Where the gateway gives it out as a PDF, with the same token; `?language=zh` or `en`, else as the browser asks.',
  })
  pdfPath: string;

  @Field(() => String, { description: 'The same as a page.' })
  htmlPath: string;
}

@ObjectType('ComplaintNotice', {
  simpleResolvers: true,
  description: 'A written notice as it was sent (书面通知, CMP-09).',
})
export class ComplaintNoticePart implements WrittenNotice {
  @Field(() => Int, { description: '1 for the first of the case.' })
  sequence: number;

  @Field(() => NoticeKindEnum, { description: 'What it is.' })
  kind: WrittenNotice['kind'];

  @Field(() => DocumentRecipientEnum, { description: 'To whom.' })
  to: WrittenNotice['to'];

  @Field(() => String, { nullable: true, description: 'The department outside, in words.' })
  department: string | null;

  @Field(() => NoticeWayEnum, { description: 'How it was sent.' })
  way: WrittenNotice['way'];

  @Field(() => String, { description: 'What it says.' })
  text: string;

  @Field(() => Date, { description: 'When it was sent.' })
  sentAt: Date;

  @Field(() => String, actor)
  by: string;
}

@ObjectType('CompanyReport', {
  simpleResolvers: true,
  description: 'What the service centre reports to the quality centre (CMP-10).',
})
export class CompanyReportPart implements CompanyReport {
  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => String, { description: 'The measures, or the result.' })
  text: string;
}

@ObjectType('CompanyDemandForm', {
  simpleResolvers: true,
  description: 'A demand form that the quality centre issued ((公司)客户诉求处理表, CMP-10).',
})
export class CompanyDemandFormPart implements CompanyDemandForm {
  @Field(() => Int, { description: '1 for the first of the case.' })
  sequence: number;

  @Field(() => Date, { description: 'When it was issued.' })
  issuedAt: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => String, { description: 'What is demanded.' })
  demand: string;

  @Field(() => Date, { description: 'By when the result is asked for.' })
  finishAt: Date;

  @Field(() => CompanyReportPart, { nullable: true, description: 'The measures, once reported.' })
  measures: CompanyReport | null;

  @Field(() => CompanyReportPart, { nullable: true, description: 'The result, once reported.' })
  result: CompanyReport | null;
}
