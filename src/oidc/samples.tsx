/** The states of the protocol's own pages. */
import { longProduct, type PageSample } from '../ui/samples.tsx'
import { urls } from '../urls.ts'
import {
  DeviceDonePage,
  DeviceFormPage,
  type DeviceProblem,
  DeviceQuestionPage,
  OnwardPage,
  SignOutPage,
} from './pages.tsx'

const form = { action: urls.device, xsrf: 'c2FtcGxlIHByb29m' }
const asked = { ...form, question: 'c2FtcGxlIG1hcms' }

/** A code was sent that cannot go on. */
const refused =
  (problem: DeviceProblem, typed = ''): PageSample =>
  (frame) => <DeviceFormPage frame={frame} {...form} typed={typed} problem={problem} />

const question =
  (product: string, code: string): PageSample =>
  (frame) => <DeviceQuestionPage frame={frame} {...asked} product={product} code={code} />

export const pages: Record<string, PageSample> = {
  'sign out': (frame) => <SignOutPage frame={frame} action={urls.signOut} to="c2VhbGVk" stay={urls.account} />,
  'device code': (frame) => <DeviceFormPage frame={frame} {...form} />,
  'device code, nothing typed': refused('missing'),
  'device code, unknown': refused('problem', 'BDWP-HQPQ'),
  'device code, old page': refused('again', 'BDWP-HQPK'),
  'device code, too many tries': refused('wait'),
  'device code, too many tries of a network': refused('unknown'),
  'device code, not my device': refused('refused'),
  'device question': question('Warehouse Scanner', 'BDWP-HQPK'),
  'device question, long name': question(longProduct.name, 'BDWP-HQPK'),
  'device connected': (frame) => <DeviceDonePage frame={frame} />,
  onward: (frame) => <OnwardPage frame={frame} action={urls.device} values={{ user_code: 'BDWP-HQPK' }} script="" />,
}
