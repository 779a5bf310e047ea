/** The page after signing out. */
import type { PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { SignedOutPage } from './pages.tsx'

export const pages: Record<string, PageSample> = {
  'signed out': (frame) => <SignedOutPage frame={frame} signIn={urls.signIn} />,
}
