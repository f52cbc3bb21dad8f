// Invented parts of names (合成数据): no list of real persons or enterprises stands behind them, likeness is chance.
import type { Random } from './random.ts'

export const surnames = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
]
const GIVEN_FIRST = [...'志建国明海晓文永春秀玉桂立庆德世广松雪冬晨佳思雨子梦欣宏振家学少凤长东新振洪']
const GIVEN_LAST = [...'华强军平伟杰辉波斌涛鹏飞龙刚峰宇坤林森磊洋超凯泽昊然琳娜静敏丽艳娟霞燕玲芳萍洁颖慧茹莹岩梅兰']

/** A person's name, two or three characters. */
export function personName(from: Random): string {
  return from.pick(surnames) + (from.chance(0.85) ? from.pick(GIVEN_FIRST) : '') + from.pick(GIVEN_LAST)
}

const BRAND_FIRST = [
  ...'宏盛鑫瑞恒泰嘉诚信德广源金玉福祥兴隆永安康民天长远东方新华创智绿林山川江河岭雪松鹿禾丰谷晟昱铭睿卓越博汇通达联合众协',
]
const BRAND_LAST = [
  ...'源达丰盛泰和顺祥瑞康健安宁华兴隆昌茂发旺利通联创科信诚德远航翔宇辰阳晖林森泉溪峰岭原野田禾苗谷穗实优佳美乐',
]
const BRAND_MIDDLE = [...'诺尔益合立正大中一同百千万金玉']

/** The trade name (字号) of an enterprise, two or three characters. */
export function tradeName(from: Random): string {
  return from.pick(BRAND_FIRST) + (from.chance(0.45) ? from.pick(BRAND_MIDDLE) : '') + from.pick(BRAND_LAST)
}

/** The roads of no town in particular. */
export const roads = [
  '示范路',
  '样例街',
  '新风路',
  '民生街',
  '光华路',
  '建业大街',
  '江湾路',
  '同心路',
  '振兴街',
  '和谐大路',
  '创业路',
  '团结路',
]

/** A telephone number that nobody has: 199-0000-0000 to 199-0000-9999. */
export function phoneNumber(number: number): string {
  return `199-0000-${String(number % 10000).padStart(4, '0')}`
}
