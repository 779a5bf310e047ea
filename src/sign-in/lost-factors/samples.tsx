/** The states of asking support for help, and the letter about it. */
import { problemTexts } from '../../journey/errors/problem-texts.ts'
import { whenWords } from '../../ui/letter/happening.ts'
import { happening, type LetterSample, ledger, longNadia, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { askedLetter } from './letters.ts'
import { AskedPage, AskPage, type AskProps } from './pages.tsx'
import { LONGEST_WORDS } from './rules.ts'
import { texts } from './texts.ts'

const form =
  (more: Partial<AskProps> = {}): PageSample =>
  (frame) => (
    <AskPage
      frame={frame}
      action={urls.lostFactors}
      back={urls.secondStepWays}
      address={nadia.email}
      limit={LONGEST_WORDS}
      {...more}
    />
  )

const lost = 'My phone fell into the lake,\nand the recovery codes were on it.'

const refusedReach =
  (reach: string, reason: 'reach-missing' | 'reach-not-one'): PageSample =>
  (frame) =>
    form({ problems: { reach: texts.in(frame.language)(reason) } })({ ...frame, draft: { reach, words: lost } })

const asked =
  (support = '', { email } = nadia): PageSample =>
  (frame) => (
    <AskedPage
      frame={frame}
      reference="KFM-273"
      when={whenWords(frame.language, new Date(happening.at), happening.timeZone)}
      address={email}
      support={support}
      signIn={urls.secondStep}
    />
  )

export const pages: Record<string, PageSample> = {
  fresh: form(),
  'a product waits, long address': (frame) => form({ address: longNadia.email })({ ...frame, toward: ledger }),
  'nothing to reach them by': refusedReach('', 'reach-missing'),
  'neither an address nor a number': refusedReach('12', 'reach-not-one'),
  'an address that is too long': (frame) => {
    const problem = problemTexts.in(frame.language)('address-local-too-long', { limit: 64, has: 71 })
    return form({ problems: { reach: problem } })({ ...frame, draft: { reach: longNadia.email, words: lost } })
  },
  'too many words': (frame) => {
    const problem = texts.in(frame.language)('words-too-long', { limit: LONGEST_WORDS, has: 812 })
    return form({ problems: { words: problem } })({
      ...frame,
      draft: { reach: nadia.email, words: lost.repeat(12) },
    })
  },
  asked: asked(),
  'asked, long address, an address of support': asked('help@example.com', longNadia),
}

export const letters: Record<string, LetterSample> = {
  'support was asked': (language) =>
    askedLetter(language, {
      ...happening,
      brand: { name: 'Passerelle' },
      notMe: `https://account.example${urls.notMe}?link=Zk1rTmd4b2s3cVdtT0h5bEE`,
      reference: 'KFM-273',
    }),
}
