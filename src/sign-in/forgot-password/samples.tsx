/** The states of a forgotten password, and its letter. */
import { parseEmail } from '../../core/model/account/email.ts'
import { problemText } from '../../journey/errors/problem-texts.ts'
import { refused } from '../../platform/outcome.ts'
import { challenge, type LetterSample, ledger, longNadia, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { resetLetter } from './letters.ts'
import { ForgotPage, SentPage } from './pages.tsx'

const ways = { action: urls.forgot, signIn: urls.signIn }

/** Somebody types this into the field of the address. */
const typed =
  (email: string): PageSample =>
  (frame) => {
    const parsed = parseEmail(email)
    const problems = parsed.ok ? {} : { email: problemText(frame.language, parsed) }
    return <ForgotPage frame={{ ...frame, draft: { email } }} {...ways} problems={problems} />
  }

export const pages: Record<string, PageSample> = {
  fresh: (frame) => <ForgotPage frame={frame} {...ways} />,
  'a product waits, the address is known': (frame) => (
    <ForgotPage frame={{ ...frame, toward: ledger }} {...ways} email={nadia.email} />
  ),
  'no address': typed(''),
  'not an address': typed('nadia.benali'),
  'too long before the @': typed(`${longNadia.email.replace('@', '-and-her-sister@')}`),
  'too long after the @': typed(`${longNadia.email}.example`),
  'the browser is checked': (frame) => <ForgotPage frame={{ ...frame, challenge }} {...ways} />,
  'the browser was not checked': (frame) => (
    <ForgotPage
      frame={{ ...frame, challenge, draft: { email: nadia.email } }}
      {...ways}
      problems={{ form: problemText(frame.language, refused('not-proven')) }}
    />
  ),
  sent: (frame) => <SentPage frame={frame} minutes={60} again={urls.forgot} signIn={urls.signIn} />,
  'sent, a product waits': (frame) => (
    <SentPage frame={{ ...frame, toward: ledger }} minutes={60} again={urls.forgot} signIn={urls.signIn} />
  ),
}

const link = `https://account.example${urls.reset}?link=Zk1rTmd4b2s3cVdtT0h5bEExTmd4b2s3cVdtT0h5bEE`

const reset =
  (more: { minutes?: number; first?: boolean; asked?: boolean } = {}): LetterSample =>
  (language) =>
    resetLetter(language, { link, minutes: 60, brand: { name: 'Passerelle' }, first: false, asked: false, ...more })

export const letters: Record<string, LetterSample> = {
  'reset link': reset(),
  'reset link, no password yet': reset({ first: true }),
  'reset link, no password yet, two-step verification on': reset({ first: true, asked: true }),
  'reset link, the last of the day': reset({ minutes: 1_440 }),
}
