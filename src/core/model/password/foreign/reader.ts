/** What the reader of each form of hash answers. */

export type Foreign = {
  /** The algorithm and what it costs, to be told: nothing of the hash itself. */
  format: string
  fits(password: string): Promise<boolean>
}
export type ForeignProblem = 'hash-unknown' | 'hash-too-dear' | 'hash-damaged'
/** Undefined where the text is of another algorithm. */
export type Reader = (text: string) => Foreign | Exclude<ForeignProblem, 'hash-unknown'> | undefined
