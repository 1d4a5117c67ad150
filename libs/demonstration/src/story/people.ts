import type { Role } from '@anju/access';

/** Somebody who works at 锦绣花园 and signs in. */
export interface Colleague {
  readonly account: string;
  readonly name: string;
  readonly title: string;
  readonly role: Role;
  readonly department: string;
  readonly position: string;
  readonly level: 'OPERATIONAL' | 'MANAGEMENT';
}

function colleague(
  account: string,
  name: string,
  title: string,
  role: Role,
  department: string,
  level: Colleague['level'] = 'OPERATIONAL',
): Colleague {
  return { account, name, title, role, department, position: role, level };
}

/** Everybody of day one, and one for each further role that has something to see. */
export const colleagues: readonly Colleague[] = [
  colleague(
    'linfang',
    '林芳',
    '客服主管 customer-service supervisor',
    'SERVICE_SUPERVISOR',
    'CUSTOMER_SERVICE',
    'MANAGEMENT',
  ),
  colleague('zhoumin', '周敏', '前台 front desk', 'FRONT_DESK', 'CUSTOMER_SERVICE'),
  colleague('wuqian', '吴倩', '前台 front desk, next shift', 'FRONT_DESK', 'CUSTOMER_SERVICE'),
  colleague(
    'zhaojianguo',
    '赵建国',
    '管理处主任 management-office director',
    'OFFICE_DIRECTOR',
    'MANAGEMENT_OFFICE',
    'MANAGEMENT',
  ),
  colleague(
    'huangtao',
    '黄涛',
    '项目经理 project manager',
    'PROJECT_MANAGER',
    'MANAGEMENT_OFFICE',
    'MANAGEMENT',
  ),
  colleague('liqiang', '李强', '设备管理部 equipment department', 'EQUIPMENT_DEPARTMENT', 'EQUIPMENT'),
  colleague(
    'sungong',
    '孙工',
    "项目部 developer's project department",
    'DEVELOPER_PROJECT_DEPARTMENT',
    'DEVELOPER_PROJECT_DEPARTMENT',
  ),
  colleague('zhangli', '张丽', '财务 finance', 'FINANCE', 'FINANCE'),
  colleague('guowei', '郭卫', '大堂护卫 lobby guard', 'LOBBY_GUARD', 'SECURITY'),
  colleague('hejing', '何静', '置业顾问 property consultant', 'PROPERTY_CONSULTANT', 'SALES'),
  colleague('xuqing', '许晴', '签约专员 signing specialist', 'SIGNING_SPECIALIST', 'SALES'),
  colleague('dengchao', '邓超', '按揭专员 mortgage specialist', 'MORTGAGE_SPECIALIST', 'SALES'),
  colleague('fengxue', '冯雪', '权证专员 title specialist', 'TITLE_SPECIALIST', 'SALES'),
  colleague('fangyuan', '方圆', '销售经理 sales manager', 'SALES_MANAGER', 'SALES', 'MANAGEMENT'),
  colleague(
    'zhiguan',
    '质管中心',
    '品质运营中心 quality centre',
    'QUALITY_CENTRE',
    'QUALITY_CENTRE',
    'MANAGEMENT',
  ),
  colleague(
    'luhua',
    '陆华',
    '分管领导 division leader',
    'DIVISION_LEADER',
    'MANAGEMENT_OFFICE',
    'MANAGEMENT',
  ),
  colleague(
    'songjie',
    '宋洁',
    '客服专员 customer-service specialist',
    'SERVICE_SPECIALIST',
    'CUSTOMER_SERVICE',
  ),
  colleague(
    'shenyue',
    '沈悦',
    "地产客户关系中心 developer's customer-relations centre",
    'DEVELOPER_CUSTOMER_RELATIONS',
    'DEVELOPER_CUSTOMER_RELATIONS',
  ),
  colleague(
    'gaoyuan',
    '高远',
    '总经理 general manager',
    'GENERAL_MANAGER',
    'MANAGEMENT_OFFICE',
    'MANAGEMENT',
  ),
  colleague('qianjin', '钱进', '客户经理 appraiser', 'APPRAISER', 'QUALITY_CENTRE'),
  colleague('bi', '数据分析', '数据分析员 BI reader', 'BI_READER', 'QUALITY_CENTRE'),
  colleague('auditor', '审计', '审计员 auditor', 'AUDITOR', 'QUALITY_CENTRE'),
];

export interface Resident {
  readonly key: string;
  readonly name: string;
  readonly home: string;
  readonly role: 'OWNER' | 'TENANT';
  readonly phone: string;
  readonly feePayer?: 'TENANT';
  readonly identityNumber?: string;
}

/** The twelve of building 6 whose lift is broken again. */
export const liftResidents: readonly Resident[] = [
  '赵敏',
  '钱伟',
  '孙丽',
  '李娜',
  '周涛',
  '吴静',
  '郑强',
  '王芳',
  '冯军',
  '陈洁',
  '褚亮',
  '卫红',
].map((name, index) => ({
  key: `lift${index + 1}`,
  name,
  home: `6-1-0${Math.floor(index / 2) + 3}0${(index % 2) + 1}`,
  role: 'OWNER' as const,
  phone: `139000060${String(index).padStart(2, '0')}`,
}));

/** The customers of day one. */
export const residents: readonly Resident[] = [
  {
    key: 'wangxiulan',
    name: '王秀兰',
    home: '3-2-1201',
    role: 'OWNER',
    phone: '13900003201',
    identityNumber: '11010519491231002X',
  },
  { key: 'chenwei', name: '陈伟', home: '5-1-0302', role: 'OWNER', phone: '13900005302' },
  { key: 'liuyang', name: '刘洋', home: '2-1-0801', role: 'OWNER', phone: '13900002801' },
  { key: 'heming', name: '何明', home: '1-1-0501', role: 'OWNER', phone: '13900001501' },
  { key: 'wugang', name: '吴刚', home: '1-1-0501', role: 'TENANT', phone: '13900001502', feePayer: 'TENANT' },
  ...liftResidents,
];

/** A home on the price list. */
export interface HomeForSale {
  readonly home: string;
  /** Pre-sale area in square metres. */
  readonly area: string;
  readonly unitTypeCode: string;
  readonly bedrooms: number;
  /** CNY per square metre. */
  readonly unitPrice: string;
}

/** Homes that are for sale; the first is the one of day one. */
export const homesForSale: readonly HomeForSale[] = [
  { home: '8-1-1502', area: '89.32', unitTypeCode: 'B2', bedrooms: 3, unitPrice: '15800.00' },
  { home: '8-1-1501', area: '118.60', unitTypeCode: 'C1', bedrooms: 4, unitPrice: '15600.00' },
  { home: '8-1-1601', area: '118.60', unitTypeCode: 'C1', bedrooms: 4, unitPrice: '15700.00' },
  { home: '8-1-1602', area: '89.32', unitTypeCode: 'B2', bedrooms: 3, unitPrice: '15900.00' },
];

/** Somebody who may buy, not on record before he calls or comes. */
export interface Prospect {
  readonly name: string;
  readonly phone: string;
}

/** Who wants 8-1-1502 at two o'clock; the first gets it, the others are refused. */
export const buyers = {
  mali: { name: '马丽', phone: '13900008001' },
  huanglei: { name: '黄磊', phone: '13900008002' },
  xufang: { name: '许芳', phone: '13900008003' },
} as const satisfies Readonly<Record<string, Prospect>>;
