// The units of the example city (合成数据): divisions are those of GB/T 2260; names, groups and the place of each unit in the tree are an example.

export type ExampleUnit = {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly kind:
    'city' | 'leading-group' | 'office' | 'working-group' | 'department' | 'county' | 'bureau' | 'service-centre'
  readonly parent?: string
  readonly division: string
}

const CITY = '220500'

/** Slug, Chinese name, English name; all are units of the city government or answer to it in this example. */
const DEPARTMENTS: readonly (readonly [slug: string, name: string, nameEn: string])[] = [
  ['city-development', '市发展和改革委员会', 'Development and Reform Commission'],
  ['city-industry', '市工业和信息化局', 'Bureau of Industry and Information Technology'],
  ['city-education', '市教育局', 'Education Bureau'],
  ['city-science', '市科学技术局', 'Science and Technology Bureau'],
  ['city-police', '市公安局', 'Public Security Bureau'],
  ['city-justice', '市司法局', 'Justice Bureau'],
  ['city-treasury', '市财政局', 'Finance Bureau'],
  ['city-hr', '市人力资源和社会保障局', 'Bureau of Human Resources and Social Security'],
  ['city-land', '市自然资源局', 'Natural Resources Bureau'],
  ['city-environment', '市生态环境局', 'Ecology and Environment Bureau'],
  ['city-housing', '市住房和城乡建设局', 'Housing and Urban-Rural Development Bureau'],
  ['city-transport', '市交通运输局', 'Transport Bureau'],
  ['city-agriculture', '市农业农村局', 'Agriculture and Rural Affairs Bureau'],
  ['city-commerce', '市商务局', 'Commerce Bureau'],
  ['city-culture', '市文化广播电视和旅游局', 'Culture, Radio, Television and Tourism Bureau'],
  ['city-emergency', '市应急管理局', 'Emergency Management Bureau'],
  ['city-market', '市市场监督管理局', 'Market Regulation Administration'],
  ['city-tax', '市税务局', 'Tax Bureau'],
  ['city-finance-office', '市地方金融工作办公室', 'Local Financial Work Office'],
  ['city-service', '市政务服务和数字化建设管理局', 'Administration of Government Services and Digital Development'],
  ['city-enforcement', '市城市管理行政执法局', 'Urban Management and Law Enforcement Bureau'],
  ['city-federation', '市工商业联合会', 'Federation of Industry and Commerce'],
  ['city-hotline', '市12345政务服务便民热线', '12345 Government Service Hotline'],
  ['city-power', '市供电公司', 'Power Supply Company'],
]

/** The six groups of this example follow the lines of service; the real division of work is for the city to set. */
const GROUPS: readonly (readonly [slug: string, name: string, nameEn: string])[] = [
  ['group-communication', '政企沟通工作组', 'Working Group on Government-Enterprise Communication'],
  ['group-policy', '政策落实工作组', 'Working Group on Policy Delivery'],
  ['group-legal', '法治保障工作组', 'Working Group on Rule of Law'],
  ['group-finance', '金融服务工作组', 'Working Group on Financial Services'],
  ['group-trade', '经贸合作工作组', 'Working Group on Trade and Cooperation'],
  ['group-growth', '人才成长工作组', 'Working Group on Growth of Entrepreneurs'],
]

const COUNTIES: readonly (readonly [slug: string, division: string, name: string, nameEn: string])[] = [
  ['dongchang', '220502', '东昌区', 'Dongchang District'],
  ['erdaojiang', '220503', '二道江区', 'Erdaojiang District'],
  ['tonghua-county', '220521', '通化县', 'Tonghua County'],
  ['huinan', '220523', '辉南县', 'Huinan County'],
  ['liuhe', '220524', '柳河县', 'Liuhe County'],
  ['meihekou', '220581', '梅河口市', 'Meihekou City'],
  ['jian', '220582', '集安市', "Ji'an City"],
]

const BUREAUS: readonly (readonly [slug: string, name: string, nameEn: string])[] = [
  ['industry', '工业和信息化局', 'Bureau of Industry and Information Technology'],
  ['market', '市场监督管理局', 'Market Regulation Administration'],
  ['hr', '人力资源和社会保障局', 'Bureau of Human Resources and Social Security'],
]

/** Every unit stands after the one it belongs to. */
export const units: readonly ExampleUnit[] = [
  { id: 'tonghua', name: '通化市', nameEn: 'Tonghua City', kind: 'city', division: CITY },
  {
    id: 'leading-group',
    name: '市促进民营经济发展领导小组',
    nameEn: 'Leading Group for the Private Economy',
    kind: 'leading-group',
    parent: 'tonghua',
    division: CITY,
  },
  {
    id: 'leading-office',
    name: '市领导小组办公室',
    nameEn: 'Office of the Leading Group',
    kind: 'office',
    parent: 'leading-group',
    division: CITY,
  },
  ...GROUPS.map(([id, name, nameEn]) => ({
    id,
    name,
    nameEn,
    kind: 'working-group' as const,
    parent: 'leading-group',
    division: CITY,
  })),
  ...DEPARTMENTS.map(([id, name, nameEn]) => ({
    id,
    name,
    nameEn,
    kind: 'department' as const,
    parent: 'tonghua',
    division: CITY,
  })),
  {
    id: 'city-centre',
    name: '市民营经济综合服务中心',
    nameEn: 'Service Centre for the Private Economy',
    kind: 'service-centre',
    parent: 'tonghua',
    division: CITY,
  },
  ...COUNTIES.flatMap(([slug, division, name, nameEn]): ExampleUnit[] => [
    { id: slug, name, nameEn, kind: 'county', parent: 'tonghua', division },
    {
      id: `${slug}-centre`,
      name: `${name}民营经济综合服务中心`,
      nameEn: `${nameEn} Service Centre for the Private Economy`,
      kind: 'service-centre',
      parent: slug,
      division,
    },
    ...BUREAUS.map(([bureau, what, whatEn]) => ({
      id: `${slug}-${bureau}`,
      name: name + what,
      nameEn: `${nameEn} ${whatEn}`,
      kind: 'bureau' as const,
      parent: slug,
      division,
    })),
  ]),
]
