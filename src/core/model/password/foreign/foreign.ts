/**
 * Hashes that other services have made, compared as they were made there until their person signs in. What a hash
 * costs is said by the hash, so that it is bounded here: nothing is taken in whose comparison takes more than about
 * two seconds of a processor or 256 MiB.
 */
import { type Done, done, type Refused, refused } from '../../../../platform/outcome.ts'
import { argon2 } from './argon2.ts'
import { bcrypt } from './bcrypt.ts'
import { firebase } from './firebase.ts'
import { pbkdf2 } from './pbkdf2.ts'
import type { Foreign, ForeignProblem, Reader } from './reader.ts'
import { scrypt } from './scrypt.ts'

const readers: readonly Reader[] = [argon2, bcrypt, pbkdf2, scrypt, firebase]
const LONGEST = 1_000

/** Reads a hash in one of the forms that docs/operate.md lists. */
export function readForeign(text: string): Done<{ foreign: Foreign }> | Refused<ForeignProblem> {
  if (text.length > LONGEST) return refused('hash-damaged')
  for (const read of readers) {
    const found = read(text)
    if (typeof found === 'string') return refused(found)
    if (found) return done({ foreign: found })
  }
  return refused('hash-unknown')
}
