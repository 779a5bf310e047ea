import type { DeepProps, Look } from './look.ts'
import { css } from './payroll-style.ts'
import type { Language } from './texts.ts'

const words = {
  en: {
    claim: 'Payday, without the paperwork',
    lead: 'Payday gives everyone their payslips, on time and in plain words.',
    deepLink: 'See the payslip of November 2026',
    deepTitle: (month: string) => `Payslip, ${monthName(month, 'en')}`,
    paidTo: (name: string) => `Paid to ${name}`,
    net: 'Net pay',
    caption: 'From gross to net',
    gross: 'Gross pay',
    deductions: ['Federal tax', 'Québec tax', 'Québec Pension Plan', 'Parental insurance (QPIP)'],
  },
  'fr-CA': {
    claim: 'La paie, sans la paperasse',
    lead: 'Payday remet à chacun ses talons de paie, à temps et en mots simples.',
    deepLink: 'Voir le talon de paie de novembre 2026',
    deepTitle: (month: string) => `Talon de paie, ${monthName(month, 'fr-CA')}`,
    paidTo: (name: string) => `Versé à ${name}`,
    net: 'Salaire net',
    caption: 'Du brut au net',
    gross: 'Salaire brut',
    deductions: ['Impôt fédéral', 'Impôt du Québec', 'Régime de rentes du Québec', 'Assurance parentale (RQAP)'],
  },
}
const sheets: Record<Language, typeof words.en> = {
  ...words,
  fr: {
    ...words['fr-CA'],
    lead: 'Payday remet à chacun ses bulletins de paie, à temps et en mots simples.',
    deepLink: 'Voir le bulletin de paie de novembre 2026',
    deepTitle: (month) => `Bulletin de paie, ${monthName(month, 'fr')}`,
  },
}

function monthName(month: string, language: Language): string {
  const format = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return format.format(new Date(`${month}-01T00:00:00Z`))
}

/** A payslip: what arrives, large; how it came about, below. */
function Payslip({ language, name }: DeepProps) {
  const w = sheets[language]
  const gross = 4850
  const deductions = [512.4, 641.15, 287.3, 23.96]
  const net = deductions.reduce((left, amount) => left - amount, gross)
  const money = new Intl.NumberFormat(language === 'en' ? 'en-CA' : language, { style: 'currency', currency: 'CAD' })
  return (
    <>
      <p class="soft">{w.paidTo(name)}</p>
      <p class="figure">
        <span>{w.net}</span>
        <strong>{money.format(net)}</strong>
      </p>
      <table>
        <caption>{w.caption}</caption>
        <tbody>
          <Row label={w.gross} amount={money.format(gross)} />
          {deductions.map((amount, i) => (
            <Row label={w.deductions[i] ?? ''} amount={money.format(-amount)} />
          ))}
          <Row label={w.net} amount={money.format(net)} />
        </tbody>
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

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#ffcf9e"/>
<path d="M9.5 16.5l4.5 4.5 8.5-10" fill="none" stroke="#7a1f4b" stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round"/></svg>`

/** A plum band, round corners, large figures: a friendly pay app. */
export const payrollLook: Look = {
  css,
  icon,
  words: sheets,
  deep: {
    path: '/payslips/2026-11',
    folder: '/payslips',
    knows: (item) => /^20\d\d-(0[1-9]|1[0-2])$/.test(item),
    Page: Payslip,
  },
}
