/** The comfort that JavaScript adds. */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, describe, test } from 'node:test'
import { dictionary } from '@zxcvbn-ts/language-common'
import type { Browser, Page } from 'playwright-core'
import { loadAssets } from '../../src/ui/assets.ts'
import { sampleFrame } from '../../src/ui/layout/sample-frame.ts'
import { renderPage } from '../../src/ui/layout.tsx'
import { pages } from '../../src/ui/samples.tsx'
import { startChromium } from '../chromium.ts'

const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'"

describe('islands', () => {
  const assets = loadAssets()
  const posts: string[] = []
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(request.url ?? '')
    if (request.method === 'POST') {
      let body = ''
      for await (const chunk of request) body += chunk
      posts.push(`${path} ${body}`)
      response.end('posted')
      return
    }
    const asset = assets.get(path)
    const make = pages[path.slice(1)]
    response.setHeader('content-security-policy', policy)
    response.setHeader('content-type', asset?.type ?? 'text/html; charset=utf-8')
    response.end(asset?.body ?? (make && renderPage(make({ ...sampleFrame, assets }))))
  })
  let browser: Browser
  let page: Page
  const open = (sample: string) =>
    page.goto(`http://localhost:${(server.address() as AddressInfo).port}/${encodeURIComponent(sample)}`)
  /** What was posted, once the answer is there. */
  const posted = async (): Promise<string[]> => {
    await page.getByText('posted', { exact: true }).waitFor()
    return posts
  }
  /** Whether a form is sent while something is done on the page: it would be in the very event. */
  const sends = async (deed: () => Promise<void>): Promise<boolean> => {
    await page.evaluate(() => addEventListener('submit', () => history.replaceState(null, '', '#sent')))
    await deed()
    return page.url().endsWith('#sent') || posts.length > 0
  }
  const paste = async (label: string, text: string) => {
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
    await page.getByLabel(label).fill('')
    await page.getByLabel(label).press('Control+v')
  }

  before(async () => {
    await new Promise<void>((listening) => server.listen(0, listening))
    browser = await startChromium()
    page = await browser.newPage({ permissions: ['clipboard-read', 'clipboard-write'] })
  })
  after(async () => {
    await browser.close()
    server.close()
  })
  beforeEach(() => {
    posts.length = 0
  })

  test('after a refusal the summary is read first', async () => {
    await open('way in, two fields refused')
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'problems')
  })

  test('a password is shown and hidden', async () => {
    await open('way in, a product waits')
    const password = page.getByLabel('Password', { exact: true })
    await page.getByRole('button', { name: 'Show' }).click()
    assert.equal(await password.getAttribute('type'), 'text')
    await page.getByRole('button', { name: 'Hide' }).click()
    assert.equal(await password.getAttribute('type'), 'password')
  })

  test('the strength of a password is said in words', async () => {
    await open('way in, two fields refused')
    const said = {
      abc: 'Too short: 8 characters at least',
      aaaaaaaaaaaa: 'Easy to guess',
      'Tr0ub4dor&3': 'Easy to guess',
      azertyuiop: 'Easy to guess',
      motdepasse123: 'Easy to guess',
      qwer1234asdf5678zxcv: 'Easy to guess',
      'passerelle tomas office 2026!': 'Easy to guess',
      'copper island': 'Fair: one more word would make it strong',
      'bridge lamp otter': 'Strong',
      '': '',
      '🦦🦦🦦🦦': 'Too short: 8 characters at least',
    }
    for (const [password, words] of Object.entries(said)) {
      await page.getByLabel('Password', { exact: true }).fill(password)
      assert.equal(await page.getByRole('status').textContent(), words, password)
    }
  })

  test('C2: no variation of a common password is called fair or strong', async () => {
    await open('way in, two fields refused')
    const common = (dictionary['passwords-common'] as string[]).filter((word) => word.length >= 9)
    const praised = await page.evaluate(
      (words) => {
        const [input, meter] = ['#password', '.meter'].map((it) => document.querySelector<HTMLInputElement>(it))
        return words.filter((word) => {
          if (input) input.value = word
          input?.dispatchEvent(new Event('input', { bubbles: true }))
          return ['fair', 'strong'].includes(meter?.dataset.level ?? '')
        })
      },
      common.flatMap((word) => [word, `${word.replace(/^./, (first) => first.toUpperCase())}2026!`]),
    )
    assert.deepEqual(praised, [])
  })

  test('a code that is pasted is sent once, without its spaces', async () => {
    await open('code, on its way')
    await paste('Verification code', ' 482 913 ')
    assert.deepEqual(await posted(), ['/verify csrf=sample-csrf&here=%2Fsample%3Fjourney%3D1&code=482913'])
  })

  test('a code that is typed waits for its button', async () => {
    await open('code, on its way')
    assert.equal(await sends(() => page.getByLabel('Verification code').pressSequentially('482913')), false)
  })

  test('a code waits after a refusal, and where the form asks for more', async () => {
    await open('second step, wrong code')
    assert.equal(await sends(() => paste('Code', '482-913')), false)
    assert.equal(await page.getByLabel('Code').inputValue(), '482913')
  })

  test('a double click sends once', async () => {
    await open('code, on its way')
    await page.getByRole('button', { name: 'Resend code' }).dblclick({ noWaitAfter: true })
    assert.equal((await posted()).length, 1)
  })

  test('a key is copied', async () => {
    await open('account, a form')
    await page.getByRole('button', { name: 'Copy' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'JBSW Y3DP EHPK 3PXP')
  })

  test('a change of language takes along what was typed', async () => {
    await open('code, on its way')
    await page.getByLabel('Verification code').fill('482')
    await page.getByText('English').click()
    await page.getByRole('button', { name: 'Français (Canada)' }).click()
    assert.deepEqual(await posted(), [
      '/language csrf=sample-csrf&here=%2Fsample%3Fjourney%3D1&code=482&language=fr-CA',
    ])
  })
})
