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
import type { World } from '../world.ts'

/** Every letter, by the name it is posted under. */
export function letters({ brand }: World): Writers {
  const letter = letterWriter(brand)
  return {
    'sign-up-code': letter(signUpLetters.signUpLetter),
    'address-has-account': letter(signUpLetters.takenLetter),
    'reset-link': letter(forgotPasswordLetters.resetLetter),
    'password-changed': letter(newPasswordLetters.changedLetter),
    'email-change-code': letter(changeEmailLetters.changeCodeLetter),
    'email-change-tried': letter(changeEmailLetters.triedLetter),
    'email-changed': letter(changeEmailLetters.emailChangedLetter),
    'email-changed-undo': letter(changeEmailLetters.undoLetter),
    'email-change-undone': letter(undoLetters.undoneLetter),
    'address-dropped': letter(undoLetters.droppedLetter),
    'account-closing': letter(privacyLetters.closingLetter),
    'account-closes-soon': letter(privacyLetters.closesSoonLetter),
    'account-kept': letter(privacyLetters.keptLetter),
    'data-exported': letter(privacyLetters.exportedLetter),
    'other-sessions-ended': letter(sessionsLetters.endedLetter),
    'access-removed': letter(productsLetters.removedLetter),
    'account-held': letter(accountsLetters.heldLetter),
    'account-released': letter(accountsLetters.releasedLetter),
    'account-secured': letter(notMeLetters.securedLetter),
    'account-blocked': letter(unblockLetters.blockedLetter),
    'browser-copied': letter(passwordLetters.copiedLetter),
    'second-step-refused': letter(secondStepLetters.refusedLetter),
    'recovery-code-used': letter(secondStepLetters.recoveryLetter),
    'new-way-code': letter(contactsLetters.newWayLetter),
    'second-step-code': letter(secondStepLetters.codeToBackUp),
    'support-asked': letter(lostWaysLetters.askedLetter),
    'factor-added': letter(factorsLetters.addedLetter),
    'factor-renamed': letter(factorsLetters.renamedLetter),
    'factor-removed': letter(factorsLetters.removedLetter),
    'two-step-on': letter(twoStepLetters.turnedOnLetter),
    'two-step-off': letter(twoStepLetters.turnedOffLetter),
    'recovery-codes-made': letter(recoveryCodesLetters.codesMadeLetter),
    'confirm-sign-in': letter(confirmLetters.confirmLetter),
  }
}
