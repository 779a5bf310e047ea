import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { DatabaseUnavailable } from '../../../unavailable.ts'
import { openDatabase } from '../../open.ts'
import { startProgram } from '../../testing/program.ts'
import { takeLock } from './lock.ts'
import { type Owner, thisProcess, toText } from './owner.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'passerelle-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const lockFile = () => join(folder, 'database.lock')
const leftBehindBy = (owner: Partial<Owner>) =>
  writeFileSync(lockFile(), toText({ ...thisProcess('another'), ...owner }))
const inUseBy = (pid: number | undefined) => (error: unknown) =>
  error instanceof DatabaseUnavailable &&
  error.message.includes(`Process ${pid} `) &&
  error.message.includes(folder) &&
  !error.message.includes('\n')
const taken = async () => (await takeLock(folder)).release()
const onLinux = { skip: process.platform !== 'linux' }

describe('the lock on the data folder', () => {
  test('keeps a second process out, and outlives its owner by nothing', async () => {
    const holder = startProgram('hold', folder)
    assert.equal(await holder.nextLine(), 'open')
    const second = () => openDatabase({ kind: 'embedded', folder })
    await assert.rejects(second, inUseBy(holder.child.pid))
    await holder.kill()
    assert.match(readFileSync(lockFile(), 'utf8'), new RegExp(`^${holder.child.pid}\n`))
    const { close } = await second()
    await assert.rejects(second, inUseBy(process.pid))
    await close()
    assert.throws(() => readFileSync(lockFile()), /ENOENT/)
  })

  test('goes to one of many that find its owner dead', async () => {
    const dead = startProgram('hold', folder)
    await dead.nextLine()
    await dead.kill()
    const heirs = await Promise.allSettled(Array.from({ length: 20 }, () => takeLock(folder)))
    const locks = heirs.flatMap((heir) => (heir.status === 'fulfilled' ? [heir.value] : []))
    assert.equal(locks.length, 1)
    const refusals = heirs.flatMap((heir) => (heir.status === 'rejected' ? [heir.reason] : []))
    assert.ok(refusals.every(inUseBy(process.pid)), refusals.join('\n'))
    await Promise.all(locks.map((lock) => lock.release()))
    await taken()
  })

  test('goes to one of several processes that find its owner dead', onLinux, async () => {
    leftBehindBy({ started: '1' })
    const heirs = [1, 2, 3, 4].map(() => startProgram('hold', folder))
    const answers = await Promise.all(heirs.map((heir) => heir.nextLine()))
    assert.equal(answers.filter((answer) => answer === 'open').length, 1, answers.join('\n'))
    await Promise.all(heirs.map((heir) => heir.kill()))
  })

  test('is not kept by a later process with the same id, nor from before the machine restarted', onLinux, async () => {
    leftBehindBy({})
    await assert.rejects(taken, inUseBy(process.pid))
    leftBehindBy({ started: '1' })
    await taken()
    leftBehindBy({ machineStart: 'an earlier one' })
    await taken()
  })

  test('is kept by a process in another container for as long as that lives', onLinux, async () => {
    leftBehindBy({ pidNamespace: 'pid:[1]', pid: 1 })
    await assert.rejects(taken, inUseBy(1), 'without a socket nobody can tell')
    const other = createServer().listen(join(folder, 'database.alive'))
    await assert.rejects(taken, inUseBy(1))
    await new Promise((closed) => other.close(closed))
    const dead = startProgram('hold', folder) // dies without removing its socket
    rmSync(lockFile())
    assert.equal(await dead.nextLine(), 'open')
    await dead.kill()
    leftBehindBy({ pidNamespace: 'pid:[1]', pid: 1 })
    await taken()
  })

  test('that was never written out is a clear line', async () => {
    writeFileSync(lockFile(), '')
    await assert.rejects(taken, (error) => error instanceof DatabaseUnavailable && /delete it/.test(error.message))
  })

  test('can be seen from other containers even if the path of the folder is long', onLinux, async () => {
    const deep = mkdtempSync(join(folder, 'x'.repeat(200)))
    const lock = await takeLock(deep)
    assert.deepEqual(readdirSync(deep), ['database.alive', 'database.lock'])
    await lock.release()
    assert.deepEqual(readdirSync(deep), [])
  })
})
