import { defineLabels } from './define-labels';

/** 客户沟通. */
export const communications = defineLabels({
  values: {
    MessageChannel: {
      SMS: ['短信', 'Text message'],
      WECHAT: ['微信', 'WeChat'],
      EMAIL: ['电子邮件', 'E-mail'],
    },
    MessagePurpose: {
      SERVICE_NOTICE: ['服务通知', 'Service notice'],
      CASE_REPLY: ['事项回复', 'Reply to a case'],
      CONTRACT_NOTICE: ['合同通知', 'Contract notice'],
      FEE_REMINDER: ['缴费提醒', 'Fee reminder'],
      SURVEY: ['满意度调查', 'Survey'],
      INVITATION: ['活动邀请', 'Invitation'],
      MARKETING: ['营销信息', 'Marketing'],
    },
    TemplateFieldKind: {
      OF_MESSAGE: ['整条信息相同', 'The same for the whole message'],
      OF_RECIPIENT: ['因收件人而异', "The recipient's own"],
    },
    TemplateStatus: {
      IN_USE: ['使用中', 'In use'],
      RETIRED: ['已停用', 'Retired'],
    },
    TemplateCommand: {
      reviseTemplate: ['修订模板', 'Revising the template'],
      retireTemplate: ['停用模板', 'Retiring the template'],
    },
    MessageStatus: {
      DRAFT: ['草稿', 'Draft'],
      SUBMITTED: ['待审批', 'Waiting for approval'],
      APPROVED: ['已审批', 'Approved'],
      SENDING: ['发送中', 'Being sent'],
      SENT: ['已发送', 'Sent'],
      CANCELLED: ['已取消', 'Cancelled'],
    },
    MessageCommand: {
      editMessage: ['修改信息', 'Editing the message'],
      setMessageAudience: ['设定收件人', 'Setting the audience'],
      submitMessage: ['提交审批', 'Submitting the message'],
      approveMessage: ['审批信息', 'Approving the message'],
      rejectMessage: ['退回信息', 'Sending the message back'],
      startSending: ['开始发送', 'Beginning to send'],
      finishMessage: ['结束发送', 'Finishing the message'],
      cancelMessage: ['取消信息', 'Cancelling the message'],
    },
    MessageDeadlineKind: {
      SEND: ['开始发送', 'Beginning to send'],
    },
    ConsentStatus: {
      RECORDED: ['已登记', 'Recorded'],
    },
    AddressBookStatus: {
      RECORDED: ['已登记', 'Recorded'],
    },
    DeliveryStatus: {
      WAITING: ['等待发送', 'Waiting'],
      ATTEMPTING: ['正在发送', 'Being sent'],
      DELIVERED: ['已送出', 'Delivered'],
      FAILED: ['发送失败', 'Failed'],
      SKIPPED: ['未发送', 'Not sent'],
    },
    DeliveryCommand: {
      startAttempt: ['开始发送', 'Beginning an attempt'],
      handOverAttempt: ['交付发送', 'Handing over to the carrier'],
      acceptAttempt: ['记录送出', 'Recording a delivery'],
      rejectAttempt: ['记录拒收', 'Recording a rejection'],
      retryAttempt: ['安排重发', 'Trying again'],
      skipDelivery: ['取消发送', 'Skipping the delivery'],
    },
    DeliveryDeadlineKind: {
      ATTEMPT: ['发送', 'Attempt'],
      ATTEMPT_TIMEOUT: ['等待发送结果', 'Outcome of an attempt'],
    },
    AttemptOutcome: {
      ACCEPTED: ['已接收', 'Accepted'],
      TRY_AGAIN: ['暂时失败', 'Failed for now'],
      REJECTED: ['被拒绝', 'Rejected'],
      UNKNOWN: ['结果不明', 'Not known'],
    },
    SkipReason: {
      NO_CONSENT: ['客户未同意接收', 'No consent'],
      NO_ADDRESS: ['没有可用的联系方式', 'No address'],
      VALUE_MISSING: ['收件人资料不全', "A value of the recipient's is missing"],
      CUSTOMER_GONE: ['客户已不在名单中', 'The customer is not there any more'],
    },
    WordKind: {
      ACKNOWLEDGEMENT: ['致谢确认', 'Acknowledgement'],
      PROGRESS: ['进展告知', 'Progress'],
      REPLY: ['结果回复', 'Reply'],
      RETURN_VISIT: ['回访', 'Return visit'],
      CALLBACK: ['回电', 'Callback'],
      NOTICE: ['通知', 'Notice'],
      VISIT: ['访谈', 'Visit'],
      MESSAGE: ['群发信息', 'Message'],
    },
    WordSubject: {
      INTERACTION: ['来电来访', 'Contact'],
      COMPLAINT: ['投诉', 'Complaint'],
      CONTRACT: ['合同', 'Contract'],
      MESSAGE: ['信息', 'Message'],
      CUSTOMER_VISIT: ['访谈', 'Visit'],
      NOTHING_ELSE: ['其他', 'Nothing else'],
    },
    WordStatus: {
      RECORDED: ['已登记', 'Recorded'],
    },
    CustomerVisitStatus: {
      BEING_FOLLOWED_UP: ['整改跟进中', 'Being followed up'],
      FOLLOWED_UP: ['已落实', 'Followed up'],
    },
    CustomerVisitCommand: {
      planVisitAction: ['安排整改措施', 'Planning an action'],
      completeVisitAction: ['登记整改结果', 'Recording the result of an action'],
    },
    CustomerVisitDeadlineKind: {
      VISIT_ACTION: ['整改措施', 'Action'],
    },
  },
  messages: {
    TEMPLATE_NOT_IN_REQUIRED_STATUS: [
      '模板目前为“{currentStatus:TemplateStatus}”，不能{command:TemplateCommand}；须为：{allowedIn:TemplateStatus}。',
      '{command:TemplateCommand} is not possible: the template is “{currentStatus:TemplateStatus}”. It has to be: {allowedIn:TemplateStatus}.',
    ],
    MESSAGE_NOT_IN_REQUIRED_STATUS: [
      '信息目前为“{currentStatus:MessageStatus}”，不能{command:MessageCommand}；须为：{allowedIn:MessageStatus}。',
      '{command:MessageCommand} is not possible: the message is “{currentStatus:MessageStatus}”. It has to be: {allowedIn:MessageStatus}.',
    ],
    DELIVERY_NOT_IN_REQUIRED_STATUS: [
      '该收件人目前为“{currentStatus:DeliveryStatus}”，不能{command:DeliveryCommand}；须为：{allowedIn:DeliveryStatus}。',
      '{command:DeliveryCommand} is not possible: the delivery is “{currentStatus:DeliveryStatus}”. It has to be: {allowedIn:DeliveryStatus}.',
    ],
    CUSTOMER_VISIT_NOT_IN_REQUIRED_STATUS: [
      '访谈目前为“{currentStatus:CustomerVisitStatus}”，不能{command:CustomerVisitCommand}；须为：{allowedIn:CustomerVisitStatus}。',
      '{command:CustomerVisitCommand} is not possible: the visit is “{currentStatus:CustomerVisitStatus}”. It has to be: {allowedIn:CustomerVisitStatus}.',
    ],
    COMMUNICATION_TEXT_MISSING: ['请填写：{field:field}。', 'Please fill in: {field:field}.'],
    COMMUNICATION_IN_FUTURE: [
      '沟通时间 {givenAt:instant} 晚于现在（{now:instant}）。',
      'It is said to have been at {givenAt:instant}, which is later than now ({now:instant}).',
    ],
    TEMPLATE_NOT_READABLE: [
      '模板第 {position} 个字符处的花括号不成对。',
      'The brace at character {position} of the template has no other half.',
    ],
    TEMPLATE_FIELD_UNKNOWN: [
      '模板中有未知字段：{fields}。可用字段：{known}。',
      'The template has fields that are not known: {fields}. Known are: {known}.',
    ],
    TEMPLATE_TOO_LONG: [
      '模板有 {length} 个字符，{channel:MessageChannel}最多 {longest} 个。',
      'The template has {length} characters; {channel:MessageChannel} allows {longest}.',
    ],
    TEMPLATE_UNCHANGED: [
      '内容与第 {version} 版相同。',
      'The wording is the same as that of version {version}.',
    ],
    TEMPLATE_RETIRED: ['该模板已停用，请选用其他模板。', 'The template is retired. Please take another.'],
    TEMPLATE_OF_ANOTHER_PROJECT: ['该模板属于另一个项目。', 'The template belongs to another project.'],
    MESSAGE_VALUE_MISSING: ['以下字段没有填写：{fields}。', 'These fields have no value: {fields}.'],
    MESSAGE_VALUE_UNKNOWN: [
      '模板中没有这些字段：{fields}。须填写：{known}。',
      'The template does not ask for: {fields}. It asks for: {known}.',
    ],
    MESSAGE_VALUE_TOO_LONG: [
      '以下字段超过 {longest} 个字符：{fields}。',
      'These fields have more than {longest} characters: {fields}.',
    ],
    MESSAGE_TOO_LONG: [
      '信息有 {length} 个字符，{channel:MessageChannel}最多 {longest} 个。',
      'The message has {length} characters; {channel:MessageChannel} allows {longest}.',
    ],
    AUDIENCE_EMPTY: ['没有符合条件的收件人。', 'No customer meets the conditions of the audience.'],
    AUDIENCE_TOO_LARGE: [
      '收件人有 {size} 人，一条信息最多 {largest} 人，请分批发送。',
      'The audience is {size} customers; one message goes to {largest} at most. Please divide it.',
    ],
    AUDIENCE_NOT_SET: ['请先设定收件人。', 'Set the audience first.'],
    APPROVER_NOT_ENTITLED: [
      '须由{requiredRole:Role}审批。',
      'It has to be approved by: {requiredRole:Role}.',
    ],
    APPROVES_OWN_MESSAGE: [
      '不能审批自己参与起草的信息，请由其他项目经理审批。',
      'Nobody approves a message that he wrote himself. Somebody else has to.',
    ],
    MESSAGE_CHANGED_SINCE_SEEN: [
      '您查看的是第 {seenRevision} 稿，现在是第 {revision} 稿，请重新查看后再审批。',
      'You have seen revision {seenRevision}; it is revision {revision} now. Look at it again before approving.',
    ],
    DELIVERIES_NOT_FINISHED: [
      '{audience} 名收件人中还有 {open} 名没有结果。',
      '{open} of {audience} recipients have no outcome yet.',
    ],
    MESSAGE_ADDRESS_NOT_VALID: [
      '这不是有效的{channel:MessageChannel}地址。',
      'This is no address for {channel:MessageChannel}.',
    ],
    CONSENT_UNCHANGED: [
      '客户对{channel:MessageChannel}“{purpose:MessagePurpose}”的意愿没有变化。',
      'What the customer wants of “{purpose:MessagePurpose}” by {channel:MessageChannel} is the same as before.',
    ],
    DELIVERY_ATTEMPT_NOT_RUNNING: [
      '第 {attempt} 次发送已有结果或不存在。',
      'Attempt {attempt} has an outcome already, or never was.',
    ],
    VISIT_SUGGESTION_UNKNOWN: [
      '没有第 {sequence} 条建议（现有：{known}）。',
      'There is no suggestion {sequence} (there are: {known}).',
    ],
    VISIT_ACTION_ALREADY_PLANNED: [
      '第 {sequence} 条建议已安排整改措施。',
      'There is an action for suggestion {sequence} already.',
    ],
    VISIT_ACTION_DATE_NOT_VALID: ['{field:field}不是有效的日期。', '{field:field} is not a date.'],
    VISIT_ACTION_DUE_IN_PAST: [
      '完成日期 {dueOn} 早于今天（{today}）。',
      'The due date {dueOn} is before today ({today}).',
    ],
    VISIT_ACTION_NOT_OPEN: [
      '第 {sequence} 条建议没有未完成的整改措施（未完成：{open}）。',
      'Suggestion {sequence} has no open action (open are: {open}).',
    ],
  },
});
