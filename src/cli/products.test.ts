import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Environment, passerelle } from '../testing/command-line.ts'
import { testService } from '../testing/world.ts'

/** A service, and its command line with the operator's token. */
async function installation() {
  const service = await testService()
  const environment: Environment = { PASSERELLE_URL: service.base, PASSERELLE_ADMIN_TOKEN: service.adminToken }
  const run = (...args: string[]) => passerelle(args, environment)
  const json = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(...args, '--json')
    assert.equal(stdout.trim().split('\n').length, 1, stdout)
    return { code, data: JSON.parse(stdout), stderr }
  }
  return { service, run, json }
}

test('a product is added, listed, shown, given a new secret and removed', async () => {
  const { service, run, json } = await installation()
  const uris = ['--redirect-uri', 'https://shop.example.com/a', 'https://shop.example.com/b']
  const added = await json('products', 'add', '--id', 'shop', '--name', 'Le magasin', ...uris)
  assert.deepEqual([added.code, added.stderr], [0, []])
  assert.deepEqual(Object.keys(added.data), ['client_id', 'client_secret', 'issuer'])
  assert.deepEqual([added.data.client_id, added.data.issuer], ['shop', service.origin])
  assert.match(added.data.client_secret, /^[\w-]{43}$/)

  const shown = await json('products', 'show', 'shop')
  assert.deepEqual(shown.data.grant_types, ['authorization_code', 'refresh_token'])
  assert.deepEqual(shown.data.redirect_uris, ['https://shop.example.com/a', 'https://shop.example.com/b'])
  assert.deepEqual((await json('products', 'list')).data, { products: [shown.data] })
  assert.match(
    (await run('products', 'list')).stdout,
    /^ID +NAME +GRANTS\nshop +Le magasin +authorization_code refresh_token\n$/,
  )
  assert.match((await run('products', 'show', 'shop')).stdout, /^client_name +Le magasin$/m)

  const rotated = await json('products', 'rotate-secret', 'shop')
  assert.deepEqual(Object.keys(rotated.data), ['client_id', 'client_secret', 'issuer'])
  assert.notEqual(rotated.data.client_secret, added.data.client_secret)
  const inWords = await run('products', 'rotate-secret', 'shop')
  assert.match(
    inWords.stdout,
    /^issuer +\S+\nclient id +shop\nclient secret +[\w-]{43}\n\nThe secret is not shown again\.\n$/,
  )

  assert.deepEqual((await json('products', 'remove', 'shop')).data, { client_id: 'shop', removed: true })
  assert.deepEqual(await run('products', 'list'), { code: 0, stdout: 'There are no products.\n', stderr: [] })
})

test('every option arrives', async () => {
  const { run, json } = await installation()
  const options = {
    '--id': ['till'],
    '--name': ['Caisse'],
    '--redirect-uri': ['com.example.till:/callback', 'http://127.0.0.1/'],
    '--post-logout-redirect-uri': ['com.example.till:/bye', 'com.example.till:/end'],
    '--backchannel-logout-uri': ['https://till.example.com/logout'],
    '--grant': ['authorization_code', 'device_code'],
    '--second-step-grace-days': ['14'],
    '--resource': ['https://api.example.com/', 'urn:example:api'],
    '--scope': ['read', 'write'],
  }
  const args = Object.entries(options).flatMap(([name, values]) => [name, ...values])
  const added = await json(
    'products',
    'add',
    '--public',
    '--third-party',
    '--native',
    '--manages-addresses',
    '--require-second-step',
    '--rs256',
    ...args,
  )
  assert.equal(added.data.client_secret, null)
  assert.deepEqual((await json('products', 'show', 'till')).data, {
    client_id: 'till',
    client_name: 'Caisse',
    redirect_uris: options['--redirect-uri'],
    post_logout_redirect_uris: options['--post-logout-redirect-uri'],
    backchannel_logout_uri: 'https://till.example.com/logout',
    grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'],
    public: true,
    third_party: true,
    native: true,
    manages_addresses: true,
    require_second_step: true,
    second_step_grace_days: 14,
    id_token_signed_response_alg: 'RS256',
    resources: options['--resource'],
    scopes: options['--scope'],
  })
  const changed = await json('products', 'require-second-step', 'till', '--grace-days', '30')
  assert.deepEqual([changed.code, changed.data.second_step_grace_days], [0, 30])
  assert.deepEqual(await run('products', 'require-second-step', 'till', '--off'), {
    code: 0,
    stdout: 'Caisse requires no second way to sign in.\n',
    stderr: [],
  })
  assert.equal(
    (await run('products', 'require-second-step', 'till')).stdout,
    'Who goes to Caisse needs a second way to sign in, at once.\n',
  )
})

test('a refusal is one line, 1, and JSON where that was asked for', async () => {
  const { json, run } = await installation()
  const add = ['products', 'add', '--id', 'shop', '--name', 'Shop']
  const refusals: [string[], string, RegExp][] = [
    [['products', 'show', 'shop'], 'unknown-product', /No product has the id shop/],
    [['products', 'remove', '../keys'], 'unknown-product', /\.\.\/keys/],
    [['products', 'rotate-secret', 'a b'], 'unknown-product', /a b/],
    [add, 'uri-needed', /at least one redirect URI/],
    [
      [...add, '--redirect-uri', 'http://shop.example.com/'],
      'uri-unusable',
      /^http:\/\/shop\.example\.com\/: it must be https/,
    ],
    [[...add, '--redirect-uri', 'x\ny\u001b[31m'], 'uri-unusable', /^x y/],
    [[...add, '--grant', 'refresh_token'], 'grant-needed', /refresh_token alone/],
  ]
  for (const [args, reason, detail] of refusals) {
    const { code, data, stderr } = await json(...args)
    assert.deepEqual([code, Object.keys(data), data.error.reason], [1, ['error'], reason])
    assert.match(data.error.detail, detail)
    assert.deepEqual(stderr, [`passerelle: ${data.error.detail}`])
    assert.doesNotMatch(stderr.join(), /\p{Cc}/u)
  }
  const { code, stdout, stderr } = await run('products', 'show', 'shop')
  assert.deepEqual(
    { code, stdout, stderr },
    { code: 1, stdout: '', stderr: ['passerelle: No product has the id shop.'] },
  )
})

test('the keys are listed and rotated', async () => {
  const { json, run } = await installation()
  const before = (await json('keys', 'list')).data.keys
  const rotated = (await json('keys', 'rotate')).data.keys
  assert.deepEqual([before.length, rotated.length], [4, 6])
  assert.match(
    (await run('keys', 'list')).stdout,
    /^ID +ALGORITHM +STATE +MADE +RETIRED\nkey_\w+ +ES256 +retired +2\S+Z +2\S+Z\n/,
  )
})
