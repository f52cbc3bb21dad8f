// The industrial classification for national economic activities (GB/T 4754-2017): its 20 sections and 97 divisions.

export type Section = { readonly code: string; readonly name: string; readonly nameEn: string }
export type IndustryDivision = {
  /** Two digits. */
  readonly code: string
  readonly section: string
  readonly name: string
  /** Our own translation: the standard itself is read in Chinese. */
  readonly nameEn: string
}

/** Section, Chinese name, English name, and its divisions in order: their codes run on from 01 to 97 without a gap. */
const TABLE: readonly (readonly [code: string, name: string, nameEn: string, divisions: string])[] = [
  [
    'A',
    '农、林、牧、渔业',
    'Agriculture, forestry, animal husbandry and fishery',
    `农业|Farming
    林业|Forestry
    畜牧业|Animal husbandry
    渔业|Fishery
    农、林、牧、渔专业及辅助性活动|Support activities for agriculture, forestry, animal husbandry and fishery`,
  ],
  [
    'B',
    '采矿业',
    'Mining',
    `煤炭开采和洗选业|Mining and washing of coal
    石油和天然气开采业|Extraction of petroleum and natural gas
    黑色金属矿采选业|Mining and processing of ferrous metal ores
    有色金属矿采选业|Mining and processing of non-ferrous metal ores
    非金属矿采选业|Mining and processing of non-metal ores
    开采专业及辅助性活动|Support activities for mining
    其他采矿业|Other mining`,
  ],
  [
    'C',
    '制造业',
    'Manufacturing',
    `农副食品加工业|Processing of food from agricultural products
    食品制造业|Manufacture of foods
    酒、饮料和精制茶制造业|Manufacture of liquor, beverages and refined tea
    烟草制品业|Manufacture of tobacco
    纺织业|Manufacture of textiles
    纺织服装、服饰业|Manufacture of textile wearing apparel and accessories
    皮革、毛皮、羽毛及其制品和制鞋业|Manufacture of leather, fur, feather, related products and footwear
    木材加工和木、竹、藤、棕、草制品业|Processing of timber, manufacture of wood, bamboo, rattan, palm and straw products
    家具制造业|Manufacture of furniture
    造纸和纸制品业|Manufacture of paper and paper products
    印刷和记录媒介复制业|Printing and reproduction of recorded media
    文教、工美、体育和娱乐用品制造业|Manufacture of articles for culture, education, arts and crafts, sport and entertainment
    石油、煤炭及其他燃料加工业|Processing of petroleum, coal and other fuels
    化学原料和化学制品制造业|Manufacture of raw chemical materials and chemical products
    医药制造业|Manufacture of medicines
    化学纤维制造业|Manufacture of chemical fibres
    橡胶和塑料制品业|Manufacture of rubber and plastics products
    非金属矿物制品业|Manufacture of non-metallic mineral products
    黑色金属冶炼和压延加工业|Smelting and pressing of ferrous metals
    有色金属冶炼和压延加工业|Smelting and pressing of non-ferrous metals
    金属制品业|Manufacture of metal products
    通用设备制造业|Manufacture of general-purpose machinery
    专用设备制造业|Manufacture of special-purpose machinery
    汽车制造业|Manufacture of automobiles
    铁路、船舶、航空航天和其他运输设备制造业|Manufacture of railway, ship, aerospace and other transport equipment
    电气机械和器材制造业|Manufacture of electrical machinery and apparatus
    计算机、通信和其他电子设备制造业|Manufacture of computers, communication and other electronic equipment
    仪器仪表制造业|Manufacture of measuring instruments
    其他制造业|Other manufacturing
    废弃资源综合利用业|Comprehensive use of waste resources
    金属制品、机械和设备修理业|Repair of metal products, machinery and equipment`,
  ],
  [
    'D',
    '电力、热力、燃气及水生产和供应业',
    'Production and supply of electricity, heat, gas and water',
    `电力、热力生产和供应业|Production and supply of electricity and heat
    燃气生产和供应业|Production and supply of gas
    水的生产和供应业|Production and supply of water`,
  ],
  [
    'E',
    '建筑业',
    'Construction',
    `房屋建筑业|Construction of buildings
    土木工程建筑业|Civil engineering
    建筑安装业|Building installation
    建筑装饰、装修和其他建筑业|Building decoration, finishing and other construction`,
  ],
  [
    'F',
    '批发和零售业',
    'Wholesale and retail trade',
    `批发业|Wholesale trade
    零售业|Retail trade`,
  ],
  [
    'G',
    '交通运输、仓储和邮政业',
    'Transport, storage and post',
    `铁路运输业|Railway transport
    道路运输业|Road transport
    水上运输业|Water transport
    航空运输业|Air transport
    管道运输业|Pipeline transport
    多式联运和运输代理业|Multimodal transport and transport agency
    装卸搬运和仓储业|Loading, unloading and storage
    邮政业|Post`,
  ],
  [
    'H',
    '住宿和餐饮业',
    'Accommodation and catering',
    `住宿业|Accommodation
    餐饮业|Catering`,
  ],
  [
    'I',
    '信息传输、软件和信息技术服务业',
    'Information transmission, software and information technology',
    `电信、广播电视和卫星传输服务|Telecommunication, broadcasting, television and satellite transmission
    互联网和相关服务|Internet and related services
    软件和信息技术服务业|Software and information technology services`,
  ],
  [
    'J',
    '金融业',
    'Finance',
    `货币金融服务|Monetary and financial services
    资本市场服务|Capital market services
    保险业|Insurance
    其他金融业|Other finance`,
  ],
  ['K', '房地产业', 'Real estate', `房地产业|Real estate`],
  [
    'L',
    '租赁和商务服务业',
    'Leasing and business services',
    `租赁业|Leasing
    商务服务业|Business services`,
  ],
  [
    'M',
    '科学研究和技术服务业',
    'Scientific research and technical services',
    `研究和试验发展|Research and experimental development
    专业技术服务业|Professional technical services
    科技推广和应用服务业|Technology promotion and application services`,
  ],
  [
    'N',
    '水利、环境和公共设施管理业',
    'Management of water conservancy, environment and public facilities',
    `水利管理业|Management of water conservancy
    生态保护和环境治理业|Ecological protection and environmental control
    公共设施管理业|Management of public facilities
    土地管理业|Land management`,
  ],
  [
    'O',
    '居民服务、修理和其他服务业',
    'Services to households, repair and other services',
    `居民服务业|Services to households
    机动车、电子产品和日用产品修理业|Repair of motor vehicles, electronics and household goods
    其他服务业|Other services`,
  ],
  ['P', '教育', 'Education', `教育|Education`],
  [
    'Q',
    '卫生和社会工作',
    'Health and social work',
    `卫生|Health
    社会工作|Social work`,
  ],
  [
    'R',
    '文化、体育和娱乐业',
    'Culture, sport and entertainment',
    `新闻和出版业|Journalism and publishing
    广播、电视、电影和录音制作业|Radio, television, film and sound recording
    文化艺术业|Culture and art
    体育|Sport
    娱乐业|Entertainment`,
  ],
  [
    'S',
    '公共管理、社会保障和社会组织',
    'Public management, social security and social organisations',
    `中国共产党机关|Organs of the Communist Party of China
    国家机构|State institutions
    人民政协、民主党派|People's political consultative conference and democratic parties
    社会保障|Social security
    群众团体、社会团体和其他成员组织|Mass organisations, social associations and other membership organisations
    基层群众自治组织及其他组织|Self-governing organisations at the grassroots and other organisations`,
  ],
  ['T', '国际组织', 'International organisations', `国际组织|International organisations`],
]

export const sections: readonly Section[] = TABLE.map(([code, name, nameEn]) => ({ code, name, nameEn }))

let next = 1
export const divisions: readonly IndustryDivision[] = TABLE.flatMap(([section, , , lines]) =>
  lines.split('\n').map((line) => {
    const [name = '', nameEn = ''] = line.trim().split('|')
    return { code: String(next++).padStart(2, '0'), section, name, nameEn }
  }),
)

const BY_CODE = new Map(divisions.map((division) => [division.code, division]))
const SECTIONS = new Map(sections.map((section) => [section.code, section]))

/** The division of a two-digit code, or nothing. */
export function industryOf(code: string): IndustryDivision | undefined {
  return BY_CODE.get(code)
}

/**
 * A code as sheets hold it: a division, group or class (two to four digits), perhaps behind the letter of its section.
 * `digits` is what is kept; `agrees` says whether the letter is that of the division. Nothing where there is no such division.
 */
export function readIndustry(
  text: string,
): { readonly digits: string; readonly division: IndustryDivision; readonly agrees: boolean } | undefined {
  const [, letter = '', digits = ''] = /^([A-T]?)(\d{2,4})$/.exec(text.normalize('NFKC').trim().toUpperCase()) ?? []
  const division = industryOf(digits.slice(0, 2))
  return division && { digits, division, agrees: letter === '' || letter === division.section }
}

/** The section (门类) of a letter, or nothing. */
export function sectionOf(code: string): Section | undefined {
  return SECTIONS.get(code)
}
