/** Ids and words from outside that every object of JavaScript, or every function, has a property of. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { suite, test } from 'node:test'
import { decodeJwt } from 'jose'
import type { ProductId } from '../../src/core/model/product/product.ts'
import { insertProduct } from '../../src/core/model/product/store.ts'
import { transact } from '../../src/platform/database/db.ts'
import type { Browser } from '../../src/testing/browser.ts'
import { ask, isProblem, shop } from '../../src/testing/operator.ts'
import { somebody, VERIFIER } from '../../src/testing/people.ts'
import { testService } from '../../src/testing/world.ts'
import { post } from './party.ts'
import { signOutAtPortal } from './person.ts'
import { makeReceiver } from './receiver.ts'

const NAMES = [...Object.getOwnPropertyNames(Object.prototype), ...Object.getOwnPropertyNames(Function.prototype)]
const asId = (name: string): boolean => /^[a-z0-9]/i.test(name)

const service = await testService()
const receiver = await makeReceiver()

/** A product as it was registered before such an id was refused. */
const alreadyThere = (id: string) =>
  transact(service.db, (tx) => {
    const product = {
      id: id as ProductId,
      name: id,
      thirdParty: false,
      public: true,
      redirectUris: [`http://localhost:4000/${id}`],
      postLogoutRedirectUris: [],
      backchannelLogoutUri: receiver.url,
      grants: ['authorization_code', 'refresh_token'] as const,
      native: false,
      idTokenAlgorithm: 'ES256' as const,
      resources: [],
      scopes: [],
    }
    return insertProduct(tx, product, null, service.clock.now())
  })

/** What the ID token says of the session, once the person is at the product. */
async function sessionNameAt(browser: Browser, id: string): Promise<string> {
  const request = {
    client_id: id,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: `http://localhost:4000/${id}`,
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
  }
  const { at } = await browser.open(`/oidc/authorize?${new URLSearchParams(request)}`)
  const code = new URL(at, service.origin).searchParams.get('code') ?? ''
  const grant = { grant_type: 'authorization_code', code, code_verifier: VERIFIER }
  const { status, body } = await post(service, '/oidc/token', {
    ...grant,
    client_id: id,
    redirect_uri: request.redirect_uri,
  })
  assert.equal(status, 200, `${id}: ${at}`)
  return String(decodeJwt(String(body.id_token)).sid)
}

suite('X11: an id or a word that is a property of every object', () => {
  test('is refused as the id of a product where every object has it', async () => {
    for (const name of NAMES.filter((name) => name in {}))
      isProblem(await ask(service, 'POST', '/api/v1/products', { ...shop, client_id: name }), 422, 'id-unusable')
  })

  test('is a product as any other where it is one already: every person has a session of their own there, and signs out', async () => {
    const people = [await somebody(service, 'maya@example.com'), await somebody(service, 'noah@example.com')]
    const names = new Set<string>()
    const ids = [...new Set(NAMES.filter(asId))]
    for (const id of ids) {
      await alreadyThere(id)
      for (const person of people) names.add(await sessionNameAt(person, id))
    }
    assert.equal(names.size, ids.length * people.length)
    for (const person of people) {
      assert.equal((await person.open('/account/sessions')).status, 200)
      assert.equal((await person.open('/account/products')).status, 200)
      await signOutAtPortal(person)
    }
    await service.post()
    assert.deepEqual(
      new Set(receiver.tokens.map((token) => decodeJwt(token).sid)),
      names,
      'every product is told of each',
    )
    const shared = Object.values(Object.getOwnPropertyDescriptors(Object.prototype)).map(({ value }) => value)
    for (const one of shared)
      if (one) assert.deepEqual(Object.keys(one), [], 'nothing was written onto what all objects share')
  })

  test('in an address or a form it is answered as any other word', async () => {
    const browser = await somebody(service, 'alba@example.com')
    const pages = [...new Set([...browser.page.html.matchAll(/href="(\/[a-z/-]*)"/g)].map(([, path = '']) => path))]
    const asked = ['done', 'refused', 'way', 'before', 'asked', 'journey', 'link', 'to', 'letter', 'problem']
    for (const path of [...pages, '/sign-in', '/account/factors/codes/new', '/reset', '/second-step'])
      for (const word of NAMES) {
        const query = new URLSearchParams(asked.map((name) => [name, word]))
        query.append(word, word)
        const { status } = await browser.open(`${path}?${query}`)
        assert.ok(status < 500, `${status} at ${path} with ${word}`)
      }
  })
})
