/** The letter to an address that signs up: the code, or that it has an account already. */

import { type Duration, inMinutes } from '../../platform/clock.ts'
import { type Db, type Tx, transact } from '../../platform/database/db.ts'
import type { Language } from '../../platform/languages/languages.ts'
import type { Writes } from '../../platform/needs.ts'
import type { Message, Outbox } from '../../platform/outbox/outbox.ts'
import { at, urls } from '../../urls.ts'
import type { LimitFigures } from '../limits/counters/limits.ts'
import { type LetterNeeds, reserveMailQuota } from '../limits/letter-limits.ts'
import { type Email, emailKey } from '../model/account/email.ts'
import { findAccountByEmail } from '../model/account/store.ts'
import type { Brand, BrandNeeds } from '../model/brand/brand.ts'
import { drawNone, type OneTime } from '../model/one-time/one-time.ts'
import type { ProductId } from '../model/product/product.ts'
import { dropMade, holdSignUp, isReady, type PendingSignUp } from '../model/sign-up/store.ts'
import { type CodeFacts, drawForLetter, drawNoneForLetter } from './letter-code.ts'

export type SignUpLetterNeeds = Writes &
  LetterNeeds &
  BrandNeeds & {
    outbox: Outbox
    origin: string
    figures: { codeLives: Duration } & LimitFigures<'code-tries'>
  }

/** The job that writes one of the two letters; `product`: on the way to which the person signs up. */
export type SignUpLetterJob = { journey: string; product: ProductId | undefined; email: Email; language: Language }
declare module '../../platform/outbox/outbox.ts' {
  interface Jobs {
    'sign-up-letter': SignUpLetterJob
  }
  interface Letters {
    'sign-up-code': CodeFacts
    /** `link` to sign in, `forgot` to choose a new password. */
    'address-has-account': { brand: Brand; link: string; forgot: string }
  }
}

/** By which the delivery of a sign-up's letters is found. */
export const referenceOf = (journey: string): string => `sign-up ${journey}`

const codeFor = ({ figures }: SignUpLetterNeeds, journey: string): OneTime => ({
  purpose: 'sign-up',
  subject: journey,
  lives: figures.codeLives,
  tries: figures.limits['code-tries'],
})

/** Ends the code of before. There is none until its letter is written, so that none is guessed that nobody was told. */
export const endCode = (needs: SignUpLetterNeeds, tx: Tx, journey: string): Promise<void> =>
  drawNone(needs, tx, codeFor(needs, journey))

/** Somebody has the passkey since it was made: another one is made, and a new code follows it. */
export const dropPasskey = (needs: SignUpLetterNeeds & { db: Db }, journey: string): Promise<void> =>
  transact(needs.db, async (tx) => {
    await dropMade(tx, journey)
    await endCode(needs, tx, journey)
  })

const letterJob = ({ figures }: SignUpLetterNeeds, facts: SignUpLetterJob): Message<'job'> => ({
  topic: 'job',
  name: 'sign-up-letter',
  account: null,
  facts,
  usefulFor: figures.codeLives,
})

export const postLetter = (
  needs: SignUpLetterNeeds,
  tx: Tx,
  towards: Pick<SignUpLetterJob, 'journey' | 'product'>,
  { email, language }: PendingSignUp,
): Promise<void> => needs.outbox.post(tx, letterJob(needs, { ...towards, email, language }))

/**
 * Draws the code, and writes the letter that tells the mailbox the truth: the code, or that there is an account already.
 * Both or neither: while no letter may go, the code of the one before goes on working. None is written once another
 * address was typed, or the sign-up finished; a request that types one meanwhile waits for the lock, and then ends the code drawn here.
 */
export async function writeSignUpLetter(needs: SignUpLetterNeeds, tx: Tx, job: SignUpLetterJob): Promise<void> {
  const pending = await holdSignUp(tx, job.journey, needs.clock.now())
  if (pending?.email !== job.email || !isReady(pending)) return
  const address = emailKey(job.email)
  const quota = await reserveMailQuota(needs, tx, { address, kind: 'code' }, letterJob(needs, job))
  if (!quota) return
  const { outbox, figures, origin } = needs
  const brand = needs.brandOf(job.product)
  const owner = await findAccountByEmail(tx, job.email)
  const page = (path: string, query: Record<string, string>) => origin + at(path, query)
  const { journey } = job
  const query = { letter: journey }
  const forLetter = { own: codeFor(needs, journey), address, quota }
  const whole = { topic: 'mail', reference: referenceOf(journey) } as const
  if (owner) {
    const { lives: usefulFor } = await drawNoneForLetter(needs, tx, forLetter)
    const facts = { brand, link: page(urls.signIn, query), forgot: page(urls.forgot, query) }
    const { id: account, email: to, language } = owner
    return outbox.post(tx, { ...whole, name: 'address-has-account', account, to, language, facts, usefulFor })
  }
  const { facts: code, link, lives: usefulFor } = await drawForLetter(needs, tx, forLetter)
  const minutes = inMinutes(figures.codeLives)
  const facts = { brand, ...code, link: page(urls.verify, { link, ...query }), minutes }
  const { email: to, language } = job
  await outbox.post(tx, { ...whole, name: 'sign-up-code', account: null, to, language, facts, usefulFor })
}
