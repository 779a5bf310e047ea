/** F4: where two former mailboxes undo at once, the earlier one has the account in the end. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { putFormerAddress, UNDOABLE_FOR } from '../../core/model/account/addresses.ts'
import type { Email } from '../../core/model/account/email.ts'
import { type AccountId, findAccount, findAccountByEmail } from '../../core/model/account/store.ts'
import { draw } from '../../core/model/one-time/one-time.ts'
import { moveAddress } from '../../core/operations/move-address.ts'
import { minutes } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { somebody } from '../../testing/people.ts'
import { ROUNDS } from '../../testing/race.ts'
import { visitor } from '../../testing/visitor.ts'
import { type TestService, testService } from '../../testing/world.ts'
import { undo } from './rules.ts'

const actor = visitor

/** Changes the address; answers the link that undoes it. */
const change = ({ clock, ...service }: TestService, account: AccountId, from: Email, to: Email): Promise<string> =>
  transact(service.db, async (tx) => {
    clock.advance(minutes(1))
    const former = `fad_${from}`
    await moveAddress({ clock, ...service }, tx, { account, email: to, kind: 'email-changed', actor })
    await putFormerAddress(tx, former, account, from, clock.now())
    const secret = { purpose: 'undo-email', subject: `${account} ${former}`, lives: UNDOABLE_FOR, tries: 0 } as const
    return (await draw({ clock, ...service }, tx, secret)).link
  })

test('F4 Z3: of two mailboxes that undo at once, that of the owner wins, and not that of whoever came later', async () => {
  const service = await testService()
  for (let round = 0; round < ROUNDS / 10; round++) {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => `${name}${round}@exemple.ca` as Email) as [Email, Email, Email]
    await somebody(service, a)
    const account = (await findAccountByEmail(service.db, a))?.id
    assert.ok(account)
    const toA = await change(service, account, a, b)
    const toB = await change(service, account, b, c)
    await Promise.all([undo(service, toA, actor), ...Array.from({ length: 4 }, () => undo(service, toB, actor))])
    assert.equal((await findAccount(service.db, account))?.email, a)
  }
})
