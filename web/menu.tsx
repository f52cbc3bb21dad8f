// Who one is and how one likes the desks: language, theme, size of print, single keys; the ways out.
import { send, type Me, type Meta } from './api.ts'
import { useFold } from './fold.ts'
import { prefer, preference } from './look.ts'
import { lang, t } from './texts.ts'

type MenuProps = {
  readonly me: Me
  readonly meta: Meta
  readonly open: boolean
  readonly set: (open: boolean) => void
  readonly help: () => void
}

export function Menu({ me, meta, open, set, help }: MenuProps) {
  const { box, button, ...heard } = useFold(open, set)
  const roles = Object.assign({}, ...meta.domains.map((domain) => domain.roles)) as Record<string, string>
  const signOut = () => void send('/auth/sign-out', {}).then(() => (location.href = '/'))
  return (
    <div className="self" ref={box} {...heard}>
      <button
        ref={button}
        className="plain who"
        type="button"
        aria-expanded={open}
        aria-controls="menu"
        onClick={() => set(!open)}
      >
        {me.name} <span aria-hidden="true">▾</span>
      </button>
      {open && (
        <div className="menu" id="menu">
          <ul className="plainlist soft">
            {me.posts.map((post) => (
              <li key={`${post.role} ${post.unit}`}>{`${roles[post.role] ?? post.role} · ${post.unitName}`}</li>
            ))}
          </ul>
          <Switch
            label={t.language}
            name="lang"
            now={lang}
            options={[
              ['zh-CN', '中文'],
              ['en', 'English'],
            ]}
            set={(value) => {
              prefer('lang', value)
              location.reload()
            }}
          />
          <Switch
            label={t.theme}
            name="theme"
            now={preference('theme') ?? 'auto'}
            options={[
              ['auto', t.themes.auto],
              ['light', t.themes.light],
              ['dark', t.themes.dark],
            ]}
            set={(value) => prefer('theme', value === 'auto' ? undefined : value)}
          />
          <Switch
            label={t.print_}
            name="print"
            now={preference('print') ?? 'normal'}
            options={[
              ['normal', t.prints.normal],
              ['large', t.prints.large],
            ]}
            set={(value) => prefer('print', value)}
          />
          <Switch
            label={t.singleKeys}
            name="keys"
            now={preference('keys') ?? 'on'}
            options={[
              ['on', t.on],
              ['off', t.off],
            ]}
            set={(value) => prefer('keys', value === 'on' ? undefined : value)}
          />
          <ul className="plainlist ways">
            <li>
              <button
                className="plain"
                type="button"
                onClick={() => {
                  set(false)
                  help()
                }}
              >
                {t.keys} <kbd>?</kbd>
              </button>
            </li>
            <li>
              <a href="/account">{t.account}</a>
            </li>
            <li>
              <a href="/">{t.portal}</a>
            </li>
            <li>
              <button className="plain" type="button" onClick={signOut}>
                {t.signOut}
              </button>
            </li>
          </ul>
        </div>
      )}
    </div>
  )
}

type SwitchProps = {
  readonly label: string
  readonly name: string
  readonly now: string
  readonly options: readonly (readonly [string, string])[]
  readonly set: (value: string) => void
}

function Switch({ label, name, now, options, set }: SwitchProps) {
  return (
    <fieldset className="switch">
      <legend>{label}</legend>
      {options.map(([value, text]) => (
        <label key={value}>
          <input
            type="radio"
            name={`prefer-${name}`}
            value={value}
            defaultChecked={value === now}
            onChange={() => set(value)}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  )
}
