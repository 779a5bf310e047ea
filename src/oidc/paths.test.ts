import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathToLog } from './paths.ts'

test('a path is written down without its query and without the name of a request, and a page keeps its name', () => {
  for (const [url, written] of [
    ['/oidc/authorize?state=secret', '/oidc/authorize'],
    ['/oidc/authorize/a-name', '/oidc/authorize/…'],
    ['/device?user_code=ABCD', '/device'],
    ['/device/a-name', '/device/…'],
    ['/device/connected', '/device/connected'],
    ['/device/connected/', '/device/…'],
  ] as const)
    assert.equal(pathToLog(url), written)
})
