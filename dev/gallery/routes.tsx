/** `/dev/gallery`: every state of every page, letter and text. In development only: nothing here is anybody's. */
import { Hono } from 'hono'
import { defaultLanguage, type Language } from '../../src/platform/languages/languages.ts'
import { matchLanguage } from '../../src/platform/languages/matching.ts'
import { contentSecurityPolicy } from '../../src/platform/web/headers.ts'
import type { Assets } from '../../src/ui/assets.ts'
import { sampleFrame, sampleFrameIn } from '../../src/ui/layout/sample-frame.ts'
import { renderPage } from '../../src/ui/layout.tsx'
import { branded } from '../../src/ui/letter/writer.ts'
import { LetterPage, ListPage, WidthPage } from './pages.tsx'
import { letterSamples, messageSamples, pageSamples } from './samples.ts'

/** What the service says of its own pages, but that the gallery may put them in a frame. */
const PAGE_POLICY = contentSecurityPolicy([]).replace("frame-ancestors 'none'", "frame-ancestors 'self'")
const GALLERY_POLICY = "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'"
const LETTER_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"

/** How wide a letter is shown where nothing is said. */
const LETTER_WIDTH = 600

const pathOf = ({ slice, slug }: { slice: string; slug: string }): string => `/dev/gallery/${slice}/${slug}`

export function galleryRoutes(assets: Assets): Hono {
  const { cssPath } = assets
  const languageOf = (wanted = ''): Language => matchLanguage(wanted) ?? defaultLanguage
  const app = new Hono()

  app.get('/dev/gallery', (c) => {
    c.header('Content-Security-Policy', GALLERY_POLICY)
    return c.html(renderPage(<ListPage cssPath={cssPath} />))
  })

  for (const sample of pageSamples)
    app.get(pathOf(sample), (c) => {
      const language = languageOf(c.req.query('language'))
      const width = Number(c.req.query('width'))
      c.header('Content-Security-Policy', width ? GALLERY_POLICY : PAGE_POLICY)
      const src = `${pathOf(sample)}?language=${language}`
      const page = width ? (
        <WidthPage cssPath={cssPath} title={sample.name} src={src} width={width} />
      ) : (
        sample.make({ ...sampleFrameIn(language), assets })
      )
      return c.html(renderPage(page))
    })

  for (const sample of letterSamples)
    app
      .get(pathOf(sample), (c) => {
        const language = languageOf(c.req.query('language'))
        const src = `${pathOf(sample)}.html?language=${language}`
        const { subject, text } = branded(sample.make(language), sampleFrame.brand, language)
        const width = Number(c.req.query('width')) || LETTER_WIDTH
        c.header('Content-Security-Policy', GALLERY_POLICY)
        return c.html(renderPage(<LetterPage {...{ cssPath, subject, text, src, width }} />))
      })
      .get(`${pathOf(sample)}.html`, (c) => {
        c.header('Content-Security-Policy', LETTER_POLICY)
        const language = languageOf(c.req.query('language'))
        return c.html(branded(sample.make(language), sampleFrame.brand, language).html)
      })
  for (const sample of messageSamples)
    app.get(pathOf(sample), (c) => c.text(sample.make(languageOf(c.req.query('language')))))
  return app
}
