/** What happened to an account, line by line. */

import type { ShownKind } from '../../core/events/catalogue.ts'
import type { FactorKind } from '../../core/model/factor/kinds.ts'
import { factorName } from '../../core/model/factor/texts.ts'
import type { Language } from '../../platform/languages/languages.ts'
import { Hidden, LinkButton } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { type Portal, PortalPage, sectionOf } from '../../ui/layout.tsx'
import { Alternatives, Card, Row, Rows, strong } from '../../ui/notice.tsx'
import { at, urls } from '../../urls.ts'
import { texts } from './texts.ts'

/** `place` and `browser` in words, absent where nobody was there: the service did it by itself. */
export type ActivityLine = {
  id: string
  kind: ShownKind
  count: number
  atLeast?: boolean
  when: string
  place?: string
  browser?: string
  /** Its name, where it was about one. */
  product?: string | undefined
  /** Which way to sign in it was about. */
  way?: FactorKind
  matters: boolean
}

export type ActivityProps = {
  frame: Frame
  portal: Portal
  lines: readonly ActivityLine[]
  /** The id that the next page begins after, where there is one. */
  older: string | undefined
  isNewest: boolean
}

export const ActivityPage = ({ frame, portal, lines, older, isNewest }: ActivityProps) => {
  const t = texts.in(frame.language)
  const title = sectionOf(portal, urls.activity)?.label ?? ''
  return (
    <PortalPage
      {...{ frame, portal, title }}
      current={urls.activity}
      lead={lines.length > 0 ? t('lead', { address: strong(portal.person ?? '') }) : t('none')}
    >
      {lines.length > 0 && (
        <form method="post" action={urls.activity}>
          <Hidden frame={frame} />
          <Card>
            <Rows>
              {lines.map((line, at) => (
                <Line language={frame.language} line={line} id={`line-${at}`} />
              ))}
            </Rows>
          </Card>
        </form>
      )}
      {older && (
        <LinkButton href={at(urls.activity, { before: older })} quiet>
          {t('older')}
        </LinkButton>
      )}
      {!isNewest && (
        <Alternatives>
          <a href={urls.activity}>{t('newest')}</a>
        </Alternatives>
      )}
    </PortalPage>
  )
}

/** Each button is one of the one form, so that a long list stays a small page. */
const Line = ({ language, line, id }: { language: Language; line: ActivityLine; id: string }) => {
  const t = texts.in(language)
  const { kind, count, atLeast, when, place, browser, product = '', way, matters } = line
  const detail = (
    <>
      {way && (
        <>
          {factorName(language, way)}
          <br />
        </>
      )}
      {count > 1 ? t(kind === 'sign-in-refused' ? 'latest' : 'often', { count, when }) : when}
      {place && browser && (
        <>
          <br />
          {t('with', { browser, place })}
        </>
      )}
    </>
  )
  return (
    <Row
      title={t(kind === 'sign-in-refused' && atLeast ? 'refused-often' : kind, { count, product })}
      detail={detail}
      id={id}
    >
      {matters && (
        <button type="submit" name="event" value={line.id} class="link" aria-describedby={id}>
          {t('notMe')}
        </button>
      )}
    </Row>
  )
}
