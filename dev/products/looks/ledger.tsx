import { defineTexts } from '../../../src/platform/languages/languages.ts'
import { css } from './ledger-style.ts'
import { type DeepProps, inDollars, type Look } from './look.ts'

const texts = defineTexts('sample-ledger', {
  claim: 'Your books, always in balance',
  lead: 'Grand Livre keeps the accounts and the invoices of a small company.',
  deepLink: 'See invoice no. 42',
  deepTitle: 'Invoice no. {number}',
  billedTo: 'Billed to Boulangerie du Canal, Montréal',
  issuedBy: 'Issued by {name}',
  item: 'Item',
  amount: 'Amount',
  bookkeeping: 'Bookkeeping, October',
  report: 'Quarterly report',
  subtotal: 'Subtotal',
  gst: 'GST (5%)',
  qst: 'QST (9.975%)',
  total: 'Total',
})

/** An invoice: two lines, the two taxes of Québec, the total under a double rule. */
function Invoice({ language, name }: DeepProps) {
  const t = texts.in(language)
  const prices = { bookkeeping: 950, report: 250 }
  const subtotal = prices.bookkeeping + prices.report
  const taxes = { gst: subtotal * 0.05, qst: subtotal * 0.09975 }
  const money = inDollars(language)
  return (
    <>
      <p>
        {t('billedTo')}
        <br />
        <span class="soft">{t('issuedBy', { name })}</span>
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('item')}</th>
            <th scope="col">{t('amount')}</th>
          </tr>
        </thead>
        <tbody>
          <Row label={t('bookkeeping')} amount={money.format(prices.bookkeeping)} />
          <Row label={t('report')} amount={money.format(prices.report)} />
        </tbody>
        <tfoot>
          <Row label={t('subtotal')} amount={money.format(subtotal)} />
          <Row label={t('gst')} amount={money.format(taxes.gst)} />
          <Row label={t('qst')} amount={money.format(taxes.qst)} />
          <Row label={t('total')} amount={money.format(subtotal + taxes.gst + taxes.qst)} />
        </tfoot>
      </table>
    </>
  )
}

function Row({ label, amount }: { label: string; amount: string }) {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{amount}</td>
    </tr>
  )
}

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="#2c3f99"/>
<path d="M8 8h16M8 13h16M8 18h16" stroke="#aab6ff" stroke-width="1.6"/><path d="M12 5v22" stroke="#ff9a8b" stroke-width="1.6"/>
<path d="M15 23h9M15 26h9" stroke="#fff" stroke-width="1.6"/></svg>`

/** Ruled paper, a red margin, a serif: a book of accounts. */
export const ledgerLook: Look = {
  css,
  icon,
  texts,
  deep: {
    path: '/invoices/42',
    folder: '/invoices',
    knows: (item) => /^[1-9]\d{0,5}$/.test(item),
    titleOf: (language, number) => texts.in(language)('deepTitle', { number }),
    Page: Invoice,
  },
}
