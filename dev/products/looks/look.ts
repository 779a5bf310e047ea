import type { FC } from 'hono/jsx'
import type { Language, Texts } from '../../../src/platform/languages/languages.ts'

/** What makes one sample product different from the other: its clothes and its one deep page. */
export type Look = {
  /** The whole stylesheet. */
  css: string
  /** The mark, as an SVG file. */
  icon: string
  /** The deep page that the home page links to, and the folder that its kind lives in. */
  deep: {
    path: string
    folder: string
    knows(item: string): boolean
    titleOf(language: Language, item: string): string
    Page: FC<DeepProps>
  }
  texts: Texts<'claim' | 'lead' | 'deepLink'>
}

/** What the deep page is told: for whom, and in which language. */
export type DeepProps = { language: Language; name: string }

/** The sample products are a company of Canada: in English their dollars are just dollars. */
export const inDollars = (language: Language): Intl.NumberFormat =>
  new Intl.NumberFormat([language === 'en' ? 'en-CA' : language], { style: 'currency', currency: 'CAD' })
