// What applicants of the example city fill in (合成数据): what the register holds as it stands there, the rest as people would put it.
import { addDays, type CivilDate } from '../../kernel/clock/date.ts'
import type { Content } from '../../domains/items/index.ts'
import type { ExampleEnterprise } from './enterprises.ts'
import { personName, phoneNumber, roads } from './names.ts'
import type { Random } from './random.ts'

export type Applicant = Pick<ExampleEnterprise, 'name' | 'contact' | 'phone' | 'address'> &
  Partial<Pick<ExampleEnterprise, 'uscc'>>

type Filling = { readonly applicant: Applicant; readonly item: string; readonly day: CivilDate; readonly from: Random }

/** By words in the name of a field, the first that fit: what somebody would write there. */
const SAYINGS: readonly (readonly [words: RegExp, said: (filling: Filling) => string])[] = [
  [/企业名称/, ({ applicant }) => applicant.name],
  [/统一社会信用代码/, ({ applicant }) => applicant.uscc ?? '尚未取得（合成数据）'],
  [/股东/, ({ applicant }) => `${applicant.contact}认缴出资 100%，货币出资（合成数据）`],
  [/申请人姓名|经办人姓名|法定代表人姓名|联系人/, ({ applicant }) => applicant.contact],
  [/姓名/, ({ from }) => personName(from)],
  [/电话|手机/, ({ from }) => phoneNumber(from.whole(1, 900))],
  [/证件号码/, () => '证件号码不在示例中列示（合成数据）'],
  [/原证编号/, ({ day, from }) => `示例证〔${Number(day.slice(0, 4)) - 3}〕${from.whole(1, 900)}号`],
  [/变更事项/, () => '经营场所'],
  [/变更后/, ({ from }) => `变更为${road(from)}`],
  [/注销/, () => '不再经营该项业务，债务已经清结。（合成数据）'],
  [/事由/, ({ item }) => `因经营需要，申请办理“${item}”。（合成数据）`],
  [/项目名称/, ({ applicant }) => `${applicant.name}扩建项目（合成数据）`],
  [/企业类型/, () => '有限责任公司'],
  [/经营范围/, () => '食品销售；日用百货销售；技术服务、技术咨询。（合成数据）'],
  [/经营期限/, () => '长期'],
  [/刻制单位/, () => '示例印章制作店（合成数据）'],
  [/网点/, () => '示例银行通化分行营业部（合成数据）'],
  [/用电户号/, ({ from }) => `0435${String(from.whole(0, 999_999)).padStart(6, '0')}`],
  [/住所/, ({ applicant }) => applicant.address],
  [/地址|场所|地点/, ({ from }) => road(from)],
]

const road = (from: Random) => `${from.pick(roads)}${from.whole(1, 300)}号（合成数据）`

/** Throws where nobody has said what one would write there: a field that the dictionary has gained. */
export function answerOf({ fieldName, form }: Content['fields'][number], filling: Filling): string {
  const { day, from } = filling
  if (form === 'number') return String(from.whole(1, 60))
  if (form === 'date') return addDays(day, from.whole(1, 20))
  if (form === 'yes-no') return 'yes'
  const saying = SAYINGS.find(([words]) => words.test(fieldName))
  if (saying === undefined) throw new Error(`the example has nothing to say in the field ${fieldName}`)
  return saying[1](filling)
}
