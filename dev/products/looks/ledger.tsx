import { css } from './ledger-style.ts'
import type { DeepProps, Look } from './look.ts'
import type { Language } from './texts.ts'

const words = {
  en: {
    claim: 'Your books, always in balance',
    lead: 'Grand Livre keeps the accounts and the invoices of a small company.',
    deepLink: 'See invoice no. 42',
    deepTitle: (number: string) => `Invoice no. ${number}`,
    billedTo: 'Billed to Boulangerie du Canal, Montréal',
    issuedBy: (name: string) => `Issued by ${name}`,
    item: 'Item',
    amount: 'Amount',
    lines: ['Bookkeeping, October', 'Quarterly report'],
    subtotal: 'Subtotal',
    gst: 'GST (5%)',
    qst: 'QST (9.975%)',
    total: 'Total',
  },
  'fr-CA': {
    claim: 'Vos livres, toujours en équilibre',
    lead: 'Grand Livre tient les comptes et les factures d’une petite entreprise.',
    deepLink: 'Voir la facture nº 42',
    deepTitle: (number: string) => `Facture nº ${number}`,
    billedTo: 'Facturé à la Boulangerie du Canal, Montréal',
    issuedBy: (name: string) => `Établie par ${name}`,
    item: 'Article',
    amount: 'Montant',
    lines: ['Tenue de livres, octobre', 'Rapport trimestriel'],
    subtotal: 'Sous-total',
    gst: 'TPS (5 %)',
    qst: 'TVQ (9,975 %)',
    total: 'Total',
  },
}
const sheets: Record<Language, typeof words.en> = {
  ...words,
  fr: { ...words['fr-CA'], lines: ['Tenue de comptabilité, octobre', 'Rapport trimestriel'] },
}

/** An invoice: two lines, the two taxes of Québec, the total under a double rule. */
function Invoice({ language, name }: DeepProps) {
  const w = sheets[language]
  const prices = [950, 250]
  const subtotal = prices.reduce((sum, price) => sum + price, 0)
  const taxes = { gst: subtotal * 0.05, qst: subtotal * 0.09975 }
  const money = new Intl.NumberFormat(language === 'en' ? 'en-CA' : language, { style: 'currency', currency: 'CAD' })
  return (
    <>
      <p>
        {w.billedTo}
        <br />
        <span class="soft">{w.issuedBy(name)}</span>
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">{w.item}</th>
            <th scope="col">{w.amount}</th>
          </tr>
        </thead>
        <tbody>
          {prices.map((price, i) => (
            <Row label={w.lines[i] ?? ''} amount={money.format(price)} />
          ))}
        </tbody>
        <tfoot>
          <Row label={w.subtotal} amount={money.format(subtotal)} />
          <Row label={w.gst} amount={money.format(taxes.gst)} />
          <Row label={w.qst} amount={money.format(taxes.qst)} />
          <Row label={w.total} amount={money.format(subtotal + taxes.gst + taxes.qst)} />
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
  words: sheets,
  deep: {
    path: '/invoices/42',
    folder: '/invoices',
    knows: (item) => /^[1-9]\d{0,5}$/.test(item),
    Page: Invoice,
  },
}
