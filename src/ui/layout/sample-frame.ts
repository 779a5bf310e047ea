/** What samples and tests give a page. */
import { defaultLanguage, factsOf, type Language } from '../../platform/languages/languages.ts'
import type { Frame } from '../frame.ts'

/** What samples offer, whatever languages there are: a file more in locales/ changes none of them. */
const OFFERED = ['en', 'fr-CA', 'fr']

/** A frame for samples and tests: no product waits, nothing was typed. */
export const sampleFrame: Frame = {
  language: defaultLanguage,
  languages: OFFERED.map(factsOf),
  csrf: 'sample-csrf',
  here: '/sample?journey=1',
  brand: { name: 'Passerelle', privacy: 'https://passerelle.example/privacy' },
  assets: {
    cssPath: '/assets/style.css',
    scriptPath: '/assets/fields.js',
    proofPath: '/assets/proof.js',
    passkeyPath: '/assets/passkey.js',
    iconPath: '/assets/mark.svg',
    get: () => undefined,
  },
  draft: {},
}

/** The frame in a language, which is always one of three that are offered. */
export function sampleFrameIn(language: Language): Frame {
  const offered = OFFERED.includes(language) ? OFFERED : [...OFFERED.slice(0, -1), language]
  return { ...sampleFrame, language, languages: offered.map(factsOf) }
}
