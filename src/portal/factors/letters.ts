/** The letters of ways to sign in that were added, renamed or removed. None contains the name of a factor: an intruder may have chosen it. */
import { factorName } from '../../core/model/factor/texts.ts'
import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Letters } from '../../platform/outbox/outbox.ts'
import { noticeLetter } from '../../ui/letter/happening.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('factors-letters', {
  'added.subject': 'A way to sign in was added',
  'added.intro': 'The account of this address at {brand} has a new way to sign in.',
  'renamed.subject': 'A way to sign in was renamed',
  'renamed.intro': 'A way to sign in to your account at {brand} has another name.',
  'removed.subject': 'A way to sign in was removed',
  'removed.intro': 'A way to sign in to your account at {brand} was removed.',
  way: 'Way',
  twoStep: 'Two-step verification',
  'twoStep.on': 'turned on by it: who signs in with the password is now asked for a second step',
  'twoStep.off': 'turned off by it: the password alone now opens the account',
})

const letterOf =
  (what: 'added' | 'renamed' | 'removed') =>
  (language: Language, facts: Letters['factor-added']): Letter => {
    const t = texts.in(language)
    const { brand, way, twoStep } = facts
    return noticeLetter(language, facts, {
      subject: t(`${what}.subject`),
      intro: t(`${what}.intro`, { brand: brand.name }),
      facts: [
        { label: t('way'), value: factorName(language, way) },
        ...(twoStep ? [{ label: t('twoStep'), value: t(`twoStep.${twoStep}`) }] : []),
      ],
    })
  }

export const addedLetter = letterOf('added')
export const renamedLetter = letterOf('renamed')
export const removedLetter = letterOf('removed')
