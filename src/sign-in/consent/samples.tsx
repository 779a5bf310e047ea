/** The states of the question that a third-party product asks. */
import { scopeAt } from '../../core/model/product/product.ts'
import { scopeWords } from '../../core/model/product/scope-words.ts'
import type { Frame } from '../../ui/frame.ts'
import { longNadia, longProduct, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { ConsentPage } from './pages.tsx'

const product = 'Tidy Calendar'
const question = { action: urls.consent, product, address: nadia.email, host: 'calendar.example' }

const inWords = ({ language }: Frame, scopes: readonly string[]) => scopes.map((scope) => scopeWords(language, scope))

const calendar =
  (scopes: readonly string[]): PageSample =>
  (frame) => (
    <ConsentPage frame={{ ...frame, toward: { name: product } }} {...question} scopes={inWords(frame, scopes)} />
  )

export const pages: Record<string, PageSample> = {
  'who you are': calendar(['openid']),
  'all there is': calendar([
    ...['openid', 'profile', 'email', 'offline_access'],
    scopeAt('https://api.calendar.example', 'calendar:write'),
  ]),
  'an app with long names': (frame) => (
    <ConsentPage
      frame={{ ...frame, toward: longProduct }}
      action={urls.consent}
      product={longProduct.name}
      address={longNadia.email}
      scopes={inWords(frame, [
        'openid',
        'email',
        'https://travel.expenses.example/auth/everything-in-the-ledger.readwrite.all',
      ])}
      host="com.donaudampfschifffahrtsgesellschaft.travel.expenses:"
    />
  ),
}
