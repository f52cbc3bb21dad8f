// Themes (S28 and any 一件事): all that another domain may see.
import { kind, type Domain } from '../../kernel/domain.ts'
import { figures } from './figure.ts'
import { joint } from './joint.ts'
import * as en from './texts.en.ts'
import * as zhCN from './texts.zh-CN.ts'
import { theme } from './theme.ts'

export { formOf, type Asked, type Form } from './form.ts'
export type { Joint } from './joint.ts'
export type { ThemeState } from './theme.ts'

export const themes: Domain = {
  name: 'themes',
  texts: { 'zh-CN': { title: '一件事' }, en: { title: 'Themes' } },
  kinds: [kind(theme, { 'zh-CN': zhCN.theme, en: en.theme }), kind(joint, { 'zh-CN': zhCN.joint, en: en.joint })],
  figures,
}
