/** What would still open an account whose owner has lost the phone, and how many of its factors are independent of each other. */
import type { Db } from '../../../platform/database/db.ts'
import type { Language } from '../../../platform/languages/languages.ts'
import type { Account } from '../../model/account/store.ts'
import { type FactorKind, factorKinds, isByPhone } from '../../model/factor/kinds.ts'
import { passkeysOf } from '../../model/factor/passkey-store.ts'
import { codesLeft } from '../../model/factor/recovery-code-store.ts'
import { factorsOf } from '../../model/factor/store.ts'
import { isOwnMailbox } from './second-factor-subject.ts'
import { contactShown } from './sent-code.ts'

/** `kept`: a passkey in a security key, in the person's cloud (backed up), or on the one device that made it. */
export type KnownFactor = { kind: FactorKind; name: string; contact: string; kept?: 'key' | 'cloud' | 'device' }
export type FactorLeft = Pick<KnownFactor, 'kind' | 'name' | 'contact'> | { left: number }

/** `perhaps`: as long as that device is not the phone. */
export type WithoutPhone = { opens: FactorLeft[]; perhaps: FactorLeft[]; gone: FactorLeft[]; independent: number }

/**
 * An authenticator app is usually on the phone, and the number used last is that of the phone. Another number, a security key, a
 * synced passkey, a back-up mailbox and printed codes are not lost with it.
 *
 * @param ways the one used last comes first
 */
export function withoutPhone(ways: readonly KnownFactor[], recoveryCodes: number): WithoutPhone {
  const number = ways.find(({ kind }) => isByPhone(kind))?.contact
  const isLost = ({ kind, contact }: KnownFactor): boolean =>
    !!factorKinds[kind].onPhone || (isByPhone(kind) && contact === number)
  const gone = ways.filter(isLost)
  const perhaps = ways.filter(({ kept }) => kept === 'device')
  const stay = ways.filter((way) => !gone.includes(way) && !perhaps.includes(way))
  const numbers = new Set(stay.map(({ kind, name, contact }) => contact || `${kind} ${name}`))
  const codes: FactorLeft[] = recoveryCodes > 0 ? [{ left: recoveryCodes }] : []
  const independent = (gone.length > 0 ? 1 : 0) + perhaps.length + numbers.size + codes.length
  return { opens: [...stay, ...codes], perhaps, gone, independent }
}

/** @param language in which numbers are shown */
export async function lookWithoutPhone(db: Db, account: Account, language: Language): Promise<WithoutPhone> {
  const passkeys = new Map((await passkeysOf(db, account.id)).map((passkey) => [passkey.factor_id, passkey]))
  const usable = (await factorsOf(db, account.id)).filter((factor) => !isOwnMailbox(factor, account))
  const ways = usable.map(({ id, kind, name, contact }): KnownFactor => {
    const passkey = passkeys.get(id)
    const shown = contactShown({ kind, contact: contact ?? '' }, language)
    return { kind, name, contact: shown, ...(passkey && { kept: keptIn(passkey) }) }
  })
  return withoutPhone(ways, (await codesLeft(db, account.id)).left)
}

/** Security keys are plugged in or held to a device (WebAuthn Level 3, section 5.8.4). */
function keptIn({ backed_up, transports }: { backed_up: boolean; transports: string }): 'key' | 'cloud' | 'device' {
  if (backed_up) return 'cloud'
  return /\b(usb|nfc|ble|smart-card)\b/.test(transports) && !/\binternal\b/.test(transports) ? 'key' : 'device'
}
