import { secondFactorKinds } from '../../core/model/factor/kinds.ts'
import { along, type PageNeeds, timeZoneOf } from '../../journey/frame.ts'
import { Elsewhere, field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { dayWords } from '../../ui/letter/happening.ts'
import { at, urls } from '../../urls.ts'
import { FRESHEST, goOn, type Visitor, visitorOf } from '../frame.ts'
import { CodesPage, NewCodesPage } from './pages.tsx'
import { keepCodes, offerCodes, offeredCodes, stateOfCodes } from './rules.ts'
import { texts } from './texts.ts'

type Needs = PageNeeds

/** Only an account with a second factor has recovery codes. */
const secured = async (needs: Needs, c: WebContext): Promise<Visitor> => {
  const visitor = await visitorOf(needs, c, FRESHEST)
  if (visitor.session.maxAcr === 'pwd') throw new Elsewhere(c.redirect(goOn(visitor, urls.factors), 303))
  return visitor
}

export const routes = (needs: Needs) =>
  webRoutes()
    .get(urls.recoveryCodes, async (c) => {
      const visitor = await secured(needs, c)
      const { frame, portal, account } = visitor
      const { left, madeAt } = await stateOfCodes(needs, account)
      const timeZone = timeZoneOf(needs, c)
      const codes = madeAt ? { left, made: dayWords(frame.language, madeAt, timeZone) } : undefined
      return c.html(renderPage(<CodesPage {...{ frame, portal, codes }} />))
    })
    .post(urls.recoveryCodes, (c) => c.redirect(urls.newRecoveryCodes, 303))
    .get(urls.newRecoveryCodes, async (c) => showNew(needs, c, await secured(needs, c)))
    .post(urls.newRecoveryCodes, async (c) => {
      const visitor = await secured(needs, c)
      const outcome = await keepCodes(needs, visitor.account, field(c, 'offer'), c.var.actor)
      if (!outcome.ok) return showNew(needs, c, visitor, true)
      return c.redirect(goOn(visitor, at(urls.factors, { done: 'kept' })), 303)
    })
    .post(urls.recoveryCodesFile, async (c) => {
      const visitor = await secured(needs, c)
      const { account, frame, journey } = visitor
      const codes = offeredCodes(needs, account, field(c, 'offer'))
      if (!codes) return c.redirect(along(urls.newRecoveryCodes, journey), 303)
      const title = `${texts.in(frame.language)('title')} - ${needs.brandOf().name}: ${account.email}`
      c.header('Content-Disposition', 'attachment; filename="recovery-codes.txt"')
      return c.text(`${title}\n\n${codes.join('\n')}\n`)
    })

const completions = [...secondFactorKinds, 'two-step-on'] as const

/** The codes stay the same when the page is shown again, in another language too. */
async function showNew(needs: Needs, c: WebContext, { frame, portal, account, journey }: Visitor, isOver = false) {
  const before = frame.draft.offer ?? ''
  const known = isOver ? undefined : offeredCodes(needs, account, before)
  const { codes, sealed } = known ? { codes: known, sealed: before } : await offerCodes(needs, account)
  const page = (
    <NewCodesPage
      frame={frame}
      portal={portal}
      action={along(urls.newRecoveryCodes, journey)}
      fileAction={along(urls.recoveryCodesFile, journey)}
      codes={codes}
      offer={sealed}
      done={completions.find((one) => one === c.req.query('done'))}
      problems={isOver ? { form: texts.in(frame.language)('offer-over') } : {}}
    />
  )
  return c.html(renderPage(page), isOver ? 422 : 200)
}
