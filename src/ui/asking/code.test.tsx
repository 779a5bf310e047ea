/** What the pages that ask for a code offer when it is refused: the one thing that helps. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sampleFrame } from '../layout/sample-frame.ts'
import { Page, renderPage } from '../layout.tsx'
import { AskForCode, type CodeProps, type CodeRefusal, codeProblems, codeTexts } from './code.tsx'

const t = codeTexts.in('en')

/** The title of the summary, the main buttons, the quiet ones. */
function offered(refusal: CodeRefusal | undefined, change?: string) {
  const props: CodeProps = {
    frame: sampleFrame,
    action: '/it',
    submit: 'Go on',
    resend: '/again',
    refusal,
    ...(change && { change }),
  }
  const html = renderPage(
    <Page frame={sampleFrame} title="Code" {...codeProblems(props)}>
      <AskForCode {...props} />
    </Page>,
  )
  const named = (tag: RegExp) => [...html.matchAll(new RegExp(`<${tag.source}>([^<]*)<`, 'g'))].map(([, name]) => name)
  return {
    says: named(/h2/)[0],
    main: named(/button type="submit" class="button"/),
    quiet: named(/button type="submit" class="(?:link|button quiet)"/),
    field: html.includes('<input id="code"'),
  }
}

suite('a code that is refused', () => {
  test('is typed again where it may be', () => {
    const open = { main: ['Go on'], quiet: [t('resend')], field: true }
    assert.deepEqual(offered(undefined), { says: undefined, ...open })
    for (const refusal of ['code-missing', 'code-wrong'] as const)
      assert.deepEqual(offered(refusal), { says: 'One thing to put right', ...open })
    assert.deepEqual(offered('asked-too-often'), { says: t('asked-too-often'), ...open })
  })

  test('gives way to a new one where none can be right', () => {
    for (const refusal of ['code-expired', 'code-used-up'] as const)
      assert.deepEqual(offered(refusal, '/change'), {
        says: t(refusal),
        main: [t('resend')],
        quiet: ['Go on'],
        field: true,
      })
  })
})
