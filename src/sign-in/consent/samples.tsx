/** The states of the question that a third-party product asks. */
import { longNadia, longProduct, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { ConsentPage } from './pages.tsx'

const product = 'Tidy Calendar'
const question = { action: urls.consent, product, address: nadia.email, host: 'calendar.example' }

export const pages: Record<string, PageSample> = {
  'who you are': (frame) => (
    <ConsentPage frame={{ ...frame, toward: { name: product } }} {...question} scopes={[{ scope: 'openid' }]} />
  ),
  'all there is': (frame) => (
    <ConsentPage
      frame={{ ...frame, toward: { name: product } }}
      {...question}
      scopes={[
        ...['openid', 'profile', 'email', 'offline_access'].map((scope) => ({ scope })),
        { scope: 'calendar:write', at: 'api.calendar.example' },
      ]}
    />
  ),
  'an app with long names': (frame) => (
    <ConsentPage
      frame={{ ...frame, toward: longProduct }}
      action={urls.consent}
      product={longProduct.name}
      address={longNadia.email}
      scopes={['openid', 'email', 'https://travel.expenses.example/auth/everything-in-the-ledger.readwrite.all'].map(
        (scope) => ({ scope }),
      )}
      host="com.donaudampfschifffahrtsgesellschaft.travel.expenses:"
    />
  ),
}
