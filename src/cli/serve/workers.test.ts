import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { after, suite, test } from 'node:test'
import { temporaryDatabase } from '../../platform/database/testing.ts'
import { emptyFolder, passerelle, start } from '../../testing/command-line.ts'
import { freePort } from '../../testing/free-port.ts'

const server = process.env.PASSERELLE_TEST_DATABASE_URL
const childrenOf = (pid: number | undefined): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)

/** The settings of a service of several processes; its letters go nowhere. */
async function environmentOn(database: string) {
  const PORT = String(await freePort())
  const mail = { SMTP_URL: `smtp://127.0.0.1:${await freePort()}` }
  const PASSERELLE_SECRET = 'a master key, long enough to be one'
  return { PORT, PASSERELLE_URL: `http://localhost:${PORT}`, DATABASE_URL: database, PASSERELLE_SECRET, ...mail }
}

suite('serve --workers', () => {
  const onPostgres = { skip: !server && 'PASSERELLE_TEST_DATABASE_URL is not set' }
  test('several processes serve one port, one that dies is replaced, all stop together', onPostgres, async () => {
    const environment = await environmentOn(await temporaryDatabase(server ?? ''))
    const child = start(['serve', '--workers', '3', '--json'], environment, emptyFolder())
    after(() => child.kill('SIGKILL'))
    assert.ok(child.stdout)
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
    const ready = async (): Promise<void> => {
      for (;;) if ((await lines.next()).value.includes('Passerelle is ready')) return
    }
    for (let n = 0; n < 3; n++) await ready()
    const workers = childrenOf(child.pid)
    assert.equal(workers.length, 3)
    process.kill(workers[0] ?? 0, 'SIGKILL')
    await ready()
    assert.equal(childrenOf(child.pid).length, 3)
    assert.equal((await fetch(`${environment.PASSERELLE_URL}/health/ready`)).status, 200)
    child.kill('SIGTERM')
    assert.deepEqual(await once(child, 'exit'), [0, null])
  })

  test('what one process keeps is refused in one line', async () => {
    const environment = await environmentOn('postgres://nobody@127.0.0.1:1/x')
    const refusal = async (more: Record<string, string>, count = '2') =>
      (await passerelle(['serve', '--workers', count], { ...environment, ...more })).stderr.join()
    assert.match(await refusal({ DATABASE_URL: '' }), /^passerelle: DATABASE_URL is needed for --workers/)
    assert.match(await refusal({ SMTP_URL: '' }), /^passerelle: SMTP_URL is needed for --workers/)
    assert.match(await refusal({}), /^passerelle: PostgreSQL at 127\.0\.0\.1:1, database x cannot be used/)
    assert.match(await refusal({}, 'many'), /It is a whole number from 1 to 999/)
  })
})
