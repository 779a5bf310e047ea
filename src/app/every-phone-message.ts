/** Every text and every call there is. */
import type { Wording } from '../platform/phone/carrier.ts'
import { phoneCode } from '../ui/letter/phone-code.ts'
import type { World } from '../world.ts'

/** By the name it is posted under, to the topic `sms` or `voice`. */
export const phoneMessages = ({ brand, origin }: World): Record<string, Wording> => ({
  'phone-code': phoneCode(brand, origin),
})
