import { contactChannels } from './channels';
import { complaintWorkCommands, complaintWorkMessages, complaintWorkValues } from './complaints-work';
import { defineLabels, type Text } from './define-labels';

const reportableFacts = {
  LAWSUIT_FILED: ['已引发法律诉讼', 'A lawsuit was filed'],
  LAWSUIT_LIKELY: ['可能引发法律诉讼', 'A lawsuit is likely'],
  MEDIA_EXPOSURE: ['已被媒体曝光', 'Exposed in the media'],
  MEDIA_EXPOSURE_LIKELY: ['可能被媒体曝光', 'Media exposure is likely'],
  OUTSIDE_HELP_NEEDED: ['需要顾问或其他公司协助', 'Outside help is needed'],
} as const satisfies Record<string, Text>;

const ages = {
  BECOMES_HOT: ['一周未解决，转为热点投诉', 'Becomes hot after a week'],
  BECOMES_MAJOR: ['一个月未解决，转为重大投诉', 'Becomes major after a month'],
} as const satisfies Record<string, Text>;

const clocks = {
  RESPONSE: ['一个工作日内的处理回应', 'Handling response'],
  CALLBACK: ['承诺的两日内回电', 'Promised callback'],
  REPLY: ['四小时内回复', 'Reply within four hours'],
  MEASURES: ['当日具体措施回应', 'Measures by closing time'],
  DEMAND_FORM: ['客户诉求处理表', 'Demand form'],
  COMPANY_MEASURES: ['向品质运营中心报送处理措施', 'Measures to the quality centre'],
  COMPANY_RESULT: ['向品质运营中心反馈处理结果', 'Result to the quality centre'],
  SPECIAL_REPORT: ['专题报告', 'Special report'],
  RETURN_VISIT: ['回访', 'Return visit'],
} as const satisfies Record<string, Text>;

/** 投诉. */
export const complaints = defineLabels({
  values: {
    ComplaintStatus: {
      RECEIVED: ['已受理', 'Received'],
      ACKNOWLEDGED: ['已致谢确认', 'Acknowledged'],
      IN_HANDLING: ['处理中', 'Being handled'],
      RESOLVED: ['已解决', 'Resolved'],
      CLOSED: ['已关闭', 'Closed'],
      REOPENED: ['重新处理', 'Reopened'],
      JOINED: ['已并案', 'Joined into another case'],
    },
    Severity: {
      GENERAL: ['一般投诉', 'General'],
      HOT: ['热点投诉', 'Hot'],
      MAJOR: ['重大投诉', 'Major'],
    },
    ReportableFact: reportableFacts,
    ComplaintFact: reportableFacts,
    SeverityReason: {
      ...reportableFacts,
      GROUP_OF_MAJOR_SIZE: ['集体投诉，达到重大投诉的人数', 'A group as large as makes a complaint major'],
      GROUP_OF_HOT_SIZE: ['集体投诉，达到热点投诉的人数', 'A group as large as makes a complaint hot'],
      SECOND_COMPLAINT: ['处理完毕后发生二次投诉', 'A second complaint after handling'],
      UNRESOLVED_FOR_A_MONTH: ['一个月后仍未解决', 'Unresolved for a month'],
      UNRESOLVED_FOR_A_WEEK: ['一周后仍未解决', 'Unresolved for a week'],
      RAISED_BY_HAND: ['人工提高等级', 'Raised by hand'],
    },
    ComplaintChannel: {
      ...contactChannels,
      QUALITY_CENTRE: ['品质运营中心', 'Quality centre'],
      DEVELOPER_CUSTOMER_RELATIONS: ['地产客户关系中心', "Developer's customer-relations centre"],
      RETURN_VISIT: ['回访', 'Return visit'],
    },
    ComplaintClockKind: clocks,
    AgeingKind: ages,
    ComplaintDeadlineKind: { ...clocks, ...ages },
    ClockStatus: {
      RUNNING: ['计时中', 'Running'],
      PAUSED: ['等待客户，暂停计时', 'Paused, waiting for the customer'],
      MET: ['按时完成', 'Met'],
      MISSED: ['超时未完成', 'Missed'],
      MET_LATE: ['超时完成', 'Met late'],
      LAPSED: ['不再需要', 'No longer needed'],
    },
    ClockParty: {
      CUSTOMER: ['客户', 'Customer'],
      HANDLER: ['处理人', 'Handler'],
      CUSTOMER_SERVICE: ['客户服务中心', 'Customer service'],
      DEPARTMENT_HEAD: ['部门负责人', 'Head of the department'],
      CUSTOMER_RELATIONS: ['客户关系中心', 'Customer-relations centre'],
      PROJECT_MANAGER: ['项目经理', 'Project manager'],
      DIVISION_LEADER: ['分管领导', 'Division leader'],
      GENERAL_MANAGER: ['总经理', 'General manager'],
      QUALITY_CENTRE: ['品质运营中心', 'Quality centre'],
    },
    SpecialReportPart: {
      content: ['投诉的内容', 'content of the complaint'],
      cause: ['产生投诉的原因', 'cause'],
      process: ['处理过程', 'course of the handling'],
      result: ['处理结果', 'result'],
      lessons: ['经验教训', 'lessons'],
      correctiveActions: ['纠正措施', 'corrective actions'],
      reason: ['更正理由', 'the reason of the revision'],
    },
    DemandFormPart: {
      demand: ['客户诉求', "the customers' demand"],
      measures: ['处理措施', 'the measures'],
      reason: ['更正理由', 'the reason of the revision'],
    },
    ComplaintDetail: {
      content: ['投诉内容', 'what the complaint says'],
      topic: ['投诉主题', 'what it is about'],
      reason: ['理由', 'the reason'],
    },
    ComplaintOrder: {
      RECEIVED_LAST_FIRST: ['最近受理的在前', 'Received last first'],
      RECEIVED_FIRST_FIRST: ['最早受理的在前', 'Received first first'],
      DUE_FIRST: ['最早到期的在前', 'Due first first'],
      LONGEST_OVERDUE_FIRST: ['超时最久的在前', 'Longest overdue first'],
      SEVEREST_FIRST: ['最严重的在前', 'Severest first'],
    },
    ReopeningCause: {
      DISSATISFIED_AT_RETURN_VISIT: ['回访时客户不满意', 'Dissatisfied at the return visit'],
      COMPLAINED_AGAIN: ['客户再次投诉', 'Complained again'],
    },
    LinkedCaseRelation: {
      LED_TO: ['由本投诉引出', 'Came from this case'],
      CAME_FROM: ['来自另一投诉', 'This case came from it'],
      RELATED: ['相关投诉', 'Related'],
      JOINED_INTO: ['并入该投诉', 'This case was joined into it'],
      TOOK_IN: ['由该投诉并入', 'It was joined into this case'],
      SPLIT_INTO: ['拆分出的投诉', 'Split off from this case'],
      SPLIT_FROM: ['拆分自该投诉', 'This case was split off from it'],
    },
    ReportRecipient: {
      QUALITY_CENTRE: ['品质运营中心', 'Quality centre'],
      DIVISION_LEADER: ['分管领导', 'Division leader'],
    },
    ...complaintWorkValues,
    ComplaintCommand: {
      ...complaintWorkCommands,
      fileComplaint: ['登记投诉', 'Filing'],
      openComplaint: ['由来电来访记录立案', 'Opening from a contact'],
      openLinkedComplaint: ['由回访中的新诉求立案', 'Opening from a return visit'],
      updateComplaintFromContact: ['按来电来访记录补充', 'Adding from a contact'],
      replaceComplaintCustomer: ['合并重复的客户', 'Merging two records of one customer'],
      acknowledgeComplaint: ['致谢并确认投诉', 'Acknowledging'],
      assignComplaint: ['指定责任部门和处理人', 'Assigning'],
      respondToComplaint: ['记录处理回应', 'Responding'],
      recordComplaintProgress: ['记录处理进展', 'Recording progress'],
      promiseComplaintCallback: ['承诺回电', 'Promising a call'],
      pauseComplaintClocks: ['等待客户，暂停计时', 'Waiting for the customer'],
      resumeComplaintClocks: ['恢复计时', 'Going on after waiting'],
      addComplaintFacts: ['补充事实', 'Adding facts'],
      nameComplaintStaff: ['登记被投诉员工', 'Naming employees'],
      raiseComplaintSeverity: ['提高投诉等级', 'Raising the severity'],
      changeComplaintCauseClass: ['更改投诉类别', 'Changing the cause class'],
      joinComplaint: ['客户加入投诉', 'Joining customers'],
      attachToComplaint: ['添加附件', 'Attaching files'],
      detachFromComplaint: ['移除附件', 'Taking a file off'],
      fileDemandForm: ['报送客户诉求处理表', 'Filing the demand form'],
      resolveComplaint: ['登记处理结果', 'Resolving'],
      recordReturnVisit: ['记录回访', 'Recording a return visit'],
      submitSpecialReport: ['提交专题报告', 'Submitting the special report'],
      reopenComplaint: ['重新处理投诉', 'Reopening'],
      closeComplaint: ['关闭投诉', 'Closing'],
    },
  },
  messages: {
    ...complaintWorkMessages,
    COMPLAINT_NOT_IN_REQUIRED_STATUS: [
      '投诉目前为“{status:ComplaintStatus}”，不能{command:ComplaintCommand}；须为：{allowedIn:ComplaintStatus}。',
      '{command:ComplaintCommand} is not possible: the complaint is “{status:ComplaintStatus}”. It has to be: {allowedIn:ComplaintStatus}.',
    ],
    NAMED_EMPLOYEE_CANNOT_HANDLE: [
      '被投诉的员工不能处理该投诉，请指定其他人。',
      'An employee whom the complaint names cannot handle it. Choose somebody else.',
    ],
    COMPLAINT_RECEIVED_IN_FUTURE: [
      '受理时间 {receivedAt:instant} 晚于现在（{now:instant}）。',
      'The time of receipt, {receivedAt:instant}, is later than now ({now:instant}).',
    ],
    COMPLAINT_DETAILS_MISSING: [
      '请填写：{missing:ComplaintDetail}。',
      'Please add: {missing:ComplaintDetail}.',
    ],
    THANKS_NOT_GIVEN: [
      '须先向客户表示感谢，并告知将尽快答复。',
      'The customer has to be thanked and told that an answer will come soon.',
    ],
    COMPLAINT_HANDLER_MISSING: [
      '尚未指定处理人，请先指定责任部门和处理人。',
      'Nobody has been named to handle the complaint. Set the responsible department and the handler first.',
    ],
    COMPLAINT_DEPARTMENT_MISSING: [
      '请指定责任部门；如尚无处理人，请一并指定。',
      'Please set the responsible department, and the handler where there is none yet.',
    ],
    COMPLAINT_ALREADY_ASSIGNED: [
      '该投诉已由{responsibleDepartment:Department}的这位处理人负责。',
      'The complaint is already with this handler of: {responsibleDepartment:Department}.',
    ],
    COMPLAINT_TEXT_MISSING: [
      '{command:ComplaintCommand}：请写明内容。',
      '{command:ComplaintCommand}: please write what was said or done.',
    ],
    COMPLAINT_REASON_MISSING: [
      '{command:ComplaintCommand}：请写明理由。',
      '{command:ComplaintCommand}: please give the reason.',
    ],
    COMPLAINT_FACTS_ALREADY_KNOWN: [
      '这些事实已登记：{knownFacts:ReportableFact}。',
      'These facts are known already: {knownFacts:ReportableFact}.',
    ],
    COMPLAINT_STAFF_ALREADY_NAMED: [
      '这些员工已登记为被投诉人。',
      'These employees are already named in the complaint.',
    ],
    SEVERITY_NOT_HIGHER: [
      '投诉等级只能提高：目前为{severity:Severity}，不能改为{asked:Severity}。',
      'A severity can only be raised: it is {severity:Severity} and cannot become {asked:Severity}.',
    ],
    CAUSE_CLASS_UNCHANGED: [
      '该投诉已是{causeClass:CauseClass}。',
      'The complaint is already of this class: {causeClass:CauseClass}.',
    ],
    COMPLAINT_UPLOADS_NOT_USABLE: [
      '有文件不能使用：上传已超过一天、不是您上传的、属于其他项目，或已附到投诉中。请重新上传。',
      'Some of the files cannot be used: uploaded more than a day ago, by somebody else, for another project, or attached already. Upload them again.',
    ],
    COMPLAINT_ATTACHMENTS_TOO_MANY: [
      '一件投诉最多 {most} 个附件，目前已有 {attached} 个，不能再加 {added} 个。',
      'A complaint has at most {most} files. It has {attached}, and {added} more would be too many.',
    ],
    COMPLAINT_ATTACHMENTS_TOO_LARGE: [
      '一件投诉的附件合计最多 {mostMegabytes} MB，加上这些将达到 {megabytes} MB。',
      'The files of a complaint have at most {mostMegabytes} MB together. With these they would have {megabytes} MB.',
    ],
    COMPLAINT_ATTACHMENT_NOT_THERE: [
      '该投诉没有这个附件，或附件已被移除。',
      'The complaint has no such file, or it was taken off already.',
    ],
    DEMAND_FORM_NOT_REQUIRED: [
      '目前（{severity:Severity}）没有待报送的《客户诉求处理表》；已报送的可以更正。',
      'No demand form is owed at present; the complaint is {severity:Severity}. One that was sent can be revised.',
    ],
    DEMAND_FORM_INCOMPLETE: [
      '《客户诉求处理表》还缺：{missing:DemandFormPart}。',
      'The demand form still lacks: {missing:DemandFormPart}.',
    ],
    COMPLAINT_RESULT_MISSING: ['请先登记处理结果。', 'Please record the result first.'],
    SATISFACTION_OUT_OF_RANGE: [
      '满意度须为 {lowest} 至 {highest} 的整数，不能是 {given}。',
      'Satisfaction is a whole number from {lowest} to {highest}, not {given}.',
    ],
    VISITED_CUSTOMER_NOT_IN_CASE: [
      '请选择本投诉中的客户作为回访对象。',
      'Choose one of the customers of this complaint as the one visited.',
    ],
    NEW_DEMAND_INCOMPLETE: [
      '客户的新诉求还缺：{missing:ComplaintDetail}。',
      'The new demand still lacks: {missing:ComplaintDetail}.',
    ],
    SPECIAL_REPORT_NOT_REQUIRED: [
      '目前（{severity:Severity}）没有待提交的专题报告。',
      'No special report is owed at present; the complaint is {severity:Severity}.',
    ],
    SPECIAL_REPORT_ALREADY_SUBMITTED: [
      '专题报告已于 {submittedAt:instant} 提交。',
      'The special report was submitted on {submittedAt:instant}.',
    ],
    SPECIAL_REPORT_INCOMPLETE: [
      '专题报告六个部分缺一不可，还缺：{missing:SpecialReportPart}。',
      'The special report needs all six parts; it still lacks: {missing:SpecialReportPart}.',
    ],
    COMPLAINT_CLOCK_NOT_PAUSABLE: [
      '以下时限不因等待客户而暂停：{kinds:ComplaintClockKind}；可暂停的有：{pausable:ComplaintClockKind}。',
      'These do not stand still while the customer is waited for: {kinds:ComplaintClockKind}. Those that may: {pausable:ComplaintClockKind}.',
    ],
    NO_COMPLAINT_CLOCK_RUNNING: ['没有正在计时的时限可暂停。', 'Nothing is running that could be paused.'],
    NO_COMPLAINT_CLOCK_PAUSED: ['没有已暂停的时限可恢复。', 'Nothing is paused that could go on.'],
    CALLBACK_CUSTOMER_NOT_IN_CASE: [
      '请选择本投诉中的客户作为回电对象。',
      'Choose one of the customers of this complaint as the one to be called.',
    ],
    CALLBACK_ALREADY_PROMISED: [
      '已承诺在 {dueAt:instant} 前回电，请先兑现。',
      'A call is promised already by {dueAt:instant}. Keep that promise first.',
    ],
    COMPLAINT_CLOSING_INCOMPLETE: [
      '关闭前还须完成{missing?[：{missing:[{clock:ComplaintClockKind}（期限 {dueAt:instant}）]}]}{missingByClass?[；按投诉类别：{missingByClass:[{duty:ClassDutyKind}{recipient?[（{recipient:DocumentRecipient}）]}]}]}。',
      'Before it can be closed, still to be done{missing?[: {missing:[{clock:ComplaintClockKind} (due {dueAt:instant})]}]}{missingByClass?[; by its class: {missingByClass:[{duty:ClassDutyKind}{recipient?[ ({recipient:DocumentRecipient})]}]}]}.',
    ],
  },
});
