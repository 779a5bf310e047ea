/** HTTP for the person's data and the end of the account. No decisions here. */

import type { Counts } from '../../core/limits/counters/count.ts'
import { scopeWords } from '../../core/model/product/scope-words.ts'
import { CLOSING_TAKES } from '../../core/operations/close-account.ts'
import { contactShown } from '../../core/operations/factor/sent-code.ts'
import { endSessionHere, type PageNeeds, timeZoneOf } from '../../journey/frame.ts'
import { after } from '../../platform/clock.ts'
import { factsOf } from '../../platform/languages/languages.ts'
import type { BrowserName } from '../../platform/user-agent.ts'
import { type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { dayWords, nameWords, placeWords, whenWords } from '../../ui/letter/happening.ts'
import { at, urls } from '../../urls.ts'
import { FRESH, type Visitor, visitorOf } from '../frame.ts'
import { ClosePage, DataPage, PrivacyPage } from './pages.tsx'
import * as rules from './rules.ts'

type Needs = PageNeeds & Counts<'data-letters'>

const ways = { download: urls.dataFile, see: urls.data, close: urls.close, keep: urls.keep }

export const routes = (needs: Needs) =>
  webRoutes()
    .get(urls.privacy, async (c) => showPrivacy(needs, c, await visitorOf(needs, c)))
    .get(urls.data, async (c) => showData(needs, c, await visitorOf(needs, c, FRESH)))
    .get(urls.dataFile, (c) => c.redirect(urls.privacy, 303)) // where a fresh sign-in leads back to
    .post(urls.dataFile, async (c) => {
      const visitor = await visitorOf(needs, c, FRESH)
      const data = await rules.exportData(needs, visitor.account, c.var.actor)
      c.header('Content-Disposition', 'attachment; filename="my-data.json"')
      c.header('Content-Type', 'application/json; charset=utf-8')
      return c.body(`${JSON.stringify(data, null, 2)}\n`)
    })
    .get(urls.close, async (c) => showClose(needs, c, await visitorOf(needs, c, FRESH)))
    .post(urls.close, async (c) => {
      const visitor = await visitorOf(needs, c, FRESH)
      if (!(await rules.close(needs, visitor.account.id, c.var.actor))) return c.redirect(urls.privacy, 303)
      endSessionHere(needs, c)
      return c.redirect(at(urls.signIn, { done: 'closing' }), 303)
    })
    .post(urls.keep, async (c) => {
      const visitor = await visitorOf(needs, c)
      const kept = await rules.keep(needs, visitor.account.id, c.var.actor)
      return c.redirect(at(urls.privacy, { done: kept ? 'kept' : undefined }), 303)
    })

function showPrivacy(needs: Needs, c: WebContext, { frame, portal, account }: Visitor) {
  const { closingAt } = account
  const page = (
    <PrivacyPage
      {...{ frame, portal, ways }}
      current={urls.privacy}
      closesOn={closingAt ? dayWords(frame.language, closingAt, timeZoneOf(needs, c)) : undefined}
      kept={!closingAt && c.req.query('done') === 'kept'}
    />
  )
  return c.html(renderPage(page))
}

function showClose(needs: Needs, c: WebContext, { frame, portal, account }: Visitor) {
  if (account.closingAt) return c.redirect(urls.privacy, 303)
  const date = dayWords(frame.language, after(needs.clock.now(), CLOSING_TAKES), timeZoneOf(needs, c))
  const page = (
    <ClosePage {...{ frame, portal, date }} current={urls.privacy} action={urls.close} address={account.email} />
  )
  return c.html(renderPage(page))
}

const profileOf = (
  { profile, password, recoveryCodesLeft }: Awaited<ReturnType<typeof rules.dataOf>>,
  day: (date: Date) => string,
) => ({
  id: profile.id,
  name: `${profile.firstName} ${profile.lastName}`,
  email: profile.email,
  language: factsOf(profile.language).name,
  since: day(profile.createdAt),
  ...(profile.staffSince && { staffSince: day(profile.staffSince) }),
  ...(profile.twoStepSince && { twoStepSince: day(profile.twoStepSince) }),
  ...(profile.closesAt && { closesAt: day(profile.closesAt) }),
  ...(password.setAt && { password: day(password.setAt) }),
  ...(recoveryCodesLeft > 0 && { recoveryCodes: String(recoveryCodesLeft) }),
})

async function showData(needs: Needs, c: WebContext, { frame, portal, account }: Visitor) {
  const data = await rules.dataOf(needs, account)
  const { language } = frame
  const timeZone = timeZoneOf(needs, c)
  const day = (date: Date) => dayWords(language, date, timeZone)
  const when = (date: Date) => whenWords(language, date, timeZone)
  const stay = (from: BrowserName & { network: string }, first: Date, last: Date) => ({
    title: nameWords(language, from),
    place: placeWords(language, needs.places.find(from.network)?.name(language), from.network),
    first: day(first),
    last: day(last),
  })
  const names = new Map(data.products.map(({ product, name }) => [product, name]))
  const page = (
    <DataPage
      {...{ frame, portal }}
      current={urls.privacy}
      download={urls.dataFile}
      activity={{ href: urls.activity, count: data.activity.length }}
      when={when(data.madeAt)}
      profile={profileOf(data, day)}
      ways={[...data.waysToSignIn, ...data.waysRemoved].map(({ kind, name, contact, addedAt, ...one }) => ({
        kind,
        name,
        contact: contactShown({ kind, contact: contact ?? '' }, language),
        first: day(addedAt),
        ...('removedAt' in one && { removed: { on: day(one.removedAt), until: day(one.keptUntil) } }),
      }))}
      former={data.formerAddresses.map(({ email, changedAt }) => ({ email, date: day(changedAt) }))}
      toConfirm={data.addressToConfirm ?? undefined}
      sessions={data.sessions.map((one) => stay(one, one.startedAt, one.seenAt))}
      browsers={data.browsers.map((one) => stay(one, one.firstSeenAt, one.lastSeenAt))}
      products={data.products.map(({ name, agreedTo, firstUsedAt, lastUsedAt }) => ({
        name,
        first: day(firstUsedAt),
        last: day(lastUsedAt),
        scopes: agreedTo.map((scope) => scopeWords(language, scope)).join(', '),
      }))}
      requests={data.supportRequests.map(({ reference, reach, words, askedAt }) => ({
        reference,
        reach,
        words,
        when: when(askedAt),
      }))}
      letters={data.letters.map(({ to, writtenAt }) => ({ to: to ?? '', when: when(writtenAt) }))}
      told={data.toldToProducts.map(({ product, what, at: told }) => ({
        product: names.get(product) ?? product,
        kind: what,
        when: when(told),
      }))}
    />
  )
  return c.html(renderPage(page))
}
