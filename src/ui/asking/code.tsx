/** A code from a letter, as every page that asks for one has it: what became of the letter, the field, and the way on. */
import { defineTexts } from '../../platform/languages/languages.ts'
import { CodeField, Form, QuietButton } from '../form.tsx'
import type { FieldLabels, Frame, ProblemTexts } from '../frame.ts'
import { Page } from '../layout.tsx'
import { Alternatives, Note, Prose, strong } from '../notice.tsx'

/** Why a code was not taken; or why no other is sent. */
export type CodeRefusal = 'code-missing' | 'code-wrong' | 'code-expired' | 'code-used-up' | 'asked-too-often'

export const codeTexts = defineTexts('code', {
  code: 'Verification code',
  verify: 'Verify email',
  resend: 'Resend code',
  change: 'Change the address',
  junk: 'If the email does not arrive, look in your junk folder, or have it sent again.',
  resent:
    'A new code is on its way; it can take a minute. We send a few an hour at most: always use the newest one you have.',
  'resent.delayed':
    'A new code follows as soon as the mail server takes it: it asked us to try again a little later. Always use the newest one you have.',
  'delivery.waiting': 'Your email is on its way.',
  'delivery.delayed': 'The mail server asked us to try again a little later. We will.',
  'delivery.done': 'The mail server has taken your email.',
  'delivery.dead': 'The mail server refused your email. Is the address right?',
  meant: 'Did you mean {address}?',
  'code-missing': 'Type the code from the email.',
  'code-wrong': 'That is not the right code. Type the one in the newest email.',
  'code-expired': 'This code no longer works. Have a new one sent.',
  'code-used-up': 'Too many wrong codes. Have a new one sent.',
  'asked-too-often': 'Too many codes were asked for. Type the newest one you have, or wait a quarter of an hour.',
  linkWarning: 'Give this code to nobody, not even to us. It is only for the {brand} page on which you asked for it.',
} satisfies Record<CodeRefusal, string> & Record<string, string>)

/** What is known of a letter. */
export type LetterState = 'waiting' | 'delayed' | 'done' | 'dead'

export const letterState = (known: { state: 'waiting' | 'done' | 'dead'; attempts: number }): LetterState =>
  known.state === 'waiting' && known.attempts > 1 ? 'delayed' : known.state

export type CodeProps = {
  frame: Frame
  action: string
  /** What the button says, unless it is that the address is verified. */
  submit?: string
  resend: string
  /** Where the address is corrected, if it was typed here. The letter to such a one has a link beside the code. */
  change?: string
  /** A likelier address. */
  meant?: string | undefined
  letter?: LetterState | undefined
  resent?: boolean
  refusal?: CodeRefusal | undefined
}

/** What its page says on top. What the field cannot put right is not said of the field. */
export function codeProblems({ frame, refusal }: CodeProps): { problems: ProblemTexts; labels: FieldLabels } {
  const t = codeTexts.in(frame.language)
  const labels = { code: t('code') }
  if (!refusal) return { problems: {}, labels }
  const field = refusal === 'code-missing' || refusal === 'code-wrong' ? 'code' : 'form'
  return { problems: { [field]: t(refusal) }, labels }
}

/** One thing to do: to type the code; where none can be right any more, to have a new one sent. */
export const AskForCode = (props: CodeProps) => {
  const { frame, action, resend, change, meant, refusal } = props
  const t = codeTexts.in(frame.language)
  const submit = props.submit ?? t('verify')
  const spent = refusal === 'code-expired' || refusal === 'code-used-up'
  const toChange = change && <a href={change}>{t('change')}</a>
  return (
    <>
      {spent && <Form frame={frame} id="resend" action={resend} submit={t('resend')} />}
      {!spent && refusal !== 'asked-too-often' && <Note>{newsOf(props)}</Note>}
      {meant && (
        <Note>
          <Prose>{t('meant', { address: strong(meant) })}</Prose> {toChange}
        </Note>
      )}
      <Form frame={frame} action={action} submit={submit} quiet={spent}>
        <CodeField frame={frame} label={t('code')} problem={codeProblems(props).problems.code} refused={spent} />
      </Form>
      {(!spent || (toChange && !meant)) && (
        <Alternatives>
          {!spent && (
            <QuietButton frame={frame} action={resend}>
              {t('resend')}
            </QuietButton>
          )}{' '}
          {!meant && toChange}
        </Alternatives>
      )}
    </>
  )
}

/** The page of a code from a letter, outside of account management. */
export const CodePage = ({ lead, ...asked }: CodeProps & { lead: string }) => (
  <Page frame={asked.frame} title={codeTexts.in(asked.frame.language)('code')} lead={lead} {...codeProblems(asked)}>
    <AskForCode {...asked} />
  </Page>
)

/** What has become of the letter. Of one sent again, only what holds for the one before it too. */
function newsOf({ frame, letter, resent }: CodeProps): string {
  const t = codeTexts.in(frame.language)
  if (letter === 'dead') return t('delivery.dead')
  if (resent) return [t(letter === 'delayed' ? 'resent.delayed' : 'resent'), t('junk')].join(' ')
  return [letter && t(`delivery.${letter}`), t('junk')].filter(Boolean).join(' ')
}

/** A code that its link shows in another browser than the one that asked. */
export const CodeToType = ({ frame, code }: { frame: Frame; code: string }) => (
  <>
    <p class="digits">{code}</p>
    <Note>{codeTexts.in(frame.language)('linkWarning', { brand: frame.brand.name })}</Note>
  </>
)
