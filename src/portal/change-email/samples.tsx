/** The states of a change of address: its form, the page of its code, what its link shows, its letters. */
import { parseEmail } from '../../core/model/account/email.ts'
import { problemText } from '../../journey/errors/problem-texts.ts'
import { refused } from '../../platform/outcome.ts'
import type { CodeRefusal, LetterState } from '../../ui/asking/code.tsx'
import { happening, type LetterSample, longNadia, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { portalOf } from '../frame.ts'
import * as write from './letters.ts'
import { EmailLinkPage, EmailPage, FixedEmailPage, VerifyEmailPage } from './pages.tsx'
import { texts } from './texts.ts'

const NEW = 'nadia@benali.example'
const minutes = 30

type Typed = {
  email?: string
  address?: string
  pending?: string
  problem?: 'too-many' | 'address-taken' | 'email-missing'
}

const form =
  ({ email, address = nadia.email, pending, problem }: Typed): PageSample =>
  (frame) => {
    const parsed = email === undefined ? undefined : parseEmail(email)
    const problems = {
      ...(parsed?.ok === false && { email: problemText(frame.language, parsed) }),
      ...(problem === 'too-many' && { form: problemText(frame.language, refused('too-many')) }),
      ...(problem && problem !== 'too-many' && { email: texts.in(frame.language)(problem) }),
    }
    const typed = email === undefined ? {} : { email }
    return (
      <EmailPage
        frame={{ ...frame, draft: typed }}
        portal={portalOf(frame.language, address)}
        action={urls.email}
        {...{ address, pending, problems }}
      />
    )
  }

const fixed =
  (support: string, address = nadia.email): PageSample =>
  (frame) => (
    <FixedEmailPage {...{ frame, support, address }} portal={portalOf(frame.language, address)} current={urls.email} />
  )

type More = { letter?: LetterState; meant?: string; resent?: boolean; address?: string }

const verify =
  ({ address = NEW, ...more }: More, refusal?: CodeRefusal): PageSample =>
  (frame) => (
    <VerifyEmailPage
      frame={refusal ? { ...frame, draft: { code: '482914' } } : frame}
      portal={portalOf(frame.language, nadia.email)}
      action={urls.emailVerify}
      resend={urls.emailResend}
      change={urls.email}
      {...{ address, minutes, refusal, ...more }}
    />
  )

const link = 'Zk1rTmd4b2s3cVdtT0h5bEExTmd4b2s3cVdtT0h5bEE'
const here = (address: string) => ({ action: urls.emailVerify, link, address })

export const pages: Record<string, PageSample> = {
  fresh: form({}),
  'long address, back to correct the new one': form({ address: longNadia.email, pending: NEW }),
  'no address': form({ email: '', problem: 'email-missing' }),
  'not an address': form({ email: 'nadia.benali' }),
  'too long before the @': form({ email: longNadia.email.replace('@', '-and-her-sister@') }),
  'taken meanwhile': form({ pending: NEW, problem: 'address-taken' }),
  'too many': form({ email: NEW, problem: 'too-many' }),
  'looked after, an address to ask': fixed('aide@atelier.example'),
  'looked after, a page to ask': fixed('https://atelier.example/aide'),
  'looked after, words to ask': fixed('the people in the office, extension 4012'),
  'looked after, nobody named, long address': fixed('', longNadia.email),
  'code, nothing known of the letter': verify({}),
  'code, letter on its way': verify({ letter: 'waiting' }),
  'code, letter delayed': verify({ letter: 'delayed' }),
  'code, letter taken, long address': verify({ letter: 'done', address: longNadia.email }),
  'code, letter refused, another address meant': verify({
    letter: 'dead',
    address: 'nadia@gmial.com',
    meant: 'nadia@gmail.com',
  }),
  'code, sent again': verify({ letter: 'waiting', resent: true }),
  'code missing': verify({ letter: 'done' }, 'code-missing'),
  'code wrong': verify({ letter: 'done' }, 'code-wrong'),
  'code expired': verify({}, 'code-expired'),
  'code used up': verify({}, 'code-used-up'),
  'code, asked for too often': verify({ letter: 'done' }, 'asked-too-often'),
  'link, here': (frame) => <EmailLinkPage frame={frame} change={urls.email} here={here(NEW)} />,
  'link, here, long address': (frame) => (
    <EmailLinkPage frame={frame} change={urls.email} here={here(longNadia.email)} />
  ),
  'link, elsewhere': (frame) => <EmailLinkPage frame={frame} change={urls.email} code="482913" />,
  'link, dead': (frame) => <EmailLinkPage frame={frame} change={urls.email} />,
}

const brand = { name: 'Passerelle' }
const account = 'https://account.example'
const known = { ...happening, brand }
const notMe = `${account}${urls.notMe}?link=Zk1rTmd4b2s3cVdtT0h5bEE`

export const letters: Record<string, LetterSample> = {
  code: (language) =>
    write.changeCodeLetter(language, {
      code: '482913',
      link: `${account}${urls.emailVerify}?link=${link}`,
      minutes,
      brand,
    }),
  'tried with another account': (language) => write.triedLetter(language, { own: false, brand }),
  'tried with the same account': (language) => write.triedLetter(language, { own: true, brand }),
  changed: (language) => write.emailChangedLetter(language, { ...known, notMe }),
  'changed, to the mailbox of before': (language) =>
    write.undoLetter(language, { ...known, link: `${account}${urls.undo}?link=${link}`, days: 7 }),
}
