/** `passerelle products`: registers the products that people sign in to. */
import { type Command, Option } from 'commander'
import type {
  CredentialsAnswer,
  NewProduct,
  ProductAnswer,
  ProductChanges,
  ProductsAnswer,
} from '../operator/products/routes.ts'
import { command, type Options, print, table, wholeNumberOrZero } from './client/output.ts'
import { ask } from './client/service.ts'

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code'
const GRANTS = ['authorization_code', 'refresh_token', 'client_credentials', 'device_code', DEVICE_CODE]

type AddOptions = Options & {
  id: string
  name: string
  redirectUri?: string[]
  postLogoutRedirectUri?: string[]
  backchannelLogoutUri?: string
  public?: boolean
  thirdParty?: boolean
  native?: boolean
  managesAddresses?: boolean
  requireSecondStep?: boolean
  secondStepGraceDays?: number
  grant?: string[]
  resource?: string[]
  scope?: string[]
  rs256?: boolean
}

export function productCommands(program: Command): void {
  const products = program.command('products').description('the products people sign in to')
  command(products, 'add', 'registers a product; its secret is shown this once')
    .requiredOption('--id <id>', 'its client id')
    .requiredOption('--name <name>', 'the name people see')
    .option('--redirect-uri <uri...>', 'where people are sent back to')
    .option('--post-logout-redirect-uri <uri...>', 'where people are sent when they have signed out')
    .option('--backchannel-logout-uri <uri>', 'where it takes logout tokens')
    .option('--public', 'keeps no secret: a single-page or a native application')
    .option('--third-party', 'not ours: people are asked before it learns anything')
    .option('--native', 'a native application (RFC 8252)')
    .option('--manages-addresses', 'ours, and looks after the addresses of its people: they cannot change them')
    .option('--require-second-step', 'who goes there needs a second way to sign in')
    .addOption(graceDays('--second-step-grace-days <N>'))
    .addOption(new Option('--grant <grant...>', 'without it authorization_code and refresh_token').choices(GRANTS))
    .option('--resource <uri...>', 'an API it may ask access tokens for (RFC 8707)')
    .option('--scope <scope...>', 'a scope it may ask there')
    .option('--rs256', 'signs its ID tokens with RS256 instead of ES256')
    .action(async (options: AddOptions) => printCredentials(options, await add(options)))
  command(products, 'list', 'every product').action(async (options: Options) => {
    const data = await ask<ProductsAnswer>('GET', '/products')
    print(options, { data, text: data.products.length === 0 ? 'There are no products.' : listed(data) })
  })
  command(products, 'show', 'one product')
    .argument('<id>')
    .action(async (id: string, options: Options) => {
      const data = await ask<ProductAnswer>('GET', pathOf(id))
      print(options, { data, text: table(Object.entries(data).map(([name, value]) => [name, inWords(value)])) })
    })
  command(products, 'require-second-step', 'who goes there needs a second way to sign in')
    .argument('<id>')
    .addOption(graceDays('--grace-days <N>'))
    .option('--off', 'no more')
    .action(async (id: string, options: Options & { off?: boolean; graceDays?: number }) => {
      const changes: ProductChanges = { require_second_step: !options.off, second_step_grace_days: options.graceDays }
      const data = await ask<ProductAnswer>('PATCH', pathOf(id), changes)
      print(options, { data, text: secondStepInWords(data) })
    })
  command(products, 'remove', 'removes a product, and all that it was given')
    .argument('<id>')
    .action(async (id: string, options: Options) => {
      await ask<null>('DELETE', pathOf(id))
      print(options, { data: { client_id: id, removed: true }, text: `The product ${id} is removed.` })
    })
  command(products, 'rotate-secret', 'makes a new secret, shown this once; the one before stops working')
    .argument('<id>')
    .action(async (id: string, options: Options) =>
      printCredentials(options, await ask<CredentialsAnswer>('POST', `${pathOf(id)}/secret`)),
    )
}

const graceDays = (flags: string): Option =>
  new Option(flags, 'for so long that may be put off, from the first day on; 0 at first').argParser(wholeNumberOrZero)

const secondStepInWords = ({
  client_name,
  require_second_step,
  second_step_grace_days: days,
}: ProductAnswer): string =>
  require_second_step
    ? `Who goes to ${client_name} needs a second way to sign in, ${days > 0 ? `which may be put off for ${days} days` : 'at once'}.`
    : `${client_name} requires no second way to sign in.`

const pathOf = (id: string): string => `/products/${encodeURIComponent(id)}`

function add(options: AddOptions): Promise<CredentialsAnswer> {
  const product = {
    client_id: options.id,
    client_name: options.name,
    redirect_uris: options.redirectUri,
    post_logout_redirect_uris: options.postLogoutRedirectUri,
    backchannel_logout_uri: options.backchannelLogoutUri,
    public: options.public,
    third_party: options.thirdParty,
    native: options.native,
    manages_addresses: options.managesAddresses,
    require_second_step: options.requireSecondStep,
    second_step_grace_days: options.secondStepGraceDays,
    grant_types: options.grant?.map((grant) => (grant === 'device_code' ? DEVICE_CODE : grant)),
    resources: options.resource,
    scopes: options.scope,
    ...(options.rs256 && { id_token_signed_response_alg: 'RS256' }),
  } satisfies { [Field in keyof NewProduct]: unknown }
  return ask('POST', '/products', product)
}

function printCredentials(options: Options, data: CredentialsAnswer): void {
  const { client_id: id, client_secret: secret, issuer } = data
  const rows = [
    ['issuer', issuer],
    ['client id', id],
    ['client secret', secret ?? 'none: it is public'],
  ]
  print(options, { data, text: secret ? `${table(rows)}\n\nThe secret is not shown again.` : table(rows) })
}

const listed = ({ products }: ProductsAnswer): string =>
  table([
    ['ID', 'NAME', 'GRANTS'],
    ...products.map((product) => [product.client_id, product.client_name, inWords(product.grant_types)]),
  ])

const inWords = (value: ProductAnswer[keyof ProductAnswer]): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return (Array.isArray(value) ? value.join(' ') : String(value ?? '')) || '-'
}
