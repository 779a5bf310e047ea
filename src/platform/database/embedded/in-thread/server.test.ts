import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { PGlite } from '@electric-sql/pglite'
import { unpack } from '../archive.ts'
import { anySeed } from '../seed.ts'
import { housekeeper } from './housekeeping.ts'
import { proveSync, startServer } from './server.ts'
import { SyncedFS } from './synced-fs.ts'

const folder = mkdtempSync(join(tmpdir(), 'passerelle-server-'))
after(() => rmSync(folder, { recursive: true }))

describe('the server in a folder', () => {
  const crashes: string[] = []
  let server: PGlite
  before(async () => {
    await unpack(await anySeed(), join(folder, 'database'))
    server = await startServer({ folder: join(folder, 'database') }, (reason) => crashes.push(reason))
  })
  after(async () => {
    if (crashes.length === 0) await server.close() // the last test ends it by a crash
  })

  test('has every commit written through to the disk, and what it only reads not', async () => {
    const { fs } = server
    assert.ok(fs instanceof SyncedFS)
    await server.exec('create table kept (id int)')
    const before = fs.syncs
    for (let id = 0; id < 20; id++) await server.exec(`insert into kept values (${id})`)
    assert.equal(fs.syncs - before, 20)
    await server.query('select * from kept')
    assert.equal(fs.syncs - before, 20)
  })

  test('is refused if commits do not come by', async () => {
    await assert.rejects(proveSync(server, new SyncedFS(folder)), /did not reach the disk/)
  })

  test('saves its log in checkpoints when somebody keeps house', async () => {
    const unsaved = async () => {
      const { rows } = await server.query<{ bytes: number }>(
        `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::int as bytes from pg_control_checkpoint()`,
      )
      return rows[0]?.bytes ?? Number.NaN
    }
    const keepHouse = housekeeper(server)
    await keepHouse()
    await server.exec(`create table large as select repeat(md5(n::text), 10) from generate_series(1, 120000) n`)
    assert.ok((await unsaved()) > 32_000_000)
    await keepHouse()
    assert.ok((await unsaved()) < 100_000)
  })

  test('and has room again for what was deleted since, without waiting for the hour', async () => {
    const keepHouse = housekeeper(server)
    await keepHouse()
    const sizeOf = async () => {
      const { rows } = await server.query<{ bytes: number }>(`select pg_relation_size('large')::int as bytes`)
      return rows[0]?.bytes ?? Number.NaN
    }
    const before = await sizeOf()
    for (let time = 0; time < 3; time++) {
      await server.exec('delete from large')
      await keepHouse()
      await server.exec(`insert into large select repeat(md5(n::text), 10) from generate_series(1, 120000) n`)
      await keepHouse()
    }
    assert.ok((await sizeOf()) < 2.2 * before)
  })

  test('that cannot write through says nothing was committed, and is reported', async () => {
    const { FS, NODEFS } = server.Module
    Object.assign(NODEFS.stream_ops, {
      fsync: () => {
        throw new FS.ErrnoError(29)
      },
    })
    const said: string[] = []
    const statement = Buffer.from('insert into kept values (99)\0')
    const message = Buffer.concat([Buffer.from([0x51, 0, 0, 0, statement.length + 4]), statement])
    await server.execProtocolRawStream(message, {
      onRawData: (bytes) => said.push(Buffer.from(bytes).toString('latin1')),
    })
    assert.match(crashes.join(), /could not fsync/)
    assert.doesNotMatch(said.join(''), /INSERT 0 1/)
  })
})

test('an archive that names files outside of itself is refused', async () => {
  const { gzipSync } = await import('node:zlib')
  const header = Buffer.alloc(1024)
  header.write('../../escaped')
  header.write('00000000000\0', 124)
  await assert.rejects(unpack(gzipSync(header), join(folder, 'other')), /outside/)
  await assert.rejects(unpack(gzipSync(Buffer.from('x'.repeat(600))), join(folder, 'other')), /cut off/)
  assert.throws(() => readFileSync(join(folder, 'other')), /ENOENT/)
})
