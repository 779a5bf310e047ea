/** Every second way to sign in that can be set up: the one list of them. */
import { defineTexts } from '../../platform/languages/languages.ts'
import { urls } from '../../urls.ts'
import { LinkButton } from '../form.tsx'
import type { Frame } from '../frame.ts'

const texts = defineTexts('ways-to-set-up', {
  passkey: 'Create a passkey',
  'passkey.hint': 'The lock of your device: your finger, your face, or its PIN. Or a security key.',
  app: 'Set up an authenticator app',
  'app.hint': 'An app on your phone or computer, which shows a code to enter.',
  text: 'Set up text messages',
  'text.hint': 'A code that we send to your phone.',
  voice: 'Set up voice calls',
  'voice.hint': 'A code that we say when we call you, on a landline too.',
})

const ways = [
  { way: 'passkey', path: urls.newPasskey },
  { way: 'app', path: urls.newApp },
  { way: 'text', path: urls.newText, byPhone: true },
  { way: 'voice', path: urls.newVoice, byPhone: true },
] as const

type Props = {
  frame: Frame
  /** Where something else is the one thing to do. */
  quiet?: boolean
  /** Whether texts and calls can be sent. */
  phone: boolean
  /** Says what each is. */
  explained?: boolean
  /** The address of a page, where more has to be said in it. */
  to?(path: string): string
}

export const WaysToSetUp = ({ frame, quiet = false, phone, explained = false, to = (path) => path }: Props) => {
  const t = texts.in(frame.language)
  return (
    <>
      {ways
        .filter((it) => phone || !('byPhone' in it))
        .map(({ way, path }, index) => (
          <p>
            <LinkButton href={to(path)} quiet={quiet || index > 0}>
              {t(way)}
            </LinkButton>
            {explained && <span class="hint">{t(`${way}.hint`)}</span>}
          </p>
        ))}
    </>
  )
}
