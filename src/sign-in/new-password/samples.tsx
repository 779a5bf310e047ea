/** The states of a reset link, and the letter that tells of the change. */
import type { PasswordProblem } from '../../core/model/password/policy.ts'
import { changeProblems, problemText } from '../../journey/errors/problem-texts.ts'
import type { Letters } from '../../platform/outbox/outbox.ts'
import { type Figures, refused } from '../../platform/outcome.ts'
import {
  happening,
  type LetterSample,
  ledger,
  longNadia,
  longProduct,
  nadia,
  type PageSample,
} from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { changedLetter } from './letters.ts'
import { DeadLinkPage, ResetPage } from './pages.tsx'

const form = { action: `${urls.reset}?link=Zk1rTmd4b2s3cVdtT0h5bEE`, address: nadia.email, passwordMin: 8 }

const refusedPassword =
  (reason: PasswordProblem, figures?: Figures): PageSample =>
  (frame) => {
    const problems = { 'new-password': problemText(frame.language, refused(reason, figures)) }
    return <ResetPage frame={frame} {...form} problems={problems} />
  }

export const pages: Record<string, PageSample> = {
  fresh: (frame) => <ResetPage frame={frame} {...form} />,
  'a product waits': (frame) => <ResetPage frame={{ ...frame, toward: ledger }} {...form} />,
  'long address and product': (frame) => (
    <ResetPage frame={{ ...frame, toward: longProduct }} {...form} address={longNadia.email} />
  ),
  'it was not them': (frame) => <ResetPage frame={frame} {...form} tookBack done="ended" />,
  'a change was undone': (frame) => <ResetPage frame={frame} {...form} tookBack done="undone" />,
  'it was not them, from the letter': (frame) => <ResetPage frame={frame} {...form} tookBack />,
  'password too short': refusedPassword('password-too-short', { min: 8, has: 5 }),
  'password common': refusedPassword('password-common'),
  'not the same': (frame) => (
    <ResetPage frame={frame} {...form} problems={changeProblems(frame.language, refused('not-the-same'))} />
  ),
  'the stolen password': (frame) => (
    <ResetPage frame={frame} {...form} problems={changeProblems(frame.language, refused('password-turned-off'))} />
  ),
  'link dead': (frame) => <DeadLinkPage frame={frame} forgot={urls.forgot} />,
  'link dead, a product waits': (frame) => <DeadLinkPage frame={{ ...frame, toward: ledger }} forgot={urls.forgot} />,
}

const changed =
  (more: Partial<Letters['password-changed']> = {}): LetterSample =>
  (language) =>
    changedLetter(language, {
      ...happening,
      brand: { name: 'Passerelle' },
      notMe: `https://account.example${urls.notMe}?link=Zk1rTmd4b2s3cVdtT0h5bEE`,
      staysHere: false,
      first: false,
      waysChanged: false,
      ...more,
    })

export const letters: Record<string, LetterSample> = {
  'password changed': changed(),
  'password changed, ways to sign in too': changed({ waysChanged: true }),
  'password changed, this browser stays': changed({ staysHere: true }),
  'the first password': changed({ staysHere: true, first: true }),
  'password changed, the network alone is known': changed({ place: '', timeZone: 'UTC' }),
  'password changed, the browser alone is known': changed({ place: '', timeZone: 'UTC', network: '' }),
  'password changed, the browser is not known': changed({ userAgent: 'curl' }),
  'password changed, nothing is known': changed({ place: '', timeZone: 'UTC', network: '', userAgent: '' }),
}
