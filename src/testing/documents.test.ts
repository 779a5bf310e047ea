import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { packageRoot } from '../platform/package-root.ts'
import { documents } from './documents.ts'

test('the schema and the journeys stand in the repository as the code makes them, on this database too', async () => {
  for (const [path, expected] of await documents())
    assert.equal(await readFile(join(packageRoot, path), 'utf8'), expected, `${path} is old: run npm run golden`)
})
