/** What is shown to be taken elsewhere: a key to copy, the same as a picture to scan. */
import type { Child } from 'hono/jsx'
import { encode } from 'uqr'

/** Something to read or copy, which the form does not send. */
export const Shown = ({ id, label, value, hint }: { id: string; label: string; value: string; hint: Child }) => (
  <div class="field">
    <label for={id}>{label}</label>
    <textarea id={id} rows={2} readonly dir="ltr" spellcheck={false} aria-describedby={`${id}-hint`}>
      {value}
    </textarea>
    <p class="hint" id={`${id}-hint`}>
      {hint}
    </p>
  </div>
)

/** Light modules around a QR code (ISO/IEC 18004). */
const QUIET = 4

/** A QR code, dark on white in either colour scheme, as readers expect it. `label`: its text alternative. */
export const QrCode = ({ text, label }: { text: string; label: string }) => {
  const { data, size } = encode(text, { border: QUIET })
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path d={data.map(line).join('')} stroke="#000" />
    </svg>
  )
}

/** A line of it as a part of a path: strokes as high as a module, and the gaps between them. In few bytes. */
function line(modules: readonly boolean[], y: number): string {
  const text = modules.map((dark) => (dark ? '1' : '0')).join('')
  const runs = text.slice(0, text.lastIndexOf('1') + 1).match(/0+|1+/g) ?? []
  return `M0 ${y + 0.5}${runs.map((run) => (run[0] === '1' ? `h${run.length}` : `m${run.length} 0`)).join('')}`
}
