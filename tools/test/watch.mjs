/** `npm test -- --watch`: once more whenever a source changes. */
import { watch } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { root } from '../install.mjs'

const FOLDERS = ['src', 'dev', 'e2e', 'bench', 'tools', 'locales', 'db']
const EDITORS_TAKE_MS = 100

/** Does `work` now, and again after every change; one that comes while it runs is not missed. Never returns. */
export async function wheneverSourcesChange(work) {
  let change = later()
  for (const folder of FOLDERS) watch(join(root, folder), { recursive: true }, () => change.resolve())
  for (;;) {
    change = later()
    await work()
    console.log('\nWaiting for a change (Ctrl-C ends) …')
    await change.promise
    await wait(EDITORS_TAKE_MS)
  }
}

function later() {
  let resolve
  const promise = new Promise((it) => {
    resolve = it
  })
  return { promise, resolve }
}
