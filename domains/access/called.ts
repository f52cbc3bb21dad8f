// What people say and what the list says for it: a help for searching, ours and no part of the list.

const CALLED: readonly (readonly [said: string, official: string])[] = [
  ['网吧', '互联网上网服务'],
  ['电竞', '互联网上网服务'],
  ['药店', '药品'],
  ['药房', '药品'],
  ['制药', '药品'],
  ['饭店', '食品'],
  ['餐馆', '食品'],
  ['餐厅', '食品'],
  ['小吃', '食品'],
  ['奶茶', '食品'],
  ['超市', '食品'],
  ['宾馆', '旅馆'],
  ['酒店', '旅馆'],
  ['民宿', '旅馆'],
  ['诊所', '医疗机构'],
  ['医院', '医疗机构'],
  ['幼儿园', '教育机构'],
  ['民办学校', '教育机构'],
  ['卖烟', '烟草'],
  ['香烟', '烟草'],
  ['鞭炮', '烟花爆竹'],
  ['爆竹', '烟花爆竹'],
  ['烟花', '烟花爆竹'],
  ['加油站', '成品油'],
  ['刻章', '公章'],
  ['印章', '公章'],
  ['无人机', '无人驾驶航空器'],
  ['货运', '道路运输'],
  ['客运', '道路运输'],
  ['放贷', '金融'],
  ['贷款', '金融'],
  ['理财', '金融'],
  ['记者站', '新闻'],
  ['自媒体', '新闻'],
  ['种子', '种子'],
  ['保安', '保安服务'],
  ['危化品', '危险化学品'],
]

/** The list's words for what somebody has said. */
export function officially(term: string): readonly string[] {
  return [
    ...new Set(
      CALLED.flatMap(([said, official]) => (term.includes(said) && !term.includes(official) ? [official] : [])),
    ),
  ]
}
