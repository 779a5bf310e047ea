/** Letters: one list of blocks makes both parts of a mail, so that they say the same. */
import { raw } from 'hono/html'
import type { PropsWithChildren } from 'hono/jsx'
import { factsOf, type Language } from '../../platform/languages/languages.ts'
import { oneLine } from '../../platform/plain-text.ts'
import { type Fact, partsOf } from '../notice.tsx'

export type Block =
  | { paragraph: string }
  | { code: string }
  | { button: string; url: string }
  | { facts: readonly Fact[] }
  | { small: string }

/** The subject is the heading too. */
export type Letter = { subject: string; blocks: readonly Block[] }

export type Stationery = { language: Language; brand: { name: string }; footer: string }

/** The two parts of a mail, and a subject that is fit for a header. */
export function renderLetter(letter: Letter, stationery: Stationery): { subject: string; html: string; text: string } {
  const subject = oneLine(letter.subject)
  return {
    subject,
    html: `<!doctype html>${<Html {...stationery} letter={{ ...letter, subject }} />}`,
    text: textOf({ ...letter, subject }, stationery),
  }
}

/** The address of a button. @throws where it is not one of the web: letters lead nowhere else. */
function webAddress(url: string): string {
  if (!/^https?:$/.test(new URL(url).protocol)) throw new Error('a letter can only link to http and https')
  return url
}

// The text part.

/** Breaks lines at spaces; a word that is longer, such as an address, stays whole. */
function wrap(text: string, indent = ''): string {
  const lines: string[] = []
  for (const line of text.split('\n')) {
    let current = indent
    for (const word of line.split(/[ \t]+/)) {
      const longer = current === indent ? current + word : `${current} ${word}`
      if ([...longer].length <= 78 || current === indent) current = longer
      else {
        lines.push(current)
        current = indent + word
      }
    }
    lines.push(current)
  }
  return lines.join('\n')
}

/** A sentence of a letter without the marks of `strong()`. */
const plain = (text: string): string => partsOf(text).join('')

function textBlock(block: Block): string {
  if ('paragraph' in block) return wrap(plain(block.paragraph))
  if ('code' in block) return `    ${oneLine(block.code)}`
  if ('button' in block) return `${wrap(plain(block.button))}\n${webAddress(block.url)}`
  if ('facts' in block)
    return block.facts.map(({ label, value }) => `${wrap(plain(label))}\n${wrap(plain(value), '  ')}`).join('\n')
  return wrap(plain(block.small))
}

const textOf = (letter: Letter, { brand, footer }: Stationery): string =>
  [brand.name, wrap(letter.subject), ...letter.blocks.map(textBlock), `--\n${wrap(footer)}\n`].join('\n\n')

// The HTML part: one column, tables and inline styles, as mail programs need; nothing is loaded from anywhere.

const font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif"
const sheet = 'border:1px solid #d9d7cf;border-radius:14px;background:#ffffff;word-break:break-word'
const mono = 'font-family:ui-monospace,Menlo,Consolas,monospace'

/** Where a mail program honours it, the dark page; elsewhere the light one stays legible. */
const dark = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){.paper{background:#12161a!important}.sheet{background:#1a2026!important;border-color:#333d43!important}
.ink{color:#e9ecea!important}.soft{color:#a3afaa!important}.box{background:#16352d!important}
.go{background:#6fd3b8!important}.go a{color:#06231c!important}}`

const Table = ({ children, style }: PropsWithChildren<{ style?: string }>) => (
  <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0} style={style}>
    {children}
  </table>
)

const Rich = ({ text }: { text: string }) => partsOf(text).map((part, at) => <Lines text={part} bold={at % 2 === 1} />)

const Lines = ({ text, bold }: { text: string; bold: boolean }) => {
  const lines = text.split('\n').map((line, at) => (
    <>
      {at > 0 && <br />}
      {line}
    </>
  ))
  return bold ? <b dir="auto">{lines}</b> : lines
}

const HtmlBlock = ({ block }: { block: Block }) => {
  if ('paragraph' in block)
    return (
      <p class="ink" style={`margin:0 0 16px;${font};font-size:16px;line-height:1.5;color:#17211f`}>
        <Rich text={block.paragraph} />
      </p>
    )
  if ('code' in block)
    return (
      <p
        class="ink box"
        dir="ltr"
        style={`margin:0 0 16px;padding:16px;border-radius:10px;background:#e4f0ec;${mono};font-size:32px;line-height:1.2;font-weight:bold;letter-spacing:6px;text-align:center;color:#17211f`}
      >
        {oneLine(block.code)}
      </p>
    )
  if ('button' in block) return <Button label={block.button} url={webAddress(block.url)} />
  if ('facts' in block) return <FactRows facts={block.facts} />
  return (
    <p class="soft" style={`margin:0 0 16px;${font};font-size:14px;line-height:1.5;color:#55615d`}>
      <Rich text={block.small} />
    </p>
  )
}

const Button = ({ label, url }: { label: string; url: string }) => (
  <table role="presentation" cellpadding="0" cellspacing="0" border={0} style="margin:0 0 16px">
    <tr>
      <td class="go" bgcolor="#0a5f4f" style="border-radius:10px;background:#0a5f4f">
        <a
          href={url}
          style={`display:inline-block;padding:12px 24px;${font};font-size:16px;line-height:1.4;font-weight:bold;color:#ffffff;text-decoration:none`}
        >
          {label}
        </a>
      </td>
    </tr>
  </table>
)

const FactRows = ({ facts }: { facts: readonly Fact[] }) => (
  <Table style="margin:0 0 16px">
    {facts.map(({ label, value }) => (
      <tr>
        <td
          class="soft"
          width="34%"
          valign="top"
          style={`padding:4px 12px 4px 0;${font};font-size:15px;line-height:1.4;color:#55615d`}
        >
          {label}
        </td>
        <td
          class="ink"
          valign="top"
          style={`padding:4px 0;${font};font-size:15px;line-height:1.4;color:#17211f`}
          dir="auto"
        >
          <Rich text={value} />
        </td>
      </tr>
    ))}
  </Table>
)

const Html = ({ letter, ...stationery }: Stationery & { letter: Letter }) => (
  <html lang={stationery.language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
      <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no" />
      <title>{letter.subject}</title>
      <style>{raw(dark)}</style>
    </head>
    <body class="paper" style="margin:0;padding:0;background:#f6f5f1">
      <Sheet letter={letter} {...stationery} />
    </body>
  </html>
)

/** Language and direction stand here again: mail programs keep the body's content only. */
const Sheet = ({ letter, language, brand, footer }: Stationery & { letter: Letter }) => (
  <div lang={language} dir={factsOf(language).direction}>
    <Table>
      <tr>
        <td class="paper" align="center" style="padding:24px 12px;background:#f6f5f1">
          <Table style="max-width:560px">
            <tr>
              <td class="ink" style={`padding:0 8px 16px;${font};font-size:16px;font-weight:bold;color:#17211f`}>
                {brand.name}
              </td>
            </tr>
            <tr>
              <td class="sheet" style={`padding:28px 24px 12px;${sheet}`}>
                <h1 class="ink" style={`margin:0 0 16px;${font};font-size:22px;line-height:1.3;color:#17211f`}>
                  {letter.subject}
                </h1>
                {letter.blocks.map((block) => (
                  <HtmlBlock block={block} />
                ))}
              </td>
            </tr>
            <tr>
              <td class="soft" style={`padding:16px 8px 0;${font};font-size:13px;line-height:1.5;color:#55615d`}>
                <Rich text={footer} />
              </td>
            </tr>
          </Table>
        </td>
      </tr>
    </Table>
  </div>
)
