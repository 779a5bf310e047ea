/** The states of the protocol's own pages. */
import { longProduct, type PageSample } from '../ui/samples.tsx'
import { urls } from '../urls.ts'
import { DeviceDonePage, DeviceFormPage, DeviceQuestionPage, SignOutPage } from './pages.tsx'

const form = { action: urls.device, xsrf: 'c2FtcGxlIHByb29m' }

const question =
  (product: string, code: string): PageSample =>
  (frame) => <DeviceQuestionPage frame={frame} {...form} product={product} code={code} typed={code} />

export const pages: Record<string, PageSample> = {
  'sign out': (frame) => <SignOutPage frame={frame} action={urls.signOut} to="c2VhbGVk" stay={urls.account} />,
  'device code': (frame) => <DeviceFormPage frame={frame} {...form} />,
  'device code, nothing typed': (frame) => <DeviceFormPage frame={frame} {...form} problem="missing" />,
  'device code, unknown': (frame) => <DeviceFormPage frame={frame} {...form} typed="BDWP-HQPQ" problem="problem" />,
  'device question': question('Warehouse Scanner', 'BDWP-HQPK'),
  'device question, long name': question(longProduct.name, 'BDWP-HQPK'),
  'device connected': (frame) => <DeviceDonePage frame={frame} />,
}
