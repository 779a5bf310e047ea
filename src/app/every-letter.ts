/** Every letter there is. */
import * as accountsLetters from '../operator/accounts/letters.ts'
import type { Writers } from '../platform/mail/carrier.ts'
import * as changeEmailLetters from '../portal/change-email/letters.ts'
import * as contactsLetters from '../portal/contacts/letters.ts'
import * as factorsLetters from '../portal/factors/letters.ts'
import * as privacyLetters from '../portal/privacy/letters.ts'
import * as productsLetters from '../portal/products/letters.ts'
import * as recoveryCodesLetters from '../portal/recovery-codes/letters.ts'
import * as sessionsLetters from '../portal/sessions/letters.ts'
import * as twoStepLetters from '../portal/two-step/letters.ts'
import * as confirmLetters from '../sign-in/confirm-sign-in/letters.ts'
import * as forgotPasswordLetters from '../sign-in/forgot-password/letters.ts'
import * as lostWaysLetters from '../sign-in/lost-ways/letters.ts'
import * as newPasswordLetters from '../sign-in/new-password/letters.ts'
import * as notMeLetters from '../sign-in/not-me/letters.ts'
import * as passwordLetters from '../sign-in/password/letters.ts'
import * as secondStepLetters from '../sign-in/second-step/letters.ts'
import * as signUpLetters from '../sign-in/sign-up/letters.ts'
import * as unblockLetters from '../sign-in/unblock/letters.ts'
import * as undoLetters from '../sign-in/undo-email-change/letters.ts'
import { letterWriter } from '../ui/letter/writer.ts'

/** Every letter, by the name it is posted under. */
export const letters: Writers = {
  'sign-up-code': letterWriter(signUpLetters.signUpLetter),
  'address-has-account': letterWriter(signUpLetters.takenLetter),
  'reset-link': letterWriter(forgotPasswordLetters.resetLetter),
  'password-changed': letterWriter(newPasswordLetters.changedLetter),
  'email-change-code': letterWriter(changeEmailLetters.changeCodeLetter),
  'email-change-tried': letterWriter(changeEmailLetters.triedLetter),
  'email-changed': letterWriter(changeEmailLetters.emailChangedLetter),
  'email-changed-undo': letterWriter(changeEmailLetters.undoLetter),
  'email-change-undone': letterWriter(undoLetters.undoneLetter),
  'address-dropped': letterWriter(undoLetters.droppedLetter),
  'account-closing': letterWriter(privacyLetters.closingLetter),
  'account-closes-soon': letterWriter(privacyLetters.closesSoonLetter),
  'account-kept': letterWriter(privacyLetters.keptLetter),
  'data-exported': letterWriter(privacyLetters.exportedLetter),
  'other-sessions-ended': letterWriter(sessionsLetters.endedLetter),
  'access-removed': letterWriter(productsLetters.removedLetter),
  'account-held': letterWriter(accountsLetters.heldLetter),
  'account-released': letterWriter(accountsLetters.releasedLetter),
  'account-secured': letterWriter(notMeLetters.securedLetter),
  'account-blocked': letterWriter(unblockLetters.blockedLetter),
  'browser-copied': letterWriter(passwordLetters.copiedLetter),
  'second-step-refused': letterWriter(secondStepLetters.refusedLetter),
  'recovery-code-used': letterWriter(secondStepLetters.recoveryLetter),
  'new-way-code': letterWriter(contactsLetters.newWayLetter),
  'second-step-code': letterWriter(secondStepLetters.codeToBackUp),
  'support-asked': letterWriter(lostWaysLetters.askedLetter),
  'factor-added': letterWriter(factorsLetters.addedLetter),
  'factor-renamed': letterWriter(factorsLetters.renamedLetter),
  'factor-removed': letterWriter(factorsLetters.removedLetter),
  'two-step-on': letterWriter(twoStepLetters.turnedOnLetter),
  'two-step-off': letterWriter(twoStepLetters.turnedOffLetter),
  'recovery-codes-made': letterWriter(recoveryCodesLetters.codesMadeLetter),
  'confirm-sign-in': letterWriter(confirmLetters.confirmLetter),
}
