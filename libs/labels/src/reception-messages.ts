import type { Text } from './define-labels';

/** Why a command of the reception is refused. */
export const receptionMessages = {
  INTERACTION_NOT_IN_REQUIRED_STATUS: [
    '该来电来访记录目前为“{currentStatus:InteractionStatus}”，不能{command:InteractionCommand}；须为：{allowedIn:InteractionStatus}。',
    '{command:InteractionCommand} is not possible: the contact is “{currentStatus:InteractionStatus}”. It has to be: {allowedIn:InteractionStatus}.',
  ],
  WORK_ORDER_NOT_IN_REQUIRED_STATUS: [
    '该服务工作单目前为“{currentStatus:WorkOrderStatus}”，不能{command:WorkOrderCommand}；须为：{allowedIn:WorkOrderStatus}。',
    '{command:WorkOrderCommand} is not possible: the work order is “{currentStatus:WorkOrderStatus}”. It has to be: {allowedIn:WorkOrderStatus}.',
  ],
  FOLLOW_UP_NOT_IN_REQUIRED_STATUS: [
    '该分类处理记录目前为“{currentStatus:FollowUpStatus}”，不能{command:FollowUpCommand}；须为：{allowedIn:FollowUpStatus}。',
    '{command:FollowUpCommand} is not possible: the entry is “{currentStatus:FollowUpStatus}”. It has to be: {allowedIn:FollowUpStatus}.',
  ],
  RECTIFICATION_NOT_IN_REQUIRED_STATUS: [
    '该工作联系单目前为“{currentStatus:RectificationStatus}”，不能{command:RectificationCommand}；须为：{allowedIn:RectificationStatus}。',
    '{command:RectificationCommand} is not possible: the liaison form is “{currentStatus:RectificationStatus}”. It has to be: {allowedIn:RectificationStatus}.',
  ],
  SHIFT_NOT_IN_REQUIRED_STATUS: [
    '该班次目前为“{currentStatus:ShiftStatus}”，不能{command:ShiftCommand}；须为：{allowedIn:ShiftStatus}。',
    '{command:ShiftCommand} is not possible: the shift is “{currentStatus:ShiftStatus}”. It has to be: {allowedIn:ShiftStatus}.',
  ],
  RECEIPT_NOT_IN_REQUIRED_STATUS: [
    '该收据目前为“{currentStatus:ReceiptStatus}”，不能{command:ReceiptCommand}；须为：{allowedIn:ReceiptStatus}。',
    '{command:ReceiptCommand} is not possible: the receipt is “{currentStatus:ReceiptStatus}”. It has to be: {allowedIn:ReceiptStatus}.',
  ],
  RELEASE_SLIP_NOT_IN_REQUIRED_STATUS: [
    '该放行条目前为“{currentStatus:ReleaseSlipStatus}”，不能{command:ReleaseSlipCommand}；须为：{allowedIn:ReleaseSlipStatus}。',
    '{command:ReleaseSlipCommand} is not possible: the release slip is “{currentStatus:ReleaseSlipStatus}”. It has to be: {allowedIn:ReleaseSlipStatus}.',
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
  TELLING_NOT_APPROVED: [
    '该客户的投诉须以审批后的回复书面答复：请在投诉中“{instead:ComplaintCommand}”；也可改用{spokenChannels:TellingChannel}告知。',
    'The customer’s complaint is answered in writing by approved replies alone: please begin with “{instead:ComplaintCommand}” in the case, or tell him by {spokenChannels:TellingChannel}.',
  ],
  NOT_THE_OWNER: [
    '首问责任制：只有首接责任人或其主管可以移交或销项。',
    'First-contact ownership: only the owner of the contact, or a supervisor, can hand it over or close it.',
  ],
  STAFF_PRAISES_HIMSELF: [
    '不能登记对自己的表扬，请由其他人登记。',
    'Nobody records praise of himself. Somebody else has to do it.',
  ],
  PRAISER_NOT_OF_CONTACT: ['表扬人不是该事项的客户。', 'Who praises is no customer of this contact.'],
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
    '公司最多改约 {allowed} 次：已改约 {companyMoves} 次，失约 {misses} 次。',
    'The company may move an appointment {allowed} time(s): moved so far {companyMoves}, missed {misses}.',
  ],
  CUSTOMER_NOT_TOLD_OF_MOVE: [
    '改约须在约定时间（{agreedFromAt:instant}）之前告知客户。',
    'The customer has to be told of the move before the agreed time ({agreedFromAt:instant}).',
  ],
  CUSTOMER_TOLD_TOO_LATE: [
    '告知客户的时间（{customerToldAt:instant}）晚于约定时间（{agreedFromAt:instant}）。',
    'The customer was told too late ({customerToldAt:instant}): the agreed time was {agreedFromAt:instant}.',
  ],
  CUSTOMER_TOLD_BEFORE_APPOINTMENT: [
    '告知客户的时间（{customerToldAt:instant}）早于作出该约定的时间（{agreedAt:instant}）。',
    'The customer was told ({customerToldAt:instant}) before the appointment was made ({agreedAt:instant}).',
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
  INFORMED_PERSON_NOT_DIRECTOR: [
    '须通知的是本项目的管理处主任；此人不是。',
    'The management-office director of the project has to be informed; this person is not the director.',
  ],
  CALLED_PARTY_NOT_OWNER: [
    '所致电的人不是该房屋的业主。',
    'The person who was called is not an owner of the unit.',
  ],
  OWNER_CALL_NOT_NEEDED: ['业主本人放行，不需要致电业主。', 'The owner himself applies; no call is needed.'],
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
  GOODS_NOT_CHECKED: [
    '请核对清单第 {uncheckedLines} 行。',
    'Please check line(s) {uncheckedLines} of the list.',
  ],
  GOODS_NOT_ON_SLIP: [
    '与放行条不符，不能放行{lines?[：{lines:[第 {line} 行准放 {listed}，实有 {found}]}]}{unlisted?[；清单外物品：{unlisted}]}。',
    'Not as on the slip, so nothing leaves{lines?[: {lines:[line {line} allows {listed}, found {found}]}]}{unlisted?[; not on the list: {unlisted}]}.',
  ],
} satisfies Record<string, Text>;
