/** How every refusal looks to whoever sees, hears or types. */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { alertOf, labelled, plain } from './person.ts'
import type { Way } from './ways.ts'

/**
 * The field is marked and described by the sentence; the summary names the field, leads there and says the sentence
 * too, and is read first where there is JavaScript to see to that.
 */
export async function refused(page: Page, way: Way, label: string, sentence: string): Promise<void> {
  const field = labelled(page, label)
  assert.equal(await field.getAttribute('aria-invalid'), 'true')
  const ids = (await field.getAttribute('aria-describedby'))?.split(' ') ?? []
  const described = await Promise.all(ids.map(async (id) => plain(await page.locator(`#${id}`).innerText())))
  assert.ok(described.includes(plain(sentence)), `described by ${described}`)
  if ((await alertOf(page)) !== plain(sentence)) {
    const toField = page.getByRole('alert').locator(`a[href="#${await field.getAttribute('id')}"]`)
    assert.equal(plain(await toField.innerText()), plain(label))
    assert.ok((await alertOf(page)).includes(plain(sentence)), 'it says what to do')
  }
  if (way.script) assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'alert')
}
