import { defineLabels } from './define-labels';

/** 绩效考核. */
export const appraisal = defineLabels({
  values: {
    AppraisalDimension: {
      CONDUCT: ['德', 'Conduct'],
      DILIGENCE: ['勤', 'Diligence'],
      ABILITY: ['能', 'Ability'],
      RESULTS: ['绩', 'Results'],
    },
    AppraisalItem: {
      ETHICS: ['思想道德', 'Ethics'],
      SERVICE_ATTITUDE: ['服务态度', 'Service attitude'],
      DISCIPLINE: ['纪律作风', 'Discipline'],
      RELATIONS: ['人际关系', 'Relations'],
      ATTENDANCE: ['工作出勤', 'Attendance'],
      PARTICIPATION: ['参与性', 'Participation'],
      INITIATIVE: ['主动性', 'Initiative'],
      COORDINATION: ['协调性', 'Coordination'],
      PROFESSIONAL: ['业务能力', 'Professional ability'],
      ORGANISING: ['组织能力', 'Organising'],
      MANAGING: ['管理能力', 'Managing'],
      INNOVATING: ['创新能力', 'Innovating'],
      EFFICIENCY: ['工作效率', 'Efficiency'],
      TRAINING_EFFECT: ['培训效果', 'Training effect'],
      WORK_EFFECT: ['工作效果', 'Work effect'],
      OTHER_RESULTS: ['其它成绩', 'Other results'],
    },
    AppraisalKind: {
      WEEKLY_CHECK: ['周检', 'Weekly check'],
      MONTHLY_CHECK: ['月检', 'Monthly check'],
      SPOT_CHECK: ['抽检', 'Spot check'],
      MONTHLY: ['月考核', 'Monthly appraisal'],
      YEAR_END: ['年终考核', 'Year-end appraisal'],
    },
    AppraisalStatus: {
      OPEN: ['考评中', 'Open'],
      ANNOUNCED: ['已公布', 'Announced'],
      ACKNOWLEDGED: ['本人已确认', 'Acknowledged'],
      UNANSWERED: ['逾期未答复', 'Left unanswered'],
      APPEALED: ['申诉中', 'Appealed'],
      APPEAL_DECIDED: ['申诉已裁定', 'Appeal decided'],
      CANCELLED: ['已取消', 'Cancelled'],
    },
    AppraisalCommand: {
      deductPoints: ['扣分', 'Deducting points'],
      withdrawDeduction: ['撤回扣分', 'Taking a deduction back'],
      commendAct: ['嘉奖加分', 'Commending an act'],
      withdrawCommendation: ['撤回嘉奖', 'Taking a commendation back'],
      announceAppraisal: ['公布考核结果', 'Announcing the result'],
      acknowledgeAppraisal: ['确认考核结果', 'Acknowledging the result'],
      appealAppraisal: ['申诉', 'Appealing'],
      passAnswerTime: ['结束答复期', 'Ending the time for an answer'],
      decideAppeal: ['裁定申诉', 'Deciding the appeal'],
      cancelAppraisal: ['取消考核', 'Cancelling the appraisal'],
    },
    AppraisalDeadlineKind: {
      ANSWER: ['本人确认或申诉', 'Answer of the employee'],
    },
    AppealOutcome: {
      GRANTED: ['申诉成立', 'Granted'],
      DISMISSED: ['申诉不成立', 'Dismissed'],
    },
    SchemeStatus: {
      IN_USE: ['使用中', 'In use'],
      RETIRED: ['已停用', 'Retired'],
    },
    SchemeCommand: {
      addSchemeVersion: ['增加考核方案版本', 'Adding a version'],
      retireScheme: ['停用考核方案', 'Retiring the scheme'],
    },
    YearPart: {
      CHECKS: ['周检和月检', 'Weekly and monthly checks'],
      MONTHS: ['月考核', 'Monthly appraisals'],
      YEAR_END: ['年终考核', 'Year-end appraisal'],
    },
    MissingReason: {
      NOT_EMPLOYED: ['不在职', 'Not employed'],
      ON_LEAVE: ['休假', 'On leave'],
      NOT_APPRAISED: ['未考核', 'Not appraised'],
    },
    AppraisalYearStatus: {
      CLOSED: ['已结算', 'Closed'],
      CORRECTED: ['已更正', 'Corrected'],
    },
    AppraisalYearCommand: {
      correctAppraisalYear: ['更正年度总分', "Correcting the year's total"],
    },
    EvidenceKind: {
      CLOCK_MISSED: ['超过时限', 'A time limit was missed'],
      APPOINTMENT_BREACHED: ['第二次失约', 'A second appointment was missed'],
      PARTNER_LATE: ['外联单位逾期未到', 'An outside firm did not come by its promised time'],
      NAMED_IN_CLASS_1_COMPLAINT: ['被一类投诉点名', 'Named in a class 1 complaint'],
      RETURN_VISIT_SCORE: ['回访评分', 'Score of a return visit'],
      PRAISE: ['客户表扬', 'Praise'],
      LEAD_UNDER_FOLLOWED: ['客户跟进次数不足', 'A lead was followed up too little'],
    },
    EvidenceStatus: {
      SUGGESTED: ['待评审', 'To be reviewed'],
      SCORED: ['已计分', 'Scored'],
      DISMISSED: ['不计分', 'Dismissed'],
      WITHDRAWN: ['已撤回', 'Withdrawn'],
    },
    EvidenceDirection: {
      DEDUCTION: ['扣分', 'Deduction'],
      ADDITION: ['加分', 'Addition'],
    },
    EvidenceCommand: {
      stateEvidenceView: ['陈述本人意见', "Stating one's view"],
      scoreEvidence: ['按依据计分', 'Scoring the evidence'],
      dismissEvidence: ['不计分', 'Dismissing the evidence'],
      withdrawEvidence: ['撤回依据', 'Withdrawing the evidence'],
    },
  },
  messages: {
    SCHEME_NOT_IN_REQUIRED_STATUS: [
      '考核方案目前为“{currentStatus:SchemeStatus}”，不能{command:SchemeCommand}；须为：{allowedIn:SchemeStatus}。',
      '{command:SchemeCommand} is not possible: the scheme is “{currentStatus:SchemeStatus}”. It has to be: {allowedIn:SchemeStatus}.',
    ],
    APPRAISAL_NOT_IN_REQUIRED_STATUS: [
      '考核目前为“{currentStatus:AppraisalStatus}”，不能{command:AppraisalCommand}；须为：{allowedIn:AppraisalStatus}。',
      '{command:AppraisalCommand} is not possible: the appraisal is “{currentStatus:AppraisalStatus}”. It has to be: {allowedIn:AppraisalStatus}.',
    ],
    EVIDENCE_NOT_IN_REQUIRED_STATUS: [
      '该依据目前为“{currentStatus:EvidenceStatus}”，不能{command:EvidenceCommand}；须为：{allowedIn:EvidenceStatus}。',
      '{command:EvidenceCommand} is not possible: the evidence is “{currentStatus:EvidenceStatus}”. It has to be: {allowedIn:EvidenceStatus}.',
    ],
    APPRAISAL_TEXT_MISSING: ['请填写：{field:field}。', 'Please fill in: {field:field}.'],
    POINTS_NOT_VALID: [
      '{field:field}不是有效的分数：最多两位小数。',
      '{field:field} is not a number with at most two decimals.',
    ],
    SCHEME_ITEM_NOT_POSITIVE: [
      '“{item:AppraisalItem}”的满分须大于 0，不能是 {points}。',
      'The maximum of “{item:AppraisalItem}” has to be above 0, not {points}.',
    ],
    SCHEME_ITEMS_DO_NOT_ADD_UP: [
      '“{dimension:AppraisalDimension}”各项目合计 {sum} 分，应为 {expected} 分。',
      'The items of “{dimension:AppraisalDimension}” make {sum} points; they have to make {expected}.',
    ],
    SCHEME_SHARE_NEGATIVE: [
      '“{part:YearPart}”的比例不能为负数（{share}）。',
      'The share of “{part:YearPart}” cannot be below 0 ({share}).',
    ],
    SCHEME_SHARES_DO_NOT_ADD_UP: [
      '年度总分各部分的比例合计 {sum}%，应为 {expected}%。',
      "The shares of the year's total make {sum} %; they have to make {expected} %.",
    ],
    SCHEME_WEIGHT_NOT_POSITIVE: [
      '权数须大于 0，不能是 {weight}（{weightOf}）。',
      'A weight has to be above 0, not {weight} ({weightOf}).',
    ],
    SCHEME_MONTHS_NOT_TWELVE: [
      '须给出 {needed} 个月的权数，现有 {given} 个。',
      'Weights for {needed} months are needed; {given} were given.',
    ],
    APPRAISAL_DATE_NOT_VALID: ['{field:field}不是有效的日期。', '{field:field} is not a date.'],
    SCHEME_VERSION_NOT_LATER: [
      '新版本须在现有版本的生效日 {latestFrom} 之后生效，不能是 {effectiveFrom}。',
      'A new version has to take effect after {latestFrom}, when the latest one does; not on {effectiveFrom}.',
    ],
    SCHEME_VERSION_IN_PAST: [
      '新版本最早 {earliest} 生效，不能是 {effectiveFrom}：已开始的期间按原方案考核。',
      'A new version takes effect on {earliest} at the earliest, not on {effectiveFrom}: a period that has begun keeps its scheme.',
    ],
    NO_SCHEME_IN_FORCE: [
      '{on} 没有适用于“{level:StaffLevel}”岗位 {position} 的考核方案。',
      'On {on} no scheme was in force for position {position} of the level “{level:StaffLevel}”.',
    ],
    SCHEME_EXISTS: [
      '“{level:StaffLevel}”{position?[岗位 {position} ]}已有使用中的考核方案，请增加版本。',
      'There is a scheme in use for the level “{level:StaffLevel}”{position?[, position {position}]} already. Add a version to it.',
    ],
    APPRAISES_HIMSELF: [
      '不能考核、评审自己，请由其他人办理。',
      'Nobody appraises or reviews himself. Somebody else has to do it.',
    ],
    PERIOD_NOT_BEGUN: [
      '该期间自 {from} 开始，今天是 {today}，尚不能考核。',
      'The period begins on {from}; today is {today}.',
    ],
    PERIOD_OUTSIDE_EMPLOYMENT: [
      '员工在 {from} 至 {to} 期间不在职{employments?[（在职：{employments:[{from} 至 {to}]}）]}。',
      'The employee was not employed from {from} to {to}{employments?[ (employed: {employments:[{from} to {to}]})]}.',
    ],
    PERIOD_ALREADY_APPRAISED: [
      '{from} 至 {to} 的{kind:AppraisalKind}已经存在。',
      'There is a {kind:AppraisalKind} for {from} to {to} already.',
    ],
    DEDUCTION_NOT_POSITIVE: [
      '“{item:AppraisalItem}”的扣分须大于 0，不能是 {points}。',
      'A deduction from “{item:AppraisalItem}” has to be above 0, not {points}.',
    ],
    DEDUCTION_EXCEEDS_ITEM: [
      '“{item:AppraisalItem}”满分 {maximum} 分，只剩 {left} 分，不能扣 {points} 分。',
      '“{item:AppraisalItem}” has {left} of {maximum} points left; {points} cannot be deducted.',
    ],
    DEDUCTION_UNKNOWN: [
      '没有第 {sequence} 条扣分（现有：{known}）。',
      'There is no deduction {sequence} (there are: {known}).',
    ],
    COMMENDATION_NOT_FOR_CHECK: [
      '{check:AppraisalKind}按百分制只扣分，嘉奖加分请记入月考核或年终考核。',
      'A {check:AppraisalKind} is out of 100 and by deductions alone. Commend the act in a monthly or year-end appraisal.',
    ],
    COMMENDATION_OUT_OF_RANGE: [
      '每次嘉奖加 {lowest} 至 {highest} 分，不能是 {points} 分。',
      'A commended act adds {lowest} to {highest} points, not {points}.',
    ],
    COMMENDATION_UNKNOWN: [
      '没有第 {sequence} 条嘉奖（现有：{known}）。',
      'There is no commendation {sequence} (there are: {known}).',
    ],
    APPRAISAL_KEEPS_EVIDENCE: [
      '考核中已记入依据，不能取消。',
      'The appraisal holds scores that rest on evidence and cannot be cancelled.',
    ],
    NOT_THE_APPRAISED: [
      '只有被考核的员工本人可以确认或申诉。',
      'Only the employee who was appraised acknowledges or appeals.',
    ],
    ANSWER_TOO_LATE: [
      '确认或申诉的期限已于 {answerDueAt:instant} 届满。',
      'The time to acknowledge or appeal ended at {answerDueAt:instant}.',
    ],
    APPEAL_DECIDED_BY_SCORER: [
      '参与过该考核的人员不能裁定申诉，请由其他人裁定。',
      'Somebody who had a hand in the result cannot decide the appeal. Somebody else has to.',
    ],
    REDUCTION_NOT_LESS: [
      '第 {sequence} 条扣分为 {points} 分，裁定后须为 0 分以上并少于该分数，不能是 {to} 分。',
      'Deduction {sequence} is {points} points. What the appeal leaves of it has to be less, and at least 0; not {to}.',
    ],
    EVIDENCE_IN_FUTURE: [
      '发生时间 {occurredAt:instant} 晚于现在（{now:instant}）。',
      'It is said to have happened at {occurredAt:instant}, which is later than now ({now:instant}).',
    ],
    EVIDENCE_NOT_OF_EMPLOYEE: ['该依据不属于这名员工。', 'The evidence concerns another employee.'],
    SHEET_NOT_OPEN: [
      '该考核表目前为“{sheetStatus:AppraisalStatus}”，依据只能记入考评中的考核表。',
      'The sheet is “{sheetStatus:AppraisalStatus}”. Evidence is scored on an open one.',
    ],
    EVIDENCE_OUTSIDE_PERIOD: [
      '该依据发生于 {occurredOn}，不在考核期间 {from} 至 {to} 内。',
      'The evidence is of {occurredOn}, outside the period from {from} to {to}.',
    ],
    YEAR_SHEETS_NOT_FINAL: [
      '本年度还有考核结果未确定，不能计算年度总分。',
      "Results of the year may still change; the year's total cannot be made yet.",
    ],
    YEAR_PARTS_WITHOUT_SCORE: [
      '以下部分没有任何考核结果，不能计算年度总分：{withoutScore:YearPart}。',
      "The year's total cannot be made without any result of: {withoutScore:YearPart}.",
    ],
    YEAR_ALREADY_CLOSED: [
      '{year} 年度总分已结算；如有变化，请更正。',
      'The total of {year} has been worked out already. Correct it where something has changed.',
    ],
    YEAR_TOTAL_UNCHANGED: [
      '年度总分没有变化，仍为 {total} 分。',
      "The year's total has not changed: it is {total}.",
    ],
  },
});
