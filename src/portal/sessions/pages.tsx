/** Where one is signed in, and the browsers one has used. */
import { QuietButton } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { type Portal, PortalPage, sectionOf } from '../../ui/layout.tsx'
import { Badge, Card, Note, Row, Rows } from '../../ui/notice.tsx'
import { urls } from '../../urls.ts'
import { texts } from './texts.ts'

export type SessionLine = {
  uid: string
  /** "Firefox on Windows". */
  browser: string
  /** "Montréal, Canada"; where only a network is known, that. */
  place: string
  nearPlace: boolean
  /** "2 hours ago". */
  ago: string
  products: readonly string[]
  here: boolean
}
/** `first` and `last`: days, in words. */
export type BrowserLine = { mark: string; browser: string; first: string; last: string; here: boolean }
export type Confirmation = 'end' | 'end-others' | 'forget'

export type SessionsProps = {
  frame: Frame
  portal: Portal
  sessions: readonly SessionLine[]
  browsers: readonly BrowserLine[]
  /** How many browsers these are, where there are more. */
  lastOnly?: number | undefined
  done?: Confirmation | undefined
}

export const SessionsPage = ({ frame, portal, sessions, browsers, lastOnly, done }: SessionsProps) => {
  const t = texts.in(frame.language)
  const browsersLead = [t('browsersLead'), ...(lastOnly ? [t('lastOnly', { count: lastOnly })] : [])].join(' ')
  const title = sectionOf(portal, urls.sessions)?.label ?? ''
  return (
    <PortalPage {...{ frame, portal, title }} current={urls.sessions} lead={t('lead')}>
      {done && <Note>{t(`done.${done}`)}</Note>}
      <Card title={t('open')}>
        <Rows>
          {sessions.map((session, at) => (
            <OpenSession {...{ frame, session }} id={`session-${at}`} />
          ))}
        </Rows>
        {sessions.every(({ here }) => here) && <p class="small soft">{t('alone')}</p>}
        <QuietButton frame={frame} action={urls.endOtherSessions} look="button">
          {t('endOthers')}
        </QuietButton>
      </Card>
      {browsers.length > 0 && (
        <Card title={t('browsers')} lead={browsersLead}>
          <Rows>
            {browsers.map((known, at) => (
              <UsedBrowser {...{ frame, known }} id={`browser-${at}`} />
            ))}
          </Rows>
        </Card>
      )}
    </PortalPage>
  )
}

const OpenSession = ({ frame, session, id }: { frame: Frame; session: SessionLine; id: string }) => {
  const t = texts.in(frame.language)
  const { uid, browser, place, nearPlace, ago, products, here } = session
  const detail = (
    <>
      {t(nearPlace ? 'near' : 'from', { place, ago })}
      {products.length > 0 && (
        <>
          <br />
          {t('usedFor', { products: new Intl.ListFormat(frame.language).format(products) })}
        </>
      )}
    </>
  )
  return (
    <Row title={browser} detail={detail} id={id}>
      {here ? (
        <Badge>{t('here')}</Badge>
      ) : (
        <QuietButton frame={frame} action={urls.endSession} values={{ session: uid }} about={id}>
          {t('end')}
        </QuietButton>
      )}
    </Row>
  )
}

const UsedBrowser = ({ frame, known, id }: { frame: Frame; known: BrowserLine; id: string }) => {
  const t = texts.in(frame.language)
  const { mark, browser, first, last, here } = known
  return (
    <Row title={browser} detail={first === last ? t('once', { first }) : t('since', { first, last })} id={id}>
      {here && <Badge>{t('here')}</Badge>}
      <QuietButton frame={frame} action={urls.forgetBrowser} values={{ browser: mark }} about={id}>
        {t('forget')}
      </QuietButton>
    </Row>
  )
}
