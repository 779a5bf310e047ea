import type { FC } from 'hono/jsx'
import type { Language } from './texts.ts'

/** What makes one sample product different from the other: its clothes and its one deep page. */
export type Look = {
  /** The whole stylesheet. */
  css: string
  /** The mark, as an SVG file. */
  icon: string
  /** The deep page that the home page links to, and the folder that its kind lives in. */
  deep: { path: string; folder: string; knows(item: string): boolean; Page: FC<DeepProps> }
  words: Record<Language, { claim: string; lead: string; deepLink: string; deepTitle(item: string): string }>
}

/** What the deep page is told: which item, and for whom. */
export type DeepProps = { language: Language; item: string; name: string }
