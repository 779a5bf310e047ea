/** HTTP for "Would you get in without your phone?". */

import { isTwoStepOn } from '../../core/operations/factor/two-step.ts'
import { lookWithoutPhone } from '../../core/operations/factor/without-phone.ts'
import type { PageNeeds } from '../../journey/frame.ts'
import { webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { urls } from '../../urls.ts'
import { visitorOf } from '../frame.ts'
import { WithoutPhonePage } from './pages.tsx'

export const routes = (needs: PageNeeds) =>
  webRoutes().get(urls.withoutPhone, async (c) => {
    const { frame, portal, account, session } = await visitorOf(needs, c)
    const found = isTwoStepOn(needs, session) ? await lookWithoutPhone(needs.db, account, frame.language) : undefined
    return c.html(renderPage(<WithoutPhonePage {...{ frame, portal, found }} hasPassword={session.hasPassword} />))
  })
