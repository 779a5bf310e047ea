/** States of the shared pieces: the gallery, the pictures and the tests go through this list. */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Language } from '../platform/languages/languages.ts'
import { Checkbox, CodeField, CopyButton, Field, Form, LinkButton, PasswordField, QuietButton } from './form.tsx'
import type { Frame } from './frame.ts'
import { Page, type Portal, PortalPage } from './layout.tsx'
import type { Letter } from './letter/letter.tsx'
import { Alert, Alternatives, Badge, Card, Divider, Facts, Note, Row, Rows, strong } from './notice.tsx'

/** One state of a page. The frame is given: the language, and what every page has. */
export type PageSample = (frame: Frame) => JSX.Element
export type LetterSample = (language: Language) => Letter

export const challenge = 'Zk1rTmd4b2s3cVdtT0h5bEExTmd4b2s3'.padEnd(560, '0')

/** The product that waits in samples, and one with a name that nobody thought of. */
export const ledger = { name: 'General Ledger' }
export const longProduct = { name: 'Donaudampfschifffahrtsgesellschaftsverwaltung and Sons Travel Expenses' }
export const nadia = { email: 'nadia.benali@atelier.example', firstName: 'Nadia', lastName: 'Benali' }

/** As long as an address and names may be. */
export const longNadia = {
  email: `${'nadia-alexandrine-benali-de-la-tour-du-pin-accounts-payable'.padEnd(64, '1')}@${'atelier-'.repeat(6)}nadia-bn.example`,
  firstName: 'Nadia Marie-Alexandrine Joséphine Éléonore-Guillemette Berth',
  lastName: 'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis',
}

/** When, where, with what something happened. */
export const happening = {
  at: '2026-11-22T10:02:00.000Z',
  network: '203.0.113.7',
  place: 'Toronto, Canada',
  timeZone: 'America/Toronto',
  userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
}

const portal: Portal = {
  home: { href: '/account', label: 'Account management' },
  sections: ['Profile', 'Factors', 'Sessions', 'Privacy'].map((label) => ({
    href: `/account/${label.toLowerCase()}`,
    label,
  })),
  signOut: { href: '/sign-out', label: 'Sign out' },
  person: 'nadia.benali@atelier.example',
}

export const pages: Record<string, PageSample> = {
  'way in, a product waits': (frame) => (
    <Page frame={{ ...frame, toward: ledger }} title="Sign in" lead="One account opens all of your products.">
      <Form frame={frame} action="/sign-in" submit="Sign in">
        <Field frame={frame} name="email" label="Email address" type="email" autocomplete="username" />
        <PasswordField frame={frame} name="password" label="Password" autocomplete="current-password">
          <a href="/forgot">Forgot your password?</a>
        </PasswordField>
      </Form>
      <Divider>or</Divider>
      <LinkButton href="/passkey" quiet>
        Use a passkey
      </LinkButton>
      <Alternatives>
        New here? <a href="/sign-up">Create an account</a>
      </Alternatives>
    </Page>
  ),
  'way in, refused as a whole': (frame) => (
    <Page
      frame={frame}
      title="Sign in"
      problems={{ form: 'That address and password do not belong together. Try again, or reset the password.' }}
    >
      <Form frame={frame} action="/sign-in" submit="Sign in">
        <Field frame={frame} name="email" label="Email address" type="email" autocomplete="username" refused />
        <PasswordField frame={frame} name="password" label="Password" autocomplete="current-password" refused />
      </Form>
    </Page>
  ),
  'way in, two fields refused': (frame) => <Refused frame={frame} />,
  'code, on its way': (frame) => (
    <Page
      frame={frame}
      title="Verification code"
      lead={`Six digits went to ${strong('nadia.benali@atelier.example')}. They work for half an hour.`}
    >
      <Note>{`The mail server of ${strong('atelier.example')} took the letter 8 seconds ago.`}</Note>
      <Form frame={frame} action="/verify" submit="Verify email">
        <CodeField frame={frame} label="Verification code" />
      </Form>
      <Alternatives>
        Nothing yet?{' '}
        <QuietButton frame={frame} action="/verify/resend">
          Resend code
        </QuietButton>{' '}
        <a href="/sign-up">Change the address</a>
      </Alternatives>
    </Page>
  ),
  'second step, wrong code': (frame) => (
    <Page
      frame={{ ...frame, toward: ledger }}
      title="Verify that it is you"
      problems={{ code: wrongCode }}
      labels={{ code: 'Code' }}
    >
      <Form frame={frame} action="/second-step" submit="Continue">
        <CodeField frame={{ ...frame, draft: { code: '482 913' } }} label="Code" problem={wrongCode} />
        <Checkbox frame={frame} name="remember" label="Remember this browser for 30 days" />
      </Form>
      <QuietButton frame={frame} action="/second-step/other" look="button">
        Verify another way
      </QuietButton>
    </Page>
  ),
  'account, first page': (frame) => (
    <PortalPage frame={frame} portal={portal} current="/account" title="Account management">
      <Alert title="Your account closes on 4 December">
        Until then you can change your mind. <a href="/account/privacy">Keep my account</a>
      </Alert>
      <Card title="Nadia Benali" lead="nadia.benali@atelier.example">
        <Facts facts={[{ label: 'Account since', value: '12 March 2024' }]} />
      </Card>
    </PortalPage>
  ),
  'account, a list': (frame) => <Sessions frame={frame} />,
  'account, a form': (frame) => (
    <PortalPage frame={frame} portal={portal} current="/account/factors" title="Set up an authenticator app">
      <p>
        Key: <code id="key">JBSW Y3DP EHPK 3PXP</code> <CopyButton frame={frame} of="key" />
      </p>
      <Form frame={frame} action="/account/factors/app" submit="Continue">
        <CodeField frame={frame} label="Code" hint="The app shows a new one every 30 seconds." />
      </Form>
    </PortalPage>
  ),
}

const wrongCode = 'That is not the code. Three tries are left.'

const Refused = ({ frame }: { frame: Frame }) => {
  const typed = {
    ...frame,
    draft: { email: 'office@a-name-that-is-far-longer-than-the-limit.example', first: 'Tomas' },
  }
  const problems = {
    email: 'The part after the @ is longer than 64 characters: it has 71.',
    password: 'This password is on lists that everybody can read. Put three words of your own together.',
  }
  return (
    <Page
      frame={{ ...typed, toward: ledger }}
      title="Create an account"
      problems={problems}
      labels={{ email: 'Email address', password: 'Password' }}
    >
      <Form frame={typed} action="/sign-up" submit="Sign up">
        <Field
          frame={typed}
          name="email"
          label="Email address"
          type="email"
          autocomplete="username"
          problem={problems.email}
        />
        <Field frame={typed} name="first" label="First name" autocomplete="given-name" />
        <Field frame={typed} name="last" label="Last name" autocomplete="family-name" />
        <PasswordField
          frame={typed}
          name="password"
          label="Password"
          autocomplete="new-password"
          strength={{ atLeast: 8 }}
          problem={problems.password}
          hint="8 characters or more. Several words are easier to remember than signs."
        />
      </Form>
    </Page>
  )
}

const Sessions = ({ frame }: { frame: Frame }) => (
  <PortalPage
    frame={frame}
    portal={portal}
    current="/account/sessions"
    title="Sessions and browsers"
    lead="Every browser that is signed in to your account."
  >
    <Card>
      <Rows>
        <Row title="Firefox on Linux" detail="Lyon · at this moment · General Ledger">
          <Badge>This browser</Badge>
        </Row>
        <Row id="session-2" title="Chrome on Android" detail="Annecy · yesterday · General Ledger, Payroll">
          <QuietButton frame={frame} action="/account/sessions/end" values={{ session: '2' }} about="session-2">
            Sign out
          </QuietButton>
        </Row>
        <Row title="Payroll" detail="Has not answered since Monday">
          <Badge alarm>Needs a person</Badge>
        </Row>
      </Rows>
    </Card>
    <QuietButton frame={frame} action="/account/sessions/end-others" look="button">
      Sign out everywhere else
    </QuietButton>
  </PortalPage>
)

export const letters: Record<string, LetterSample> = {
  'a code': () => ({
    subject: '482913 is your verification code',
    blocks: [
      { paragraph: `Type it on the page where you gave ${strong('nadia.benali@atelier.example')}.` },
      { code: '482913' },
      { paragraph: 'Or press this button in the browser you began with.' },
      { button: 'Confirm', url: 'https://account.example/link/Zk1rTmd4b2s3cVdtT0h5bA' },
      { small: 'If you did not ask for it, you need not do anything: without the code, nothing happens.' },
    ],
  }),
  'a notice': () => ({
    subject: 'Your account is blocked for unknown browsers',
    blocks: [
      { paragraph: 'Somebody gave a wrong password ten times. Browsers you have used before still let you in.' },
      {
        facts: [
          { label: 'When', value: '22 November 2026 at 10:02' },
          { label: 'From about', value: 'Toronto, Canada' },
          { label: 'Browser', value: 'Chrome on Windows' },
        ],
      },
      { button: 'Unblock my account', url: 'https://account.example/unblock/bG9uZyBhbmQgc2VjcmV0' },
    ],
  }),
}
