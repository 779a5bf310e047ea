/** The states of the second step, and its letters. */

import { refused as sayNo } from '../../platform/outcome.ts'
import { type SentCodeProblem, sentCodeProblem } from '../../ui/asking/sent-code.tsx'
import { happening, type LetterSample, ledger, longNadia, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { codeToBackUp, recoveryLetter, refusedLetter } from './letters.ts'
import { SecondStepPage, type SecondStepProps, type Way, WaysPage } from './pages.tsx'
import { RECOVERY, type SecondStepProblem } from './rules.ts'
import { texts } from './texts.ts'

const app: Way = { id: 'fac_1', kind: 'app', name: '' }
const named: Way = { id: 'fac_2', kind: 'app', name: 'Le téléphone du bureau' }
const key: Way = { id: 'fac_3', kind: 'passkey', name: '' }
const text: Way = { id: 'fac_4', kind: 'text', name: '', hint: '42' }
const call: Way = { id: 'fac_5', kind: 'voice', name: '', hint: '42' }
const mail: Way = { id: 'fac_6', kind: 'email', name: '', hint: 'n…@autre.example' }
const mailbox: Way = { id: 'mailbox', kind: 'mailbox', name: '', hint: 'n…@exemple.ca' }
const recovery: Way = { id: RECOVERY, kind: 'recovery', name: '' }

const page =
  (more: Partial<SecondStepProps> = {}): PageSample =>
  (frame) => (
    <SecondStepPage
      frame={frame}
      action={urls.secondStep}
      otherWays={urls.secondStepWays}
      send={urls.secondStepSend}
      way={app}
      address={nadia.email}
      days={30}
      {...more}
    />
  )

type Own = Parameters<ReturnType<typeof texts.in>>[0] & SecondStepProblem

const refused =
  (reason: Own): PageSample =>
  (frame) =>
    page({ problems: { [reason === 'too-many' ? 'form' : 'code']: texts.in(frame.language)(reason) } })({
      ...frame,
      draft: { code: '482 914', remember: 'yes' },
    })

const notSent =
  (reason: SentCodeProblem, more: Partial<SecondStepProps> = {}): PageSample =>
  (frame) => {
    const form = sentCodeProblem(frame.language, sayNo(reason, { seconds: 1200 }))
    return page({ way: text, ...more, problems: { form } })(frame)
  }

export const pages: Record<string, PageSample> = {
  'a code of the app': page(),
  'the mailbox, while the app is new': page({ way: mailbox }),
  'a code to the mailbox was sent': page({ way: mailbox, sent: 'done' }),
  'the mailbox is offered beside a new app': (frame) => (
    <WaysPage
      frame={frame}
      ways={[app, mailbox].map((way) => ({ ...way, href: urls.secondStep }))}
      back={urls.secondStep}
      none={urls.lostFactors}
    />
  ),
  'an app with a name, a product waits, long address': (frame) =>
    page({ way: named, address: longNadia.email })({ ...frame, toward: ledger }),
  'a passkey': page({ way: key, passkey: { ask: '{}', sealed: 'sealed' } }),
  'a passkey refused': (frame) =>
    page({
      way: key,
      passkey: { ask: '{}', sealed: 'sealed' },
      problems: { form: texts.in(frame.language)('passkey-refused') },
    })(frame),
  'a text, offered': page({ way: text }),
  'a text, on its way': page({ way: text, sent: 'waiting' }),
  'a text, delayed': page({ way: text, sent: 'delayed' }),
  'a text, delivered': page({ way: text, sent: 'done' }),
  'a text that cannot be delivered': page({ way: text, sent: 'dead' }),
  'a text, its code is over': notSent('code-expired'),
  'a text, too many wrong codes': notSent('code-used-up'),
  'a text, too many sent': notSent('phone-too-many', { sent: 'done' }),
  'a text to a country that is not served': notSent('phone-country', { send: undefined }),
  'a text to numbers that were stopped': notSent('phone-prefix-stopped', { send: undefined }),
  'a call, offered': page({ way: call }),
  'a call, on its way': page({ way: call, sent: 'waiting' }),
  'the back-up address, offered': page({ way: mail }),
  'the back-up address, on its way': page({ way: mail, sent: 'waiting' }),
  'the back-up address, too many sent': notSent('mail-too-many', { way: mail, sent: 'done' }),
  'a recovery code': page({ way: recovery }),
  'code missing': refused('code-missing'),
  'code wrong': refused('code-wrong'),
  'code used already': refused('code-used'),
  'too many codes': refused('too-many'),
  'another way': (frame) => (
    <WaysPage
      frame={frame}
      ways={[app, named, key, text, call, mail, recovery].map((way) => ({ ...way, href: urls.secondStep }))}
      back={urls.secondStep}
      none={urls.lostFactors}
    />
  ),
}

const facts = {
  ...happening,
  brand: { name: 'Passerelle' },
  notMe: `https://account.example${urls.notMe}?link=Zk1rTmd4b2s3cVdtT0h5bEE`,
}

const used =
  (left: number): LetterSample =>
  (language) =>
    recoveryLetter(language, {
      ...facts,
      left,
      ...(left <= 2 && { make: `https://account.example${urls.recoveryCodes}` }),
    })

export const letters: Record<string, LetterSample> = {
  'a code to the back-up address': (language) => codeToBackUp(language, { ...facts, code: '482914', minutes: 5 }),
  'wrong codes after a right password': (language) => refusedLetter(language, facts),
  'a recovery code was used': used(9),
  'a recovery code was used, two are left': used(2),
  'the last recovery code was used': used(0),
}
