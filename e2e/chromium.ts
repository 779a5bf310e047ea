/** The Chromium of this machine, as every test in a browser starts it. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { packageRoot } from '../src/platform/package-root.ts'

const FLAGS = [
  'no-sandbox',
  'disable-gpu',
  'disable-background-networking',
  'disable-component-update',
  'disable-sync',
  'disable-quic',
]

export async function startChromium(): Promise<Browser> {
  const tool = pathToFileURL(join(packageRoot, 'tools/find-chromium.mjs')).href
  const { findChromium }: { findChromium(): string | undefined } = await import(tool)
  const executablePath = findChromium()
  assert.ok(executablePath, 'there is no Chromium on this machine')
  return chromium.launch({ executablePath, args: FLAGS.map((flag) => `--${flag}`) })
}
