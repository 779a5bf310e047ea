import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { loadAssets } from '../../src/ui/assets.ts'
import { galleryRoutes } from './routes.tsx'

const app = galleryRoutes(loadAssets())
const open = async (path: string) => {
  const answer = await app.request(path)
  return {
    status: answer.status,
    html: await answer.text(),
    policy: answer.headers.get('content-security-policy') ?? '',
  }
}

describe('the gallery', () => {
  test('leads to every sample, and each is there', async () => {
    const { html } = await open('/dev/gallery')
    const paths = [...html.matchAll(/href="(\/dev\/gallery\/[^"]+)"/g)].map(([, path = '']) =>
      path.replaceAll('&amp;', '&'),
    )
    assert.ok(paths.length > 400)
    for (const path of paths) assert.equal((await open(path)).status, 200, path)
  })

  test('shows a page in a language, as the service sends it', async () => {
    const { html, policy } = await open('/dev/gallery/sign-in/password/fresh?language=fr-CA')
    assert.match(html, /^<!doctype html><html lang="fr-CA"/)
    assert.match(html, /<link rel="stylesheet" href="\/assets\/style\.[0-9a-f]{12}\.css"/)
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self';/)
  })

  test('shows a page in a window of a width', async () => {
    const { html } = await open('/dev/gallery/sign-in/password/fresh?language=fr&width=320')
    assert.match(html, /<iframe src="\/dev\/gallery\/sign-in\/password\/fresh\?language=fr" [^>]*width="320"/)
  })

  test('shuts a letter off from everything', async () => {
    const around = await open('/dev/gallery/sign-in/sign-up/letter-code?language=en')
    assert.match(around.html, /<iframe src="([^"]+letter-code\.html\?language=en)" [^>]*sandbox=""/)
    const letter = await open('/dev/gallery/sign-in/sign-up/letter-code.html?language=en')
    assert.match(letter.html, /482913/)
    assert.match(letter.policy, /^sandbox; default-src 'none'; style-src 'unsafe-inline'/)
  })

  test('knows no other sample', async () =>
    assert.equal((await open('/dev/gallery/sign-in/password/none')).status, 404))
})
