/** The states of "It was not me". */
import { longNadia, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { DeadNoticePage, NotMePage } from './pages.tsx'

const action = `${urls.notMe}?link=Zk1rTmd4b2s3cVdtT0h5bEE`

export const pages: Record<string, PageSample> = {
  fresh: (frame) => <NotMePage frame={frame} action={action} address={nadia.email} />,
  'long address': (frame) => <NotMePage frame={frame} action={action} address={longNadia.email} />,
  'link dead': (frame) => <DeadNoticePage frame={frame} forgot={urls.forgot} />,
}
