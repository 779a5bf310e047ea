/** A few sentences, where one line is too short. */
import { Around, type Described, stateOf } from '../form.tsx'
import type { Frame } from '../frame.ts'

type WordsProps = Described & { frame: Frame; name: string; label: string }

/** What was typed before comes back. */
export const Words = ({ frame, name, label, problem, hint }: WordsProps) => {
  const control = (
    <textarea id={name} name={name} rows={4} {...stateOf(name, { problem, hint })}>
      {frame.draft[name]}
    </textarea>
  )
  return <Around {...{ name, label, problem, hint, control }} />
}
