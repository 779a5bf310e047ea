import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { minutes } from '../../platform/clock.ts'
import { appOf, setUpApp } from '../../testing/apps.ts'
import { type Browser, formsOf } from '../../testing/browser.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'

const email = 'marie@exemple.ca'
const shown = ({ page }: Browser): string[] =>
  [...page.html.matchAll(/<code>([A-Z2-7-]{19})<\/code>/g)].map(([, code = '']) => code)

async function opens(service: TestService, code = ''): Promise<boolean> {
  const other = service.browser()
  await other.open('/sign-in')
  await other.send({ email, password: PASSWORD })
  return (await other.send({ code })).at === '/account'
}

async function secured() {
  const service = await testService()
  const browser = await somebody(service)
  const { recoveryCodes } = await setUpApp(browser, service.clock)
  const marks = async () => (await service.db.selectFrom('recovery_codes').select('code_mark').execute()).length
  return { service, browser, recoveryCodes, opens: (code?: string) => opens(service, code), marks }
}

suite('E3: recovery codes', () => {
  test('are shown once, work when they were saved, and each once; the mailbox is told', async () => {
    const { service, browser, recoveryCodes, opens } = await secured()
    assert.equal(recoveryCodes.length, 10)
    assert.ok(await opens(recoveryCodes[3]))
    assert.ok(!(await opens(recoveryCodes[3])))
    await browser.open('/account/factors/codes')
    assert.deepEqual(shown(browser), [])
    assert.match(browser.page.html, /9 codes are left/)
    await service.post()
    const letter = service.box.letters.find(({ subject }) => subject === 'You have new recovery codes')
    assert.ok(letter)
    assert.doesNotMatch(letter.text, /The ones before/, 'there were none')
  })

  test('new ones replace the former when they were saved, not before', async () => {
    const { service, browser, recoveryCodes, opens } = await secured()
    await browser.open('/account/factors/codes')
    await browser.send({}, { button: 'Make new codes' })
    const fresh = shown(browser)
    assert.ok(await opens(recoveryCodes[0]))
    assert.ok(!(await opens(fresh[0])))
    await browser.send({}, { button: 'I have saved them' })
    assert.match(browser.page.html, /recovery codes are saved/)
    assert.ok(!(await opens(recoveryCodes[1])))
    await service.post()
    assert.ok(service.box.letters.some(({ text }) => /The\s+ones\s+before\s+no\s+longer\s+work/.test(text)))
    assert.ok(await opens(fresh[0]))
  })

  test('a set that was saved is not saved again: what was used stays used', async () => {
    const { browser, opens, marks } = await secured()
    await browser.open('/account/factors/codes/new')
    const { page } = browser
    const [code] = shown(browser)
    await browser.send({}, { button: 'I have saved them' })
    assert.ok(await opens(code))
    browser.page = page
    await browser.send({}, { button: 'I have saved them' })
    assert.equal(browser.page.status, 422)
    assert.equal(await marks(), 9)
    assert.notDeepEqual(shown(browser)[0], code, 'others are shown instead')
  })

  test('nor when all of it was used meanwhile, nor when the ways were removed and set up anew', async () => {
    const service = await testService()
    const browser = await somebody(service)
    const setUp = async () => {
      await browser.open('/account/factors/app')
      await browser.send({ code: appOf(browser.page.html, service.clock).code() }, { button: 'Continue' })
      return browser.page
    }
    const keep = async (page: Browser['page']) => {
      browser.page = page
      return (await browser.send({}, { button: 'I have saved them' })).status
    }
    const page = await setUp()
    const codes = shown(browser)
    assert.equal(await keep(page), 200)
    for (const code of codes) assert.ok(await opens(service, code))
    assert.equal(await keep(page), 422)
    await browser.open('/account/factors')
    await browser.send({}, { button: 'Remove' })
    await setUp()
    assert.equal(await keep(page), 422)
    assert.ok(!(await opens(service, codes[0])))
  })

  test('a page that stood open too long saves nothing', async () => {
    const { service, browser, opens } = await secured()
    await browser.open('/account/factors/codes/new')
    const [code] = shown(browser)
    const { page } = browser
    service.clock.advance(minutes(31))
    await browser.open('/sign-in?to=/account/factors/codes')
    browser.page = page
    await browser.send({}, { button: 'I have saved them' })
    assert.ok(!(await opens(code)))
  })

  test('are downloaded as a file, by a form alone', async () => {
    const { browser } = await secured()
    await browser.open('/account/factors/codes/new')
    const codes = shown(browser)
    const form = formsOf(browser.page.html).find(({ action }) => action === '/account/factors/codes/file')
    await browser.send({}, { button: 'Download' })
    assert.ok(form)
    assert.match(browser.page.headers.get('content-disposition') ?? '', /attachment; filename="recovery-codes\.txt"/)
    for (const code of codes) assert.ok(browser.page.html.includes(code))
  })

  test('none without another way', async () => {
    const service = await testService()
    const browser = await somebody(service)
    assert.equal((await browser.open('/account/factors/codes/new')).at, '/account/factors')
  })

  test('the database holds none of them', async () => {
    const { service, recoveryCodes } = await secured()
    const rows = await service.db.selectFrom('recovery_codes').selectAll().execute()
    const text = JSON.stringify(rows)
    for (const code of recoveryCodes) assert.ok(!text.includes(code) && !text.includes(code.replaceAll('-', '')))
  })
})
