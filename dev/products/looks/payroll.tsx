import { defineTexts, type Language } from '../../../src/platform/languages/languages.ts'
import { type DeepProps, inDollars, type Look } from './look.ts'
import { css } from './payroll-style.ts'

const texts = defineTexts('sample-payroll', {
  claim: 'Payday, without the paperwork',
  lead: 'Payday gives everyone their payslips, on time and in plain words.',
  deepLink: 'See the payslip of November 2026',
  deepTitle: 'Payslip, {month}',
  paidTo: 'Paid to {name}',
  net: 'Net pay',
  caption: 'From gross to net',
  gross: 'Gross pay',
  federalTax: 'Federal tax',
  provincialTax: 'Québec tax',
  pension: 'Québec Pension Plan',
  parental: 'Parental insurance (QPIP)',
})

function monthName(month: string, language: Language): string {
  const format = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return format.format(new Date(`${month}-01T00:00:00Z`))
}

/** A payslip: what arrives, large; how it came about, below. */
function Payslip({ language, name }: DeepProps) {
  const t = texts.in(language)
  const gross = 4850
  const deductions = [
    ['federalTax', 512.4],
    ['provincialTax', 641.15],
    ['pension', 287.3],
    ['parental', 23.96],
  ] as const
  const net = deductions.reduce((left, [, amount]) => left - amount, gross)
  const money = inDollars(language)
  return (
    <>
      <p class="soft">{t('paidTo', { name })}</p>
      <p class="figure">
        <span>{t('net')}</span>
        <strong>{money.format(net)}</strong>
      </p>
      <table>
        <caption>{t('caption')}</caption>
        <tbody>
          <Row label={t('gross')} amount={money.format(gross)} />
          {deductions.map(([what, amount]) => (
            <Row label={t(what)} amount={money.format(-amount)} />
          ))}
          <Row label={t('net')} amount={money.format(net)} />
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
  texts,
  deep: {
    path: '/payslips/2026-11',
    folder: '/payslips',
    knows: (item) => /^20\d\d-(0[1-9]|1[0-2])$/.test(item),
    titleOf: (language, month) => texts.in(language)('deepTitle', { month: monthName(month, language) }),
    Page: Payslip,
  },
}
