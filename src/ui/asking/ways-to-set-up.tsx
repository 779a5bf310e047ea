/** The second factors that can be set up, each as a link to its page. */
import { LinkButton } from '../form.tsx'

type Props = {
  links: readonly { href: string; label: string; hint: string }[]
  /** Where something else is the one thing to do. */
  quiet?: boolean
  /** Says what each is. */
  explained?: boolean
}

export const WaysToSetUp = ({ links, quiet = false, explained = false }: Props) => (
  <>
    {links.map(({ href, label, hint }, index) => (
      <p>
        <LinkButton href={href} quiet={quiet || index > 0}>
          {label}
        </LinkButton>
        {explained && <span class="hint">{hint}</span>}
      </p>
    ))}
  </>
)
