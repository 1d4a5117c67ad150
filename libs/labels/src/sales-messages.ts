import type { Text } from './define-labels';

/** What the sales rules refuse with. */
export const salesMessages = {
  LEAD_NOT_IN_REQUIRED_STATUS: [
    '该客户目前为“{currentStatus:LeadStatus}”，不能{command:LeadCommand}；须为：{allowedIn:LeadStatus}。',
    '{command:LeadCommand} is not possible: the lead is “{currentStatus:LeadStatus}”. It has to be: {allowedIn:LeadStatus}.',
  ],
  UNIT_OFFER_NOT_IN_REQUIRED_STATUS: [
    '该房源目前为“{currentStatus:UnitOfferStatus}”，不能{command:UnitOfferCommand}；须为：{allowedIn:UnitOfferStatus}。',
    '{command:UnitOfferCommand} is not possible: the home is “{currentStatus:UnitOfferStatus}”. It has to be: {allowedIn:UnitOfferStatus}.',
  ],
  SALE_NOT_IN_REQUIRED_STATUS: [
    '该笔销售目前为“{currentStatus:SaleStatus}”，不能{command:SaleCommand}；须为：{allowedIn:SaleStatus}。',
    '{command:SaleCommand} is not possible: the sale is “{currentStatus:SaleStatus}”. It has to be: {allowedIn:SaleStatus}.',
  ],
  CONTRACT_NOT_IN_REQUIRED_STATUS: [
    '该合同目前为“{currentStatus:ContractStatus}”，不能{command:ContractCommand}；须为：{allowedIn:ContractStatus}。',
    '{command:ContractCommand} is not possible: the contract is “{currentStatus:ContractStatus}”. It has to be: {allowedIn:ContractStatus}.',
  ],
  MORTGAGE_NOT_IN_REQUIRED_STATUS: [
    '该按揭目前为“{currentStatus:MortgageStatus}”，不能{command:MortgageCommand}；须为：{allowedIn:MortgageStatus}。',
    '{command:MortgageCommand} is not possible: the mortgage is “{currentStatus:MortgageStatus}”. It has to be: {allowedIn:MortgageStatus}.',
  ],
  SALES_REPORT_NOT_IN_REQUIRED_STATUS: [
    '该月报目前为“{currentStatus:SalesReportStatus}”，不能{command:SalesReportCommand}；须为：{allowedIn:SalesReportStatus}。',
    '{command:SalesReportCommand} is not possible: the report is “{currentStatus:SalesReportStatus}”. It has to be: {allowedIn:SalesReportStatus}.',
  ],
  SALES_TEXT_MISSING: ['请填写：{field:field}。', 'Please fill in: {field:field}.'],
  LEAD_RECEIVED_IN_FUTURE: [
    '来电来访时间 {receivedAt:instant} 晚于现在（{decidedAt:instant}）。',
    'The time of the contact, {receivedAt:instant}, is later than now ({decidedAt:instant}).',
  ],
  LEAD_VISITOR_UNKNOWN: ['来访客户须先登记客户资料。', 'A visitor has to be registered as a customer first.'],
  LEAD_NEED_NOT_VALID: ['购房需求有误：{field:field}。', 'The need is not right: {field:field}.'],
  LEAD_CONTACT_NOT_CONSENTED: [
    '客户不同意联系，不能跟进。',
    'The customer does not agree to be contacted: nobody follows up.',
  ],
  LEAD_NEXT_FOLLOW_UP_IN_PAST: [
    '下次跟进时间 {nextAt:instant} 须晚于现在（{decidedAt:instant}）。',
    'The next follow-up, {nextAt:instant}, has to be later than now ({decidedAt:instant}).',
  ],
  LEAD_OF_ANOTHER_CUSTOMER: ['该记录属于另一位客户。', 'The lead is another customer’s.'],
  LEAD_ALREADY_ASSIGNED: ['该客户已由这位置业顾问负责。', 'The lead is already with this consultant.'],
  LEAD_FOLLOW_UPS_OWED: [
    '已跟进 {made} 次，至少须跟进 {required} 次，暂不能关闭。',
    'It cannot be closed yet: {made} follow-ups were made and at least {required} are owed.',
  ],
  NO_UNIT_PROPOSED: ['请至少选择一套房源。', 'Choose at least one home to propose.'],
  UNITS_NOT_PROPOSABLE: [
    '所选房源中有不在售的，不能推荐。',
    'Homes that are not for sale cannot be proposed.',
  ],
  UNIT_ALREADY_OFFERED: ['该房源已在价格表中。', 'The unit is on the price list already.'],
  UNIT_PRICE_NOT_POSITIVE: [
    '单价须大于零，不能是 {unitPrice:money}。',
    'The price per square metre has to be above zero, not {unitPrice:money}.',
  ],
  UNIT_OF_ANOTHER_PROJECT: ['该房源不属于本项目。', 'The unit belongs to another project.'],
  UNIT_ALREADY_SOLD: [
    '该房源已被他人认购或购买，请另选一套。',
    'Somebody else has subscribed or bought this unit. Choose another one.',
  ],
  UNIT_NOT_HELD: [
    '该房源须先认购成功，这笔销售目前为“{saleStatus:SaleStatus}”。',
    'The unit has to be subscribed first: the sale is “{saleStatus:SaleStatus}”.',
  ],
  UNIT_NOT_ON_PRICE_LIST: ['该房源不在价格表中。', 'The unit is not on the price list.'],
  UNIT_AREA_UNKNOWN: ['该房源没有预售面积。', 'The unit has no pre-sale area.'],
  UNIT_STEP_NOT_REFUSED: ['没有被拒绝的房源申请。', 'No step of the unit has been refused.'],
  SALE_CUSTOMER_MISSING: ['请选择认购客户。', 'Choose who subscribes.'],
  SALE_HAS_CONTRACT: ['该笔销售已有合同。', 'The sale has a contract already.'],
  SALE_PAYMENT_NOT_POSITIVE: [
    '付款金额须大于零，不能是 {amount:money}。',
    'A payment has to be above zero, not {amount:money}.',
  ],
  SALE_PAYMENT_ALREADY_ENTERED: ['这笔付款已登记。', 'The payment is entered already.'],
  SALE_PAYMENT_TOO_HIGH: [
    '付款 {amount:money} 超过未付金额 {outstanding:money}。',
    'The payment of {amount:money} is more than the {outstanding:money} that is owed.',
  ],
  READINESS_ALREADY_OPENED: [
    '本项目的签约准备清单已建立。',
    'The readiness list of the project was begun already.',
  ],
  READINESS_INCOMPLETE: [
    '项目尚未具备签约条件，还缺：{missing:ReadinessItem}。',
    'Contracts of the project cannot be signed yet; still missing: {missing:ReadinessItem}.',
  ],
  READINESS_ITEM_NOT_RECORDED: [
    '{item:ReadinessItem}尚未登记。',
    'It is not recorded: {item:ReadinessItem}.',
  ],
  CERTIFICATE_DATE_NOT_VALID: [
    '{item:ReadinessItem}的日期有误：发证 {issuedOn}，有效期至 {expiresOn}；今天是 {today}。',
    'The dates are not right ({item:ReadinessItem}): issued {issuedOn}, valid until {expiresOn}; today is {today}.',
  ],
  BUYERS_NOT_VALID: [
    '买受人须为 1 至 {most} 位，不能是 {given} 位。',
    'A contract has from 1 to {most} buyers, not {given}.',
  ],
  BUYER_NAMED_TWICE: ['同一位买受人只能填写一次。', 'A buyer can be named only once.'],
  BUYER_SHARE_NOT_VALID: [
    '份额“{share}”有误：须大于 0，不超过 100，最多两位小数。',
    'The share “{share}” is not right: above 0, at most 100, with at most two decimals.',
  ],
  SHARES_NOT_WHOLE: [
    '各买受人的份额合计为 {sum}%，须正好为 {whole}%。',
    'The shares of the buyers add up to {sum} %; it has to be exactly {whole} %.',
  ],
  BUYER_NOT_SUBSCRIBER: [
    '买受人中须至少有一位认购人。',
    'At least one of the buyers has to be somebody who subscribed.',
  ],
  DISCOUNT_NOT_VALID: [
    '第 {line} 项优惠（{discountCode}：{value}）有误：优惠前价格为 {priceBefore:money}，优惠须大于零且不能使价格为零。',
    'Discount {line} ({discountCode}: {value}) is not right: it is taken off {priceBefore:money}, has to be above zero, and to leave something.',
  ],
  DISCOUNT_NOT_APPROVED: [
    '优惠 {discountTotal:money}（{discountPercent}%）超过 {discountLimitPercent}% 即 {allowed:money}，须先审批。',
    'The discount of {discountTotal:money} ({discountPercent} %) is beyond {discountLimitPercent} %, which is {allowed:money}, and has to be approved first.',
  ],
  DISCOUNT_APPROVAL_NOT_NEEDED: [
    '优惠 {discountTotal:money}（{discountPercent}%）未超过 {discountLimitPercent}%，无须审批。',
    'The discount of {discountTotal:money} ({discountPercent} %) is not beyond {discountLimitPercent} % and needs no approval.',
  ],
  DISCOUNT_ALREADY_APPROVED: [
    '优惠已于 {approvedAt:instant} 审批。',
    'The discount was approved on {approvedAt:instant}.',
  ],
  OWN_DISCOUNT: [
    '草拟或修改合同条款的人不能审批优惠。',
    'Who drafted or wrote the terms cannot approve the discount.',
  ],
  ONLINE_SIGNING_NUMBER_TAKEN: [
    '这个网签编号已用于另一份合同。',
    'Another contract has this online signing number.',
  ],
  OWN_CONTRACT_CHECK: [
    '复核须由第二人进行，草拟、签署或更正合同的人不能复核。',
    'The check is for a second person: nobody who drafted, signed or corrected the contract.',
  ],
  CONTRACT_FINDINGS_OPEN: ['复核发现的问题尚未更正。', 'What the check found has not been put right yet.'],
  NO_FINDINGS_TO_CORRECT: ['没有待更正的问题。', 'There is nothing to correct.'],
  TOLD_CUSTOMER_NOT_BUYER: ['请选择本合同的买受人。', 'Choose one of the buyers of this contract.'],
  DEED_TAX_NOT_REMINDED: [
    '须同时提醒客户在 {deedTaxDueOn} 前缴纳契税。',
    'The customer has to be reminded to pay the deed tax by {deedTaxDueOn} as well.',
  ],
  CONTRACT_NOT_FILED: [
    '备案合同返回后才能办理按揭，合同目前为“{contractStatus:ContractStatus}”。',
    'A mortgage starts once the filed contract is back; the contract is “{contractStatus:ContractStatus}”.',
  ],
  CONTRACT_WITHOUT_MORTGAGE: ['该合同不办理按揭。', 'The contract is paid without a loan.'],
  MORTGAGE_UNDER_WAY: ['该合同已有按揭在办理中。', 'A mortgage of this contract is under way already.'],
  MORTGAGE_PLAN_NOT_VALID: [
    '贷款方案有误：{problem:MortgagePlanProblem}；合同总价 {total:money}。',
    'The loan is not right: {problem:MortgagePlanProblem}; the price is {total:money}.',
  ],
  AGENCY_HAS_SIGNED: [
    '中介已于 {signedAt:instant} 签领合同。',
    'The agency signed for the contract on {signedAt:instant}.',
  ],
  AGENCY_HAS_NOT_SIGNED: ['须先由中介签领备案合同。', 'The agency has to sign for the filed contract first.'],
  DOCUMENT_NOT_REQUIRED: [
    '资料清单中没有：{document:MortgageDocument}。',
    'It is not on the list of documents: {document:MortgageDocument}.',
  ],
  DOCUMENT_ALREADY_RECEIVED: [
    '{document:MortgageDocument}已于 {receivedAt:instant} 收取。',
    'It was received on {receivedAt:instant}: {document:MortgageDocument}.',
  ],
  MORTGAGE_DOCUMENTS_MISSING: [
    '按揭资料还缺：{missing.document:MortgageDocument}。',
    'Documents that are still missing: {missing.document:MortgageDocument}.',
  ],
  APPROVED_AMOUNT_NOT_VALID: [
    '批准金额 {approvedAmount:money} 须大于零，且不超过申请金额 {askedAmount:money}。',
    'The approved {approvedAmount:money} has to be above zero and at most the {askedAmount:money} asked for.',
  ],
  DISBURSED_AMOUNT_DIFFERS: [
    '放款 {amount:money} 与批准金额 {approvedAmount:money} 不符。',
    'The {amount:money} disbursed differ from the {approvedAmount:money} approved.',
  ],
  SALES_MONTH_NOT_VALID: ['月份“{month}”有误，格式为 YYYY-MM。', '“{month}” is not a month; write YYYY-MM.'],
  SALES_MONTH_NOT_OVER: [
    '{month} 尚未结束，{endsAt:instant} 起才能编制月报。',
    '{month} is not over: its report can be made from {endsAt:instant} on.',
  ],
  SALES_REPORT_EXISTS: ['{month} 的月报已编制。', 'There is a report of {month} already.'],
  SALES_REPORT_ALREADY_RIGHT: [
    '{month} 的月报与台账一致，无须更正。',
    'The report of {month} agrees with the ledger; there is nothing to correct.',
  ],
} as const satisfies Record<string, Text>;
