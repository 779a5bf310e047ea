/** `passerelle accounts export`: every account with the hash of its password, a line each. */
import { once } from 'node:events'
import { closeSync, openSync, renameSync, writeSync } from 'node:fs'
import type { ExportedAnswer } from '../../operator/transfer/routes.ts'
import { reasonOf } from '../../platform/unavailable.ts'
import { jsonLine, type Options, print } from '../client/output.ts'
import { Refusal } from '../client/refusal.ts'
import { ask } from '../client/service.ts'
import { progressBar } from './progress.ts'

export type ExportOptions = Options & { to?: string }

/** To standard output, or to a file that only its owner may read, which is there once it is whole. */
export async function exportAccounts(options: ExportOptions): Promise<void> {
  const { to } = options
  const file = to === undefined ? undefined : opened(`${to}.part`)
  const progress = progressBar(undefined)
  let accounts = 0
  for (let after: string | null = ''; after !== null; ) {
    const page: ExportedAnswer = await ask('GET', `/accounts/export${after && `?after=${encodeURIComponent(after)}`}`)
    const lines = page.accounts.map((one) => `${jsonLine(one)}\n`).join('')
    if (file !== undefined) writeSync(file, lines)
    else if (!process.stdout.write(lines)) await once(process.stdout, 'drain')
    accounts += page.accounts.length
    after = page.next
    if (file !== undefined) progress.cameTo(0, accounts)
  }
  progress.end()
  if (file === undefined || to === undefined) return
  closeSync(file)
  renameSync(`${to}.part`, to)
  const text = `${accounts} accounts are in ${to}, with the hashes of their passwords: keep it as you keep the database.`
  print(options, { data: { accounts, to }, text })
}

function opened(file: string): number {
  try {
    return openSync(file, 'w', 0o600)
  } catch (error) {
    throw new Refusal('unwritable', `${file} cannot be written: ${reasonOf(error)}`)
  }
}
