/** A quarter of the random sequences of thief and owner. */
import { playRandom } from './random.ts'

playRandom(11)
