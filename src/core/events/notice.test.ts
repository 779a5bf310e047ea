/** Whom a notice reaches where the address is changed in the same moment. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { transact } from '../../platform/database/db.ts'
import { somebody } from '../../testing/people.ts'
import { visitor } from '../../testing/visitor.ts'
import { testService } from '../../testing/world.ts'
import type { Email } from '../model/account/email.ts'
import { findAccountByEmail } from '../model/account/store.ts'
import { findPassword } from '../model/password/store.ts'
import { moveAddress } from '../operations/move-address.ts'
import { replacePassword } from '../operations/password/replace-password.ts'

const actor = visitor
const [before, now] = ['before@exemple.ca' as Email, 'now@exemple.ca' as Email]

test('Z3: a notice goes to the address of the account, and not to the one that the request read at its start', async () => {
  const service = await testService()
  await somebody(service, before)
  const account = await findAccountByEmail(service.db, before)
  const password = account && (await findPassword(service.db, account.id))
  assert.ok(account && password)
  const move = { account: account.id, email: now, kind: 'email-changed', actor } as const
  await transact(service.db, (tx) => moveAddress(service, tx, move))
  const replacement = { account, password, kind: 'password-changed', actor, expected: password } as const
  assert.ok(await transact(service.db, (tx) => replacePassword(service, tx, replacement)))
  await service.post()
  assert.equal(service.box.letters.at(-1)?.template, 'password-changed')
  assert.equal(service.box.letters.at(-1)?.to, now)
})
