// An item as tests need one: whole, lawful, and with something of each sort in it.
export const paper = {
  material: 'M-001',
  materialName: '营业执照',
  issuer: '市场监管部门',
  originals: 0,
  copies: 1,
  tolerable: false,
  shared: true,
} as const

export const itemContent = {
  name: '食品经营许可（合成数据）',
  type: 'licence',
  basis: '《中华人民共和国食品安全法》第三十五条',
  level: 'city',
  audience: ['enterprise'],
  handling: 'within-time',
  statutory: 20,
  statutoryUnit: 'working-day',
  promised: 5,
  promisedUnit: 'working-day',
  conditions: '有固定的经营场所。',
  steps: [{ step: '受理' }, { step: '审查' }, { step: '决定' }],
  situations: [
    { situation: 'S-01', situationName: '新办' },
    { situation: 'S-02', situationName: '延续' },
  ],
  materials: [
    paper,
    { ...paper, material: 'M-002', materialName: '平面图', shared: false, tolerable: true, within: 'S-01' },
  ],
  fields: [{ field: 'F-001', fieldName: '经营场所' }],
  results: [{ result: 'R-001', resultName: '食品经营许可证' }],
  visits: 1,
  channels: ['at-window', 'on-computer'],
  window: 'undifferentiated',
  hallDue: true,
  nearby: false,
  fee: false,
  remedies: '可以在六十日内申请行政复议，或者在六个月内提起行政诉讼。',
  enquiries: '0435-0000000',
} as const
