/** The languages of the sample products. English is written first, and so it is the type of the others. */
export const languages = { 'fr-CA': 'Français (Canada)', fr: 'Français (France)', en: 'English' } as const

/** A language tag that we speak. */
export type Language = keyof typeof languages

/** Whether a tag from outside is one of ours. */
export function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(languages, tag)
}

/** The first language of the browser's list (`Accept-Language`) that we speak. */
export function chooseLanguage(accepted: string | undefined, otherwise: Language): Language {
  const wanted = (accepted ?? '').split(',').map((item) => {
    const [tag = '', weight] = item.split(';')
    return { tag: tag.trim().toLowerCase(), weight: Number(weight?.replace(/^\s*q=/, '') ?? 1) }
  })
  for (const { tag } of wanted.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight)) {
    if (tag === 'fr-ca') return 'fr-CA'
    if (/^fr\b/.test(tag)) return 'fr'
    if (/^en\b/.test(tag)) return 'en'
  }
  return otherwise
}

/** What stands on a page that says only one thing. */
export type Message = { title: string; text: string }

const en = {
  signIn: 'Sign in',
  signUp: 'Create an account',
  signOut: 'Sign out',
  refresh: 'Refresh',
  tryAgain: 'Try again',
  home: 'Home page',
  account: 'Account management',
  open: (product: string) => `Open ${product}`,
  hello: (name: string) => `Hello, ${name}`,
  yourAccount: 'Your account',
  name: 'Name',
  email: 'Email address',
  subject: 'Subject id',
  language: 'Language',
  setUp: 'Set up a second step',
  bank: 'Bank details',
  bankLead: 'You have proved more than a password. This is where the money goes.',
  ended: 'The account service has ended your session. Sign in again to go on.',
  refreshed: (time: string) => `Refreshed at ${time}. Your session is alive.`,
  oneAccount: 'One account for all your products.',
  sample: 'A sample product. Nothing here is real.',
  unreachable: {
    title: 'The account service is not reachable yet',
    text: 'It may still be starting. Nothing is lost: try again in a moment.',
  },
  denied: { title: 'Sign-in was cancelled', text: 'You are not signed in. You can try again whenever you like.' },
  notSignedIn: { title: 'You are not signed in yet', text: 'This needs your account. Sign in to go on.' },
  failed: { title: 'Sign-in did not work', text: 'The account service refused the request. You can try again.' },
  lost: {
    title: 'This sign-in is no longer valid',
    text: 'It took too long, or this browser does not keep cookies. Allow cookies for this site, then try again.',
  },
  moreNeeded: {
    title: 'This page needs more than a password',
    text: 'Your account has no second step yet. Set one up in account management, then come back.',
  },
  missing: { title: 'There is nothing here', text: 'The address may be mistyped, or the page has moved.' },
  forbidden: { title: 'This form came from elsewhere', text: 'Nothing was done. Use the buttons of this site.' },
  broken: { title: 'Something went wrong', text: 'It is not your doing. Try again in a moment.' },
}

/** Every sentence that the two products share. */
type Words = typeof en

/** The messages among them. */
export type MessageName = { [K in keyof Words]: Words[K] extends Message ? K : never }[keyof Words]

const frCA: Words = {
  signIn: 'Se connecter',
  signUp: 'Créer un compte',
  signOut: 'Se déconnecter',
  refresh: 'Actualiser',
  tryAgain: 'Réessayer',
  home: 'Page d’accueil',
  account: 'Gestion du compte',
  open: (product) => `Ouvrir ${product}`,
  hello: (name) => `Bonjour, ${name}`,
  yourAccount: 'Votre compte',
  name: 'Nom',
  email: 'Adresse courriel',
  subject: 'Identifiant (sub)',
  language: 'Langue',
  setUp: 'Configurer une deuxième étape',
  bank: 'Coordonnées bancaires',
  bankLead: 'Vous avez prouvé plus qu’un mot de passe. Voici où va l’argent.',
  ended: 'Le service de compte a mis fin à votre session. Connectez-vous de nouveau pour continuer.',
  refreshed: (time) => `Actualisé à ${time}. Votre session est active.`,
  oneAccount: 'Un seul compte pour tous vos produits.',
  sample: 'Un produit d’exemple. Rien ici n’est réel.',
  unreachable: {
    title: 'Le service de compte n’est pas encore joignable',
    text: 'Il est peut-être en train de démarrer. Rien n’est perdu : réessayez dans un instant.',
  },
  denied: {
    title: 'La connexion a été annulée',
    text: 'Vous n’êtes pas connecté. Vous pouvez réessayer quand vous voulez.',
  },
  notSignedIn: {
    title: 'Vous n’êtes pas encore connecté',
    text: 'Cette page demande votre compte. Connectez-vous pour continuer.',
  },
  failed: {
    title: 'La connexion n’a pas fonctionné',
    text: 'Le service de compte a refusé la demande. Vous pouvez réessayer.',
  },
  lost: {
    title: 'Cette connexion n’est plus valide',
    text: 'Elle a pris trop de temps, ou ce navigateur ne garde pas les témoins. Autorisez les témoins, puis réessayez.',
  },
  moreNeeded: {
    title: 'Cette page demande plus qu’un mot de passe',
    text: 'Votre compte n’a pas encore de deuxième étape. Configurez-en une dans la gestion du compte, puis revenez.',
  },
  missing: { title: 'Il n’y a rien ici', text: 'L’adresse est peut-être mal tapée, ou la page a été déplacée.' },
  forbidden: {
    title: 'Ce formulaire vient d’ailleurs',
    text: 'Rien n’a été fait. Utilisez les boutons de ce site.',
  },
  broken: { title: 'Un problème est survenu', text: 'Vous n’y êtes pour rien. Réessayez dans un instant.' },
}

const fr: Words = {
  ...frCA,
  email: 'Adresse e-mail',
  lost: {
    title: frCA.lost.title,
    text: 'Elle a pris trop de temps, ou ce navigateur ne garde pas les cookies. Autorisez les cookies, puis réessayez.',
  },
}

/** The sentences, by language. */
export const words: Record<Language, Words> = { 'fr-CA': frCA, fr, en }
