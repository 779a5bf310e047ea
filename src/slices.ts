/** The table of contents: every slice, by its folder, in the order a person meets them. What is not named here is not there. */
import { errors } from './journey/errors/slice.ts'
import { journey } from './journey/slice.ts'
import type { Protocol } from './oidc/provider.ts'
import { oidc } from './oidc/slice.ts'
import { accounts } from './operator/accounts/slice.ts'
import { audit } from './operator/audit/slice.ts'
import { health } from './operator/health/slice.ts'
import type { SigningKeys } from './operator/keys/rules.ts'
import { keys } from './operator/keys/slice.ts'
import { policy } from './operator/policy/slice.ts'
import { products } from './operator/products/slice.ts'
import { support } from './operator/support/slice.ts'
import { transfer } from './operator/transfer/slice.ts'
import { activity } from './portal/activity/slice.ts'
import { authenticatorApp } from './portal/authenticator-app/slice.ts'
import { changeEmail } from './portal/change-email/slice.ts'
import { changePassword } from './portal/change-password/slice.ts'
import { contacts } from './portal/contacts/slice.ts'
import { factors } from './portal/factors/slice.ts'
import { overview } from './portal/overview/slice.ts'
import { passkeys } from './portal/passkeys/slice.ts'
import { privacy } from './portal/privacy/slice.ts'
import { usedProducts } from './portal/products/slice.ts'
import { profile } from './portal/profile/slice.ts'
import { recoveryCodes } from './portal/recovery-codes/slice.ts'
import { review } from './portal/review/slice.ts'
import { sessions } from './portal/sessions/slice.ts'
import { twoStep } from './portal/two-step/slice.ts'
import { withoutPhone } from './portal/without-phone/slice.ts'
import { betterPassword } from './sign-in/better-password/slice.ts'
import { chooseAccount } from './sign-in/choose-account/slice.ts'
import { chooseLanguage } from './sign-in/choose-language/slice.ts'
import { confirmSignIn } from './sign-in/confirm-sign-in/slice.ts'
import { consent } from './sign-in/consent/slice.ts'
import { enrolSecondFactor } from './sign-in/enrol-second-factor/slice.ts'
import { forgotPassword } from './sign-in/forgot-password/slice.ts'
import { keepAccount } from './sign-in/keep-account/slice.ts'
import { lostFactors } from './sign-in/lost-factors/slice.ts'
import { newPassword } from './sign-in/new-password/slice.ts'
import { notMe } from './sign-in/not-me/slice.ts'
import { offerPasskey } from './sign-in/offer-passkey/slice.ts'
import { passkey } from './sign-in/passkey/slice.ts'
import { password } from './sign-in/password/slice.ts'
import { secondStep } from './sign-in/second-step/slice.ts'
import { signOut } from './sign-in/sign-out/slice.ts'
import { signUp } from './sign-in/sign-up/slice.ts'
import { unblock } from './sign-in/unblock/slice.ts'
import { undoEmailChange } from './sign-in/undo-email-change/slice.ts'
import type { Slice } from './slice.ts'
import type { World } from './world.ts'

/** What answers a request is given. */
export type Service = World & Pick<Protocol, 'answer' | 'refuse'> & { keys: SigningKeys }

export const slices = {
  'sign-in/password': password,
  'sign-in/passkey': passkey,
  'sign-in/sign-up': signUp,
  'sign-in/forgot-password': forgotPassword,
  'sign-in/new-password': newPassword,
  'sign-in/confirm-sign-in': confirmSignIn,
  'sign-in/second-step': secondStep,
  'sign-in/lost-factors': lostFactors,
  'sign-in/unblock': unblock,
  'sign-in/not-me': notMe,
  'sign-in/undo-email-change': undoEmailChange,
  'sign-in/choose-account': chooseAccount,
  'sign-in/keep-account': keepAccount,
  'sign-in/better-password': betterPassword,
  'sign-in/enrol-second-factor': enrolSecondFactor,
  'sign-in/offer-passkey': offerPasskey,
  'sign-in/consent': consent,
  journey,
  'journey/errors': errors,
  oidc,
  'sign-in/sign-out': signOut,
  'sign-in/choose-language': chooseLanguage,
  'portal/overview': overview,
  'portal/activity': activity,
  'portal/review': review,
  'portal/change-email': changeEmail,
  'portal/privacy': privacy,
  'portal/profile': profile,
  'portal/factors': factors,
  'portal/authenticator-app': authenticatorApp,
  'portal/contacts': contacts,
  'portal/without-phone': withoutPhone,
  'portal/two-step': twoStep,
  'portal/passkeys': passkeys,
  'portal/recovery-codes': recoveryCodes,
  'portal/sessions': sessions,
  'portal/products': usedProducts,
  'portal/change-password': changePassword,
  'operator/products': products,
  'operator/keys': keys,
  'operator/audit': audit,
  'operator/policy': policy,
  'operator/support': support,
  // Its paths are more exact than those of one account, so that they come first.
  'operator/transfer': transfer,
  'operator/accounts': accounts,
  'operator/health': health,
} satisfies Record<string, Slice<Service, World>>

export const allSlices: readonly Slice<Service, World>[] = Object.values(slices)
