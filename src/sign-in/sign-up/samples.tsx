/** The states of a sign-up: its form, the page of its code, what its link shows, its letters. */
import { LONGEST_PART, parseEmail } from '../../core/model/account/email.ts'
import type { NameProblem } from '../../core/model/account/name.ts'
import { LONGEST_PASSWORD, type PasswordProblem } from '../../core/model/password/policy.ts'
import { nameProblemTexts, problemText } from '../../journey/errors/problem-texts.ts'
import { type Refused, refused } from '../../platform/outcome.ts'
import type { CodeRefusal, LetterState } from '../../ui/asking/code.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import {
  challenge,
  type LetterSample,
  ledger,
  longNadia,
  longProduct,
  nadia,
  type PageSample,
} from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { signUpLetter, takenLetter } from './letters.ts'
import { LinkPage, SignUpPage, SignUpPasskeyPage, VerifyPage } from './pages.tsx'
import { texts } from './texts.ts'

const form = { action: urls.signUp, signIn: urls.signIn, passwordMin: 8 }
const minutes = 30

type SampleEntries = { email: string; firstName?: string; lastName?: string }

/** What was typed, and what is wrong with the password and with both names; the address is judged as it stands. */
const refusedForm =
  (
    { email, firstName = nadia.firstName, lastName = nadia.lastName }: SampleEntries,
    password: Refused<PasswordProblem>,
    name?: Refused<NameProblem>,
  ): PageSample =>
  (frame) => {
    const { language } = frame
    const parsed = parseEmail(email)
    const problems = {
      ...(!parsed.ok && { email: problemText(language, parsed) }),
      ...(name && nameProblemTexts(language, { firstName: name, lastName: name })),
      password: problemText(language, password),
    }
    const draft = { email, 'first-name': firstName, 'last-name': lastName }
    return <SignUpPage frame={{ ...frame, draft }} {...form} problems={problems} />
  }

const passkey =
  (address: string, problems: ProblemTexts = {}): PageSample =>
  (frame) => (
    <SignUpPasskeyPage
      {...{ frame, address, problems }}
      action={urls.signUpPasskey}
      ask="{}"
      sealed="sealed"
      back={urls.signUp}
    />
  )

type More = { letter?: LetterState; meant?: string; resent?: boolean; address?: string }

const verify =
  ({ address = nadia.email, ...more }: More, product?: Frame['toward']): PageSample =>
  (frame) => (
    <VerifyPage
      frame={{ ...frame, ...(product && { toward: product }) }}
      action={urls.verify}
      resend={urls.resendCode}
      change={urls.signUp}
      address={address}
      minutes={minutes}
      {...more}
    />
  )

const refusedCode =
  (refusal: CodeRefusal, code: string): PageSample =>
  (frame) => (
    <VerifyPage
      frame={{ ...frame, draft: { code } }}
      action={urls.verify}
      resend={urls.resendCode}
      change={urls.signUp}
      address={nadia.email}
      minutes={minutes}
      letter="done"
      refusal={refusal}
    />
  )

const link = 'Zk1rTmd4b2s3cVdtT0h5bEExTmd4b2s3cVdtT0h5bEE'

export const pages: Record<string, PageSample> = {
  fresh: (frame) => <SignUpPage frame={frame} {...form} />,
  'a product waits': (frame) => <SignUpPage frame={{ ...frame, toward: ledger }} {...form} />,
  'back to correct the address': (frame) => (
    <SignUpPage frame={frame} {...form} pending={{ ...nadia, keeps: 'password' }} />
  ),
  'back to correct the address, with a passkey': (frame) => (
    <SignUpPage frame={frame} {...form} pending={{ ...nadia, keeps: 'passkey' }} />
  ),
  'a passkey in place of a password': passkey(nadia.email),
  'a passkey, long address and product': (frame) => passkey(longNadia.email)({ ...frame, toward: longProduct }),
  'a passkey refused': (frame) =>
    passkey(nadia.email, { form: texts.in(frame.language)('passkey.refused') })({ ...frame, toward: ledger }),
  'back to correct, all as long as may be': (frame) => (
    <SignUpPage frame={{ ...frame, toward: longProduct }} {...form} pending={{ ...longNadia, keeps: 'password' }} />
  ),
  'nothing typed': refusedForm(
    { email: '', firstName: '', lastName: '' },
    refused('password-missing', { min: 8 }),
    refused('name-missing'),
  ),
  'not an address, names with signs, short password': refusedForm(
    { email: 'nadia.benali', firstName: '<Nadia>', lastName: 'benali.example' },
    refused('password-too-short', { min: 8, has: 5 }),
    refused('name-unusable'),
  ),
  'long names and password': refusedForm(
    { ...longNadia, firstName: `${longNadia.firstName} Benali`, lastName: `${longNadia.lastName}-Benali` },
    refused('password-too-long', { max: LONGEST_PASSWORD, has: 312 }),
    refused('name-too-long', { limit: 60, has: 67 }),
  ),
  'too long before the @, common password': refusedForm(
    { email: `${'n'.repeat(LONGEST_PART + 1)}@atelier.example` },
    refused('password-common'),
  ),
  'too long after the @, password in a row': refusedForm(
    { email: `nadia@${'atelier.'.repeat(9)}example` },
    refused('password-pattern'),
  ),
  'password about you': refusedForm(nadia, refused('password-about-you')),
  'password unusable': refusedForm(nadia, refused('password-unusable')),
  'too many from one network': (frame) => (
    <SignUpPage frame={frame} {...form} problems={{ form: problemText(frame.language, refused('too-many')) }} />
  ),
  'the browser is checked': (frame) => <SignUpPage frame={{ ...frame, challenge }} {...form} />,
  'the browser was not checked': (frame) => (
    <SignUpPage
      frame={{ ...frame, challenge, draft: { email: nadia.email, 'first-name': 'Nadia', 'last-name': 'Benali' } }}
      {...form}
      problems={{ form: problemText(frame.language, refused('not-proven')) }}
    />
  ),
  'code, nothing known of the letter': verify({}),
  'code, letter on its way': verify({ letter: 'waiting' }, ledger),
  'code, letter delayed': verify({ letter: 'delayed' }),
  'code, letter taken': verify({ letter: 'done' }),
  'code, letter refused, another address meant': verify({
    letter: 'dead',
    address: 'nadia@gmial.com',
    meant: 'nadia@gmail.com',
  }),
  'code, sent again': verify({ letter: 'waiting', resent: true }),
  'code, sent again and delayed': verify({ letter: 'delayed', resent: true }),
  'code, sent again, another address meant': verify({
    letter: 'done',
    resent: true,
    address: 'nadia@gmial.com',
    meant: 'nadia@gmail.com',
  }),
  'code, long address and product': verify({ letter: 'done', address: longNadia.email }, longProduct),
  'code missing': refusedCode('code-missing', ''),
  'code wrong': refusedCode('code-wrong', '482 914'),
  'code expired': refusedCode('code-expired', '482913'),
  'code used up': refusedCode('code-used-up', '111111'),
  'link, here': (frame) => (
    <LinkPage frame={{ ...frame, toward: ledger }} signIn={urls.signIn} here={{ action: urls.verify, link }} />
  ),
  'link, elsewhere': (frame) => <LinkPage frame={frame} signIn={urls.signIn} code="482913" />,
  'link, dead': (frame) => <LinkPage frame={frame} signIn={urls.signIn} />,
  'link, dead, here': (frame) => (
    <LinkPage frame={{ ...frame, toward: ledger }} signIn={urls.signIn} resend={urls.resendCode} />
  ),
}

const brand = { name: 'Passerelle' }
const account = 'https://account.example'

const codeFacts = { code: '482913', link: `${account}${urls.verify}?link=${link}`, minutes, brand }

export const letters: Record<string, LetterSample> = {
  code: (language) => signUpLetter(language, codeFacts),
  'code, after many': (language) =>
    signUpLetter(language, { ...codeFacts, code: '4829 1377 0526 9140 3318', hours: 24 }),
  'address has an account': (language) =>
    takenLetter(language, { link: account + urls.signIn, forgot: account + urls.forgot, brand }),
}
