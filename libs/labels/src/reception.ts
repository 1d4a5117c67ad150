import { contactChannels } from './channels';
import { defineLabels } from './define-labels';

/** 来电来访、服务工作单、工作联系单、分类处理记录、交接、缴费、放行条. */
export const reception = defineLabels({
  values: {
    InteractionChannel: contactChannels,
    InteractionStatus: {
      OPEN: ['处理中', 'Open'],
      CLOSED: ['已完成', 'Closed'],
    },
    InteractionClass: {
      ENQUIRY: ['咨询', 'Enquiry'],
      OWN_REPAIR: ['物业维修', 'Own repair'],
      RECTIFICATION: ['整改类', 'Rectification'],
      VENDOR: ['其他类（外联单位）', 'Other (vendor)'],
      COMMUNICATION: ['沟通类', 'Communication'],
      COMPLAINT: ['投诉', 'Complaint'],
      SPECIAL_SERVICE: ['特约服务', 'Special service'],
      SALES_ENQUIRY: ['购房咨询', 'Sales enquiry'],
      COUNTER_BUSINESS: ['前台业务', 'Counter business'],
    },
    Matter: {
      QUESTION: ['咨询', 'Question'],
      FAULT: ['报修', 'Fault'],
      OPINION: ['意见建议', 'Opinion'],
      SPECIAL_SERVICE: ['特约服务', 'Special service'],
      HOME_PURCHASE: ['购房', 'Home purchase'],
      COUNTER_BUSINESS: ['前台业务', 'Counter business'],
    },
    FaultDuty: {
      BUILDER: ['施工单位', 'Builder'],
      DEVELOPER: ['开发企业', 'Developer'],
      COMPANY: ['物业公司', 'Property company'],
      OTHER: ['其他', 'Other'],
    },
    TellingKind: {
      PROGRESS: ['进展', 'Progress'],
      RESULT: ['结果', 'Result'],
    },
    ItemKind: {
      WORK_ORDER: ['服务工作单', 'Work order'],
      RECTIFICATION: ['工作联系单', 'Liaison form'],
      FOLLOW_UP: ['分类处理记录', 'Follow-up'],
      COMPLAINT: ['投诉', 'Complaint'],
    },
    InteractionMissing: {
      content: ['反映内容', 'what it is about'],
      who: ['客户姓名', 'who it is'],
      callbackContact: ['回电方式', 'how to call back'],
    },
    ClosingRequirement: {
      CLASS: ['确认分类', 'a confirmed class'],
      ITEM: ['开出相应的单据', 'the form that its class asks for'],
      ITEM_DONE: ['完成所开出的单据', 'completion of what it led to'],
      RESULT_REPLY: ['记录对客户的结果答复', 'the reply to the customer with the result'],
    },
    InteractionCommand: {
      confirmClass: ['确认分类', 'Confirming the class'],
      reclassify: ['更改分类', 'Reclassifying'],
      offerHandover: ['移交', 'Handing over'],
      acceptHandover: ['接受移交', 'Accepting the handover'],
      declineHandover: ['不接受移交', 'Declining the handover'],
      tellCustomer: ['记录答复客户', 'Telling the customer'],
      noteComplaintReply: ['记录投诉答复', 'Noting a reply in the complaint case'],
      flagSilence: ['标记未答复', 'Flagging silence'],
      addItem: ['开出单据', 'Adding an item'],
      close: ['销项', 'Closing'],
    },
    ComplaintIntakePart: {
      complaint: ['投诉类别和已知事实', 'its cause class and what is known about it'],
      topic: ['主题', 'its topic'],
    },
    WorkOrderStatus: {
      ISSUED: ['已派单', 'Issued'],
      ACCEPTED: ['已接单', 'Accepted'],
      ON_SITE: ['已到场', 'On site'],
      DONE: ['已完工', 'Done'],
      CONFIRMED: ['客户已确认', 'Confirmed by the customer'],
      CANCELLED: ['已取消', 'Cancelled'],
    },
    WorkOrderCommand: {
      accept: ['接单', 'Accepting'],
      arrive: ['登记到场', 'Arriving'],
      finish: ['登记完工', 'Finishing'],
      confirm: ['客户确认', 'Confirming'],
      reschedule: ['改约', 'Moving the appointment'],
      cancel: ['取消', 'Cancelling'],
      missAppointment: ['登记失约', 'Missing the appointment'],
    },
    Mover: {
      COMPANY: ['公司', 'The company'],
      CUSTOMER: ['客户', 'The customer'],
    },
    MaterialSupplier: {
      COMPANY: ['公司提供', 'The company'],
      CUSTOMER: ['客户自备', 'The customer'],
    },
    RepairDetail: {
      fault: ['故障', 'the fault'],
      place: ['地点', 'the place'],
    },
    FollowUpCategory: {
      ENGINEERING: ['工程类', 'Engineering'],
      VENDOR: ['其他类', 'Other (vendor)'],
      COMMUNICATION: ['沟通类', 'Communication'],
    },
    FollowUpStatus: {
      OPEN: ['跟进中', 'Open'],
      CLOSED: ['已销项', 'Closed'],
    },
    EnteredReason: {
      WORK_ORDER_OVERDUE: ['服务工作单超过约定时间', 'The work order is overdue'],
      PARTNERS_EQUIPMENT: ['由外联单位负责维修', "A partner's equipment"],
      NEEDS_OTHERS: ['须与其他方面协调', 'Others have to take part'],
    },
    LeftReason: {
      WORK_ORDER_DONE: ['服务工作单已完工', 'The work order is done'],
      WORK_ORDER_CANCELLED: ['服务工作单已取消', 'The work order was cancelled'],
      RESULT_AND_REPLY_RECORDED: ['已记录结果并答复客户', 'Result and reply are recorded'],
    },
    FollowUpMissing: {
      result: ['处理结果', 'the result'],
      reply: ['对客户的答复', 'the reply to the customer'],
    },
    FollowUpCommand: {
      remind: ['催办', 'Reminding'],
      flag: ['标记逾期', 'Flagging'],
      recordArrival: ['登记到场', 'Recording the arrival'],
      recordResult: ['登记处理结果', 'Recording the result'],
      recordReply: ['记录答复客户', 'Recording the reply'],
      close: ['销项', 'Closing'],
      leaveWithWorkOrder: ['随工作单销项', 'Leaving with the work order'],
    },
    RectificationStatus: {
      REQUESTED: ['待主任核实', 'Requested'],
      VERIFIED: ['主任已核实签字', 'Verified'],
      SIGNED_FOR: ['项目部已签收', 'Signed for'],
      COMPLETED: ['项目部已确认销项', 'Completed'],
      WITHDRAWN: ['已撤回', 'Withdrawn'],
    },
    RectificationStep: {
      VERIFY: ['管理处主任核实签字', "the director's verification"],
      SIGN_FOR: ['开发企业项目部签收', "the project department's receipt"],
      COMPLETE: ['项目部确认销项', "the project department's confirmation"],
    },
    RectificationCommand: {
      verify: ['核实签字', 'Verifying'],
      signFor: ['签收', 'Signing for it'],
      complete: ['确认销项', 'Confirming completion'],
      withdraw: ['撤回', 'Withdrawing'],
    },
    ShiftStatus: {
      OPEN: ['当班', 'Open'],
      HANDED_OVER: ['已交班，待接班', 'Handed over'],
      ACCEPTED: ['已接班', 'Accepted'],
      DISPUTED: ['接班有异议', 'Disputed'],
    },
    ShiftCommand: {
      count: ['清点', 'Counting'],
      handOver: ['交班', 'Handing over'],
      acceptHandover: ['接班', 'Accepting the handover'],
      disputeHandover: ['提出异议', 'Disputing the handover'],
    },
    ShiftDifferenceOf: {
      CASH: ['现金', 'cash'],
      RECEIPTS: ['收据', 'receipts'],
      GOODS: ['物品', 'goods'],
    },
    DrawerPart: {
      cash: ['现金', 'cash'],
      receipts: ['收据', 'receipts'],
    },
    PaymentMethod: {
      CASH: ['现金', 'Cash'],
      CARD: ['银行卡', 'Card'],
      TRANSFER: ['转账', 'Transfer'],
      WECHAT: ['微信', 'WeChat'],
      ALIPAY: ['支付宝', 'Alipay'],
    },
    Collector: {
      FINANCE: ['财务收取', 'Finance'],
      DESK: ['前台代收', 'Desk'],
    },
    ReceiptStatus: {
      ISSUED: ['已开具', 'Issued'],
      CANCELLED: ['已作废', 'Cancelled'],
    },
    ReceiptCommand: {
      deliverInvoice: ['登记发票送达', 'Delivering the invoice'],
      cancel: ['作废', 'Cancelling'],
    },
    ReleaseSlipStatus: {
      REQUESTED: ['已申请', 'Requested'],
      REFUSED: ['未予放行', 'Refused'],
      ISSUED: ['已开具', 'Issued'],
      REDEEMED: ['已放行', 'Redeemed'],
      CANCELLED: ['已作废', 'Cancelled'],
    },
    ReleaseSlipKind: {
      OWNER: ['业主放行', "Owner's"],
      TENANT: ['租户放行', "Tenant's"],
    },
    ReleaseSlipCommand: {
      listGoods: ['填写物品清单', 'Listing the goods'],
      copyIdentity: ['复印证件', 'Copying the identity document'],
      sign: ['签名', 'Signing'],
      informDirector: ['通知管理处主任', 'Informing the director'],
      recordOwnerCall: ['记录与业主的通话', "Recording the owner's call"],
      issue: ['开具放行条', 'Issuing'],
      refuse: ['不予放行', 'Refusing'],
      redeem: ['放行', 'Redeeming'],
      cancel: ['作废', 'Cancelling'],
    },
    ReleaseObstacleWhat: {
      IDENTITY_COPY_MISSING: ['缺证件复印件', 'no copy of the identity document'],
      GOODS_LIST_EMPTY: ['没有物品清单', 'no list of goods'],
      SIGNATURE_MISSING: ['未签名', 'no signature'],
      SIGNED_BY_WRONG_PARTY: ['签名人不是申请人本人', 'signed by somebody else than the applicant'],
      ARREARS_NOT_TOLD: ['尚未告知业主欠费', 'the owner has not been told of the arrears'],
      DIRECTOR_NOT_INFORMED: ['欠费须先通知管理处主任', 'the director has not been informed of the arrears'],
      FEES_UNPAID: ['租户应缴的管理费未缴清', 'management fees that the tenant owes are unpaid'],
      OWNER_NOT_CALLED: ['尚未致电业主', 'the owner has not been called'],
      OWNER_DOES_NOT_CONSENT: ['业主不同意', 'the owner does not consent'],
      HURRY_WITH_ARREARS: ['有欠费，不能加急放行', 'with arrears nothing is released in a hurry'],
    },
  },
  messages: {
    INTERACTION_NOT_IN_REQUIRED_STATUS: [
      '该来电来访记录目前为“{status:InteractionStatus}”，不能{command:InteractionCommand}；须为：{allowedIn:InteractionStatus}。',
      '{command:InteractionCommand} is not possible: the contact is “{status:InteractionStatus}”. It has to be: {allowedIn:InteractionStatus}.',
    ],
    WORK_ORDER_NOT_IN_REQUIRED_STATUS: [
      '该服务工作单目前为“{status:WorkOrderStatus}”，不能{command:WorkOrderCommand}；须为：{allowedIn:WorkOrderStatus}。',
      '{command:WorkOrderCommand} is not possible: the work order is “{status:WorkOrderStatus}”. It has to be: {allowedIn:WorkOrderStatus}.',
    ],
    FOLLOW_UP_NOT_IN_REQUIRED_STATUS: [
      '该分类处理记录目前为“{status:FollowUpStatus}”，不能{command:FollowUpCommand}；须为：{allowedIn:FollowUpStatus}。',
      '{command:FollowUpCommand} is not possible: the entry is “{status:FollowUpStatus}”. It has to be: {allowedIn:FollowUpStatus}.',
    ],
    RECTIFICATION_NOT_IN_REQUIRED_STATUS: [
      '该工作联系单目前为“{status:RectificationStatus}”，不能{command:RectificationCommand}；须为：{allowedIn:RectificationStatus}。',
      '{command:RectificationCommand} is not possible: the liaison form is “{status:RectificationStatus}”. It has to be: {allowedIn:RectificationStatus}.',
    ],
    SHIFT_NOT_IN_REQUIRED_STATUS: [
      '该班次目前为“{status:ShiftStatus}”，不能{command:ShiftCommand}；须为：{allowedIn:ShiftStatus}。',
      '{command:ShiftCommand} is not possible: the shift is “{status:ShiftStatus}”. It has to be: {allowedIn:ShiftStatus}.',
    ],
    RECEIPT_NOT_IN_REQUIRED_STATUS: [
      '该收据目前为“{status:ReceiptStatus}”，不能{command:ReceiptCommand}；须为：{allowedIn:ReceiptStatus}。',
      '{command:ReceiptCommand} is not possible: the receipt is “{status:ReceiptStatus}”. It has to be: {allowedIn:ReceiptStatus}.',
    ],
    RELEASE_SLIP_NOT_IN_REQUIRED_STATUS: [
      '该放行条目前为“{status:ReleaseSlipStatus}”，不能{command:ReleaseSlipCommand}；须为：{allowedIn:ReleaseSlipStatus}。',
      '{command:ReleaseSlipCommand} is not possible: the release slip is “{status:ReleaseSlipStatus}”. It has to be: {allowedIn:ReleaseSlipStatus}.',
    ],
    RECEPTION_TEXT_MISSING: ['请填写：{field:field}。', 'Please fill in: {field:field}.'],
    RECEPTION_DEADLINE_NOT_PENDING: [
      '{dueAt:instant} 到期的事项已完成、改期或取消。',
      'What was due at {dueAt:instant} has been done, moved or given up.',
    ],
    INTERACTION_DETAILS_MISSING: [
      '来电来访记录须完整，请补充：{missing:InteractionMissing}。',
      'A contact is recorded in full. Please add: {missing:InteractionMissing}.',
    ],
    INTERACTION_RECEIVED_IN_FUTURE: [
      '受理时间 {receivedAt:instant} 晚于现在（{decidedAt:instant}）。',
      'The time of receipt, {receivedAt:instant}, is later than now ({decidedAt:instant}).',
    ],
    INTERACTION_CLASS_ALREADY_CONFIRMED: [
      '分类已确认为“{confirmedClass:InteractionClass}”；若要更改，请重新分类并写明理由。',
      'The class is confirmed: {confirmedClass:InteractionClass}. To change it, reclassify and give the reason.',
    ],
    INTERACTION_CLASS_NOT_CONFIRMED: [
      '分类尚未确认（系统建议：{proposedClass:InteractionClass}），请先确认。',
      'The class is not confirmed yet (proposed: {proposedClass:InteractionClass}). Confirm it first.',
    ],
    INTERACTION_CLASS_UNCHANGED: [
      '分类已是“{confirmedClass:InteractionClass}”。',
      'The class is this one already: {confirmedClass:InteractionClass}.',
    ],
    COMPLAINT_INTAKE_MISSING: [
      '投诉须填写：{missing:ComplaintIntakePart}。',
      'A complaint still needs: {missing:ComplaintIntakePart}.',
    ],
    NOT_THE_OWNER: [
      '首问责任制：只有首接责任人或其主管可以移交。',
      'First-contact ownership: only the owner of the contact, or a supervisor, can hand it over.',
    ],
    HANDOVER_TO_THE_OWNER: ['该事项已由此人负责。', 'The contact is with this person already.'],
    NO_HANDOVER_OFFERED: ['该事项没有待接受的移交。', 'No handover of this contact has been offered.'],
    HANDOVER_OFFERED_TO_ANOTHER: [
      '该事项是移交给另一位同事的，须由其本人答复。',
      'The contact was offered to another colleague, who has to answer.',
    ],
    INTERACTION_CLOSING_INCOMPLETE: [
      '销项前还须：{missing:[{what:ClosingRequirement}{kind?[（{kind:ItemKind}）]}]}。',
      'Before it can be closed it still needs: {missing:[{what:ClosingRequirement}{kind?[ ({kind:ItemKind})]}]}.',
    ],

    WORK_ORDER_DETAILS_MISSING: [
      '服务工作单还缺：{missing:RepairDetail}。',
      'The work order still lacks: {missing:RepairDetail}.',
    ],
    APPOINTMENT_ENDS_BEFORE_IT_BEGINS: [
      '约定时间的结束（{toAt:instant}）须晚于开始（{fromAt:instant}）。',
      'The appointment has to end ({toAt:instant}) after it begins ({fromAt:instant}).',
    ],
    APPOINTMENT_IN_THE_PAST: [
      '约定时间（{toAt:instant}）已过，现在是 {decidedAt:instant}。',
      'The appointment ({toAt:instant}) is over; it is now {decidedAt:instant}.',
    ],
    ESTIMATE_NEGATIVE: [
      '估价不能为负数（{estimate:money}）。',
      'An estimate cannot be negative ({estimate:money}).',
    ],
    MATERIAL_QUANTITY_NOT_POSITIVE: [
      '材料“{material}”的数量须大于零，不能是 {quantity}。',
      'The quantity of “{material}” has to be more than zero, not {quantity}.',
    ],
    COMPANY_MOVE_USED_UP: [
      '公司最多改约 {allowed} 次：已改约 {companyMoves} 次，失约 {missedAppointments} 次。',
      'The company may move an appointment {allowed} time(s): moved so far {companyMoves}, missed {missedAppointments}.',
    ],
    CUSTOMER_NOT_TOLD_OF_MOVE: [
      '改约须在约定时间（{agreedFromAt:instant}）之前告知客户。',
      'The customer has to be told of the move before the agreed time ({agreedFromAt:instant}).',
    ],
    CUSTOMER_TOLD_TOO_LATE: [
      '告知客户的时间（{customerToldAt:instant}）晚于约定时间（{agreedFromAt:instant}）。',
      'The customer was told too late ({customerToldAt:instant}): the agreed time was {agreedFromAt:instant}.',
    ],
    CUSTOMER_TOLD_IN_FUTURE: [
      '告知客户的时间（{customerToldAt:instant}）晚于现在（{decidedAt:instant}）。',
      'The time at which the customer was told ({customerToldAt:instant}) is later than now ({decidedAt:instant}).',
    ],

    FOLLOW_UP_NOT_FOR_CATEGORY: [
      '{category:FollowUpCategory}的分类处理记录不能{command:FollowUpCommand}；适用于：{allowedFor:FollowUpCategory}。',
      '{command:FollowUpCommand} is not for this category ({category:FollowUpCategory}), only for: {allowedFor:FollowUpCategory}.',
    ],
    PROMISED_TIME_PASSED: [
      '承诺上门时间（{promisedAt:instant}）已过，现在是 {decidedAt:instant}。',
      'The promised time ({promisedAt:instant}) is over; it is now {decidedAt:instant}.',
    ],
    COMMUNICATION_NOT_NEEDED: [
      '须与他人协调且预计超过 {moreThanDays} 天的事项，才列入沟通类。',
      'Only what needs others and takes more than {moreThanDays} days enters the communication register.',
    ],
    FOLLOW_UP_ALREADY_ARRIVED: [
      '外联单位已于 {arrivedAt:instant} 到场。',
      'The partner arrived on {arrivedAt:instant}.',
    ],
    FOLLOW_UP_RESULT_NOT_RECORDED: ['请先登记处理结果。', 'Please record the result first.'],
    FOLLOW_UP_CLOSING_INCOMPLETE: [
      '销项前还缺：{missing:FollowUpMissing}。',
      'Before it can be closed it still needs: {missing:FollowUpMissing}.',
    ],

    RECTIFICATION_DETAILS_MISSING: [
      '工作联系单还缺：{missing:RepairDetail}。',
      'The liaison form still lacks: {missing:RepairDetail}.',
    ],
    SIGNER_NOT_ENTITLED: [
      '“{step:RectificationStep}”须由{requiredRole:Role}签字。',
      'This signature ({step:RectificationStep}) can only be given in the role: {requiredRole:Role}.',
    ],
    OUT_OF_ORDER_SIGNATURE: [
      '签字顺序不对：目前为“{status:RectificationStatus}”，不能做“{step:RectificationStep}”{expectedStep?[；下一步应为“{expectedStep:RectificationStep}”]}。',
      'Out of order ({step:RectificationStep}): the form is “{status:RectificationStatus}”{expectedStep?[; next comes {expectedStep:RectificationStep}]}.',
    ],

    SHIFT_HANDOVER_NOT_ACCEPTED: [
      '上一班次（{status:ShiftStatus}）尚未接班确认，须写明理由才能开班。',
      'The shift before has not been accepted (it is “{status:ShiftStatus}”); a new one can be opened only with a reason.',
    ],
    SHIFT_OF_ANOTHER: [
      '这是他人的班次，须由本人交班。',
      'This is somebody else’s shift, to be handed over by himself.',
    ],
    SHIFT_NOT_COUNTED: [
      '交班前请先清点现金、收据和物品。',
      'Count cash, receipts and goods before handing over.',
    ],
    SHIFT_COUNT_OUTDATED: [
      '{countedAt:instant} 清点之后又有收款，请重新清点。',
      'Something was taken or given back after the count of {countedAt:instant}. Count again.',
    ],
    SHIFT_DIFFERENCE_NOT_EXPLAINED: [
      '清点与系统不符，请说明原因：{differences:[{of:ShiftDifferenceOf}{code?[ {code} ]}应为 {expected}，实点 {counted}]}。',
      'The count differs from the system; please explain: {differences:[{of:ShiftDifferenceOf}{code?[ {code}]} expected {expected}, counted {counted}]}.',
    ],
    SHIFT_COUNT_NEGATIVE: [
      '清点数不能为负：{what:DrawerPart}。',
      'A count cannot be negative: {what:DrawerPart}.',
    ],
    OWN_HANDOVER: ['不能接自己的班。', 'Nobody accepts or disputes his own handover.'],

    AMOUNT_NOT_POSITIVE: [
      '金额须大于零，不能是 {amount:money}。',
      'The amount has to be more than zero, not {amount:money}.',
    ],
    FINANCE_IS_PRESENT: [
      '财务在岗时由财务收款，前台不代收。',
      'While finance is there, finance takes payments, not the desk.',
    ],
    NO_OPEN_SHIFT: ['没有当班的班次，请先开班。', 'No shift is open at the desk. Open one first.'],
    RECEIPT_DOES_NOT_ADD_UP: [
      '收据金额 {amount:money} 与分摊不符：各月合计 {covered:money}，预缴 {prepaid:money}。',
      'The receipt of {amount:money} does not add up: {covered:money} for months, {prepaid:money} prepaid.',
    ],
    INVOICE_NOT_TO_FOLLOW: ['该收据没有待送的发票。', 'No invoice is to follow this receipt.'],
    INVOICE_ALREADY_DELIVERED: [
      '发票已于 {deliveredAt:instant} 送达。',
      'The invoice was delivered on {deliveredAt:instant}.',
    ],
    FEE_MONTH_INVALID: ['“{month}”不是月份，应为 YYYY-MM。', '“{month}” is not a month; expected YYYY-MM.'],
    FEE_MONTH_ALREADY_CHARGED: [
      '{month} 的管理费已计收（{amount:money}）。',
      'The fee of {month} has been charged already ({amount:money}).',
    ],
    PAYMENT_ALREADY_ENTERED: ['该收据已入账。', 'This receipt has been entered already.'],
    PAYMENT_UNKNOWN: ['账上没有这张收据。', 'The account has no such receipt.'],
    PAYMENT_ALREADY_REVERSED: [
      '该收据已于 {reversedAt:instant} 冲销。',
      'This receipt was reversed on {reversedAt:instant}.',
    ],

    APPLICANT_NOT_OF_UNIT: [
      '申请人不是该房屋的业主或租户。',
      'The applicant is neither an owner nor a tenant of the unit.',
    ],
    GOODS_QUANTITY_NOT_POSITIVE: [
      '第 {line} 行物品的数量须为正整数，不能是 {quantity}。',
      'The quantity in line {line} has to be a whole number above zero, not {quantity}.',
    ],
    CALLED_PARTY_NOT_OWNER: [
      '所致电的人不是该房屋的业主。',
      'The person who was called is not an owner of the unit.',
    ],
    OWNER_CALL_NOT_NEEDED: [
      '业主本人放行，不需要致电业主。',
      'The owner himself applies; no call is needed.',
    ],
    RELEASE_NOT_POSSIBLE: [
      '不能开具放行条：{reasons:[{what:ReleaseObstacleWhat}{amount?[（欠 {months} 个月，{amount:money}）]}{reason?[（{reason}）]}]}。',
      'The release slip cannot be issued: {reasons:[{what:ReleaseObstacleWhat}{amount?[ ({months} month(s), {amount:money})]}{reason?[ ({reason})]}]}.',
    ],
    RELEASE_POSSIBLE: [
      '没有不予放行的理由，可以开具放行条。',
      'Nothing stands against it; the release slip can be issued.',
    ],
    RELEASE_SLIP_ALREADY_REDEEMED: [
      '该放行条已于 {redeemedAt:instant} 使用，不能再次放行。',
      'This release slip was redeemed on {redeemedAt:instant} and cannot be used again.',
    ],
    GOODS_NOT_CHECKED: ['请核对清单第 {lines} 行。', 'Please check line(s) {lines} of the list.'],
    GOODS_NOT_ON_SLIP: [
      '与放行条不符，不能放行{lines?[：{lines:[第 {line} 行准放 {listed}，实有 {found}]}]}{unlisted?[；清单外物品：{unlisted}]}。',
      'Not as on the slip, so nothing leaves{lines?[: {lines:[line {line} allows {listed}, found {found}]}]}{unlisted?[; not on the list: {unlisted}]}.',
    ],
  },
});
