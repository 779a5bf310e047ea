/** How far something long has come, on one line of a terminal; nowhere else. */
import { between, inSeconds, systemClock } from '../../platform/clock.ts'

export type Progress = { cameTo(amount: number, count: number): void; end(): void }

const WIDTH = 30

/** `whole`: the amount at the end, where it is known. `count` is what is told in figures, and how many a second. */
export function progressBar(
  whole: number | undefined,
  terminal: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
): Progress {
  if (!terminal.isTTY) return { cameTo() {}, end() {} }
  const began = systemClock.now()
  let first: number | undefined
  return {
    cameTo(amount, count) {
      first ??= count
      const seconds = inSeconds(between(began, systemClock.now()))
      const rate = seconds > 0 && count > first ? `  ${Math.round((count - first) / seconds)} /s` : ''
      terminal.write(`\r${whole ? `${bar(amount / whole)}  ` : ''}${count}${rate}\u001b[K`)
    },
    end: () => void terminal.write('\r\u001b[K'),
  }
}

function bar(part: number): string {
  const share = Math.min(Math.max(part, 0), 1)
  const full = Math.round(share * WIDTH)
  return `[${'='.repeat(full)}${' '.repeat(WIDTH - full)}] ${String(Math.floor(share * 100)).padStart(3)} %`
}
