// Items of the example city (合成数据): names of the kinds that real lists hold, their limits, papers and windows invented.

type Given = readonly [
  name: string,
  by: string,
  unit: string,
  type: 'licence' | 'confirmation' | 'payment' | 'public-service' | 'other-power',
  statutory: number | undefined,
  promised: number,
  window: 'undifferentiated' | 'special' | 'outside',
  papers: readonly string[],
]

const LICENCE_PAPER = '营业执照'
const IDENTITY = '经办人身份证明'

/** Statutory and promised limits in working days; a paper that ends in * may follow later. */
const given: readonly Given[] = [
  [
    '食品经营许可',
    'handler-market',
    'city-market',
    'licence',
    20,
    5,
    'undifferentiated',
    [LICENCE_PAPER, '经营场所平面图*', '食品安全管理制度*'],
  ],
  [
    '企业设立登记',
    'handler-market',
    'city-market',
    'licence',
    3,
    0,
    'undifferentiated',
    ['公司章程', '住所证明', IDENTITY],
  ],
  ['企业变更登记', 'handler-market', 'city-market', 'licence', 3, 0, 'undifferentiated', [LICENCE_PAPER, '变更决议*']],
  [
    '特种设备使用登记',
    'handler-market',
    'city-market',
    'licence',
    30,
    8,
    'special',
    ['设备监督检验证书', '安全管理人员证明*'],
  ],
  [
    '药品零售企业许可',
    'handler-market',
    'city-market',
    'licence',
    30,
    10,
    'special',
    [LICENCE_PAPER, '执业药师注册证', '营业场所平面图*'],
  ],
  [
    '劳务派遣经营许可',
    'handler',
    'city-hr',
    'licence',
    20,
    7,
    'undifferentiated',
    [LICENCE_PAPER, '验资报告*', '劳务派遣管理制度'],
  ],
  [
    '人力资源服务许可',
    'handler',
    'city-hr',
    'licence',
    20,
    6,
    'undifferentiated',
    [LICENCE_PAPER, '专职工作人员名单*'],
  ],
  [
    '企业实行特殊工时制审批',
    'handler',
    'city-hr',
    'licence',
    20,
    9,
    'undifferentiated',
    ['特殊工时申请表', '职工代表大会意见*'],
  ],
  [
    '企业吸纳就业社会保险补贴',
    'handler',
    'city-hr',
    'payment',
    undefined,
    10,
    'undifferentiated',
    ['劳动合同', '社会保险缴费凭证'],
  ],
  ['社会保险登记', 'handler', 'city-hr', 'public-service', undefined, 0, 'undifferentiated', [IDENTITY]],
  ['增值税专用发票最高开票限额审批', 'handler-tax', 'city-tax', 'licence', 20, 5, 'special', ['最高开票限额申请单']],
  ['发票领用', 'handler-tax', 'city-tax', 'public-service', undefined, 0, 'special', [IDENTITY]],
  [
    '建设用地规划许可',
    'handler-land',
    'city-land',
    'licence',
    20,
    7,
    'undifferentiated',
    ['用地红线图', '项目批准文件', '土地使用权证明*'],
  ],
  [
    '建设工程规划许可',
    'handler-land',
    'city-land',
    'licence',
    20,
    8,
    'undifferentiated',
    ['建设工程设计方案', '土地使用权证明'],
  ],
  ['不动产首次登记', 'handler-land', 'city-land', 'confirmation', 30, 5, 'special', ['权属来源材料', '测绘报告']],
  [
    '企业技术改造项目备案',
    'handler-industry',
    'city-industry',
    'other-power',
    3,
    0,
    'undifferentiated',
    [LICENCE_PAPER, '项目说明*'],
  ],
  [
    '创新型中小企业评价',
    'handler-industry',
    'city-industry',
    'confirmation',
    undefined,
    20,
    'outside',
    [LICENCE_PAPER, '审计报告'],
  ],
  [
    '成品油零售经营资格审批',
    'handler-commerce',
    'city-commerce',
    'licence',
    20,
    8,
    'undifferentiated',
    [LICENCE_PAPER, '危险化学品经营许可证', '消防验收文件*'],
  ],
  [
    '对外贸易经营者信息报送',
    'handler-commerce',
    'city-commerce',
    'public-service',
    undefined,
    0,
    'undifferentiated',
    [LICENCE_PAPER],
  ],
  [
    '公证机构执业审核',
    'handler-justice',
    'city-justice',
    'licence',
    20,
    10,
    'undifferentiated',
    ['设立论证报告', '资金证明*'],
  ],
  [
    '律师事务所变更登记',
    'handler-justice',
    'city-justice',
    'licence',
    15,
    5,
    'undifferentiated',
    ['执业许可证', '变更决议'],
  ],
  [
    '小额贷款公司变更备案',
    'handler-finance',
    'city-finance-office',
    'other-power',
    20,
    10,
    'special',
    [LICENCE_PAPER, '股东会决议*'],
  ],
  [
    '企业技术改造项目备案',
    'handler-meihekou',
    'meihekou-industry',
    'other-power',
    3,
    0,
    'undifferentiated',
    [LICENCE_PAPER],
  ],
  ['个体工商户登记', 'handler-jian', 'jian-market', 'licence', 3, 0, 'undifferentiated', [IDENTITY, '经营场所证明*']],
]

export type ExampleItem = {
  readonly by: string
  readonly input: Readonly<Record<string, unknown>> & { readonly code: string }
}

const papers = [...new Set(given.flatMap(([, , , , , , , all]) => all.map(plain)))]

/** Each with a code of its own, as the unit that answers for it would put it on the list. */
export function items(): ExampleItem[] {
  return given.map(([name, by, unit, type, statutory, promised, window, all], place) => {
    const level = unit.startsWith('city') ? 'city' : 'county'
    return {
      by,
      input: {
        code: `1122050${level === 'city' ? 0 : 1}000000001X3${String(place + 1).padStart(12, '0')}`,
        unit,
        name,
        type,
        basis: '依法设定，示例数据不列条文（合成数据）。',
        level,
        audience: ['enterprise'],
        handling: promised === 0 ? 'at-once' : 'within-time',
        ...(statutory !== undefined && { statutory, statutoryUnit: 'working-day' }),
        promised,
        promisedUnit: 'working-day',
        conditions: '申请人依法成立，材料齐全、符合法定形式（合成数据）。',
        steps: (promised === 0 ? ['受理并决定'] : ['受理', '审查', '决定']).map((step) => ({ step })),
        situations: [],
        materials: all.map((paper) => ({
          material: codeOf('CL', papers.indexOf(plain(paper))),
          materialName: plain(paper),
          ...(plain(paper) === LICENCE_PAPER && { issuer: '市场监管部门' }),
          originals: plain(paper) === LICENCE_PAPER ? 0 : 1,
          copies: plain(paper) === LICENCE_PAPER ? 1 : 0,
          tolerable: paper.endsWith('*'),
          shared: plain(paper) === LICENCE_PAPER,
        })),
        fields: ['企业名称', '统一社会信用代码', '经办人', '联系电话'].map((fieldName, at) => ({
          field: codeOf('ZD', at),
          fieldName,
        })),
        results: [{ result: codeOf('JG', place), resultName: `${name}结果文书` }],
        visits: promised === 0 ? 0 : 1,
        channels: ['at-window', 'on-computer'],
        window,
        hallDue: window !== 'outside' || type === 'confirmation',
        nearby: false,
        fee: false,
        remedies: '对决定不服的，可以依法申请行政复议或者提起行政诉讼。',
        enquiries: '0435-0000000（合成数据）',
      },
    }
  })
}

function plain(paper: string): string {
  return paper.replace(/\*$/, '')
}

function codeOf(of: string, place: number): string {
  return `${of}-${String(place + 1).padStart(4, '0')}`
}
