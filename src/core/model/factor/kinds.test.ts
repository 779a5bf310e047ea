import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setUpApp } from '../../../testing/apps.ts'
import { PASSWORD, somebody } from '../../../testing/people.ts'
import { testService } from '../../../testing/world.ts'

test('a factor of a kind that only another version of the service knows opens nothing, and is in nobody’s way', async () => {
  const service = await testService()
  const { db } = service
  const owner = await somebody(service)
  await setUpApp(owner, service.clock)
  const [factor] = await db.selectFrom('factors').selectAll().execute()
  assert.ok(factor)
  await db
    .insertInto('factors')
    .values({ ...factor, id: 'fac_of_tomorrow' as never, kind: 'of-tomorrow' as never })
    .execute()
  const page = (await owner.open('/account/factors')).html
  assert.equal(page.match(/value="fac_/g)?.length, 1)
  const browser = service.browser()
  await browser.open('/sign-in')
  await browser.send({ email: 'marie@exemple.ca', password: PASSWORD })
  assert.match(browser.page.at, /^\/second-step/)
  assert.doesNotMatch((await browser.open(browser.page.at.replace('?', '/ways?'))).html, /of.tomorrow/)
  await db.deleteFrom('factors').where('id', '=', factor.id).execute()
  const alone = service.browser()
  await alone.open('/sign-in')
  assert.equal((await alone.send({ email: 'marie@exemple.ca', password: PASSWORD })).at, '/account')
})
