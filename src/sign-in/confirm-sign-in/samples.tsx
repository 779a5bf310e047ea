/** The states of a code that confirms a sign-in, and its letter. */
import type { CodeRefusal } from '../../ui/asking/code.tsx'
import { happening, type LetterSample, ledger, longNadia, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { confirmLetter } from './letters.ts'
import { ConfirmPage } from './pages.tsx'

const form = { action: urls.confirm, resend: urls.confirmResend, address: nadia.email, minutes: 30 }

const refused =
  (refusal: CodeRefusal): PageSample =>
  (frame) => <ConfirmPage frame={{ ...frame, draft: { code: '482 914' } }} {...form} refusal={refusal} />

export const pages: Record<string, PageSample> = {
  fresh: (frame) => <ConfirmPage frame={frame} {...form} />,
  'a product waits, long address': (frame) => (
    <ConfirmPage frame={{ ...frame, toward: ledger }} {...form} address={longNadia.email} />
  ),
  resent: (frame) => <ConfirmPage frame={frame} {...form} resent />,
  'code missing': refused('code-missing'),
  'code wrong': refused('code-wrong'),
  'code expired': refused('code-expired'),
  'code used up': refused('code-used-up'),
}

export const letters: Record<string, LetterSample> = {
  'confirm the sign-in': (language) =>
    confirmLetter(language, {
      ...happening,
      brand: { name: 'Passerelle' },
      code: '482913',
      minutes: 30,
      forgot: `https://account.example${urls.forgot}`,
    }),
}
