/** A button that asks the browser for a passkey, or to make one. It shows where JavaScript and the browser can do so. */
import type { PropsWithChildren } from 'hono/jsx'
import { Hidden } from '../form.tsx'
import type { Frame } from '../frame.ts'

type Props = PropsWithChildren<{
  frame: Frame
  action: string
  ceremony: 'create' | 'get'
  /** What is asked of the authenticator, as JSON; and the challenge, sealed, which the form brings back. */
  ask: string
  sealed: string
  submit: string
  /** What is said when the browser gives up, or the person does. */
  failed: string
  /** The browser may offer it in the list of what it fills in. */
  conditional?: boolean
  quiet?: boolean
}>

export const PasskeyForm = (props: Props) => {
  const { frame, action, ceremony, ask, sealed, submit, failed, conditional, quiet, children } = props
  const data = { 'data-passkey': '', 'data-ceremony': ceremony, 'data-ask': ask, 'data-failed': failed }
  return (
    <form method="post" action={action} hidden {...data} {...(conditional && { 'data-conditional': '' })}>
      <Hidden frame={frame} values={{ asked: sealed, answer: '' }} />
      {children}
      <button type="submit" class={quiet ? 'button quiet' : 'button'}>
        {submit}
      </button>
      <p class="problem" role="status" />
    </form>
  )
}

/** What is said where it cannot be done. */
export const WithoutPasskey = ({ children }: PropsWithChildren) => (
  <div class="note" data-without-passkey>
    {children}
  </div>
)

/** Another way of a page, shown where the browser can go it. */
export const PasskeyWay = ({ children }: PropsWithChildren) => (
  <div hidden data-passkey-way>
    {children}
  </div>
)

/** A field of a form in which the browser says that this device can make passkeys, once it knows. */
export const SaysWhetherItMakesPasskeys = () => (
  <input type="hidden" name="makes-passkeys" value="" data-makes-passkeys />
)
