/** The states of the sign-in page. */
import { parseEmail } from '../../core/model/account/email.ts'
import { problemText } from '../../journey/errors/problem-texts.ts'
import { refused } from '../../platform/outcome.ts'
import {
  challenge,
  happening,
  type LetterSample,
  ledger,
  longNadia,
  longProduct,
  nadia,
  type PageSample,
} from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { copiedLetter } from './letters.ts'
import { type JustDone, SignInPage } from './pages.tsx'
import { texts } from './texts.ts'

const passkey = { action: urls.signInByPasskey, ask: '{}', sealed: 'sealed' }
const ways = { action: urls.signIn, signUp: urls.signUp, forgot: urls.forgot, passkey }

const after =
  (justDone: JustDone): PageSample =>
  (frame) => <SignInPage frame={frame} {...ways} justDone={justDone} />

/** Somebody types this into the field of the address. */
const typed =
  (email: string): PageSample =>
  (frame) => {
    const parsed = parseEmail(email)
    const problems = parsed.ok ? {} : { email: problemText(frame.language, parsed) }
    return <SignInPage frame={{ ...frame, draft: { email } }} {...ways} problems={problems} />
  }

const notRecognised: PageSample = (frame) => (
  <SignInPage
    frame={{ ...frame, draft: { email: nadia.email } }}
    {...ways}
    problems={{ form: texts.in(frame.language)('not-recognised') }}
  />
)

const noPassword: PageSample = (frame) => (
  <SignInPage
    frame={{ ...frame, draft: { email: nadia.email } }}
    {...ways}
    problems={{ password: texts.in(frame.language)('password-missing') }}
  />
)

export const pages: Record<string, PageSample> = {
  'a passkey was refused': after('passkey-refused'),
  'a new passkey is not enough': after('older-way'),
  fresh: (frame) => <SignInPage frame={frame} {...ways} />,
  'a product waits': (frame) => <SignInPage frame={{ ...frame, toward: ledger }} {...ways} />,
  'a product with a long name waits for a long address': (frame) => (
    <SignInPage frame={{ ...frame, toward: longProduct }} {...ways} email={longNadia.email} />
  ),
  'the password was reset': after('reset'),
  'the address has an account': after('has-account'),
  'signed out': after('signed-out'),
  'the address was changed': after('email-changed'),
  'the account closes': after('closing'),
  unblocked: after('unblocked'),
  'once more': after('once-more'),
  'not recognised': notRecognised,
  'not recognised, a product waits': (frame) => notRecognised({ ...frame, toward: ledger }),
  'the browser is checked': (frame) => <SignInPage frame={{ ...frame, challenge, toward: ledger }} {...ways} />,
  'the browser was not checked': (frame) => (
    <SignInPage
      frame={{ ...frame, challenge, draft: { email: nadia.email } }}
      {...ways}
      problems={{ form: problemText(frame.language, refused('not-proven')) }}
    />
  ),
  'no password': noPassword,
  'no address': typed(''),
  'not an address': typed('nadia.benali'),
  'too long before the @': typed(`${longNadia.email.replace('@', '-and-her-sister@')}`),
  'too long after the @': typed(`${longNadia.email}.example`),
}

const facts = {
  ...happening,
  brand: { name: 'Passerelle' },
  notMe: `https://account.example${urls.notMe}?link=Zk1rTmd4b2s3cVdtT0h5bEE`,
}

export const letters: Record<string, LetterSample> = {
  'a browser was copied': (language) => copiedLetter(language, facts),
}
