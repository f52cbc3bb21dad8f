// What an answer of the market access list says in words.
import type { Language } from '../../kernel/texts.ts'
import type { Answer, Content } from '../../domains/access/index.ts'

type Words = {
  readonly verdict: Readonly<Record<Answer['verdict'], Readonly<Record<Answer['sure'], string>>>>
  readonly sure: Readonly<Record<Answer['sure'], string>>
  readonly doubt: Readonly<Record<Answer['doubts'][number], string>>
  readonly how: Readonly<Record<Answer['found'][number]['how'], string>>
  readonly proof: Readonly<Record<Content['matters'][number]['proof'], string>>
  readonly part: Readonly<Record<Content['matters'][number]['part'], string>>
  readonly wrong: Readonly<Record<'nothing-asked' | 'unknown-industry' | 'other-section' | 'no-edition', string>>
  /** What the law says of what stands on no list. */
  readonly law: string
  /** Words miss, and where a person answers. */
  readonly ask: string
}

export const accessWords: Readonly<Record<Language, Words>> = {
  'zh-CN': {
    verdict: {
      barred: {
        firm: '禁止准入',
        likely: '可能属于禁止准入，请核对下列条文',
        weak: '可能涉及禁止性规定，请核对并询问',
      },
      permit: {
        firm: '须先取得许可',
        likely: '可能须先取得许可，请核对下列事项',
        weak: '也许须先取得许可，请核对并询问',
      },
      free: {
        firm: '可以依法直接进入',
        likely: '清单中没有查到，可以依法直接进入',
        weak: '没有查到，但不能据此认为可以直接进入',
      },
    },
    sure: { firm: '把握：高', likely: '把握：中', weak: '把握：低' },
    doubt: {
      'called-otherwise': '清单用的是另一种说法。',
      'in-measures-only': '您的用词只出现在措施里，不在事项名称里。',
      'in-pieces': '只有部分用词相同。',
      'same-sector-only': '只是行业门类相同；看您做的事是否在下列事项之内。',
      'in-annex-only': '只在附件的禁止性规定里出现；禁止的是具体行为，不一定是整个行业。',
      'some-of-it-barred': '其中有的行为禁止，见标明“禁止准入类”的条目和附件。',
      'words-may-miss': '您的用词可能与清单不同。',
      'not-whole': '这一版没有收全，或者有的条目只有位置。',
      'not-compared': '这些条目没有与官方文本核对。',
    },
    how: {
      matter: '事项名称里有',
      called: '清单的另一种说法',
      measure: '措施里有',
      pieces: '部分用词相同',
      sector: '行业门类相同',
    },
    proof: {
      official: '已与官方文本核对',
      copy: '据公开转载，未与官方文本核对',
      memory: '凭记忆整理，未核对',
      outline: '只有条目位置，内容未收录',
    },
    part: { barred: '禁止准入类', permit: '许可准入类' },
    wrong: {
      'nothing-asked': '请写明要做什么（至少两个字），或者填写行业。',
      'unknown-industry': '没有这个行业。请填写 GB/T 4754 的代码（例如 27、3921、C）或门类、大类的规范名称。',
      'other-section': '门类字母与代码不符，请核对。',
      'no-edition': '这一天没有可查的清单。',
    },
    law: '市场准入负面清单以外的领域，各类市场主体均可以依法平等进入（优化营商环境条例第二十条）；从事经营仍须遵守其他法律。',
    ask: '这是按文字查找的结果，可能查漏，不是审批意见。拿不准的，请提出咨询，由人答复。',
  },
  en: {
    verdict: {
      barred: {
        firm: 'Barred',
        likely: 'Probably barred: read the entries below',
        weak: 'Prohibitions may touch it: read them and ask',
      },
      permit: {
        firm: 'Needs a permit first',
        likely: 'Probably needs a permit first: read the matters below',
        weak: 'May need a permit first: read the matters below and ask',
      },
      free: {
        firm: 'Open to everybody',
        likely: 'Not found on the list: open to everybody by law',
        weak: 'Not found, but that does not mean that it is open',
      },
    },
    sure: { firm: 'How sure: high', likely: 'How sure: middling', weak: 'How sure: low' },
    doubt: {
      'called-otherwise': 'The list calls it otherwise.',
      'in-measures-only': 'Your words stand in measures only, not in the name of a matter.',
      'in-pieces': 'Only some of your words stand there.',
      'same-sector-only': 'Only the sector is the same; see whether what you do is among these matters.',
      'in-annex-only': 'It stands only among the prohibitions of the annex, which bar single acts, not always a trade.',
      'some-of-it-barred': 'Some of it is barred: see the entries marked “barred” and the annex.',
      'words-may-miss': 'Your words may not be those of the list.',
      'not-whole': 'This edition is not here in full, or of some entries only their place.',
      'not-compared': 'These entries were not compared with the official text.',
    },
    how: {
      matter: 'in the name of the matter',
      called: 'by another word of the list',
      measure: 'in its measures',
      pieces: 'some words are the same',
      sector: 'of the same sector',
    },
    proof: {
      official: 'compared with the official text',
      copy: 'from a public copy, not compared with the official text',
      memory: 'from memory, not compared',
      outline: 'only its place is known',
    },
    part: { barred: 'barred', permit: 'needs a permit' },
    wrong: {
      'nothing-asked': 'Say what you want to do (two characters at least), or give an industry.',
      'unknown-industry':
        'There is no such industry. Give a code of GB/T 4754 (such as 27, 3921, C) or the name of a section or division in Chinese.',
      'other-section': 'The letter is not that of the section of this code.',
      'no-edition': 'There is no list for this day.',
    },
    law: 'What is not on the market access list is open to everybody equally, by law (优化营商环境条例 article 20); other laws hold all the same.',
    ask: 'This was found by words, which may miss something, and is no ruling. If in doubt, ask, and a person will answer.',
  },
}
