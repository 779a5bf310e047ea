/** `npm run bench`: builds, and measures the service on both databases, as far as PostgreSQL is installed. */
import { spawnSync } from 'node:child_process'
import { build } from './build.mjs'
import { startPostgres } from './test/postgres.mjs'
import { findPostgres } from './test/programs.mjs'

await build()
const database = findPostgres() ? await startPostgres() : {}
const { status } = spawnSync(process.execPath, ['dist/bench/main.js', ...process.argv.slice(2)], {
  env: { ...process.env, ...database },
  stdio: 'inherit',
})
process.exitCode = status ?? 1
