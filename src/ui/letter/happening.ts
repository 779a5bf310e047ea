/** When, from where and with which browser something happened, in words: for letters and lists. */
import { defineTexts, type Language, type Texts } from '../../platform/languages/languages.ts'
import { type BrowserName, browserName } from '../../platform/user-agent.ts'
import type { Brand } from '../frame.ts'
import type { Fact } from '../notice.tsx'
import type { Block, Letter } from './letter.tsx'

const texts = defineTexts('happening', {
  when: 'When',
  where: 'From about',
  browser: 'Browser',
  browserOn: '{browser} on {system}',
  unknownBrowser: 'A browser we do not know',
  network: 'network {network}',
  unknownPlace: 'an unknown network',
  /** French has "1er", which the formats of CLDR do not know. */
  firstOfMonth: '1',
  notMe: 'It was not me',
  notMeWhy:
    'It was not you? Press this button. We then sign your account out everywhere, put its ways to sign in back as they were 7 days ago, and you choose a new password.',
})

/** "Firefox on Windows". */
export const browserWords = (language: Language, userAgent: string): string =>
  nameWords(language, browserName(userAgent))

export function nameWords(language: Language, { browser, system }: BrowserName): string {
  const t = texts.in(language)
  if (browser && system) return t('browserOn', { browser, system })
  return browser ?? system ?? t('unknownBrowser')
}

/** "Montréal, Canada", or the network where nothing better is known. */
export function placeWords(language: Language, place: string | undefined, network: string): string {
  const t = texts.in(language)
  return place || (network ? t('network', { network }) : t('unknownPlace'))
}

/** What the end of a line must not part: a time in itself and from its zone, a day from its month. */
const staysTogether = (before = '', after = ''): boolean =>
  /^(hour|minute|dayPeriod)$/.test(before) || /^(day month|month day)$/.test(`${before} ${after}`)

const inWords = (language: Language, options: Intl.DateTimeFormatOptions, at: Date): string =>
  new Intl.DateTimeFormat(language, options)
    .formatToParts(at)
    .map(({ type, value }, n, parts) => {
      if (type === 'day' && value === '1') return texts.in(language)('firstOfMonth')
      return staysTogether(parts[n - 1]?.type, parts[n + 1]?.type) ? value.replaceAll(' ', '\u00a0') : value
    })
    .join('')

/** "22 November 2026 at 10:02 EST". */
export function whenWords(language: Language, at: Date, timeZone = 'UTC'): string {
  const options = {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  } as const
  return inWords(language, options, at)
}

/** "22 November 2026". */
export const dayWords = (language: Language, at: Date, timeZone = 'UTC'): string =>
  inWords(language, { dateStyle: 'long', timeZone }, at)

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** "2 hours ago". */
export function agoWords(language: Language, at: Date, now: Date): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const seconds = Math.max(0, (now.getTime() - at.getTime()) / 1_000)
  const unit = UNITS.find(([, length]) => seconds >= length)
  return unit ? format.format(-Math.floor(seconds / unit[1]), unit[0]) : format.format(0, 'minute')
}

/** `at`: ISO 8601. */
export type HappeningFacts = { at: string; network: string; place: string; timeZone: string; userAgent: string }

/** `before`: what else is to be known of it, ahead of when and where. What the service did by itself was done nowhere. */
export function happeningBlock(language: Language, facts: HappeningFacts, before: readonly Fact[] = []): Block {
  const t = texts.in(language)
  const { at, network, place, timeZone, userAgent } = facts
  const when = { label: t('when'), value: whenWords(language, new Date(at), timeZone) }
  if (network === '' && userAgent === '') return { facts: [...before, when] }
  return {
    facts: [
      ...before,
      when,
      { label: t('where'), value: placeWords(language, place, network) },
      { label: t('browser'), value: browserWords(language, userAgent) },
    ],
  }
}

/** The way to say that it was somebody else. */
export function notMeBlocks(language: Language, link: string): Block[] {
  const t = texts.in(language)
  return [{ paragraph: t('notMeWhy') }, { button: t('notMe'), url: link }]
}

export type NoticeFacts = HappeningFacts & { brand: Brand; notMe: string }

/** The letter of most notices: what happened, when and from where, what to do (`todo`), and the way to say that it was somebody else. */
export const noticeLetter = (
  language: Language,
  facts: NoticeFacts,
  said: { subject: string; intro: string; facts?: readonly Fact[]; todo?: readonly Block[] },
): Letter => ({
  subject: said.subject,
  blocks: [
    { paragraph: said.intro },
    happeningBlock(language, facts, said.facts),
    ...(said.todo ?? []),
    ...notMeBlocks(language, facts.notMe),
  ],
})

/** A notice that says only what happened: its texts are `NAME.subject` and `NAME.intro`. */
export const noticeOf =
  <Name extends string>(texts: Texts<`${Name}.subject` | `${Name}.intro`>, name: Name) =>
  (language: Language, facts: NoticeFacts): Letter => {
    const t = texts.in(language)
    const intro = t(`${name}.intro`, { brand: facts.brand.name })
    return noticeLetter(language, facts, { subject: t(`${name}.subject`), intro })
  }
