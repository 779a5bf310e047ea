/** Everything with a keyboard alone: each control can be reached, is seen when it is reached, and does what it says. */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { inEach } from '../../src/testing/repeated.ts'
import { account, PASSWORD, secretsOf } from './stage/account.ts'
import { arrived, labelled, leads, seen, textOf } from './stage/person.ts'
import { ledger, service, story } from './stage/stage.ts'
import { inWords, NARROW, WIDE } from './stage/ways.ts'
import { words } from './stage/words.ts'

const w = words['fr-CA']

/** The words of what has the focus. */
const focusOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : element?.textContent
    return element === document.body ? '' : (label?.trim() ?? '')
  })

/** Waits until what has the focus is on the screen, with an outline around it or around what it stands in. */
const focusIsSeen = (page: Page) =>
  page.waitForFunction(() => {
    const element = document.activeElement ?? document.body
    const { top, bottom } = element.getBoundingClientRect()
    const outlined = [element, element.parentElement ?? element].some((one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one)
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
    })
    return outlined && top >= 0 && bottom < innerHeight + 1
  })

/** Presses Tab until a control of this name has the focus; everything on the way can be seen to have it. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = []
  for (let steps = 0; steps < 30; steps++) {
    await page.keyboard.press('Tab')
    const focused = await focusOf(page)
    passed.push(focused)
    if (focused !== '') await focusIsSeen(page)
    if (focused === name) return
  }
  assert.fail(`Tab never came to “${name}”, only to ${passed.join(', ')}`)
}

async function tabAndType(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.type(text)
}

for (const way of inEach([WIDE, { ...NARROW, script: true }, NARROW])) {
  story(`B1 B7: an account is made, and somebody signs in, by keyboard (${inWords(way)})`, async ({ browser }) => {
    const email = `clavier${way.width}${way.script}@exemple.ca`
    const page = await browser(way)
    await page.goto(ledger.deep)
    await seen(page, w.signIn)
    await tabTo(page, w.create)
    await leads(page, page.keyboard.press('Enter'))
    await seen(page, w.create)
    await tabAndType(page, w.email, email)
    await tabAndType(page, w.firstName, 'Élise')
    await tabAndType(page, w.lastName, 'Gagné')
    await tabAndType(page, w.password, PASSWORD)
    await tabTo(page, w.signUp)
    await leads(page, page.keyboard.press('Space'))
    await seen(page, w.code)
    await tabAndType(page, w.code, (await secretsOf(service, email)).code)
    await leads(page, page.keyboard.press('Enter'))
    await arrived(page, ledger.deep)

    const other = await browser(way)
    await other.goto(ledger.deep)
    await tabAndType(other, w.email, email)
    await tabAndType(other, w.password, PASSWORD)
    await leads(other, other.keyboard.press('Enter'))
    await arrived(other, ledger.deep)
  })

  story(`H1: the language is changed by keyboard (${inWords(way)})`, async ({ browser }) => {
    const page = await browser(way)
    await page.goto(`${service.origin}/sign-in`)
    await tabTo(page, w.language)
    await page.keyboard.press('Enter')
    await tabTo(page, words.en.language)
    await leads(page, page.keyboard.press('Enter'))
    await seen(page, words.en.signIn)
  })
}

story('C2: a password is shown and hidden by keyboard, and its strength is spoken', async ({ browser }) => {
  const page = await browser()
  await page.goto(`${service.origin}/sign-up`)
  const [password, status] = [labelled(page, w.password), page.getByRole('status')]
  await tabAndType(page, w.password, 'abc')
  assert.match(await status.innerText(), /Trop court/)
  await page.keyboard.type('abcdefgh')
  assert.notEqual(await status.innerText(), '')
  const weak = await status.innerText()
  await password.fill(PASSWORD)
  assert.match(await status.innerText(), /Solide/)
  assert.notEqual(weak, await status.innerText())
  await tabTo(page, 'Afficher')
  await page.keyboard.press('Space')
  assert.equal(await password.getAttribute('type'), 'text')
  assert.equal(await focusOf(page), 'Masquer')
  await page.keyboard.press('Enter')
  assert.equal(await password.getAttribute('type'), 'password')
})

story(
  'C2: the rule stands there before anything is typed, and a password manager knows every field',
  async ({ browser }) => {
    const { email } = await account(service, 'coffre@exemple.ca')
    const page = await browser(NARROW)
    const fields = () =>
      page.locator('input[autocomplete]').evaluateAll((all) => all.map((one) => one.getAttribute('autocomplete')))
    await page.goto(`${service.origin}/sign-up`)
    assert.match(await textOf(page), /Au moins 8 caractères/)
    assert.deepEqual(await fields(), ['username', 'given-name', 'family-name', 'new-password'])
    await page.goto(`${service.origin}/sign-in`)
    assert.deepEqual(await fields(), ['username webauthn', 'current-password'])
    await page.goto(`${service.origin}/forgot`)
    await labelled(page, w.email).fill(email)
    await leads(page, page.keyboard.press('Enter'))
    await service.post()
    await page.goto(service.box.newest(email).link ?? '')
    assert.match(await textOf(page), /Au moins 8 caractères/)
    assert.deepEqual(await fields(), ['username', 'new-password', 'new-password'])
  },
)

story('Z7: after a refusal Tab leads from the summary to the field', async ({ browser }) => {
  const page = await browser()
  await page.goto(`${service.origin}/sign-in`)
  await tabAndType(page, w.email, 'pas une adresse')
  await leads(page, page.keyboard.press('Enter'))
  await page.getByRole('alert').waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.id === 'email')
})
