/** A link of an old letter that is pressed while the password is replaced leads to no other one, however the two meet. */

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Email } from '../../core/model/account/email.ts'
import { type Account, findAccountByEmail } from '../../core/model/account/store.ts'
import { draw } from '../../core/model/one-time/one-time.ts'
import { findPassword } from '../../core/model/password/store.ts'
import { replacePassword } from '../../core/operations/password/replace-password.ts'
import type { Actor } from '../../platform/actor.ts'
import { days } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import type { Done, Refused } from '../../platform/outcome.ts'
import { somebody } from '../../testing/people.ts'
import { ROUNDS } from '../../testing/race.ts'
import { visitor } from '../../testing/visitor.ts'
import { type TestService, testService } from '../../testing/world.ts'
import { whoseReset } from '../new-password/rules.ts'
import { disownAttempt, unblockAccount } from '../unblock/rules.ts'
import { notMe } from './rules.ts'

const actor = visitor
const CALLERS = 8

type Press = (
  service: TestService,
  link: string,
  actor: Actor,
) => Promise<Done<{ link?: string | undefined }> | Refused<'link-dead' | 'address-taken'>>

/** Presses the link while the password is replaced; what came of each, and the account. */
async function meet(service: TestService, round: number, purpose: 'not-me' | 'unblock', press: Press) {
  const email = `${purpose}${round}@exemple.ca` as Email
  await somebody(service, email)
  const account = (await findAccountByEmail(service.db, email)) as Account
  const password = await findPassword(service.db, account.id)
  assert.ok(password)
  const subject = purpose === 'not-me' ? `${account.id} not_1` : account.id
  const { link } = await transact(service.db, (tx) => draw(service, tx, { purpose, subject, lives: days(7), tries: 0 }))
  const replacement = { account, password, kind: 'password-reset', actor } as const
  const presses = Array.from({ length: CALLERS }, () => press(service, link, actor))
  const [outcomes] = await Promise.all([
    Promise.all(presses),
    transact(service.db, (tx) => replacePassword(service, tx, replacement)),
  ])
  return { outcomes, account }
}

suite('Z3 D3: an old letter and a new password meet', () => {
  for (const [name, purpose, press] of [
    ['"it was not me" of a notice', 'not-me', notMe],
    ['"it was not me" of a block', 'unblock', disownAttempt],
  ] as const)
    test(`${name} leaves no link behind that chooses yet another password`, async () => {
      const service = await testService()
      let alive = 0
      for (let round = 0; round < ROUNDS / 10; round++) {
        const { outcomes } = await meet(service, round, purpose, press)
        for (const outcome of outcomes) if (outcome.ok && (await whoseReset(service, outcome.link ?? ''))) alive++
      }
      assert.equal(alive, 0)
    })

  test('"it was me" of a block lets no browser try once there is a new password', async () => {
    const service = await testService()
    const { account } = await meet(service, 0, 'unblock', unblockAccount)
    const acts = await service.db
      .selectFrom('history')
      .select('kind')
      .where('account_id', '=', account.id)
      .orderBy('seq' as 'id')
      .execute()
    const kinds = acts.map(({ kind }) => kind)
    assert.ok(kinds.lastIndexOf('account-unblocked') < kinds.lastIndexOf('password-reset'), kinds.join(' '))
  })
})
