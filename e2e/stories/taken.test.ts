/** B9, Z1: an address that has an account looks like any other on screen; the mailbox learns the truth. */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { withoutNonces } from '../../src/testing/nonces.ts'
import { inEach } from '../../src/testing/repeated.ts'
import { account, letterTo } from './stage/account.ts'
import { arrived, follow, press, seen, signIn, signUp, verify, whoIs } from './stage/person.ts'
import { ledger, type Scene, service, story } from './stage/stage.ts'
import { inWords, NARROW, type Way, WIDE } from './stage/ways.ts'
import { words } from './stage/words.ts'

const w = words['fr-CA']

/** Everything of a page but what is different for everybody: its journey, its proof, the address. */
async function masked(page: Page, email: string): Promise<string> {
  const html = withoutNonces(await page.content())
  return html.replaceAll(/jrn_\w+/g, 'jrn').replaceAll(email, 'the address')
}

/** Signs up with an address, and tells how every page on the way looks. */
async function looks({ browser }: Scene, email: string, way: Way): Promise<{ page: Page; pages: string[] }> {
  const page = await browser(way)
  const pages: string[] = []
  const keep = async (): Promise<void> => void pages.push(await masked(page, email))
  await page.goto(ledger.deep)
  await follow(page, w.create)
  await signUp(page, w, { email })
  await seen(page, w.code)
  await keep()
  await service.post()
  await page.reload()
  await keep()
  await verify(page, w, '000000')
  await keep()
  await press(page, w.resend)
  await keep()
  await service.post()
  await follow(page, w.change)
  await keep()
  return { page, pages }
}

for (const way of inEach([WIDE, NARROW]))
  story(`B9 Z1: a taken address and a free one show the same pages (${inWords(way)})`, async (scene) => {
    const taken = await account(service, `prise${way.width}@exemple.ca`)
    const free = `libre${way.width}@exemple.ca`
    const one = await looks(scene, taken.email, way)
    const other = await looks(scene, free, way)
    assert.equal(one.pages.length, 5)
    assert.deepEqual(one.pages, other.pages)
    assert.equal((await letterTo(service, taken.email)).template, 'address-has-account')
    assert.equal((await letterTo(service, free)).template, 'sign-up-code')
  })

/** The address of a link in the newest letter, by its words. */
async function linkOf(email: string, label: string): Promise<string> {
  const { html } = await letterTo(service, email)
  const found = [...html.matchAll(/<a\b[^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/gs)].find(([, , text = '']) =>
    text.includes(label),
  )
  assert.ok(found?.[1], `a link “${label}” in the letter`)
  return found[1].replaceAll('&amp;', '&')
}

/** Somebody on the way to an invoice signs up although they have an account. */
async function forgetful({ browser }: Scene, email: string, way: Way): Promise<Page> {
  await account(service, email)
  const page = await browser(way)
  await page.goto(ledger.deep)
  await follow(page, w.create)
  await signUp(page, w, { email, password: 'un tout autre mot' })
  await seen(page, w.code)
  return page
}

for (const way of inEach([WIDE, NARROW], 1)) {
  story(`B9 B8: the letter leads to signing in, and on to the product (${inWords(way)})`, async (scene) => {
    const email = `oubli${way.width}@exemple.ca`
    const page = await forgetful(scene, email, way)
    await page.goto(await linkOf(email, w.signIn))
    await signIn(page, w, { email })
    await arrived(page, ledger.deep)
    assert.equal((await whoIs(page, ledger)).email, email)
  })

  story(`B9: the letter's links work in any browser (${inWords(way)})`, async (scene) => {
    const email = `telephone${way.width}@exemple.ca`
    await forgetful(scene, email, way)
    const phone = await scene.browser(way)
    await phone.goto(await linkOf(email, 'Choisir un nouveau mot de passe'))
    await seen(phone, w.forgot)
    await phone.goto(await linkOf(email, w.signIn))
    await signIn(phone, w, { email })
    await seen(phone, w.account)
  })
}
