// Demonstration identities of the example city (合成数据): invented names, one or more for each kind of work.

export type Role =
  | 'system-admin'
  | 'security-admin'
  | 'audit-admin'
  | 'dispatcher'
  | 'handler'
  | 'unit-head'
  | 'caller'
  | 'supervisor'
  | 'leader'
  | 'clerk'
  | 'item-manager'
  | 'policy-manager'
  | 'representative'

export type ExamplePerson = {
  readonly id: string
  readonly name: string
  readonly login: string
  readonly posts: readonly {
    readonly role: Role
    readonly unit: string
    readonly jurisdiction?: string
    readonly from: string
    readonly to?: string
  }[]
  /** Places, from 0, among the first generated enterprises: the person acts for them. */
  readonly enterprises?: readonly number[]
  readonly description: { readonly zh: string; readonly en: string }
}

const FROM = '2024-01-01'

function worker(login: string, name: string, role: Role, unit: string, zh: string, en: string): ExamplePerson {
  // The office of the leading group supervises the whole city.
  const jurisdiction = role === 'supervisor' ? { jurisdiction: 'tonghua' } : {}
  return { id: login, name, login, posts: [{ role, unit, ...jurisdiction, from: FROM }], description: { zh, en } }
}

function agent(login: string, name: string, enterprises: readonly number[], zh: string, en: string): ExamplePerson {
  return { id: login, name, login, posts: [], enterprises, description: { zh, en } }
}

export const people: readonly ExamplePerson[] = [
  worker(
    'system',
    '系小统',
    'system-admin',
    'city-service',
    '系统管理员：维护单位、人员和企业名录',
    'System administrator: keeps units, people and enterprises',
  ),
  worker(
    'security',
    '安小全',
    'security-admin',
    'city-service',
    '安全管理员：任免岗位、停用账号',
    'Security administrator: appoints to posts, suspends accounts',
  ),
  worker(
    'audit',
    '申小计',
    'audit-admin',
    'city-service',
    '审计管理员：查阅操作记录，不办业务',
    'Audit administrator: reads the trail, does no business',
  ),
  worker(
    'dispatcher',
    '范分办',
    'dispatcher',
    'leading-office',
    '领导小组办公室分办员：研判、派单、并案',
    'Dispatcher of the leading group office: triage, dispatch, merge',
  ),
  worker(
    'dispatcher2',
    '白晓派',
    'dispatcher',
    'city-centre',
    '市服务中心分办员',
    'Dispatcher of the city service centre',
  ),
  worker(
    'clerk',
    '简受理',
    'clerk',
    'city-centre',
    '市服务中心窗口人员：代企业登记诉求、维护企业信息',
    'Counter clerk of the city service centre: enters appeals and enterprise records',
  ),
  worker(
    'clerk2',
    '康前台',
    'clerk',
    'meihekou-centre',
    '梅河口市服务中心窗口人员',
    'Counter clerk of the Meihekou service centre',
  ),
  worker(
    'hotline',
    '任接听',
    'clerk',
    'city-hotline',
    '12345热线话务员：登记来电诉求',
    'Hotline agent: enters appeals made by telephone',
  ),
  worker('handler', '韩承办', 'handler', 'city-hr', '市人社局承办人', 'Handler at the city human resources bureau'),
  worker(
    'handler-industry',
    '龚企服',
    'handler',
    'city-industry',
    '市工信局承办人：含拖欠账款投诉',
    'Handler at the city industry bureau, arrears complaints included',
  ),
  worker('handler-tax', '税明理', 'handler', 'city-tax', '市税务局承办人', 'Handler at the city tax bureau'),
  worker(
    'handler-market',
    '石公平',
    'handler',
    'city-market',
    '市市场监管局承办人',
    'Handler at the city market regulation administration',
  ),
  worker(
    'handler-finance',
    '金融通',
    'handler',
    'city-finance-office',
    '市地方金融工作办公室承办人',
    'Handler at the city financial work office',
  ),
  worker(
    'handler-justice',
    '方法治',
    'handler',
    'city-justice',
    '市司法局承办人',
    'Handler at the city justice bureau',
  ),
  worker(
    'handler-commerce',
    '商经合',
    'handler',
    'city-commerce',
    '市商务局承办人',
    'Handler at the city commerce bureau',
  ),
  worker(
    'handler-land',
    '田资源',
    'handler',
    'city-land',
    '市自然资源局承办人',
    'Handler at the city natural resources bureau',
  ),
  worker(
    'handler-police',
    '钟平安',
    'handler',
    'city-police',
    '市公安局承办人',
    'Handler at the city public security bureau',
  ),
  worker(
    'handler-development',
    '纪项目',
    'handler',
    'city-development',
    '市发展改革委承办人',
    'Handler at the city development and reform commission',
  ),
  worker(
    'handler-education',
    '文育才',
    'handler',
    'city-education',
    '市教育局承办人',
    'Handler at the city education bureau',
  ),
  worker(
    'handler-science',
    '柯创新',
    'handler',
    'city-science',
    '市科技局承办人',
    'Handler at the city science and technology bureau',
  ),
  worker(
    'handler-treasury',
    '蔡财政',
    'handler',
    'city-treasury',
    '市财政局承办人',
    'Handler at the city finance bureau',
  ),
  worker(
    'handler-environment',
    '江清源',
    'handler',
    'city-environment',
    '市生态环境局承办人',
    'Handler at the city ecology and environment bureau',
  ),
  worker(
    'handler-housing',
    '安居正',
    'handler',
    'city-housing',
    '市住建局承办人',
    'Handler at the city housing and urban-rural development bureau',
  ),
  worker(
    'handler-transport',
    '陆通达',
    'handler',
    'city-transport',
    '市交通运输局承办人',
    'Handler at the city transport bureau',
  ),
  worker(
    'handler-agriculture',
    '谷丰登',
    'handler',
    'city-agriculture',
    '市农业农村局承办人',
    'Handler at the city agriculture bureau',
  ),
  worker(
    'handler-culture',
    '艾文旅',
    'handler',
    'city-culture',
    '市文旅局承办人',
    'Handler at the city culture and tourism bureau',
  ),
  worker(
    'handler-emergency',
    '安防急',
    'handler',
    'city-emergency',
    '市应急局承办人',
    'Handler at the city emergency management bureau',
  ),
  worker(
    'handler-enforcement',
    '程执法',
    'handler',
    'city-enforcement',
    '市城管局承办人',
    'Handler at the city urban management bureau',
  ),
  worker('handler-power', '电无忧', 'handler', 'city-power', '市供电公司承办人', 'Handler at the power supply company'),
  worker(
    'handler-meihekou',
    '梅县办',
    'handler',
    'meihekou-industry',
    '梅河口市工信局承办人',
    'Handler at the Meihekou industry bureau',
  ),
  worker(
    'handler-jian',
    '吉县办',
    'handler',
    'jian-market',
    '集安市市场监管局承办人',
    "Handler at the Ji'an market regulation administration",
  ),
  worker(
    'head',
    '郝科长',
    'unit-head',
    'city-hr',
    '市人社局负责人：审核答复、批准延期',
    'Head at the city human resources bureau: approves extensions',
  ),
  worker(
    'head-market',
    '何科长',
    'unit-head',
    'city-market',
    '市市场监管局负责人：签发授权书',
    'Head at the city market administration: signs the letters of its representative',
  ),
  worker(
    'head-tax',
    '洪科长',
    'unit-head',
    'city-tax',
    '市税务局负责人：签发授权书',
    'Head at the city tax bureau: signs the letters of its representative',
  ),
  worker('head-industry', '贺科长', 'unit-head', 'city-industry', '市工信局负责人', 'Head at the city industry bureau'),
  worker(
    'head-meihekou',
    '何主任',
    'unit-head',
    'meihekou',
    '梅河口市负责人：统管本市各局',
    'Head in Meihekou: answers for all its bureaus',
  ),
  worker(
    'caller',
    '惠回访',
    'caller',
    'city-centre',
    '回访员：不得回访自己承办的诉求',
    'Caller: calls back on cases handled by others',
  ),
  worker(
    'supervisor',
    '杜督办',
    'supervisor',
    'leading-office',
    '督办员：催办、督办、按单位看超期',
    'Supervisor: urges, supervises, sees what is overdue by unit',
  ),
  worker(
    'mayor',
    '石示范',
    'leader',
    'tonghua',
    '市领导：包联企业、走访、查看超期和重点事项',
    'City leader: stands behind enterprises, visits them, sees what is overdue or grave',
  ),
  worker(
    'mayor2',
    '杨样例',
    'leader',
    'tonghua',
    '市领导：分管工业和民营经济',
    'City leader for industry and the private economy',
  ),
  worker(
    'director-hr',
    '任局长',
    'leader',
    'city-hr',
    '市人社局主要负责人',
    'Director of the city human resources bureau',
  ),
  worker(
    'director-industry',
    '纪局长',
    'leader',
    'city-industry',
    '市工信局主要负责人',
    'Director of the city industry bureau',
  ),
  worker(
    'director-market',
    '邵局长',
    'leader',
    'city-market',
    '市市场监管局主要负责人',
    'Director of the city market regulation administration',
  ),
  worker(
    'items',
    '项事清',
    'item-manager',
    'city-service',
    '事项管理员：审核、发布全市政务服务事项',
    'Item manager: reviews and publishes the service items of the city',
  ),
  worker(
    'items2',
    '侯清单',
    'item-manager',
    'city-service',
    '事项管理员：与前一位互相审核',
    'Item manager: each reviews what the other has drafted',
  ),
  worker(
    'policy',
    '惠政策',
    'policy-manager',
    'city-industry',
    '政策专员：拟定政策和兑现事项，试算能惠及多少企业',
    'Policy manager: drafts policies and benefits, and tries out whom they reach',
  ),
  worker(
    'policy2',
    '明兑现',
    'policy-manager',
    'city-industry',
    '政策专员：审查和发布前一位拟定的政策',
    'Policy manager: reviews and publishes what the other has drafted',
  ),
  worker('hall-clerk', '姜窗口', 'clerk', 'city-centre', '政务大厅窗口人员', 'Window clerk of the hall'),
  worker('hall-clerk2', '柳综窗', 'clerk', 'city-centre', '政务大厅窗口人员', 'Window clerk of the hall'),
  worker('hall-clerk3', '纪叫号', 'clerk', 'city-centre', '政务大厅窗口人员', 'Window clerk of the hall'),
  worker(
    'rep-market',
    '戴市监',
    'representative',
    'city-market',
    '市市场监管局首席事务代表：值守专窗',
    'Chief representative of the market administration: mans its window',
  ),
  worker(
    'rep-tax',
    '戴税务',
    'representative',
    'city-tax',
    '市税务局首席事务代表：值守专窗',
    'Chief representative of the tax bureau: mans its window',
  ),
  worker(
    'rep-hr',
    '戴人社',
    'representative',
    'city-hr',
    '市人社局首席事务代表：授权已备案',
    'Chief representative of human resources, with powers filed',
  ),
  worker(
    'rep-hr2',
    '戴待备',
    'representative',
    'city-hr',
    '市人社局首席事务代表：授权待备案',
    'Chief representative of human resources, powers to be filed',
  ),
  worker(
    'rep-industry',
    '戴工信',
    'representative',
    'city-industry',
    '市工信局首席事务代表：授权已备案',
    'Chief representative of industry, with powers filed',
  ),
  agent(
    'enterprise',
    '齐企业',
    [0],
    '企业经办人：提诉求、看时限、评价',
    'Agent of an enterprise: raises appeals, follows the clock, rates',
  ),
  agent('enterprise2', '尚创业', [1, 2], '代理两家企业的经办人', 'Agent of two enterprises'),
  agent(
    'enterprise3',
    '牛欣农',
    [3],
    '另一家企业的经办人：不能看到前两位的诉求',
    'Agent of another enterprise: cannot see what the others raised',
  ),
  {
    id: 'former',
    name: '辛离任',
    login: 'former',
    posts: [{ role: 'handler', unit: 'city-tax', from: '2023-01-01', to: '2024-06-30' }],
    description: {
      zh: '已离任的承办人：岗位到期，什么也不能办',
      en: 'A handler who left: the post has ended and permits nothing',
    },
  },
]
