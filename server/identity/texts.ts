// What signing in may answer, in both languages.
import type { Language } from '../../kernel/texts.ts'

export const texts = {
  'zh-CN': {
    'wrong-credentials': '账号或口令不对，请核对后再试。',
    'wrong-code': '验证码不对或已经用过，请等下一个验证码再试。',
    'factor-required': '请输入动态验证码或备用码。',
    locked: '连续失败次数过多，请 {minutes} 分钟后再试。',
    expired: '口令已满 90 天，请用邀请码重新设置。',
    'too-short': '口令太短：至少 {least} 个字符。',
    'too-long': '口令太长：最多 128 个字符。',
    common: '这个口令太常见，或者包含您的账号，请换一个。',
    'needs-classes': '口令须包含大写字母、小写字母、数字、符号中的至少三类。',
    'expired-invitation': '邀请码不对、已经用过或已过期，请联系管理员重新发放。',
    'wrong-passkey': '通行密钥没有通过验证，请重试或改用口令登录。',
    'wrong-sign-on': '单点登录没有成功，请重试；如果一直不成功，请联系管理员关联账号。',
    'not-signed-in': '请先登录。',
    'not-permitted': '您的岗位不能办理这一步。',
    'no-such-session': '没有这个登录，可能已经退出。',
    'no-such-passkey': '没有这个通行密钥，可能已经删除。',
    'sign-in-again': '为保护账号，修改验证方式前请重新登录。',
    'no-such-person': '没有这个人。',
    'no-such-demo': '没有这个演示身份（person）；可用的身份见登录页或启动时的提示。',
    'invitation-for-oneself': '不能给自己发放邀请，须由另一名安全管理员发放。',
    'invitation-by-security': '这个人已经可以登录，或者任管理员岗位：重新设置口令的邀请须由安全管理员发放。',
    'first-invitation': '这个人还没有登录过：首次邀请由系统管理员发放。',
    malformed: '请求的内容无法识别。',
  },
  en: {
    'wrong-credentials': 'The login or the password is wrong. Check both and try again.',
    'wrong-code': 'The code is wrong or was used already. Wait for the next one and try again.',
    'factor-required': 'Enter the one-time code or a recovery code.',
    locked: 'There were too many failures. Try again in {minutes} minutes.',
    expired: 'The password is more than 90 days old. Set a new one with an invitation.',
    'too-short': 'The password is too short: at least {least} characters.',
    'too-long': 'The password is too long: at most 128 characters.',
    common: 'This password is too common or contains your login. Choose another.',
    'needs-classes': 'The password needs three of: capital letters, small letters, digits, other signs.',
    'expired-invitation': 'The invitation is wrong, used or out of date. Ask an administrator for another.',
    'wrong-passkey': 'The passkey was not accepted. Try again or sign in with the password.',
    'wrong-sign-on':
      'Single sign-on did not work. Try again; if it never does, ask the administrator to link your account.',
    'not-signed-in': 'Please sign in first.',
    'not-permitted': 'Your post does not allow this step.',
    'no-such-session': 'There is no such session; it may have ended.',
    'no-such-passkey': 'There is no such passkey; it may have been removed.',
    'sign-in-again': 'To protect the account, sign in again before changing how you prove who you are.',
    'no-such-person': 'There is no such person.',
    'no-such-demo': 'There is no such demonstration identity (person); the sign-in page and the terminal list them.',
    'invitation-for-oneself': 'Nobody invites himself; another security administrator does it.',
    'invitation-by-security':
      'This person can sign in already or is an administrator: the invitation is for the security administrator to give.',
    'first-invitation': 'This person cannot sign in yet: the first invitation is for the system administrator to give.',
    malformed: 'The request cannot be read.',
  },
} as const satisfies Record<Language, Record<string, string>>

export type Code = keyof (typeof texts)['en']

/** The sentence of a code; what is no code of ours gets the first one, so that an address cannot put words in our mouth. */
export function describe(code: string, lang: Language, about: Readonly<Record<string, string | number>> = {}): string {
  const known = Object.hasOwn(texts.en, code) ? (code as Code) : 'malformed'
  return texts[lang][known].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(about[name] ?? ''))
}
