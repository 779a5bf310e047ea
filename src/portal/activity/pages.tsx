/** What happened to an account, line by line. */
import { LinkButton, QuietButton } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { type Portal, PortalPage } from '../../ui/layout.tsx'
import { After, Card, Row, Rows } from '../../ui/notice.tsx'
import { at, urls } from '../../urls.ts'
import type { ShownKind } from './rules.ts'
import { texts } from './texts.ts'

/** `place` and `browser` in words, absent where nobody was there: the service did it by itself. */
export type ActivityLine = {
  id: string
  kind: ShownKind
  count: number
  when: string
  place?: string
  browser?: string
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
  const title = portal.sections.find(({ href }) => href === urls.activity)?.label ?? ''
  return (
    <PortalPage {...{ frame, portal, title }} current={urls.activity} lead={lines.length > 0 ? t('lead') : t('none')}>
      {lines.length > 0 && (
        <Card>
          <Rows>
            {lines.map((line) => (
              <Line frame={frame} line={line} />
            ))}
          </Rows>
        </Card>
      )}
      {older && (
        <LinkButton href={at(urls.activity, { before: older })} quiet>
          {t('older')}
        </LinkButton>
      )}
      {!isNewest && (
        <After>
          <a href={urls.activity}>{t('newest')}</a>
        </After>
      )}
    </PortalPage>
  )
}

const Line = ({ frame, line }: { frame: Frame; line: ActivityLine }) => {
  const t = texts.in(frame.language)
  const { id, kind, count, when, place, browser, matters } = line
  const detail = place && browser ? t('detail', { when, place, browser }) : when
  return (
    <Row title={t(kind, { count })} detail={count > 1 ? t('latest', { detail }) : detail} id={id}>
      {matters && (
        <QuietButton frame={frame} action={urls.activity} values={{ event: id }} about={id}>
          {t('notMe')}
        </QuietButton>
      )}
    </Row>
  )
}
