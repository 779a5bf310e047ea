/** What every page is given by the web layer, apart from what it is about. */
import type { Language, LanguageFacts } from '../platform/languages/languages.ts'
import { mayBeShownAgain } from '../platform/web/web.ts'
import type { Assets } from './assets.ts'
import type { WaitingProduct } from './layout/mark.tsx'

/** What of the brand is drawn. `privacy`: the address of the privacy notice. */
export type Brand = { name: string; privacy?: string }

export type Link = { href: string; label: string }

/** What was typed before a refusal or a change of language, by field name. */
export type Draft = Readonly<Record<string, string>>

/** What is wrong, by the id of the field it is about; under `form`, what concerns the whole form. */
export type ProblemTexts = Readonly<Record<string, string | undefined>>

/** What the fields of a page are called, by their ids: the summary of a refusal names them. */
export type FieldLabels = Readonly<Record<string, string>>

export type Frame = {
  language: Language
  /** Those that a person may choose from. */
  languages: readonly LanguageFacts[]
  csrf: string
  /** Path and query of this page: a change of language, or a refusal, comes back to it. */
  here: string
  brand: Brand
  assets: Assets
  toward?: WaitingProduct
  draft: Draft
  /** The main form has to bring a proof of work: this challenge, solved or waited for. */
  challenge?: string | undefined
}

/** Fields of passwords bear such a name, so that nothing can keep what was typed there by mistake. */
export type PasswordName = 'password' | `${string}-password`

/** What a form sent and may be shown again. */
export const draftOf = (form: URLSearchParams): Draft =>
  Object.fromEntries([...form].filter(([name]) => mayBeShownAgain(name)))
