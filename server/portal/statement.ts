// What this site says of itself: how far it can be used by everybody, and what it does with personal data.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Language } from '../../kernel/texts.ts'
import type { Env } from '../env.ts'
import type { Portal } from './index.ts'

type Section = { readonly title: string; readonly says: readonly string[] }
type Statement = { readonly title: string; readonly lead: string; readonly sections: readonly Section[] }

const STATEMENTS: Readonly<Record<'accessibility' | 'privacy', Readonly<Record<Language, Statement>>>> = {
  accessibility: {
    'zh-CN': {
      title: '无障碍与适老化说明',
      lead: '本网站按《信息技术 互联网内容无障碍可访问性技术要求与测试方法》（GB/T 37668-2019）和国际通行的 WCAG 2.2 AA 级要求建设，遵循国家关于政府网站适老化与无障碍改造的规定。',
      sections: [
        {
          title: '您可以这样使用',
          says: [
            '不用鼠标：所有操作都能用键盘完成，焦点处有清楚的边框；每页第一个链接可以跳过导航直达正文。',
            '读屏软件：每个输入框都有名称和说明；填写有误时，页面顶部列出全部错误，并可直接跳到相应栏目。',
            '大字版：页面顶部可切换，文字放大四分之一，对比度提高到 7:1；用浏览器放大到 200% 也不会丢失内容。',
            '深色与浅色：可在页面顶部切换，默认跟随您的设备设置。',
            '不开启脚本：提出诉求、查询、补充、评价等全部事项在浏览器关闭 JavaScript 时同样可以办理。',
            '颜色之外总有文字或符号：期限是否超期、状态如何，都写成文字。',
            '没有时间限制：填写的内容随时保存在服务器上，七天内凭保存码继续；没有验证码图片。',
          ],
        },
        {
          title: '怎样检验，还有什么不足',
          says: [
            '每次修改后，由程序在电脑和手机两种宽度下检查全部页面，有一处不合要求就不能发布。',
            '程序只能发现一部分问题；尚未由第三方机构评测，也尚未由残障人士逐项试用。',
            '由企业上传的附件是原样保存的，可能不便于读屏；需要其他形式时，请联系办理单位。',
          ],
        },
        {
          title: '遇到障碍怎么办',
          says: ['请在本网站“提出诉求”中选择“建议”并写明遇到的页面和困难，或拨打 12345。我们按公布的时限答复。'],
        },
      ],
    },
    en: {
      title: 'Accessibility',
      lead: 'This site is built to WCAG 2.2 level AA and to GB/T 37668-2019, and follows the national rules on making government sites usable by older and disabled people.',
      sections: [
        {
          title: 'How you can use it',
          says: [
            'Without a mouse: everything can be done from the keyboard, the focus is clearly outlined, and the first link of each page skips to the content.',
            'With a screen reader: each field has a name and a hint; when something is wrong, a list at the head of the page names every fault and leads to its field.',
            'In large print: at the head of the page; type a quarter larger, contrast 7:1. Enlarging to 200 % in the browser loses nothing.',
            'Dark or light: at the head of the page; at first as your device is set.',
            'Without JavaScript: raising, following, supplying and rating all work with it switched off.',
            'Never by colour alone: whether something is late, and how it stands, is always written in words.',
            'Without haste: what you enter is kept on the server; within seven days you come back with a code. There are no picture puzzles.',
          ],
        },
        {
          title: 'How it is tested, and what is lacking',
          says: [
            'After every change a program checks every page at the widths of a desk and of a phone; one fault stops the release.',
            'A program finds only part of the faults. No outside body has assessed the site, and it has not been tried item by item by disabled people.',
            'Attachments are kept as they were uploaded and may not suit a screen reader; ask the unit in charge for another form.',
          ],
        },
        {
          title: 'If something stands in your way',
          says: [
            'Raise an appeal of the kind “suggestion”, naming the page and the difficulty, or call 12345. You are answered within the published limit.',
          ],
        },
      ],
    },
  },
  privacy: {
    'zh-CN': {
      title: '个人信息保护说明',
      lead: '本网站只收集办理您所提事项必需的信息，依照《中华人民共和国个人信息保护法》处理。',
      sections: [
        {
          title: '收集什么，用来做什么',
          says: [
            '您填写的联系人、联系电话、事项内容和附件：用于办理、答复和回访。',
            '登录账号的姓名、账号和电话：用于确认您是谁、代表哪家企业。',
            '登录时间和设备类型：用于让您查看和退出已登录的设备，防止冒用。网络地址只以不可还原的形式用于限制恶意尝试。',
          ],
        },
        {
          title: '谁能看到',
          says: [
            '只有您本人、您所代表的企业和办理这件事的人员可以看到完整内容；其他有权查看的人员看到的联系电话等是隐去的。',
            '每一次查看完整个人信息都有记录，由审计管理员检查。',
            '公布的数字不含个人信息；不向第三方提供，不用于广告，不使用第三方统计。',
          ],
        },
        {
          title: '保存多久',
          says: [
            '没有提交的填写内容保存七天，到期自动删除；没有随事项提交的附件一天后删除。',
            '已提交的事项作为办理档案，依照档案管理规定保存，办理记录只能追加，不能改写。',
          ],
        },
        {
          title: '浏览器里存什么',
          says: [
            '只有必需的 Cookie：登录状态；您刚查询的事项凭证（一小时后或关闭浏览器时失效）；您选择的语言、字号和颜色。',
            '填写的内容不存放在浏览器里。在公用电脑上使用后，请点击“退出”或“结束查看”。',
          ],
        },
        {
          title: '您的权利',
          says: [
            '您可以查阅、复制、更正自己的信息，可以撤回尚未办结的事项；对处理有异议的，可以在本网站提出投诉或拨打 12345。',
          ],
        },
      ],
    },
    en: {
      title: 'Personal data',
      lead: 'This site asks only for what is needed to handle what you bring, and treats it under the Personal Information Protection Law of China.',
      sections: [
        {
          title: 'What is collected, and what for',
          says: [
            'The contact, telephone number, words and attachments that you enter: to handle the case, to answer, and to call back.',
            'Name, login and telephone number of an account: to know who you are and for which enterprise you act.',
            'When and from what kind of device you signed in: so that you can see and end your sessions. Network addresses are used only in a form that cannot be turned back, to stop abuse.',
          ],
        },
        {
          title: 'Who sees it',
          says: [
            'You, the enterprise you act for, and those who handle the case see all of it; others who may see the case see telephone numbers and the like masked.',
            'Each look at personal data in full is logged, and the log is read by an audit administrator.',
            'Published figures hold no personal data. Nothing is given to third parties, to advertisers or to outside statistics.',
          ],
        },
        {
          title: 'How long it is kept',
          says: [
            'What was not submitted is deleted after seven days, and attachments that belong to nothing after one.',
            'Submitted cases are kept as records under the rules on archives; their history is only ever added to, never rewritten.',
          ],
        },
        {
          title: 'What is kept in your browser',
          says: [
            'Only necessary cookies: that you are signed in; the pass to the case you have just looked up (it ends after an hour or with the browser); your language, print size and colours.',
            'What you enter is not kept in the browser. On a shared computer, sign out or choose “Stop looking” when you are done.',
          ],
        },
        {
          title: 'Your rights',
          says: [
            'You may see, copy and correct your data and withdraw a case that is still open. If you disagree with how it is handled, complain on this site or call 12345.',
          ],
        },
      ],
    },
  },
}

export function statements(http: Hono<Env>, portal: Portal): void {
  for (const [name, statement] of Object.entries(STATEMENTS))
    http.get(`/${name}`, (c) => {
      const { title, lead, sections } = statement[c.get('lang')]
      return portal.send(c, {
        title,
        body: html`<div class="read stack">
          <h1>${title}</h1>
          <p class="lead">${lead}</p>
          ${sections.map(
            (section) =>
              html`<h2>${section.title}</h2>
                <ul>
                  ${section.says.map((one) => html`<li>${one}</li>`)}
                </ul>`,
          )}
        </div>`,
      })
    })
}

/** Titles of the statements, for the foot of each page. */
export function statementLinks(lang: Language): readonly (readonly [address: string, title: string])[] {
  return Object.entries(STATEMENTS).map(([name, statement]) => [`/${name}`, statement[lang].title])
}
