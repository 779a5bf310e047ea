/** HTTP for looking over what is left of an account that was taken back. */
import { codesLeft } from '../../core/model/factor/recovery-code-store.ts'
import { type FactorId, factorsOf } from '../../core/model/factor/store.ts'
import { productsUsedBy } from '../../core/model/product/store.ts'
import { type RemovalNeeds, removalProblems, removeFactor } from '../../core/operations/factor/remove-factor.ts'
import { contactShown } from '../../core/operations/factor/sent-code.ts'
import { type PageNeeds, timeZoneOf } from '../../journey/frame.ts'
import { field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { dayWords } from '../../ui/letter/happening.ts'
import { at, urls } from '../../urls.ts'
import { FRESHEST, type Visitor, visitorOf } from '../frame.ts'
import { ReviewPage } from './pages.tsx'
import { texts } from './texts.ts'

type Needs = RemovalNeeds & PageNeeds

export const routes = (needs: Needs) =>
  webRoutes()
    .get(urls.review, async (c) => show(needs, c, await visitorOf(needs, c)))
    .post(urls.review, async (c) => {
      const visitor = await visitorOf(needs, c, FRESHEST)
      const outcome = await removeFactor(needs, visitor.account, field(c, 'way') as FactorId, c.var.actor)
      return c.redirect(at(urls.review, outcome.ok ? { done: 'removed' } : { refused: outcome.reason }), 303)
    })

async function show(needs: Needs, c: WebContext, { account, frame, portal }: Visitor) {
  const timeZone = timeZoneOf(needs, c)
  const day = (date: Date) => dayWords(frame.language, date, timeZone)
  const codes = await codesLeft(needs.db, account.id)
  const problem = removalProblems.find((reason) => reason === c.req.query('refused'))
  const ways = (await factorsOf(needs.db, account.id)).map(({ id, kind, name, contact, made_at: made }) => ({
    id,
    kind,
    name,
    contact: contact ? contactShown({ kind, contact }, frame.language) : undefined,
    added: day(made),
  }))
  const products = (await productsUsedBy(needs.db, account.id)).map(({ id, name, lastUsedAt }) => ({
    id,
    name,
    used: day(lastUsedAt),
  }))
  const page = (
    <ReviewPage
      {...{ frame, portal, ways, products }}
      codes={codes.madeAt ? { left: codes.left, made: day(codes.madeAt) } : undefined}
      removed={c.req.query('done') === 'removed'}
      problems={problem ? { form: texts.in(frame.language)(problem) } : {}}
    />
  )
  return c.html(renderPage(page))
}
