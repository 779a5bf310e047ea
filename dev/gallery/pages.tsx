/** The pages of the gallery: the list of all samples, and a frame around one of them. */
import type { PropsWithChildren } from 'hono/jsx'
import { languages } from '../../src/platform/languages/languages.ts'
import { letterSamples, messageSamples, pageSamples, sampled } from './samples.ts'

const Document = ({ cssPath, title, children }: PropsWithChildren<{ cssPath: string; title: string }>) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{title}</title>
      <link rel="stylesheet" href={cssPath} />
    </head>
    <body>
      <main class="portal">{children}</main>
    </body>
  </html>
)

const WIDTHS = [320, 768]

/** Leads to one sample, in every language and some widths. */
const Ways = ({ path }: { path: string }) => (
  <>
    {languages.map(({ code }) => (
      <a href={`${path}?language=${code}`}>{code}</a>
    ))}
    {WIDTHS.map((width) => (
      <a href={`${path}?language=fr-CA&width=${width}`}>{`${width} px`}</a>
    ))}
  </>
)

export const ListPage = ({ cssPath }: { cssPath: string }) => (
  <Document cssPath={cssPath} title="Gallery">
    <h1>Every state of every page, letter and text</h1>
    <div>
      {Object.keys(sampled).map((slice) => (
        <section class="card">
          <header>
            <h2>{slice}</h2>
          </header>
          <ul class="rows">
            {[...pageSamples, ...letterSamples, ...messageSamples]
              .filter((sample) => sample.slice === slice)
              .map(({ name, slug }) => (
                <li>
                  <span class="what">{`${/^(letter|message)-/.exec(slug)?.[1]?.concat(': ') ?? ''}${name}`}</span>
                  <Ways path={`/dev/gallery/${slice}/${slug}`} />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  </Document>
)

type WidthProps = { cssPath: string; title: string; src: string; width: number }

/** A page as a window of that width shows it. */
export const WidthPage = ({ cssPath, title, src, width }: WidthProps) => (
  <Document cssPath={cssPath} title={title}>
    <iframe src={src} title={title} width={width} height={900} frameborder={0} />
  </Document>
)

type LetterProps = { cssPath: string; subject: string; text: string; src: string; width: number }

/** Both parts of a letter: the one of HTML shut off from everything. */
export const LetterPage = ({ cssPath, subject, text, src, width }: LetterProps) => (
  <Document cssPath={cssPath} title={subject}>
    <h1>{subject}</h1>
    <div>
      <iframe src={src} title={subject} width={width} height={700} frameborder={0} sandbox="" />
      <pre>{text}</pre>
    </div>
  </Document>
)
