/** How long a browser without JavaScript waits in place of a proof of work: the form shows it, the check enforces it. */
import { seconds } from '../clock.ts'

export const PROOF_WAIT = seconds(30)
