// Enterprises of the example city (合成数据): generated from a seed, as many as wanted; none of them exists.
import { makeUscc, usccSymbols } from '../../domains/register/uscc.ts'
import { personName, phoneNumber, roads, tradeName } from './names.ts'
import { random, type Random } from './random.ts'

export type ExampleEnterprise = {
  readonly name: string
  readonly uscc: string
  /** GB/T 2260, six digits. */
  readonly division: string
  /** GB/T 4754-2017, two digits. */
  readonly industry: string
  readonly registeredOn: string
  readonly private: boolean
  readonly evidence: string
  /** Persons. */
  readonly staff?: number
  /** 万元. */
  readonly revenue?: number
  /** 万元. */
  readonly assets?: number
  readonly contact: string
  readonly phone: string
  readonly address: string
}

/** Yields `count` enterprises; the first of them are the same whatever the count. Names and codes do not repeat. */
export function* enterprises(count: number, seed: number): Generator<ExampleEnterprise> {
  const from = random(seed)
  const names = new Set<string>()
  const first = from.whole(0, BODIES - 1)
  for (let at = 0; at < count; at++) {
    // The first few act in the demonstration: firms of some size rather than stalls.
    const form = at < 40 ? FORMS[0]! : from.weighted(WEIGHTED_FORMS)
    const place = from.weighted(PLACES)
    const [industry, terms] = from.weighted(form.trades)
    const name = freshName(names, from, (trade) => form.name(place.name, trade, from.pick(terms)))
    const owned = form.code === '91' && from.chance(0.03)
    const road = from.pick(roads)
    yield {
      name,
      uscc: makeUscc(form.code + place.code + body((first + at * STRIDE) % BODIES)),
      division: place.code,
      industry,
      registeredOn: date(from),
      private: !owned,
      evidence: `登记类型：${owned ? '有限责任公司（国有独资）' : form.kind}`,
      ...figures(from, form.staff, industry),
      contact: personName(from),
      phone: phoneNumber(at),
      address: `吉林省${place.name}${road}${from.whole(1, 2400)}号`,
    }
  }
}

type Trade = readonly [industry: string, terms: readonly string[]]
type Form = {
  /** Registrar and kind: 91 enterprise, 92 self-employed, 93 farmers' cooperative. */
  readonly code: '91' | '92' | '93'
  readonly kind: string
  readonly name: (place: string, trade: string, term: string) => string
  /** The middle number of persons. */
  readonly staff: number
  readonly trades: readonly (readonly [Trade, number])[]
}

const PLACES: readonly (readonly [{ readonly code: string; readonly name: string }, number])[] = [
  [{ code: '220502', name: '通化市东昌区' }, 22],
  [{ code: '220503', name: '通化市二道江区' }, 8],
  [{ code: '220521', name: '通化县' }, 12],
  [{ code: '220523', name: '辉南县' }, 13],
  [{ code: '220524', name: '柳河县' }, 13],
  [{ code: '220581', name: '梅河口市' }, 22],
  [{ code: '220582', name: '集安市' }, 10],
]

const trade = (industry: string, terms: string, weight: number): readonly [Trade, number] => [
  [industry, terms.split(' ')],
  weight,
]

const FIRM_TRADES = [
  trade('27', '药业 制药 生物制药 中药饮片 医药科技', 10),
  trade('13', '米业 粮油 食品加工 人参制品 山珍食品', 10),
  trade('14', '食品 乳业 保健食品 健康食品', 5),
  trade('15', '酒业 山葡萄酒 冰葡萄酒 矿泉水 饮品', 6),
  trade('20', '木业 木制品', 4),
  trade('30', '建材 硅藻土 新型材料 石材', 4),
  trade('31', '金属材料 铸造', 2),
  trade('33', '金属制品 钢结构', 3),
  trade('34', '机械制造 通用设备', 3),
  trade('35', '医疗器械 专用设备 制药设备', 4),
  trade('36', '汽车零部件', 2),
  trade('44', '热力 新能源', 1),
  trade('47', '建筑工程', 5),
  trade('50', '装饰装修工程', 4),
  trade('51', '商贸 医药经销 贸易 农资', 14),
  trade('52', '超市连锁 大药房连锁', 4),
  trade('54', '运输 物流', 5),
  trade('59', '仓储 冷链仓储', 2),
  trade('61', '酒店管理 温泉酒店', 2),
  trade('62', '餐饮管理', 3),
  trade('64', '网络科技 电子商务', 3),
  trade('65', '软件科技 信息技术', 3),
  trade('70', '房地产开发 物业服务', 3),
  trade('72', '商务服务 旅行社 人力资源服务', 4),
  trade('75', '生物科技 农业科技', 3),
  trade('90', '文化旅游', 1),
]
const STALL_TRADES = [
  trade('52', '食杂店 便利店 五金商店 服装店 鲜果店 土特产店 药店', 40),
  trade('62', '饭店 面馆 烧烤店 冷面馆 早餐店', 22),
  trade('54', '货物运输户 出租运输户', 8),
  trade('80', '理发店 洗衣店 美容店 摄影店', 12),
  trade('81', '汽车修理部 家电维修部', 8),
  trade('51', '参茸经销部 粮食经销处 建材经销部', 7),
  trade('61', '旅馆 民宿', 3),
]
const FARM_TRADES = [
  trade('01', '人参种植 水稻种植 蓝莓种植 山葡萄种植 中药材种植', 6),
  trade('02', '林下经济 红松果林', 2),
  trade('03', '黄牛养殖 梅花鹿养殖', 3),
  trade('04', '冷水鱼养殖', 1),
  trade('05', '农机服务', 2),
]
const FORMS: readonly Form[] = [
  {
    code: '91',
    kind: '有限责任公司（自然人投资或控股）',
    name: (place, brand, term) => `${place}${brand}${term}有限公司`,
    staff: 14,
    trades: FIRM_TRADES,
  },
  {
    code: '92',
    kind: '个体工商户',
    name: (place, brand, term) => `${place}${brand}${term}（个体工商户）`,
    staff: 2,
    trades: STALL_TRADES,
  },
  {
    code: '93',
    kind: '农民专业合作社',
    name: (place, brand, term) => `${place}${brand}${term}专业合作社`,
    staff: 6,
    trades: FARM_TRADES,
  },
]
const WEIGHTED_FORMS = [
  [FORMS[0]!, 24],
  [FORMS[1]!, 70],
  [FORMS[2]!, 6],
] as const

/** Several attempts, then a number in the name, as registrars and people themselves do. */
function freshName(taken: Set<string>, from: Random, build: (brand: string) => string): string {
  for (let attempt = 0; attempt < 20; attempt++) {
    const name = build(tradeName(from))
    if (taken.has(name)) continue
    taken.add(name)
    return name
  }
  for (let number = 2; ; number++) {
    const name = build(`${tradeName(from)}${number}号`)
    if (taken.has(name)) continue
    taken.add(name)
    return name
  }
}

/** Bodies run through all of 31^6 in strides that share no factor with it, so that none comes twice. */
const BODIES = 31 ** 6
const STRIDE = 48_271
const BODY_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/** Nine places: eight of body and the check character of GB 11714 (modulo 11). */
function body(number: number): string {
  let digits = ''
  for (let left = number, place = 0; place < 6; place++, left = Math.floor(left / 31))
    digits = usccSymbols[left % 31]! + digits
  const eight = `MA${digits}`
  const sum = BODY_WEIGHTS.reduce((total, weight, at) => total + weight * Number.parseInt(eight[at]!, 36), 0)
  return eight + '0123456789X0'[11 - (sum % 11)]!
}

/** All of them had a year of which they reported figures. */
function date(from: Random): string {
  const year = 2024 - Math.floor(from.next() ** 1.7 * 30)
  return `${year}-${String(from.whole(1, 12)).padStart(2, '0')}-${String(from.whole(1, 28)).padStart(2, '0')}`
}

/** Skewed as real ones are, and one in five unknown, each by itself. */
function figures(from: Random, middle: number, industry: string) {
  const staff = Math.max(1, Math.round(middle * Math.exp(normal(from) * 1.2)))
  const perHead = industry === '51' ? 90 : industry < '05' ? 12 : 35
  const revenue = Math.max(1, Math.round(staff * perHead * Math.exp(normal(from) * 0.8)))
  const assets = Math.max(1, Math.round(revenue * 0.9 * Math.exp(normal(from) * 0.9)))
  return {
    ...(from.chance(0.8) && { staff }),
    ...(from.chance(0.8) && { revenue }),
    ...(from.chance(0.8) && { assets }),
  }
}

function normal(from: Random): number {
  return Math.sqrt(-2 * Math.log(1 - from.next())) * Math.cos(2 * Math.PI * from.next())
}
