// The market access list as far as it is known here, and clues to hidden barriers (合成数据). The list is no official text: of each matter it is said how it was compared.
import { isWorkday, nationalCalendar } from '../../kernel/clock/calendar.ts'
import { addDays, civil, dayOf, type CivilDate, type Moment } from '../../kernel/clock/date.ts'
import { items } from './items.ts'
import type { Told } from './told.ts'

const SOURCE =
  '示例，不是官方文本：文号、发布机关、日期和总数据公开报道；条目据公开转载或者凭记忆整理，标〔大意〕的不是原文，标〔未收录原文〕的只知道有这一条。办事以国家发展改革委公布的文件为准。'
/** No file stands behind it: sixty-four noughts say so. */
const NO_FILE = '0'.repeat(64)

type Proof = 'copy' | 'memory' | 'outline'
type Entry = readonly [
  name: string,
  sectors: string,
  proof: Proof,
  measures: readonly (readonly [measure: string, authority: string])[],
  items: readonly string[],
]

/** The six of both editions. Their names and order are from memory; that of the fourth stands so in a public copy of the edition of 2022. */
const barred = (edition: '2022' | '2025') =>
  (
    [
      ['法律、法规、国务院决定等明确设立且与市场准入相关的禁止性规定', '100001'],
      ['国家产业政策明令淘汰和限制的产品、技术、工艺、设备及行为', '100002'],
      ['不符合主体功能区建设要求的各类开发活动', '100003'],
      ['禁止违规开展金融相关经营活动', '100004'],
      ['禁止违规开展互联网相关经营活动', '100005'],
      ['禁止违规开展新闻传媒相关业务', '100006'],
    ] as const
  ).map(([matterName, matterCode], place) => ({
    matter: String(place + 1),
    part: 'barred',
    matterName,
    matterCode,
    proof: edition === '2022' && place === 3 ? 'copy' : 'memory',
  }))

const BARRED_MEASURES = [
  {
    matter: '4',
    measure:
      '〔大意〕非金融机构、不从事金融活动的企业，在注册名称和经营范围中不得使用“银行”“保险”“证券公司”“基金管理公司”“融资担保”“典当”“征信”“交易所”等与金融相关的字样，国家另有规定的除外。',
  },
  { matter: '6', measure: '〔大意〕非公有资本不得从事新闻采编播发业务，不得投资设立和经营新闻机构。' },
]

/** What needs a permit by laws that are known; the wording is ours. Name, sections, how compared, measures, items of the city. */
const PERMITS: readonly Entry[] = [
  [
    '从事农作物种子、林草种子的生产、经营',
    'A',
    'memory',
    [['农作物种子、林草种子生产经营许可', '农业农村、林业草原部门']],
    ['农作物种子生产经营许可', '林草种子生产经营许可'],
  ],
  ['勘查、开采矿产资源', 'B', 'memory', [['探矿权、采矿权登记', '自然资源部门']], []],
  [
    '从事食品的生产、经营',
    'C F H',
    'memory',
    [
      ['食品生产许可', '市场监管部门'],
      ['食品经营许可', '市场监管部门'],
    ],
    ['食品生产许可', '食品经营许可'],
  ],
  [
    '从事药品的生产、批发、零售',
    'C F',
    'memory',
    [['药品生产许可、药品经营许可', '药品监管部门']],
    ['药品零售企业经营许可'],
  ],
  [
    '从事医疗器械的生产、经营',
    'C F',
    'memory',
    [['第三类医疗器械经营许可', '药品监管部门']],
    ['第三类医疗器械经营许可'],
  ],
  ['从事烟草专卖品的生产、批发、零售', 'C F', 'memory', [['烟草专卖零售许可', '烟草专卖部门']], []],
  [
    '从事危险化学品的生产、经营',
    'C F',
    'memory',
    [['危险化学品安全生产、经营许可', '应急管理部门']],
    ['危险化学品经营许可'],
  ],
  ['从事烟花爆竹的生产、批发、零售', 'C F', 'memory', [['烟花爆竹经营许可', '应急管理部门']], ['烟花爆竹批发许可']],
  ['从事印刷经营活动', 'C', 'memory', [['印刷企业设立许可', '新闻出版部门']], ['印刷企业设立许可']],
  ['从事城镇燃气经营', 'D', 'memory', [['燃气经营许可', '住房城乡建设部门']], ['燃气经营许可']],
  ['从事建筑业活动', 'E', 'memory', [['建筑业企业资质', '住房城乡建设部门']], ['建筑业企业资质许可']],
  ['从事成品油零售', 'F', 'memory', [['成品油零售经营许可', '商务部门']], ['成品油零售经营许可']],
  [
    '从事道路旅客、货物运输',
    'G',
    'memory',
    [['道路旅客运输、货物运输经营许可', '交通运输部门']],
    ['道路旅客运输经营许可', '道路货物运输经营许可'],
  ],
  ['经营旅馆业', 'H', 'memory', [['旅馆业特种行业许可', '公安机关']], ['旅馆业特种行业许可']],
  [
    '从事互联网上网服务',
    'I',
    'memory',
    [['互联网上网服务营业场所设立许可', '文化和旅游部门']],
    ['互联网上网服务营业场所设立审批'],
  ],
  ['从事银行、保险、证券等金融业务', 'J', 'memory', [['设立金融机构和从事特许金融业务许可', '金融管理部门']], []],
  ['从事典当业务', 'J', 'memory', [['设立典当行许可', '地方金融管理部门']], ['典当业特种行业许可']],
  ['从事房地产开发', 'K', 'memory', [['房地产开发企业资质', '住房城乡建设部门']], ['房地产开发企业资质许可']],
  ['从事保安服务', 'L', 'memory', [['保安服务公司设立许可', '公安机关']], ['保安服务公司设立许可']],
  [
    '从事劳务派遣、人力资源服务',
    'L',
    'memory',
    [['劳务派遣经营许可、人力资源服务许可', '人力资源社会保障部门']],
    ['劳务派遣经营许可', '人力资源服务许可'],
  ],
  ['从事旅行社业务', 'L', 'memory', [['旅行社设立许可', '文化和旅游部门']], ['旅行社设立许可']],
  ['从事危险废物的收集、贮存、处置', 'N', 'memory', [['危险废物经营许可', '生态环境部门']], ['危险废物经营许可']],
  ['设立民办学校等教育机构', 'P', 'memory', [['民办学校设立审批', '教育部门']], ['民办学校设立审批']],
  ['设置医疗机构，从事医疗业务', 'Q', 'memory', [['医疗机构执业登记', '卫生健康部门']], []],
  ['设立娱乐场所', 'R', 'memory', [['娱乐场所设立审批', '文化和旅游部门']], ['娱乐场所设立审批']],
]

/** What the press tells of single matters, whose wording is not known. */
const OUTLINES = {
  '2022': [['〔未收录原文〕公章刻制业须许可（2025 年版改为备案，不再列入）', '']],
  '2025': [
    ['〔未收录原文〕无人驾驶航空器运营（2025 年版新列入）', 'G'],
    ['〔未收录原文〕电子烟（2025 年版新列入）', 'C F'],
  ],
} as const

const matterName = (what: string) => `〔大意〕未获得许可，不得${what}`
const sectorsIn = (text: string) => (text === '' ? {} : { sectors: text.split(' ') })

function edition(
  of: '2022' | '2025',
  document: {
    readonly number: string
    readonly issuers: readonly string[]
    readonly from: CivilDate
    readonly total: number
  },
) {
  return {
    ...document,
    name: `市场准入负面清单（${of}年版）节录（示例）`,
    totalBarred: 6,
    source: SOURCE,
    digest: NO_FILE,
    matters: [
      ...barred(of),
      ...PERMITS.map(([what, sectors, proof], place) => ({
        matter: `例${place + 1}`,
        part: 'permit',
        matterName: matterName(what),
        ...sectorsIn(sectors),
        proof,
      })),
      ...OUTLINES[of].map(([name, sectors], place) => ({
        matter: `缺${place + 1}`,
        part: 'permit',
        matterName: name,
        ...sectorsIn(sectors),
        proof: 'outline',
      })),
    ],
    measures: [
      ...BARRED_MEASURES,
      ...PERMITS.flatMap(([, , , measures], place) =>
        measures.map(([measure, authority]) => ({ matter: `例${place + 1}`, measure, authority })),
      ),
    ],
    prohibitions: [],
  }
}

/** Both editions as far as they are known, and where their permits are applied for in this city. */
export function accessFounding(at: Moment): readonly Told[] {
  const tell = (person: string, kind: string, id: string, name: string, input: unknown): Told => ({
    at,
    by: { person },
    kind,
    id,
    name,
    input,
  })
  const editions = [
    // Its day is that on which it was issued, from memory.
    edition('2022', {
      number: '发改体改规〔2022〕397号',
      issuers: ['国家发展改革委', '商务部'],
      from: '2022-03-12',
      total: 117,
    }),
    edition('2025', {
      number: '发改体改规〔2025〕466号',
      issuers: ['国家发展改革委', '商务部', '市场监管总局'],
      from: '2025-04-24',
      total: 106,
    }),
  ]
  const codes = new Map(items().map(({ input }) => [input['name'] as string, input.code]))
  return [
    ...editions.flatMap((one) => {
      const id = one.number.replace('〔', '-').replace('〕', '-')
      return [tell('items', 'access-edition', id, 'load', one), tell('items2', 'access-edition', id, 'confirm', {})]
    }),
    ...PERMITS.flatMap(([, , , , names], place) => {
      const found = names.flatMap((name) => codes.get(name) ?? [])
      return found.length === 0
        ? []
        : [tell('items', 'access-list', 'national', 'link', { matter: `例${place + 1}`, items: found })]
    }),
  ]
}

type Clue = {
  readonly title: string
  readonly demanded: string
  readonly sort: string
  readonly against?: string
  readonly againstName?: string
  readonly business?: string
  /** Who reports it: an agent of an enterprise, by telephone, or nobody who says his name. */
  readonly by: 'enterprise' | 'hotline' | 'anonymous'
  readonly end:
    | { readonly is: 'open' }
    | { readonly is: 'dismissed'; readonly reason: string; readonly basis: string }
    | { readonly is: 'referred'; readonly to: string; readonly reason: string }
    | {
        readonly is: 'barrier'
        readonly name: string
        readonly demand: string
        readonly handler: string
        readonly done: string
        readonly finding: string
        /** How far it has come. */
        readonly stage: 'ordered' | 'rectified' | 'sent-back' | 'cleared'
        /** Working days that the unit took. */
        readonly took: number
      }
}

/** Invented, each of a sort that the notice of 2025 names; days before the end of the example's year. */
const CLUES: readonly (Clue & { readonly ago: number })[] = [
  {
    ago: 210,
    title: '办食品经营许可要先加入协会（合成数据）',
    demanded: '窗口要求先提交行业协会会员证才收材料，说是内部规定，公布的材料清单里没有。',
    sort: 'conditions-added',
    against: 'city-market',
    business: '食品经营许可',
    by: 'enterprise',
    end: {
      is: 'barrier',
      name: '以协会会员证作为食品经营许可收件条件',
      demand: '取消会员证要求，按公布的材料清单收件；清理窗口内部规定。',
      handler: 'handler-market',
      done: '已废止窗口内部规定，更新窗口告示，自次日起按公布清单收件。',
      finding: '会员证要求已取消，窗口按公布的材料清单收件。',
      stage: 'cleared',
      took: 8,
    },
  },
  {
    ago: 165,
    title: '外地施工企业要在本地设子公司才能投标（合成数据）',
    demanded: '资格预审文件要求在本市注册子公司并缴税满一年。',
    sort: 'against-outsiders',
    against: 'city-housing',
    business: '建筑施工',
    by: 'anonymous',
    end: {
      is: 'barrier',
      name: '资格预审要求外地企业设立本地子公司',
      demand: '修改资格预审文件范本，删去本地注册和缴税要求。',
      handler: 'handler-housing',
      done: '已修改范本并通知各招标人。',
      finding: '范本已删去本地注册、缴税要求，正在招标的项目已更正。',
      stage: 'cleared',
      took: 30,
    },
  },
  {
    ago: 120,
    title: '开旅馆要先取得街道同意书（合成数据）',
    demanded: '申请旅馆业许可时被要求提交街道同意书，街道说没有这项业务。',
    sort: 'circular',
    against: 'city-police',
    business: '旅馆业特种行业许可',
    by: 'hotline',
    end: {
      is: 'barrier',
      name: '旅馆业许可要求提交没有依据的同意书',
      demand: '取消同意书，需要核实的由部门之间核实。',
      handler: 'handler-police',
      done: '已取消，改为内部核实。',
      finding: '同意书已取消。',
      stage: 'cleared',
      took: 5,
    },
  },
  {
    ago: 95,
    title: '卖烟花要许可，是不是多余（合成数据）',
    demanded: '零售烟花爆竹被要求办许可证。',
    sort: 'still-approved',
    against: 'city-emergency',
    business: '烟花爆竹零售',
    by: 'anonymous',
    end: {
      is: 'dismissed',
      reason: '烟花爆竹零售依法须取得许可，不属于隐性壁垒。',
      basis: '烟花爆竹安全管理条例；负面清单许可准入类',
    },
  },
  {
    ago: 80,
    title: '跨省运输通行证办不下来（合成数据）',
    demanded: '邻省要求另办通行证，我市无法办理。',
    sort: 'between-regions',
    againstName: '邻省某运输管理机构',
    by: 'hotline',
    end: { is: 'referred', to: '省交通运输主管部门', reason: '涉及跨省事项，不属本市权限，转请省级部门协调。' },
  },
  {
    ago: 34,
    title: '培训机构办学要求自有房产（合成数据）',
    demanded: '窗口口头说租的场地不行，必须自有房产。',
    sort: 'too-strict',
    against: 'city-education',
    business: '民办学校设立审批',
    by: 'anonymous',
    end: {
      is: 'barrier',
      name: '办学场所限定为自有房产',
      demand: '取消自有房产要求，租赁场所按规定期限受理。',
      handler: 'handler-education',
      done: '已向窗口说明，租赁场所可以受理。',
      finding: '',
      stage: 'rectified',
      took: 9,
    },
  },
  {
    ago: 30,
    title: '成品油零售备案变成审批（合成数据）',
    demanded: '备案材料交上去三次，每次都要重新开会研究。',
    sort: 'delayed',
    against: 'city-commerce',
    business: '成品油零售',
    by: 'enterprise',
    end: {
      is: 'barrier',
      name: '备案事项变相审批',
      demand: '备案材料齐全的当场办结，不再开会研究。',
      handler: 'handler-commerce',
      done: '已调整办理流程。',
      finding: '',
      stage: 'sent-back',
      took: 6,
    },
  },
  {
    ago: 45,
    title: '货运企业被要求加装指定品牌设备（合成数据）',
    demanded: '年审时要求加装指定品牌的终端，价格比市面高。',
    sort: 'conditions-added',
    against: 'city-transport',
    business: '道路货物运输',
    by: 'anonymous',
    end: {
      is: 'barrier',
      name: '年审指定设备品牌',
      demand: '取消指定品牌，按国家标准认定。',
      handler: 'handler-transport',
      done: '',
      finding: '',
      stage: 'ordered',
      took: 0,
    },
  },
  {
    ago: 25,
    title: '无人机巡检业务找不到受理部门（合成数据）',
    demanded: '几个部门都说不归自己管，材料退了两次。',
    sort: 'gap-of-new-trades',
    againstName: '市内几个部门',
    business: '无人机巡检',
    by: 'enterprise',
    end: { is: 'open' },
  },
  {
    ago: 6,
    title: '告知承诺还要另交保证金（合成数据）',
    demanded: '签了告知承诺书，又要求交五千元保证金。',
    sort: 'unclear-commitment',
    against: 'city-culture',
    business: '娱乐场所设立审批',
    by: 'anonymous',
    end: { is: 'open' },
  },
  {
    ago: 2,
    title: '进园区要先租够三年办公室（合成数据）',
    demanded: '园区管理方要求先签三年租约，才协助办理登记。',
    sort: 'other',
    againstName: '某园区管理公司',
    by: 'hotline',
    end: { is: 'open' },
  },
]

const AGENT = 'enterprise'

/** What was reported up to a day, and what came of it; `enterprise` is that for which the agent speaks. */
export function clues(until: CivilDate, enterprise: string): readonly Told[] {
  const last = dayOf(until)
  const on = (day: number) => {
    let next = day
    while (!isWorkday(nationalCalendar, next)) next += 1
    return next
  }
  return CLUES.flatMap(({ ago, end, by, ...said }, place): Told[] => {
    const day = on(last - ago)
    const at = (later: number, hour: number): Moment => `${civil(on(day + later))}T${hour}:10:00.000+08:00`
    const id = `XS${civil(day).slice(2).replaceAll('-', '')}-${String(place + 1).padStart(7, '0')}`
    const barrier = `clue/${id}#0`
    const tell = (when: Moment, person: string, kind: string, of: string, name: string, input: unknown): Told => ({
      at: when,
      by: { person },
      kind,
      id: of,
      name,
      input,
    })
    const report = tell(at(0, 10), by === 'enterprise' ? AGENT : by, 'clue', id, 'report', {
      ...said,
      ...(by === 'enterprise' && { enterprise }),
      ...(by === 'hotline' && { contact: '来电人', phone: '199-0000-0000' }),
    })
    const decide = (name: string, input: unknown) => tell(at(3, 14), 'supervisor', 'clue', id, name, input)
    if (end.is === 'open') return [report]
    if (end.is === 'dismissed') return [report, decide('dismiss', { reason: end.reason, basis: end.basis })]
    if (end.is === 'referred') return [report, decide('refer', { to: end.to, reason: end.reason })]
    const order = decide('uphold', {
      unit: said.against,
      sort: said.sort,
      barrierTitle: `${end.name}（合成数据）`,
      demand: end.demand,
      until: civil(on(on(day + 3) + 20)),
    })
    const rectified = tell(at(3 + end.took, 16), end.handler, 'barrier', barrier, 'rectify', {
      done: end.done,
      evidence: ['修改后的办事指南（合成数据）'],
    })
    const later = addDays(civil(on(day + 3 + end.took)), 2)
    const checked = `${civil(on(dayOf(later)))}T11:10:00.000+08:00`
    switch (end.stage) {
      case 'ordered':
        return [report, order]
      case 'rectified':
        return [report, order, rectified]
      case 'sent-back':
        return [
          report,
          order,
          rectified,
          tell(checked, 'supervisor', 'barrier', barrier, 'sendBack', {
            reason: '抽查两件，仍然开会研究。（合成数据）',
            until: addDays(until, 9),
          }),
        ]
      case 'cleared':
        return [
          report,
          order,
          rectified,
          tell(checked, 'supervisor', 'barrier', barrier, 'clear', { finding: `${end.finding}（合成数据）` }),
        ]
    }
  }).filter(({ at }) => at.slice(0, 10) <= until)
}
