/** A code that was sent by text, by call or to a back-up mailbox, as every page that asks for one has it. */
import type { Child, PropsWithChildren } from 'hono/jsx'
import { minutes, seconds } from '../../platform/clock.ts'
import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Refused } from '../../platform/outcome.ts'
import { CodeField, Form, QuietButton } from '../form.tsx'
import type { Frame } from '../frame.ts'
import { Alternatives, Note } from '../notice.tsx'
import type { LetterState } from './code.tsx'

/** Why a code was not taken; or why none is sent. */
export type SentCodeProblem =
  | 'code-missing'
  | 'code-wrong'
  | 'code-expired'
  | 'code-used-up'
  | 'phone-too-many'
  | 'phone-country'
  | 'phone-prefix-stopped'
  | 'mail-too-many'

const texts = defineTexts('sent-code', {
  'news.waiting': 'Your code is on its way.',
  'news.delayed': 'Your code takes longer than usual. We keep trying.',
  'news.done': 'Your code has left us; it can take a minute.',
  'news.dead': 'Your code could not be delivered. Choose another way.',
  again: 'Send another code',
  'code-missing': 'Enter the code.',
  'code-wrong': 'That is not the code. Enter the newest one that you were sent.',
  'code-expired': 'This code no longer works. Have another one sent.',
  'code-used-up': 'There were too many wrong codes. Have another one sent.',
  'phone-too-many':
    'We have sent as many codes as we do in an hour. The next one can be sent in {minutes, plural, one {# minute} other {# minutes}}. Until then, choose another way.',
  'phone-country': 'We cannot send texts or make calls to this country. Choose another way.',
  'phone-prefix-stopped': 'We cannot reach this number at the moment. Choose another way.',
  'mail-too-many': 'We have sent as many codes as we do in an hour. Enter the newest one, or choose another way.',
} satisfies Record<SentCodeProblem, string> & Record<`news.${LetterState}`, string> & { again: string })

export const sentCodeProblem = (language: Language, { reason, figures }: Refused<SentCodeProblem>): string =>
  texts.in(language)(reason, { minutes: Math.ceil(seconds(Number(figures.seconds ?? 0)).ms / minutes(1).ms) })

export type SentCodeProps = PropsWithChildren<{
  frame: Frame
  /** Where the code is posted, and where another one is asked for. */
  action: string
  send: string
  submit: string
  label: string
  values?: Readonly<Record<string, string>>
  problem?: string | undefined
  /** What has become of the newest code. */
  news?: LetterState | undefined
  /** Other ways on. */
  after?: Child
}>

/** Where the code could not be delivered there is none to type. */
export const SentCode = ({ frame, news, send, label, problem, values, after, children, ...form }: SentCodeProps) => {
  const t = texts.in(frame.language)
  return (
    <>
      {news && <Note>{t(`news.${news}`)}</Note>}
      {news !== 'dead' && (
        <Form frame={frame} {...form} {...(values && { values })}>
          <CodeField frame={frame} label={label} problem={problem} autofocus />
          {children}
        </Form>
      )}
      <Alternatives>
        <QuietButton frame={frame} action={send} {...(values && { values })}>
          {t('again')}
        </QuietButton>{' '}
        {after}
      </Alternatives>
    </>
  )
}
