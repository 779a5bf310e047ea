import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { languages } from '../platform/languages/languages.ts'
import { Checkbox, CodeField, CopyButton, Field, Form, LinkButton, PasswordField, QuietButton } from './form.tsx'
import { draftOf, type Frame } from './frame.ts'
import { Tile, tileColours } from './layout/mark.tsx'
import { sampleFrame } from './layout/sample-frame.ts'
import { Page, PortalPage, renderPage } from './layout.tsx'
import { Alert, Alternatives, Badge, Card, Divider, Facts, Note, Row, Rows, strong } from './notice.tsx'
import { pages } from './samples.tsx'

const render = (make: (frame: Frame) => JSX.Element, more: Partial<Frame> = {}): string =>
  renderPage(make({ ...sampleFrame, ...more }))

/** Tags with the names of their attributes, in order. Values are escaped, so that no tag ends within one. */
const skeleton = (html: string): string =>
  [...html.matchAll(/<\/?[a-z!][^>]*>/gi)].map(([tag]) => tag.replace(/="[^"]*"/g, '')).join('')

const attributes = (html: string, name: string): string[] =>
  [...html.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map(([, value = '']) => value)

const tagOf = (html: string, id: string): string => html.match(new RegExp(`<\\w+ [^>]*\\bid="${id}"[^>]*>`))?.[0] ?? ''

/** Every prop of every component holds the same text, that of a stranger. */
function everywhere(x: string): string {
  const frame: Frame = {
    ...sampleFrame,
    csrf: x,
    here: x,
    brand: { name: x, privacy: '/privacy' },
    toward: { name: x, colour: x },
    draft: { name: x, code: x },
  }
  const link = { href: '/account', label: x }
  const content = (
    <>
      <Form frame={frame} action="/here" submit={x} values={{ more: x }}>
        <Field frame={frame} name="name" label={x} value={x} problem={`!${x}`} hint={`!${x}`} autocomplete={x} />
        <PasswordField
          frame={frame}
          name="password"
          label={x}
          autocomplete="off"
          problem={`!${x}`}
          strength={{ atLeast: 8 }}
        />
        <CodeField frame={frame} label={x} problem={`!${x}`} />
        <Checkbox frame={frame} name="remember" label={x} problem={`!${x}`} />
      </Form>
      <QuietButton frame={frame} action="/here" values={{ more: x }} about={x}>
        {x}
      </QuietButton>
      <LinkButton href="/here">{x}</LinkButton>
      <CopyButton frame={frame} of={x} />
      <Note>{`!${strong(x)}`}</Note>
      <Alert title={x}>{`!${x}`}</Alert>
      <Card title={`!${x}`} lead={`!${strong(x)}`}>
        <Rows>
          <Row title={x} detail={`!${strong(x)}`} id={x}>
            <Badge>{x}</Badge>
          </Row>
        </Rows>
      </Card>
      <Facts facts={[{ label: x, value: x }]} />
      <Divider>{x}</Divider>
      <Alternatives>{x}</Alternatives>
    </>
  )
  const portal = { home: link, sections: [link], signOut: link, person: `!${x}` }
  const problems = { name: `!${x}`, code: `!${x}` }
  const opening = { frame, title: x, lead: `!${strong(x)}`, problems }
  return (
    renderPage(<Page {...opening}>{content}</Page>) +
    renderPage(
      <PortalPage {...opening} portal={portal} current="/account/other" back={link}>
        {content}
      </PortalPage>,
    )
  )
}

describe('escaping', () => {
  const harmless = skeleton(everywhere('name'))
  const payloads = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)' autofocus='",
    '</title><svg onload=alert(1)>',
    '</textarea><!--',
    '<a href="javascript:alert(1)">',
    '&lt;b&gt;',
    '\u2068<b>\u2069',
    '{name, plural, other {#}}',
    '#fff" onload="alert(1)',
    '\u0000<\u0000script>',
  ]
  for (const payload of payloads)
    test(`a stranger's text adds no tag and no attribute: ${JSON.stringify(payload)}`, () =>
      assert.equal(skeleton(everywhere(payload)), harmless))

  test('and neither does any other text', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: fc.constantFrom(...'<>"\'&/=-! \n`abc\u2068\u2069') }), (text) =>
        assert.equal(skeleton(everywhere(text)), harmless),
      ),
      { numRuns: 200 },
    ))

  test('a link leads to the web, to a letter or a call, to a path; nowhere else', () => {
    const href = (to: string) => attributes(String(<LinkButton href={to}>Go</LinkButton>), 'href')
    for (const to of ['https://shop.example', '/sign-in?a=b', '#here', 'mailto:a@b.example', 'tel:+33123456789'])
      assert.deepEqual(href(to), [to])
    for (const to of ['javascript:alert(1)', ' javascript:alert(1)', 'JAVASCRIPT:alert(1)', 'data:text/html,x'])
      assert.deepEqual(href(to), [])
  })

  test('a colour that is none is not drawn', () =>
    assert.match(everywhere('red"/><script>'), new RegExp(`<rect [^>]*fill="(${tileColours.join('|')})"`)))
})

describe('every sample, in every language', () => {
  for (const [name, make] of Object.entries(pages))
    for (const { code, name: ownName, direction } of languages)
      test(`${name}, ${code}`, () => {
        const html = render(make, { language: code })
        assert.ok(html.startsWith(`<!doctype html><html lang="${code}" dir="${direction}">`))
        assert.doesNotMatch(html, /<style| style=| on\w+=|javascript:/i)
        assert.deepEqual(html.match(/<script[^>]*>/g), ['<script type="module" src="/assets/fields.js">'])
        assert.equal(html.match(/<h1>/g)?.length, 1)
        assert.match(html, new RegExp(`<footer.*>${ownName.replace(/[()]/g, '\\$&')}</(summary|button)>`, 's'))
        const ids = attributes(html, 'id')
        assert.equal(new Set(ids).size, ids.length, `ids are unique: ${ids}`)
        const targets = [
          ...['for', 'form', 'aria-describedby', 'aria-controls'].flatMap((to) => attributes(html, to)),
          ...attributes(html, 'href').flatMap((href) => (href.startsWith('#') ? [href.slice(1)] : [])),
        ].flatMap((value) => value.split(' '))
        for (const target of targets) assert.ok(ids.includes(target), `${target} is there`)
        for (const form of html.match(/<form .*?<\/form>/gs) ?? []) {
          assert.match(form, / method="post"/)
          assert.match(form, /name="csrf" value="sample-csrf"/)
          assert.match(form, /name="here" value="\/sample\?journey=1"/)
        }
      })
})

describe('fields', () => {
  const draft = { email: 'typed@example.org', 'new-password': 'hunter2', remember: 'yes' }
  const frame = { ...sampleFrame, draft }

  test('keep what was typed, ahead of what was stored', () => {
    const html = String(<Field frame={frame} name="email" label="Email" value="stored@example.org" />)
    assert.deepEqual(attributes(html, 'value'), ['typed@example.org'])
    assert.match(String(<Field frame={frame} name="city" label="City" value="Lyon" />), /value="Lyon"/)
    assert.match(String(<Checkbox frame={frame} name="remember" label="Remember" />), /checked/)
    assert.doesNotMatch(String(<Checkbox frame={frame} name="news" label="News" checked />), /checked/)
  })

  test('never show a password again, and a draft never holds one', () => {
    const field = <PasswordField frame={frame} name="new-password" label="Password" autocomplete="new-password" />
    assert.doesNotMatch(String(field), /hunter2|value=/)
    const sent =
      'email=a&password=b&new-password=c&confirm-password=d&csrf=e&here=f&language=g&link=h&code=i&asked=j&answer=k&proof=l&challenge=m'
    assert.deepEqual(draftOf(new URLSearchParams(sent)), { email: 'a', code: 'i' })
  })

  test('say what is wrong with them', () => {
    const html = render((given) => pages['way in, two fields refused']!(given))
    assert.match(tagOf(html, 'email'), /aria-invalid="true" aria-describedby="email-problem"/)
    assert.match(tagOf(html, 'password'), /aria-invalid="true" aria-describedby="password-problem password-hint"/)
    assert.doesNotMatch(tagOf(html, 'first'), /aria-/)
    assert.match(tagOf(html, 'problems'), /role="alert" tabindex="-1"/)
    assert.match(html, /<h2>Two things to put right<\/h2>/)
    assert.match(html, /<a href="#email">Email address<\/a>/)
  })

  test('that are wrong only together are marked, and described by the summary', () => {
    const html = render((given) => pages['way in, refused as a whole']!(given))
    for (const id of ['email', 'password'])
      assert.match(tagOf(html, id), /aria-invalid="true" aria-describedby="problems"/)
  })

  test('that hide what is typed say so by their own name, where there can be several', () => {
    const shows = (name: 'password' | 'new-password') =>
      String(<PasswordField frame={frame} name={name} label="New password" autocomplete="new-password" />)
    assert.match(shows('new-password'), />Show<span class="unseen"> New password<\/span><\/button>/)
    assert.match(shows('password'), />Show<\/button>/)
  })

  test('a problem of no field is said by itself', () => {
    const html = render((given) => <Page frame={given} title="Sign in" problems={{ form: 'No.', email: undefined }} />)
    assert.match(html, /role="alert" tabindex="-1"><h2>No\.<\/h2><\/div>/)
  })

  test('no problem, no summary', () =>
    assert.doesNotMatch(
      render((given) => <Page frame={given} title="Sign in" problems={{ email: undefined }} />),
      /role="alert"/,
    ))
})

describe('the tile of a product', () => {
  const fill = (name: string, colour?: string) =>
    attributes(String(<Tile product={{ name, ...(colour && { colour }) }} />), 'fill')[0]

  test('has its colour, or one that comes of its name', () => {
    assert.equal(fill('Payroll', '#123456'), '#123456')
    assert.equal(fill('Payroll'), fill('Payroll'))
    const names = [
      'Grand Livre',
      'Paie',
      'General Ledger',
      'Payroll',
      'Tidy Calendar',
      'Warehouse',
      'Shop',
      'Club',
      'Desk',
    ]
    assert.ok(new Set(names.map((name) => fill(name))).size > 3)
  })
})
