/** Recovery codes: ten of 80 random bits, each for one use. At 80 bits SHA-256 is enough to store them. */
import type { Random } from '../../../platform/random.ts'
import { sha256 } from '../../../platform/secrets/keyring.ts'
import { codeTyped } from '../../../platform/text.ts'
import type { AccountId } from '../account/store.ts'
import { toBase32 } from './totp.ts'

export const CODES_IN_A_SET = 10
/** When this many or fewer are left, the person is told to make new ones (E3). */
export const FEW_CODES = 2
/** NIST SP 800-63B-4, section 4.2.1.1 asks for 64 bits. */
const CODE_BYTES = 10

/** As they are shown: `ABCD-EFGH-IJKL-MNOP`. */
export const drawCodes = (random: Random): string[] =>
  Array.from({ length: CODES_IN_A_SET }, () => grouped(toBase32(random.bytes(CODE_BYTES))))

const grouped = (text: string): string => text.replaceAll(/(.{4})(?=.)/g, '$1-')

/** As it was shown, whatever the case, spaces and dashes. No code has 0, 1 or 8: they are read as O, I and B. */
const plain = (typed: string): string =>
  codeTyped(typed)
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .replaceAll('0', 'O')
    .replaceAll('1', 'I')
    .replaceAll('8', 'B')

export const looksLikeRecoveryCode = (typed: string): boolean => /^[A-Z2-7]{16}$/.test(plain(typed))

export const recoveryMark = (account: AccountId, typed: string): string =>
  sha256(`recovery code of ${account} ${plain(typed)}`)
