/** The accessible names a person goes by, as the contract gives them; French of France as its sheet says them. */
import type { Language } from '../../../src/platform/languages/languages.ts'

const en = {
  signIn: 'Sign in',
  create: 'Create an account',
  forgot: 'Forgot your password?',
  email: 'Email address',
  password: 'Password',
  firstName: 'First name',
  lastName: 'Last name',
  signUp: 'Sign up',
  code: 'Verification code',
  verify: 'Verify email',
  resend: 'Resend code',
  change: 'Change the address',
  confirm: 'Confirm',
  sendLink: 'Send the link',
  sent: 'Look in your mailbox',
  reset: 'Reset your password',
  newPassword: 'New password',
  again: 'Confirm the password',
  currentPassword: 'Current password',
  changePassword: 'Change the password',
  submit: 'Submit',
  account: 'Account management',
  signOut: 'Sign out',
  language: 'English',
}
export type Words = typeof en

const frCA: Words = {
  signIn: 'Se connecter',
  create: 'Créer un compte',
  forgot: 'Vous avez oublié votre mot de passe ?',
  email: 'Adresse courriel',
  password: 'Mot de passe',
  firstName: 'Prénom',
  lastName: 'Nom',
  signUp: "S'inscrire",
  code: 'Code de vérification',
  verify: 'Vérifier le courriel',
  resend: 'Renvoyer le code',
  change: "Modifier l'adresse",
  confirm: 'Confirmer',
  sendLink: 'Envoyer le lien',
  sent: 'Consultez votre boîte courriel',
  reset: 'Réinitialiser votre mot de passe',
  newPassword: 'Nouveau mot de passe',
  again: 'Confirmer le mot de passe',
  currentPassword: 'Mot de passe actuel',
  changePassword: 'Modifier le mot de passe',
  submit: 'Soumettre',
  account: 'Gestion du compte',
  signOut: 'Se déconnecter',
  language: 'Français (Canada)',
}

const fr: Words = {
  ...frCA,
  forgot: 'Mot de passe oublié ?',
  email: 'Adresse e-mail',
  signUp: 'S’inscrire',
  verify: 'Vérifier l’e-mail',
  change: 'Modifier l’adresse',
  sent: 'Consultez votre boîte e-mail',
  language: 'Français (France)',
}

export const words: Record<Language, Words> = { en, 'fr-CA': frCA, fr }
