/** How somebody looks at the pages. */
import type { Spoken } from './words.ts'

export type Way = {
  language: Spoken
  script: boolean
  width: number
  dark?: boolean
  /** What the browser asks for, where that is none of our languages. */
  locale?: string
}

export const WIDE: Way = { language: 'fr-CA', script: true, width: 1_280 }
export const NARROW: Way = { language: 'fr-CA', script: false, width: 320 }
/** With and without JavaScript, wide and narrow, in every language. */
export const THREE_WAYS: readonly Way[] = [WIDE, { ...NARROW, language: 'fr' }, { ...WIDE, language: 'en' }]

export const inWords = ({ language, script, width }: Way): string =>
  `${language}, ${width} px, JavaScript ${script ? 'on' : 'off'}`
