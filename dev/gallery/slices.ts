/** Every state of every page, letter and text there is: the samples of all slices. */
import * as journey from '../../src/journey/samples.tsx'
import * as oidc from '../../src/oidc/samples.tsx'
import * as operatorAccounts from '../../src/operator/accounts/samples.tsx'
import * as web from '../../src/platform/web/samples.ts'
import * as activity from '../../src/portal/activity/samples.tsx'
import * as changeEmail from '../../src/portal/change-email/samples.tsx'
import * as changePassword from '../../src/portal/change-password/samples.tsx'
import * as contacts from '../../src/portal/contacts/samples.tsx'
import * as factors from '../../src/portal/factors/samples.tsx'
import * as keepAccount from '../../src/portal/keep-account/samples.tsx'
import * as overview from '../../src/portal/overview/samples.tsx'
import * as passkeys from '../../src/portal/passkeys/samples.tsx'
import * as privacy from '../../src/portal/privacy/samples.tsx'
import * as products from '../../src/portal/products/samples.tsx'
import * as profile from '../../src/portal/profile/samples.tsx'
import * as recoveryCodes from '../../src/portal/recovery-codes/samples.tsx'
import * as review from '../../src/portal/review/samples.tsx'
import * as sessions from '../../src/portal/sessions/samples.tsx'
import * as twoStep from '../../src/portal/two-step/samples.tsx'
import * as withoutPhone from '../../src/portal/without-phone/samples.tsx'
import * as betterPassword from '../../src/sign-in/better-password/samples.tsx'
import * as chooseAccount from '../../src/sign-in/choose-account/samples.tsx'
import * as chooseLanguage from '../../src/sign-in/choose-language/samples.tsx'
import * as confirmSignIn from '../../src/sign-in/confirm-sign-in/samples.tsx'
import * as consent from '../../src/sign-in/consent/samples.tsx'
import * as forgotPassword from '../../src/sign-in/forgot-password/samples.tsx'
import * as lostWays from '../../src/sign-in/lost-ways/samples.tsx'
import * as newPassword from '../../src/sign-in/new-password/samples.tsx'
import * as notMe from '../../src/sign-in/not-me/samples.tsx'
import * as offerPasskey from '../../src/sign-in/offer-passkey/samples.tsx'
import * as password from '../../src/sign-in/password/samples.tsx'
import * as secondStep from '../../src/sign-in/second-step/samples.tsx'
import * as secondWay from '../../src/sign-in/second-way/samples.tsx'
import * as signOut from '../../src/sign-in/sign-out/samples.tsx'
import * as signUp from '../../src/sign-in/sign-up/samples.tsx'
import * as unblock from '../../src/sign-in/unblock/samples.tsx'
import * as undoEmailChange from '../../src/sign-in/undo-email-change/samples.tsx'
import * as letter from '../../src/ui/letter/samples.tsx'
import * as ui from '../../src/ui/samples.tsx'

type Samples = {
  pages?: Record<string, ui.PageSample>
  letters?: Record<string, ui.LetterSample>
  messages?: Record<string, letter.MessageSample>
}

/** By their folder in src/. */
export const slices: Record<string, Samples> = {
  'sign-in/password': password,
  'sign-in/sign-up': signUp,
  'sign-in/forgot-password': forgotPassword,
  'sign-in/new-password': newPassword,
  'sign-in/not-me': notMe,
  'sign-in/unblock': unblock,
  'sign-in/confirm-sign-in': confirmSignIn,
  'sign-in/second-step': secondStep,
  'sign-in/lost-ways': lostWays,
  'sign-in/undo-email-change': undoEmailChange,
  'portal/keep-account': keepAccount,
  'sign-in/choose-account': chooseAccount,
  'sign-in/choose-language': chooseLanguage,
  'sign-in/consent': consent,
  'sign-in/sign-out': signOut,
  'sign-in/better-password': betterPassword,
  'sign-in/second-way': secondWay,
  'sign-in/offer-passkey': offerPasskey,
  'portal/overview': overview,
  'portal/activity': activity,
  'portal/review': review,
  'portal/change-email': changeEmail,
  'portal/privacy': privacy,
  'portal/profile': profile,
  'portal/factors': factors,
  'portal/contacts': contacts,
  'portal/passkeys': passkeys,
  'portal/two-step': twoStep,
  'portal/without-phone': withoutPhone,
  'portal/recovery-codes': recoveryCodes,
  'portal/sessions': sessions,
  'portal/products': products,
  'portal/change-password': changePassword,
  'operator/accounts': operatorAccounts,
  oidc,
  journey,
  ui,
  'ui/letter': letter,
  'platform/web': web,
}

/** `slug`: the name as it stands in addresses and in names of files. */
type Named<Make> = { slice: string; name: string; slug: string; make: Make }

const slugOf = (name: string): string =>
  name
    .replaceAll(/[^\w-]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .toLowerCase()

function named<Make>(pick: (samples: Samples) => Record<string, Make>, prefix = ''): Named<Make>[] {
  return Object.entries(slices).flatMap(([slice, samples]) =>
    Object.entries(pick(samples)).map(([name, make]) => ({ slice, name, slug: slugOf(prefix + name), make })),
  )
}

export const pageSamples = named(({ pages = {} }) => pages)
export const letterSamples = named(({ letters = {} }) => letters, 'letter ')
export const messageSamples = named(({ messages = {} }) => messages, 'message ')
