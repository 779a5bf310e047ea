/** Every text and every call there is. */
import type { Wordings } from '../platform/phone/carrier.ts'
import { phoneCode } from '../ui/letter/phone-code.ts'
import type { World } from '../world.ts'

/** By the name it is posted under. */
export const phoneMessages = ({ origin }: World): Wordings => ({
  'phone-code': phoneCode(origin),
})
