/** The states of the choice of an account. */
import { ledger, longNadia, longProduct, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { ChooseAccountPage } from './pages.tsx'

const ways = { action: urls.chooseAccount, other: urls.signIn }

export const pages: Record<string, PageSample> = {
  'a product waits': (frame) => (
    <ChooseAccountPage frame={{ ...frame, toward: ledger }} {...ways} address={nadia.email} />
  ),
  'an application asks': (frame) => (
    <ChooseAccountPage frame={{ ...frame, toward: ledger }} {...ways} address={nadia.email} confirms />
  ),
  'an application asks, long address and product': (frame) => (
    <ChooseAccountPage frame={{ ...frame, toward: longProduct }} {...ways} address={longNadia.email} confirms />
  ),
  'long address and product': (frame) => (
    <ChooseAccountPage frame={{ ...frame, toward: longProduct }} {...ways} address={longNadia.email} />
  ),
}
