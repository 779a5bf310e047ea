/** Steps skipped, repeated, emptied, or taken from another browser's session: no session and no change comes of it. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { setUpApp } from '../../src/testing/apps.ts'
import { type Browser, formsOf } from '../../src/testing/browser.ts'
import { PASSWORD, productRequest, somebody } from '../../src/testing/people.ts'
import { repeated } from '../../src/testing/repeated.ts'
import { testService } from '../../src/testing/world.ts'
import { urls } from '../../src/urls.ts'

const SEQUENCES = repeated(2_000)
/** Of an attacker who knows the password of somebody with a second step. */
const KNOWING = repeated(500)
const MANY = '1000000'
const service = await testService({ PASSERELLE_NETWORK_TRIES: '100000', PASSERELLE_NETWORK_REQUESTS: MANY })
const VICTIM = 'victim@exemple.ca'
const victim = await somebody(service, VICTIM)
const SECURED = 'secured@exemple.ca'
const secured = await somebody(service, SECURED)
await setUpApp(secured, service.clock)
const request = await productRequest(service)

/** What an attacker can know: everything but the password and what stands in the mailbox. */
type Known = Record<string, readonly string[]>
const TYPED: Known = {
  email: [VICTIM, 'attacker@exemple.ca', ''],
  'new-email': ['attacker@exemple.ca', ''],
  'first-name': ['A', ''],
  'last-name': ['B', ''],
  password: ['', 'not the password'],
  'current-password': ['not the password', ''],
  'new-password': ['three words of mine', ''],
  'confirm-password': ['three words of mine', ''],
  code: ['000000', '', '123456'],
  link: ['x'.repeat(43), ''],
  to: ['', 'https://evil.example'],
  who: ['me', 'not-me'],
  account: ['yes', 'other', ''],
  decision: ['yes', 'no'],
}
const TYPED_BY_WHO_KNOWS: Known = {
  ...TYPED,
  email: [SECURED, SECURED, ''],
  password: [PASSWORD, PASSWORD, ''],
  'current-password': [PASSWORD, ''],
  code: ['000000', '123456', 'AAAA-AAAA-AAAA-AAAA', ''],
  way: ['recovery', 'app', ''],
  answer: ['', '{}'],
  remember: ['yes'],
  reach: ['attacker@exemple.ca', ''],
}
const PATHS = [...Object.values(urls), request, `${urls.verify}?link=${'x'.repeat(43)}`, `${urls.reset}?link=x`]

type Deed = {
  deed: 'open' | 'send' | 'again' | 'post' | 'go on' | 'from elsewhere' | 'look'
  which: number
  fill: number
}
const deeds = fc.array(
  fc.record<Deed>({
    deed: fc.constantFrom('open', 'open', 'send', 'send', 'again', 'post', 'go on', 'from elsewhere', 'look'),
    which: fc.nat(1_000),
    fill: fc.nat(1_000),
  }),
  { minLength: 2, maxLength: 6 },
)

const pick = <T>(from: readonly T[], which: number): T | undefined => from[which % Math.max(from.length, 1)]
const filled = (typed: Known, fill: number): Record<string, string> =>
  Object.fromEntries(Object.entries(typed).map(([name, values], n) => [name, pick(values, fill + n) ?? '']))

/** Journeys that anybody has begun, which an attacker may have seen in an address. */
const journeys: string[] = []
const remember = ({ page }: Browser): void => {
  const [id] = /jrn_[0-9a-f]{32}/.exec(page.at) ?? []
  if (id) journeys.push(id)
}
const csrfOf = ({ page }: Browser): string => formsOf(page.html)[0]?.hidden.csrf ?? ''

/** One posted form as it is, without following where it leads. */
const post = (browser: Browser, path: string, fields: Record<string, string>) =>
  browser.request(path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { 'sec-fetch-site': 'same-origin' },
  })

async function act(browser: Browser, other: Browser, typed: Known, { deed, which, fill }: Deed): Promise<void> {
  const journey = pick(journeys, fill)
  const path = pick(PATHS, which) ?? '/'
  const named = journey && !path.includes('?') && fill % 3 === 0 ? `${path}?journey=${journey}` : path
  const form = pick(formsOf(browser.page.html), which)
  const carried = { ...(form?.hidden ?? { csrf: csrfOf(browser) }), ...filled(typed, fill) }
  if (deed === 'open') await browser.open(named)
  if (deed === 'look') await browser.request(named, { method: 'HEAD' })
  if (deed === 'go on' && journey) await browser.open(`${urls.continue}/${journey}`)
  if (deed === 'post') await post(browser, named, carried)
  if (deed === 'from elsewhere') await post(other, form?.action ?? named, { ...carried, csrf: csrfOf(other) })
  if (deed === 'send' && form) await browser.send(filled(typed, fill), {})
  if (deed === 'again' && form)
    await Promise.all([post(browser, form.action, carried), post(browser, form.action, form.hidden)])
  remember(browser)
}

/** What is the victim's: it must be the same in the end. */
async function belongings() {
  const { db } = service
  const account = await db.selectFrom('accounts').selectAll().orderBy('id').execute()
  const factors = await db.selectFrom('factors').selectAll().orderBy('id').execute()
  const password = await db.selectFrom('passwords').selectAll().execute()
  const sessions = await db
    .selectFrom('sessions')
    .select(['uid', 'account_id'])
    .where('account_id', 'is not', null)
    .execute()
  return { account, factors, password, sessions }
}

suite('E8: steps out of order', () => {
  const give = async (sequences: number, typed: Known, owner: Browser) => {
    const before = await belongings()
    const other = service.browser()
    await other.open(urls.signIn)
    let worst = 0
    await fc.assert(
      fc.asyncProperty(deeds, async (sequence) => {
        const browser = service.browser()
        for (const deed of sequence) {
          await act(browser, other, typed, deed)
          worst = Math.max(worst, browser.page.status)
        }
        const { headers } = await browser.request(urls.account)
        assert.match(headers.get('location') ?? '', /^\/sign-in/, 'nobody is signed in')
      }),
      { numRuns: sequences, endOnFailure: true },
    )
    assert.ok(worst < 500, `an answer was ${worst}`)
    assert.match((await other.open(urls.account)).at, /^\/sign-in/)
    assert.deepEqual(await belongings(), before)
    assert.equal((await owner.open(urls.account)).at, urls.account)
  }
  test(`${SEQUENCES} sequences give no session, and change nothing of somebody else's`, () =>
    give(SEQUENCES, TYPED, victim))
  test(`E8: nor do ${KNOWING} by who knows the password of somebody with a second step`, () =>
    give(KNOWING, TYPED_BY_WHO_KNOWS, secured))
})
