/** F3: a code that confirms a sign-in does not go to a former mailbox, however the letter and the change meet. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Email } from '../../core/model/account/email.ts'
import { findAccountByEmail } from '../../core/model/account/store.ts'
import { findPassword } from '../../core/model/password/store.ts'
import { moveAddress } from '../../core/operations/move-address.ts'
import { requireEmailConfirmation } from '../../journey/signing-in/email-confirmation.ts'
import { findJourney } from '../../journey/store.ts'
import { transact } from '../../platform/database/db.ts'
import { somebody } from '../../testing/people.ts'
import { ROUNDS } from '../../testing/race.ts'
import { visitor } from '../../testing/visitor.ts'
import { testService } from '../../testing/world.ts'
import { resend } from './rules.ts'

const actor = visitor
const why = { rule: 'far-network', inputs: {} } as const

test('F3 Z3: a code that is sent while the address is changed works only where it went to the address of now', async () => {
  const service = await testService()
  let astray = 0
  for (let round = 0; round < ROUNDS / 10; round++) {
    const [before, now] = [`before${round}@exemple.ca` as Email, `now${round}@exemple.ca` as Email]
    await somebody(service, before)
    const account = await findAccountByEmail(service.db, before)
    const hashed = account && (await findPassword(service.db, account.id))
    assert.ok(account && hashed)
    const doubted = { account: account.id, hashed, why, actor, browser: 'a secret', journey: undefined, to: undefined }
    const { id } = await requireEmailConfirmation(service, doubted)
    const journey = await findJourney(service, id, 'a secret', service.clock.now())
    assert.ok(journey)
    const resends = Array.from({ length: 8 }, () => resend(service, journey, actor))
    const move = { account: account.id, email: now, kind: 'email-changed', actor } as const
    await Promise.all([...resends, transact(service.db, (tx) => moveAddress(service, tx, move))])
    await service.post()
    const live = await service.db
      .selectFrom('one_time_secrets')
      .select('subject')
      .where('purpose', '=', 'confirm')
      .where('subject', '=', `${account.id} ${id}`)
      .execute()
    const last = service.box.letters.findLast(({ template }) => template === 'confirm-sign-in')
    if (live.length > 0 && last?.to !== now) astray++
  }
  assert.equal(astray, 0)
})
