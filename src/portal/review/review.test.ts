import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setUpPasskey } from '../../testing/authenticator.ts'
import { somebody } from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'

test('K4: who looks over an account is asked only where something is left to look at', async () => {
  const service = await testService()
  const owner = await somebody(service)
  assert.match((await owner.open('/account/review')).html, /<h1>Nothing else opens your account<\/h1>/)
  assert.doesNotMatch(owner.page.html, /All of this is mine/)
  await setUpPasskey(owner, service.origin)
  assert.match((await owner.open('/account/review')).html, /<h1>Is all of this yours\?<\/h1>/)
  await owner.send({}, { button: 'Remove' })
  assert.match(owner.page.html, /<h1>Nothing else opens your account<\/h1>.*It was removed\./s)
})
