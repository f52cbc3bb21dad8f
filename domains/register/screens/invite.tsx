// The system administrator gives a person the means to sign in, the security administrator gives it anew.
import { useState } from 'react'
import { send, useMe, words, type Detail } from '../../../web/part/index.ts'

const t = words({
  'zh-CN': {
    invite: '发放邀请',
    invited: '邀请链接（72 小时内有效，只显示这一次）',
    clears: '第二重验证（手机、通行密钥）也已丢失，一并移除',
  },
  en: {
    invite: 'Invite',
    invited: 'Invitation (good for 72 hours, shown this once)',
    clears: 'The second factor (telephone, passkey) is lost as well: remove it',
  },
})

export function Invite({ record }: { readonly record: Detail }) {
  const [said, say] = useState<{ link?: string; problem?: string }>({})
  const [clears, clear] = useState(false)
  // A first invitation is the system administrator's: there is no second factor yet that could be lost.
  const resets = useMe().data?.posts.some(({ role }) => role === 'security-admin')
  const invite = () =>
    void send<{ link: string }>('/auth/invite', { person: record.id, clears }).then(
      ({ link }) => say({ link }),
      (error: Error) => say({ problem: error.message }),
    )
  return (
    <p className="row noprint">
      <button className="second" type="button" onClick={invite}>
        {t.invite}
      </button>
      {resets && (
        <label className="small">
          <input type="checkbox" checked={clears} onChange={(event) => clear(event.target.checked)} /> {t.clears}
        </label>
      )}
      <span role="status">
        {said.problem}
        {said.link !== undefined && (
          <>
            {t.invited} <strong className="number">{said.link}</strong>
          </>
        )}
      </span>
    </p>
  )
}
