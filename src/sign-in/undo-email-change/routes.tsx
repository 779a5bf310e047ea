/** HTTP for the link that undoes a change of address. Opening it changes nothing; the button does. */
import type { DisownNeeds } from '../../core/operations/disown/disown.ts'
import { frameOf, goOnDisowned, type PageNeeds, timeZoneOf } from '../../journey/frame.ts'
import { linkOf, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { dayWords } from '../../ui/letter/happening.ts'
import { at, urls } from '../../urls.ts'
import { AddressTakenPage, DeadUndoPage, UndoPage } from './pages.tsx'
import * as rules from './rules.ts'

type Needs = DisownNeeds & PageNeeds & { support: string }

export function routes(needs: Needs) {
  const show = async (c: WebContext, link: string) => {
    const undoable = await rules.whatIsUndone(needs, link)
    const frame = await frameOf(needs, c, undefined, undoable?.account.language)
    const { support } = needs
    if (!undoable) return c.html(renderPage(<DeadUndoPage {...{ frame, support }} forgot={urls.forgot} />), 410)
    const { email: address, undoable_until: ends } = undoable.former
    const action = at(urls.undo, { link })
    if (!undoable.taken) return c.html(renderPage(<UndoPage {...{ frame, action, address }} />))
    const until = dayWords(frame.language, ends, timeZoneOf(needs, c))
    const page = <AddressTakenPage {...{ frame, action, address, until, support }} signIn={urls.signIn} />
    return c.html(renderPage(page), 409)
  }
  return webRoutes()
    .get(urls.undo, (c) => show(c, linkOf(c)))
    .post(urls.undo, async (c) => {
      const link = linkOf(c)
      const outcome = await rules.undo(needs, link, c.var.actor)
      if (!outcome.ok) return show(c, link)
      return goOnDisowned(needs, c, outcome, 'undone')
    })
}
