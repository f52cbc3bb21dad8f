// The system administrator gives a person the means to sign in, the security administrator gives it anew.
import { useState } from 'react'
import { send, words, type Detail } from '../../../web/part/index.ts'

const t = words({
  'zh-CN': { invite: '发放邀请', invited: '邀请链接（72 小时内有效，只显示这一次）' },
  en: { invite: 'Invite', invited: 'Invitation (good for 72 hours, shown this once)' },
})

export function Invite({ record }: { readonly record: Detail }) {
  const [said, say] = useState<{ link?: string; problem?: string }>({})
  const invite = () =>
    void send<{ link: string }>('/auth/invite', { person: record.id }).then(
      ({ link }) => say({ link }),
      (error: Error) => say({ problem: error.message }),
    )
  return (
    <p className="row noprint">
      <button className="second" type="button" onClick={invite}>
        {t.invite}
      </button>
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
