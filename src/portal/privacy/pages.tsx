/** Taking the data along, closing the account, changing one's mind. */

import type { ChangeKind } from '../../core/events/catalogue.ts'
import type { FactorKind } from '../../core/model/factor/kinds.ts'
import { factorName } from '../../core/model/factor/texts.ts'
import { Form, QuietButton } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { type Portal, PortalPage } from '../../ui/layout.tsx'
import { Alert, Card, type Fact, Facts, Note, Row, Rows, strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export type PrivacyProps = {
  frame: Frame
  portal: Portal
  current: string
  ways: { download: string; see: string; close: string; keep: string }
  /** The day the account closes, in words, where that was asked for. */
  closesOn?: string | undefined
  kept?: boolean
}

export const PrivacyPage = ({ frame, portal, current, ways, closesOn, kept }: PrivacyProps) => {
  const t = texts.in(frame.language)
  return (
    <PortalPage {...{ frame, portal, current }} title={t('title')} lead={t('lead')}>
      {kept && <Note>{t('kept')}</Note>}
      {closesOn && (
        <>
          <Alert title={t('closesOn', { date: closesOn })}>{t('closesLead')}</Alert>
          <Form frame={frame} action={ways.keep} submit={t('keep')} />
        </>
      )}
      <Card title={t('data')}>
        <Rows>
          <Row title={t('file')} detail={t('fileDetail')}>
            <QuietButton frame={frame} action={ways.download}>
              {t('download')}
            </QuietButton>
          </Row>
          <Row title={t('page')} detail={t('pageDetail')}>
            <a class="link" href={ways.see}>
              {t('see')}
            </a>
          </Row>
        </Rows>
      </Card>
      {!closesOn && (
        <Card title={t('closing')} lead={t('closingLead')}>
          <p>
            <a class="link" href={ways.close}>
              {t('close')}
            </a>
          </p>
        </Card>
      )}
    </PortalPage>
  )
}

export type CloseProps = {
  frame: Frame
  portal: Portal
  current: string
  action: string
  address: string
  /** The day it would close, in words. */
  date: string
}

export const ClosePage = ({ frame, portal, current, action, address, date }: CloseProps) => {
  const t = texts.in(frame.language)
  return (
    <PortalPage
      {...{ frame, portal, current }}
      back={{ href: current, label: t('back') }}
      title={t('closeTitle')}
      lead={t('closeLead', { address: strong(address) })}
    >
      <ul class="plain">
        <li>{t('close.now')}</li>
        <li>{t('close.until', { date })}</li>
        <li>{t('close.then', { date })}</li>
        <li>{t('close.letter')}</li>
      </ul>
      <Form frame={frame} action={action} submit={t('close')} />
    </PortalPage>
  )
}

/** Somewhere, from one day to another; all in words. */
export type Stay = { title: string; place: string; first: string; last: string }

export type DataProps = {
  frame: Frame
  portal: Portal
  current: string
  download: string
  activity: { href: string; count: number }
  when: string
  profile: {
    id: string
    name: string
    email: string
    language: string
    since: string
    staffSince?: string
    twoStepSince?: string
    closesAt?: string
    password?: string
    recoveryCodes?: string
  }
  /** `contact`: the number or address it sends to. `removed`: when, and until when it is kept all the same. */
  ways: readonly {
    kind: FactorKind
    name: string
    contact: string
    first: string
    removed?: { on: string; until: string }
  }[]
  former: readonly { email: string; date: string }[]
  toConfirm?: string | undefined
  sessions: readonly Stay[]
  browsers: readonly Stay[]
  products: readonly { name: string; first: string; last: string; scopes: string }[]
  requests: readonly { reference: string; reach: string; words: string; when: string }[]
  letters: readonly { to: string; when: string }[]
  told: readonly { product: string; kind: ChangeKind; when: string }[]
}

export const DataPage = (props: DataProps) => {
  const { frame, portal, current, download, activity, when, former, toConfirm, ways, products, letters, told } = props
  const t = texts.in(frame.language)
  const stays = (list: readonly Stay[]) => list.map((it) => ({ title: it.title, detail: t('seen', during(it)) }))
  return (
    <PortalPage
      {...{ frame, portal, current }}
      back={{ href: current, label: t('back') }}
      title={t('dataTitle')}
      lead={t('dataPageLead', { when })}
    >
      <Form frame={frame} action={download} submit={t('download')} />
      <Card title={t('profile')}>
        <Facts facts={profileFacts(t, props.profile)} />
      </Card>
      <List
        title={t('addresses')}
        rows={[
          ...(toConfirm ? [{ title: toConfirm, detail: t('toConfirm') }] : []),
          ...former.map(({ email, date }) => ({ title: email, detail: t('former', { date }) })),
        ]}
      />
      <List
        title={t('ways')}
        rows={ways.map(({ kind, name, contact, first, removed }) => ({
          title: [factorName(frame.language, kind, name), contact].filter(Boolean).join(', '),
          detail: removed ? t('removed', removed) : t('added', { first }),
        }))}
      />
      <List title={t('sessions')} rows={stays(props.sessions)} />
      <List title={t('browsers')} rows={stays(props.browsers)} />
      <List
        title={t('products')}
        rows={products.map((it) => ({ title: it.name, detail: t(it.scopes ? 'agreed' : 'used', during(it)) }))}
      />
      <List
        title={t('told')}
        rows={told.map(({ product, kind, when: at }) => ({ title: product, detail: `${t(`told.${kind}`)}, ${at}` }))}
      />
      <Card title={t('activity')} lead={t('activityLead', { count: activity.count })}>
        <p>
          <a class="link" href={activity.href}>
            {t('activity')}
          </a>
        </p>
      </Card>
      <List
        title={t('requests')}
        rows={props.requests.map((one) => ({ title: one.reference, detail: t('request', one) }))}
      />
      <List
        title={t('letters')}
        rows={letters.map(({ to, when: at }) => ({ title: t('letter', { when: at, address: to }) }))}
      />
    </PortalPage>
  )
}

/** On one day, or from one to another. */
const during = <Lasting extends { first: string; last: string }>(it: Lasting) => ({
  ...it,
  stay: it.first === it.last ? 'day' : 'days',
})

function profileFacts(t: ReturnType<typeof texts.in>, profile: DataProps['profile']): Fact[] {
  const { id, name, email, language, since, staffSince, twoStepSince, closesAt, password, recoveryCodes } = profile
  return [
    { label: t('name'), value: name },
    { label: t('email'), value: email },
    { label: t('language'), value: language },
    { label: t('since'), value: since },
    ...(staffSince ? [{ label: t('staffSince'), value: staffSince }] : []),
    ...(twoStepSince ? [{ label: t('twoStepSince'), value: twoStepSince }] : []),
    ...(closesAt ? [{ label: t('closesAt'), value: closesAt }] : []),
    ...(password ? [{ label: t('password'), value: password }] : []),
    ...(recoveryCodes ? [{ label: t('recoveryCodes'), value: recoveryCodes }] : []),
    { label: t('id'), value: id },
  ]
}

type ListProps = { title: string; rows: readonly { title: string; detail?: string }[] }

/** Things of one kind, where there are any. */
const List = ({ title, rows }: ListProps) =>
  rows.length === 0 ? null : (
    <Card title={title}>
      <Rows>
        {rows.map((row) => (
          <Row {...row} />
        ))}
      </Rows>
    </Card>
  )
