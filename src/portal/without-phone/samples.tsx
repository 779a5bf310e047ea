/** The answers to "Would you get in without your phone?". */
import { type KnownFactor, withoutPhone } from '../../core/operations/factor/without-phone.ts'
import { nadia, type PageSample } from '../../ui/samples.tsx'
import { portalOf } from '../frame.ts'
import { WithoutPhonePage } from './pages.tsx'

const app: KnownFactor = { kind: 'app', name: '', contact: '' }
const phone: KnownFactor = { kind: 'text', name: '', contact: '613-555-0142' }
const home: KnownFactor = { kind: 'voice', name: 'La maison', contact: '613-555-0187' }
const laptop: KnownFactor = { kind: 'passkey', name: '', contact: '', kept: 'device' }
const key: KnownFactor = { kind: 'passkey', name: 'Clé USB', contact: '', kept: 'key' }
const mailbox: KnownFactor = { kind: 'email', name: '', contact: 'nadia@autre.example' }

const answer =
  (ways: readonly KnownFactor[] | undefined, codes = 0, hasPassword = true): PageSample =>
  (frame) => (
    <WithoutPhonePage
      frame={frame}
      portal={portalOf(frame.language, nadia.email)}
      found={ways && withoutPhone(ways, codes)}
      hasPassword={hasPassword}
    />
  )

export const pages: Record<string, PageSample> = {
  'nothing but a password': answer(undefined),
  'two-step verification off, no password': answer(undefined, 0, false),
  no: answer([app, phone]),
  perhaps: answer([phone, laptop]),
  'yes, by all there is': answer([app, phone, home, laptop, key, mailbox], 8),
}
