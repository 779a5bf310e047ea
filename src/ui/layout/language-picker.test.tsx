import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { type LanguageFacts, languages } from '../../platform/languages/languages.ts'
import type { Frame } from '../frame.ts'
import { Page, renderPage } from '../layout.tsx'
import { pages, sampleFrame } from '../samples.tsx'
import { LanguagePicker } from './language-picker.tsx'

const render = (make: (frame: Frame) => JSX.Element): string => renderPage(make(sampleFrame))

describe('the language picker', () => {
  const picker = (html: string): string => html.match(/<details.*?<\/details>/s)?.[0] ?? ''

  test('belongs to the main form, so that what was typed goes along', () => {
    const html = picker(render((frame) => pages['way in, a product waits']!(frame)))
    assert.equal(html.match(/<button /g)?.length, 2)
    assert.equal(html.match(/ form="form" formaction="\/language" formnovalidate=""/g)?.length, 2)
    assert.doesNotMatch(html, /<form|type="hidden"/)
  })

  test('has a form of its own where the page has no main one', () => {
    const html = picker(render((frame) => pages['account, a list']!(frame)))
    assert.match(html, /<form method="post" action="\/language">/)
    assert.doesNotMatch(html, / form="form"/)
  })

  test('of many languages is one button, named as the present one, which sends the same form', () => {
    const many = Array.from({ length: 84 }, (_, n): LanguageFacts => ({ ...languages[0]!, code: `en-x-${n}` }))
    const html = (form?: string) => String(<LanguagePicker frame={sampleFrame} form={form} all={many} />)
    const button =
      '<button type="submit" class="link" form="form" formaction="/language" formnovalidate="">English</button>'
    assert.equal(html('form'), button)
    assert.match(
      html(),
      /^<form method="post" action="\/language"><input[^>]*><input[^>]*>.*>English<\/button><\/form>$/,
    )
    const few = many.slice(0, 8)
    assert.match(String(<LanguagePicker frame={sampleFrame} form="form" all={few} />), /^<details/)
  })

  test('is not misled by what somebody typed', () => {
    const html = render((frame) => <Page frame={frame} title={'<form id="form"'} />)
    assert.doesNotMatch(picker(html), / form="form"/)
  })
})
