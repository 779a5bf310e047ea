import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { factsOf, type LanguageFacts } from '../platform/languages/languages.ts'
import type { Frame } from './frame.ts'
import { LanguagePicker } from './language-picker.tsx'
import { sampleFrame } from './layout/sample-frame.ts'
import { Page, renderPage } from './layout.tsx'
import { pages } from './samples.tsx'

const render = (make: (frame: Frame) => JSX.Element): string => renderPage(make(sampleFrame))

describe('the language picker', () => {
  const footer = (html: string): string => html.match(/<footer.*<\/footer>/s)?.[0] ?? ''

  test('lists the others by their own names, in a form of its own', () => {
    for (const { code, name } of sampleFrame.languages) {
      const html = String(<LanguagePicker frame={{ ...sampleFrame, language: code }} />)
      assert.ok(
        html.startsWith(`<details class="language"><summary>${name}</summary><form method="post" action="/language">`),
      )
      const others = sampleFrame.languages.filter((other) => other.code !== code)
      assert.deepEqual(
        [...html.matchAll(/ name="language" value="(.+?)"/g)].map(([, it]) => it),
        others.map((it) => it.code),
      )
      assert.deepEqual(
        [...html.matchAll(/>([^<]+)<\/button>/g)].map(([, it]) => it),
        others.map((it) => it.name),
      )
    }
  })

  test('sends the main form, so that what was typed goes along', () => {
    const html = String(<LanguagePicker frame={sampleFrame} form="form" />)
    assert.equal(html.match(/ form="form" formaction="\/language" formnovalidate=""/g)?.length, 2)
    assert.doesNotMatch(html, /<form|type="hidden"/)
  })

  test('knows whether a page has a main form', () => {
    assert.match(footer(render((frame) => pages['way in, a product waits']!(frame))), / form="form"/)
    const html = footer(render((frame) => pages['account, a list']!(frame)))
    assert.match(html, /<form method="post" action="\/language">/)
    assert.doesNotMatch(html, / form="form"/)
  })

  test('of many languages is one button, named as the present one, which sends the same form', () => {
    const many = Array.from({ length: 84 }, (_, n): LanguageFacts => ({ ...factsOf('en'), code: `en-x-${n}` }))
    const among = (languages: LanguageFacts[]): Frame => ({ ...sampleFrame, languages })
    const html = (form?: string) => String(<LanguagePicker frame={among(many)} form={form} />)
    const button =
      '<button type="submit" class="link" form="form" formaction="/language" formnovalidate="">English</button>'
    assert.equal(html('form'), button)
    assert.match(
      html(),
      /^<form method="post" action="\/language"><input[^>]*><input[^>]*>.*>English<\/button><\/form>$/,
    )
    assert.match(String(<LanguagePicker frame={among(many.slice(0, 8))} form="form" />), /^<details/)
  })

  test('is not misled by what somebody typed', () => {
    const html = render((frame) => <Page frame={frame} title={'<form id="form"'} />)
    assert.doesNotMatch(footer(html), / form="form"/)
  })
})
