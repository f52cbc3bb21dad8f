import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readSettings, settingsPage, SettingsError, type WrongSetting } from './settings.ts'

function wrongIn(env: Record<string, string>, cities?: string[]): readonly WrongSetting[] {
  try {
    readSettings(env, cities && { cities })
  } catch (error) {
    if (error instanceof SettingsError) return error.wrong
    throw error
  }
  return []
}

describe('an empty environment', () => {
  test('is the example city with demonstration identities on the embedded database', () => {
    expect(readSettings({})).toEqual({
      port: 8080,
      host: '0.0.0.0',
      data: resolve('data'),
      databaseUrl: undefined,
      databaseAppPassword: undefined,
      city: 'tonghua',
      demo: true,
      origin: 'http://localhost:8080',
      proxies: 0,
      visitorLimit: 0,
      metrics: 'local',
      filesOrigin: undefined,
      log: 'info',
      scan: undefined,
      unscanned: true,
      uploadLimit: 50 * 1024 * 1024,
      passwordProfile: 'asvs',
      oidc: undefined,
      messages: undefined,
      traces: undefined,
      pool: 16,
      namedStatements: true,
    })
  })

  test('is what empty values mean too', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: '', LIANGJIAN_DEMO: '', OIDC_ISSUER: '' })).toEqual(readSettings({}))
  })
})

describe('demonstration identities', () => {
  test('are off for another city and for an external database, unless asked for', () => {
    const url = 'postgres://lj:secret@db.local/lj'
    expect(readSettings({ LIANGJIAN_CITY: 'baishan' }).demo).toBe(false)
    expect(readSettings({ DATABASE_URL: url }).demo).toBe(false)
    expect(readSettings({ DATABASE_URL: url, LIANGJIAN_DEMO: 'yes' }).demo).toBe(true)
    expect(readSettings({ LIANGJIAN_DEMO: 'no' }).demo).toBe(false)
  })
})

describe('right values', () => {
  test('are read into what the program works with', () => {
    const settings = readSettings({
      PORT: '0',
      LIANGJIAN_ORIGIN: 'https://lj.example.gov.cn/',
      LIANGJIAN_UPLOAD_LIMIT: '200KB',
      LIANGJIAN_SCAN: 'sh scan.sh -',
      PG_NAMED_STATEMENTS: 'no',
      OIDC_ISSUER: 'https://sso.example.gov.cn/realms/city/',
      OIDC_CLIENT_ID: 'lj',
      OIDC_CLIENT_SECRET: 's3cret',
    })
    expect(settings).toMatchObject({
      port: 0,
      origin: 'https://lj.example.gov.cn',
      uploadLimit: 204_800,
      scan: ['sh', 'scan.sh', '-'],
      namedStatements: false,
      oidc: { issuer: 'https://sso.example.gov.cn/realms/city', clientId: 'lj', clientSecret: 's3cret' },
    })
  })
})

describe('a wrong value', () => {
  test.each([
    ['PORT', '80a'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['LIANGJIAN_HOST', 'http://0.0.0.0'],
    ['DATABASE_URL', 'mysql://db/lj'],
    ['LIANGJIAN_CITY', '../etc'],
    ['LIANGJIAN_SCAN', '/nope/scan'],
    ['LIANGJIAN_SCAN', 'no-such-scanner -'],
    ['LIANGJIAN_SCAN', '/tmp'],
    ['LIANGJIAN_DATA', '/proc/x'],
    ['LIANGJIAN_DEMO', 'true'],
    ['LIANGJIAN_DEMO', 'constructor'],
    ['LIANGJIAN_ORIGIN', 'https://lj.example.gov.cn/portal'],
    ['LIANGJIAN_ORIGIN', 'lj.example.gov.cn'],
    ['LIANGJIAN_FILES_ORIGIN', 'ftp://files.example.gov.cn'],
    ['LIANGJIAN_LOG', 'loud'],
    ['LIANGJIAN_UPLOAD_LIMIT', '50'],
    ['LIANGJIAN_UPLOAD_LIMIT', '3GB'],
    ['LIANGJIAN_PASSWORD_PROFILE', 'none'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['LIANGJIAN_PROXIES', '10'],
    ['LIANGJIAN_VISITOR_LIMIT', 'none'],
    ['PG_POOL', '1'],
    ['PG_POOL', '51'],
    ['DATABASE_APP_PASSWORD', 'secret'],
    ['PG_NAMED_STATEMENTS', '1'],
  ])('%s=%s is refused by name, with what would be right', (name, value) => {
    const [wrong, ...others] = wrongIn({ [name]: value })
    expect(others).toEqual([])
    expect(wrong?.name).toBe(name)
    expect(wrong?.right.zh).not.toBe('')
    expect(wrong?.right.en).not.toBe('')
  })

  test('is reported together with all others, in one message', () => {
    const env = { PORT: 'x', LIANGJIAN_LOG: 'loud', PG_POOL: '0' }
    expect(wrongIn(env).map(({ name }) => name)).toEqual(['PORT', 'LIANGJIAN_LOG', 'PG_POOL'])
    expect(() => readSettings(env)).toThrow(/PORT=x[^]*65535[^]*LIANGJIAN_LOG=loud[^]*info[^]*PG_POOL=0/)
  })

  test('never shows a secret', () => {
    expect(() => readSettings({ DATABASE_URL: 'mysql://lj:geheim@db/lj' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('geheim') }),
    )
  })

  test('is a city that is not there, when the cities are known', () => {
    expect(wrongIn({ LIANGJIAN_CITY: 'tonghau' }, ['tonghua'])[0]).toMatchObject({
      name: 'LIANGJIAN_CITY',
      right: { en: 'one of: tonghua' },
    })
    expect(wrongIn({ LIANGJIAN_CITY: 'tonghua' }, ['tonghua'])).toEqual([])
  })

  test('is an example of a city that has none', () => {
    expect(wrongIn({ LIANGJIAN_CITY: 'baishan', LIANGJIAN_DEMO: 'yes' })).toMatchObject([
      { name: 'LIANGJIAN_DEMO', value: 'yes', right: { en: expect.stringContaining('baishan') as string } },
    ])
    expect(wrongIn({ LIANGJIAN_CITY: 'baishan' })).toEqual([])
  })

  test('is none on a database of one’s own: there the operator says how many connections there are', () => {
    const env = { DATABASE_URL: 'postgres://lj@db/lj', PG_POOL: '200', DATABASE_APP_PASSWORD: 'geheim' }
    expect(readSettings(env)).toMatchObject({ pool: 200, databaseAppPassword: 'geheim' })
  })

  test('is half a single sign-on', () => {
    expect(wrongIn({ OIDC_ISSUER: 'https://sso.example.gov.cn' }).map(({ name }) => name)).toEqual([
      'OIDC_CLIENT_ID',
      'OIDC_CLIENT_SECRET',
    ])
  })
})

describe('an unknown variable', () => {
  test('with our prefix is refused, with the name that was meant', () => {
    expect(wrongIn({ LIANGJIAN_PROT: '1' })[0]?.right.en).toMatch(/mean PORT\?/)
    expect(wrongIn({ LIANGJIAN_BOGUS: '1' })[0]?.right.en).toMatch(/no such setting; see docs/)
    expect(wrongIn({ LIANGJIAN_DATE: './x' })[0]?.right.en).toContain('LIANGJIAN_DATA')
    expect(wrongIn({ LIANGJIAN_UPLOADLIMIT: '1MB' })[0]?.right.en).toContain('LIANGJIAN_UPLOAD_LIMIT')
  })

  test('of another program is none of our business', () => {
    expect(wrongIn({ HOME: '/root', OIDC_SCOPE: 'x', PGHOST: 'y' })).toEqual([])
  })
})

test('docs/settings.md says what is declared (vitest -u writes it)', async () => {
  await expect(settingsPage()).toMatchFileSnapshot('../docs/settings.md')
})

test.each([
  ['mysql://x', 'mysql://x'],
  ['mysql://lj:se:c@ret@db/lj?password=other', 'mysql://lj:******@db/lj?password=******'],
  ['mysql://lj:secret@db:5433/lj', 'mysql://lj:******@db:5433/lj'],
  ['lj:secret@db:5433/lj', 'lj:******@db:5433/lj'],
  ['postgres:lj:secret@db/lj', 'postgres:lj:******@db/lj'],
  ['postgres:/lj:sec/ret@db/lj', 'postgres:/lj:******@db/lj'],
  ['postgres://lj:secret', 'postgres://lj:******'],
  ['pg://db:5433/lj', 'pg://db:5433/lj'],
  ["host=db user=lj password='a b' dbname=lj", 'host=db user=lj password=****** dbname=lj'],
])('a wrong database address %s is shown, without its password', (given, shown) => {
  expect(wrongIn({ DATABASE_URL: given })[0]?.value).toBe(shown)
})
