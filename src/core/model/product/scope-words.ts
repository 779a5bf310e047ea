/** What a product may see or do, in words: where it asks for that, and where a person looks at what they agreed to. */
import { defineTexts, type Language } from '../../../platform/languages/languages.ts'
import { partsOfScope } from './product.ts'

const texts = defineTexts('scope', {
  openid: 'an identifier by which it knows you again',
  profile: 'your name and your language',
  email: 'your email address',
  offline_access: 'access while you are away, until you take it back',
  other: 'what it calls “{scope}”',
})
const known = ['openid', 'profile', 'email', 'offline_access'] as const

/** A scope by its name (`scopeAt`); one of an API is named with the host it is for. */
export function scopeWords(language: Language, name: string): string {
  const t = texts.in(language)
  const { scope, resource } = partsOfScope(name)
  if (resource !== undefined) return t('other', { scope: `${scope} (${hostOf(resource)})` })
  const own = known.find((it) => it === scope)
  return own ? t(own) : t('other', { scope })
}

const hostOf = (address: string): string => (URL.canParse(address) && new URL(address).host) || address
