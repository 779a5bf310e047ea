/** A few sentences, where one line is too short. */
import { type Described, FieldFrame, stateOf } from '../form.tsx'
import type { Frame } from '../frame.ts'

type TextAreaProps = Described & { frame: Frame; name: string; label: string }

/** What was typed before comes back. */
export const TextArea = ({ frame, name, label, problem, hint }: TextAreaProps) => {
  const control = (
    <textarea id={name} name={name} rows={4} {...stateOf(name, { problem, hint })}>
      {frame.draft[name]}
    </textarea>
  )
  return <FieldFrame {...{ name, label, problem, hint, control }} />
}
