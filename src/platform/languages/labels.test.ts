/** The labels by which people, scripts and screen readers know the pages: they change by being added to only. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { EmailPage, VerifyEmailPage } from '../../portal/change-email/pages.tsx'
import { FactorsPage } from '../../portal/factors/pages.tsx'
import { portalOf } from '../../portal/frame.ts'
import { OverviewPage } from '../../portal/overview/pages.tsx'
import { PrivacyPage } from '../../portal/privacy/pages.tsx'
import { ProductsPage } from '../../portal/products/pages.tsx'
import { ProfilePage } from '../../portal/profile/pages.tsx'
import { CodesPage, NewCodesPage } from '../../portal/recovery-codes/pages.tsx'
import { SessionsPage } from '../../portal/sessions/pages.tsx'
import { ForgotPage } from '../../sign-in/forgot-password/pages.tsx'
import { ResetPage } from '../../sign-in/new-password/pages.tsx'
import { SignInPage } from '../../sign-in/password/pages.tsx'
import { SecondStepPage } from '../../sign-in/second-step/pages.tsx'
import { LinkPage, SignUpPage, VerifyPage } from '../../sign-in/sign-up/pages.tsx'
import { UndoPage } from '../../sign-in/undo-email-change/pages.tsx'
import type { Frame } from '../../ui/frame.ts'
import { sampleFrameIn } from '../../ui/layout/sample-frame.ts'
import { renderPage } from '../../ui/layout.tsx'

/** In English and in Canadian French. */
type Label = readonly [en: string, frCA: string]
type Labels = { heading: Label; fields?: Label[]; primary?: Label; others?: Label[] }

const signIn: Label = ['Sign in', 'Se connecter']
const createAccount: Label = ['Create an account', 'Créer un compte']
const forgot: Label = ['Forgot your password?', 'Vous avez oublié votre mot de passe ?']
const email: Label = ['Email address', 'Adresse courriel']
const password: Label = ['Password', 'Mot de passe']
const code: Label = ['Verification code', 'Code de vérification']

const at = { action: '/here', signIn: '/sign-in', signUp: '/sign-up', forgot: '/forgot' }
const verifyEmail: Label = ['Verify email', 'Vérifier le courriel']
const resend: Label = ['Resend code', 'Renvoyer le code']
const changeAddress: Label = ['Change the address', "Modifier l'adresse"]
const ways = { download: '/download', see: '/see', close: '/close', keep: '/keep' }
const address = 'nadia@atelier.example'

const pages: Record<string, [(frame: Frame) => JSX.Element, Labels]> = {
  '/sign-in': [
    (frame) => SignInPage({ frame, ...at, passkey: { action: '/passkey', ask: '{}', sealed: '' } }),
    { heading: signIn, fields: [email, password], primary: signIn, others: [createAccount, forgot] },
  ],
  '/sign-up': [
    (frame) => SignUpPage({ frame, ...at, passwordMin: 8 }),
    {
      heading: createAccount,
      fields: [email, ['First name', 'Prénom'], ['Last name', 'Nom'], password],
      primary: ['Sign up', "S'inscrire"],
    },
  ],
  '/verify': [
    (frame) => VerifyPage({ frame, ...at, resend: '/resend', change: '/change', address, minutes: 30 }),
    {
      heading: code,
      fields: [code],
      primary: verifyEmail,
      others: [resend, changeAddress],
    },
  ],
  '/verify, by its link': [
    (frame) => LinkPage({ frame, signIn: '/sign-in', here: { action: '/verify', link: 'secret' } }),
    { heading: code, primary: ['Confirm', 'Confirmer'] },
  ],
  '/forgot': [
    (frame) => ForgotPage({ frame, ...at }),
    { heading: forgot, fields: [email], primary: ['Send the link', 'Envoyer le lien'] },
  ],
  '/reset': [
    (frame) => ResetPage({ frame, ...at, address, passwordMin: 8 }),
    {
      heading: ['Reset your password', 'Réinitialiser votre mot de passe'],
      fields: [
        ['New password', 'Nouveau mot de passe'],
        ['Confirm the password', 'Confirmer le mot de passe'],
      ],
      primary: ['Submit', 'Soumettre'],
    },
  ],
  '/account/email': [
    (frame) => EmailPage({ frame, portal: portalOf(frame.language, address), action: '/here', address }),
    {
      heading: ['Email', 'Courriel'],
      fields: [['New email address', 'Nouvelle adresse courriel']],
      primary: ['Continue', 'Continuer'],
    },
  ],
  '/account/email, the code': [
    (frame) => {
      const portal = portalOf(frame.language, address)
      return VerifyEmailPage({ frame, portal, ...at, resend: '/resend', change: '/change', address, minutes: 30 })
    },
    { heading: code, fields: [code], primary: verifyEmail, others: [resend, changeAddress] },
  ],
  '/account/privacy': [
    (frame) => PrivacyPage({ frame, portal: portalOf(frame.language, address), current: '/here', ways }),
    {
      heading: ['Privacy', 'Confidentialité'],
      others: [
        ['Download my data', 'Télécharger mes données'],
        ['Close my account', 'Fermer mon compte'],
      ],
    },
  ],
  '/account/privacy, about to close': [
    (frame) => {
      const portal = portalOf(frame.language, address)
      return PrivacyPage({ frame, portal, current: '/here', ways, closesOn: '22 December 2026' })
    },
    { heading: ['Privacy', 'Confidentialité'], primary: ['Keep my account', 'Garder mon compte'] },
  ],
  '/undo': [
    (frame) => UndoPage({ frame, action: '/here', address }),
    {
      heading: ['Undo the change of your address?', 'Annuler le changement de votre adresse?'],
      primary: ['Undo the change', 'Annuler le changement'],
    },
  ],
  '/second-step': [
    (frame) => {
      const way = { id: 'fac_1', kind: 'app', name: '' } as const
      return SecondStepPage({ frame, action: '/here', otherWays: '/ways', send: '/send', way, address, days: 30 })
    },
    {
      heading: ['Verify that it is you', "Vérifier que c'est vous"],
      fields: [['Code', 'Code']],
      primary: ['Continue', 'Continuer'],
      others: [['Verify another way', "Vérifier d'une autre façon"]],
    },
  ],
  '/account/factors': [
    (frame) => {
      const factors = [{ id: 'fac_1', kind: 'app', name: '', added: '', used: undefined } as const]
      return FactorsPage({
        frame,
        portal: portalOf(frame.language, address),
        factors,
        recovery: undefined,
        phone: true,
        hasPassword: true,
        twoStep: 'on',
      })
    },
    {
      heading: ['Ways to sign in', 'Façons de se connecter'],
      others: [
        ['Set up an authenticator app', "Configurer une application d'authentification"],
        ['Create a passkey', "Créer une clé d'accès"],
        ['Set up text messages', 'Configurer les messages texte'],
        ['Set up voice calls', 'Configurer les appels vocaux'],
        ['Recovery codes', 'Codes de récupération'],
        ['Remove', 'Retirer'],
      ],
    },
  ],
  '/account/factors/codes': [
    (frame) => CodesPage({ frame, portal: portalOf(frame.language, address), codes: undefined }),
    {
      heading: ['Recovery codes', 'Codes de récupération'],
      others: [['Make new codes', 'Générer de nouveaux codes']],
    },
  ],
  '/account/factors/codes/new': [
    (frame) => {
      const props = { frame, action: '/here', fileAction: '/file', codes: ['A'], offer: '' }
      return NewCodesPage({ ...props, portal: portalOf(frame.language, address) })
    },
    {
      heading: ['Your recovery codes', 'Vos codes de récupération'],
      primary: ['I have saved them', 'Je les ai conservés'],
    },
  ],
  '/account': [
    (frame) => {
      const portal = portalOf(frame.language, address)
      return OverviewPage({ frame, portal, name: 'Nadia Benali', email: address, twoStep: false, products: [] })
    },
    { heading: ['Account management', 'Gestion du compte'], others: [['Sign out', 'Se déconnecter']] },
  ],
  '/account/profile': [
    (frame) => {
      const profile = { firstName: 'Nadia', lastName: 'Benali', language: frame.language }
      return ProfilePage({ frame, portal: portalOf(frame.language, address), profile })
    },
    {
      heading: ['Profile', 'Profil'],
      fields: [
        ['First name', 'Prénom'],
        ['Last name', 'Nom'],
        ['Language', 'Langue'],
      ],
      primary: ['Save', 'Enregistrer'],
    },
  ],
  '/account/sessions': [
    (frame) => {
      const session = {
        uid: 'ses_2',
        browser: 'Firefox',
        place: '',
        nearPlace: false,
        ago: '',
        products: [],
        here: false,
      }
      const browsers = [{ mark: 'm', browser: 'Firefox', first: '', last: '', here: false }]
      return SessionsPage({ frame, portal: portalOf(frame.language, address), sessions: [session], browsers })
    },
    {
      heading: ['Sessions and browsers', 'Sessions et navigateurs'],
      others: [
        ['Sign out everywhere else', 'Se déconnecter partout ailleurs'],
        ['Sign out', 'Déconnecter'],
        ['Forget', 'Oublier'],
      ],
    },
  ],
  '/account/products': [
    (frame) => {
      const ledger = { id: 'ledger', name: 'Ledger', thirdParty: false, scopes: [], since: '', last: '' }
      return ProductsPage({ frame, portal: portalOf(frame.language, address), products: [ledger] })
    },
    { heading: ['Products', 'Produits'], others: [['Remove access', "Retirer l'accès"]] },
  ],
}

/** What stands between the tags that match, as a person reads it. */
const namesOf = (html: string, tag: RegExp): string[] =>
  [...html.matchAll(new RegExp(`<(${tag.source})>([^<]*)</`, 'g'))].map((found) =>
    (found.at(-1) ?? '').replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  )

describe('the labels of', () => {
  for (const [path, [page, { heading, fields = [], primary, others = [] }]] of Object.entries(pages))
    for (const [which, language] of (['en', 'fr-CA'] as const).entries())
      test(`${path}, ${language}`, () => {
        const html = renderPage(page(sampleFrameIn(language)))
        const inLanguage = (labels: readonly Label[]): string[] => labels.map((label) => label[which] ?? '')
        assert.deepEqual(namesOf(html, /h1/), inLanguage([heading]))
        assert.deepEqual(namesOf(html, /label [^>]*/), inLanguage(fields))
        assert.deepEqual(namesOf(html, /button type="submit" class="button"/), inLanguage(primary ? [primary] : []))
        const quiet = namesOf(html, /(?:a|button type="submit" class="(?:link|button quiet)") ?[^>]*/)
        for (const name of inLanguage(others)) assert.ok(quiet.includes(name), `${name}, in ${quiet.join(' · ')}`)
      })
})
