/** What a form carries while a browser has to prove some work. */
import { inSeconds } from '../../platform/clock.ts'
import { PROOF_WAIT } from '../../platform/web/proof-wait.ts'
import type { Frame } from '../frame.ts'
import { texts } from './texts.ts'

/** Says that the browser is being checked; without JavaScript, that a little time has to pass. */
export const BrowserCheck = ({ frame, challenge }: { frame: Frame; challenge: string }) => {
  const t = texts.in(frame.language)
  return (
    <>
      <input type="hidden" name="challenge" value={challenge} />
      <input type="hidden" name="proof" value="" />
      <p class="note" role="status" data-working={t('checking')} data-done={t('checked')}>
        {t('waitFirst', { seconds: inSeconds(PROOF_WAIT) })}
      </p>
    </>
  )
}
