/** What the doctor found out about one thing, and what to do where that is not as it should be. */
export type Finding = { about: string; ok: boolean; says: string; todo?: string }

export const fine = (about: string, says: string): Finding => ({ about, ok: true, says })
export const wrong = (about: string, says: string, todo: string): Finding => ({ about, ok: false, says, todo })
