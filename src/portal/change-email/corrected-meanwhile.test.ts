/** F2: the code that was sent to one address never proves another, however the letter and the correction meet. */

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Email } from '../../core/model/account/email.ts'
import { findAccountByEmail } from '../../core/model/account/store.ts'
import { transact } from '../../platform/database/db.ts'
import { somebody } from '../../testing/people.ts'
import { ROUNDS } from '../../testing/race.ts'
import { visitor } from '../../testing/visitor.ts'
import { testService } from '../../testing/world.ts'
import { askToChange, confirmByCode, writeChangeLetter } from './rules.ts'

const actor = visitor

suite('F2 Z3: a letter that is written while its address is corrected', () => {
  test('brings no code that proves the other address', async () => {
    const service = await testService({
      PASSERELLE_LETTERS_MINUTE: '1000',
      PASSERELLE_LETTERS_HOUR: '1000',
      PASSERELLE_LETTERS_DAY: '1000',
      PASSERELLE_ADDRESS_REQUESTS: '1000000',
    })
    let proved = 0
    for (let round = 0; round < ROUNDS / 10; round++) {
      const [before, own, foreign] = ['a', 'own', 'foreign'].map((name) => `${name}${round}@exemple.ca`) as [
        Email,
        Email,
        Email,
      ]
      await somebody(service, before)
      const account = await findAccountByEmail(service.db, before)
      assert.ok(account)
      await askToChange(service, account, own, actor)
      const job = { account: account.id, email: own, language: 'en' as const }
      const letters = Array.from({ length: 8 }, () => transact(service.db, (tx) => writeChangeLetter(service, tx, job)))
      const correction = askToChange(service, account, foreign, actor)
      await Promise.all([...letters, correction])
      // As where the mailbox of the other address has had its letters of the hour: no code is drawn for it.
      await service.db.deleteFrom('outbox').where('topic', '=', 'job').execute()
      await service.post()
      const code = service.box.letters.findLast(({ to }) => to === own)?.code
      if (code && (await confirmByCode(service, account, code, actor)).ok) proved++
    }
    assert.equal(proved, 0)
  })
})
