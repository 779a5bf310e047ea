/** F3: a link to reset the password that goes to a former mailbox is dead, however the letter and the change meet. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Email } from '../../core/model/account/email.ts'
import { findAccountByEmail } from '../../core/model/account/store.ts'
import { moveAddress } from '../../core/operations/move-address.ts'
import { transact } from '../../platform/database/db.ts'
import { somebody } from '../../testing/people.ts'
import { ROUNDS } from '../../testing/race.ts'
import { visitor } from '../../testing/visitor.ts'
import { testService } from '../../testing/world.ts'
import { whoseReset } from '../new-password/rules.ts'
import { writeResetLetter } from './rules.ts'

const actor = visitor

test('F3 Z3: letters that are written while the address is changed bring nothing to the mailbox of before', async () => {
  const service = await testService({ PASSERELLE_LETTERS_MINUTE: '1000', PASSERELLE_LETTERS_HOUR: '1000' })
  let alive = 0
  for (let round = 0; round < ROUNDS / 10; round++) {
    const [before, now] = [`before${round}@exemple.ca` as Email, `now${round}@exemple.ca` as Email]
    await somebody(service, before)
    const account = (await findAccountByEmail(service.db, before))?.id
    assert.ok(account)
    const job = { email: before, journey: undefined, product: undefined, actor }
    const letters = Array.from({ length: 8 }, () => transact(service.db, (tx) => writeResetLetter(service, tx, job)))
    const move = { account, email: now, kind: 'email-changed', actor } as const
    await Promise.all([...letters, transact(service.db, (tx) => moveAddress(service, tx, move))])
    await service.post()
    const link = service.box.letters.findLast(({ to, template }) => to === before && template === 'reset-link')?.link
    if (link && (await whoseReset(service, new URL(link).searchParams.get('link') ?? ''))) alive++
  }
  assert.equal(alive, 0)
})
