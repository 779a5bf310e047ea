/** How long a browser without JavaScript waits in place of a proof of work: the form says it, whoever checks holds it. */
import { seconds } from '../clock.ts'

export const PROOF_WAIT = seconds(30)
