/**
 * A marked text in every header and every field; then every letter, text, page and data file of the other person, command,
 * metric and log line is looked through for it. `ALLOWED` says where one may stand, and nothing else may.
 */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { hours, minutes } from '../../src/platform/clock.ts'
import { passerelle } from '../../src/testing/command-line.ts'
import { MOBILE, setUpContact } from '../../src/testing/contacts.ts'
import { PASSWORD, somebody } from '../../src/testing/people.ts'
import {
  everyFormMarked,
  lines,
  linked,
  service,
  strangerSpeaksTheProtocol,
  strangerTries,
  THIEF,
  thiefIsStuck,
  thiefKnowsThePassword,
  thiefSignsUp,
  VICTIM,
} from './free-text/acts.ts'

const { box, clock, post } = service
const CONTROLS = /(?!\n)[\p{Cc}\u2028-\u202e\u2066-\u2069]/u
const marksIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/zq-([a-z_-]+?)-qz/gi)].map(([, place = '']) => place)),
]

/** Which marks may be where: what a person has typed, before the operator's eyes; what a program asks for as data. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'accounts list': ['first-name', 'last-name'],
  'accounts list --json': ['first-name', 'last-name'],
  'accounts show thief': ['first-name', 'last-name', 'way'],
  'accounts show thief --json': ['first-name', 'last-name', 'way', 'user-agent'],
  'accounts show victim --json': ['user-agent'],
  'support show': ['words', 'reach'],
  'support show --json': ['words', 'reach'],
  'audit export': ['user-agent', 'way'],
}

const owner = await somebody(service, VICTIM)
await setUpContact(service, owner, 'text', MOBILE)
await strangerTries()
await owner.open('/account/activity')
const thief = await thiefSignsUp()
await thiefIsStuck()
await everyFormMarked(thief)
clock.advance(minutes(90))
await thiefKnowsThePassword()
await strangerSpeaksTheProtocol()
await thief.open('/account')
await post()
clock.advance(hours(2)) // the thief has used up what codes there are
owner.cookies.delete(service.cookies.session)
await owner.open('/sign-in')
await owner.send({ email: VICTIM, password: PASSWORD })
await post()
await owner.send({ code: box.newestText(MOBILE).code ?? '' }, { button: 'Continue' })

suite('X6: no free text of a stranger leaves in our name', () => {
  test('not in a letter, to whomever it goes', () => {
    const templates = new Set(box.letters.map(({ template }) => template))
    const expected = [
      'account-blocked',
      'address-has-account',
      'reset-link',
      'email-change-tried',
      'new-way-code',
      'factor-added',
      'factor-renamed',
      'support-asked',
      'sign-up-code',
    ]
    assert.deepEqual(
      expected.filter((name) => !templates.has(name)),
      [],
      'these were written',
    )
    for (const { template, subject, text, html } of box.letters)
      for (const part of [subject, text, html]) {
        assert.deepEqual(marksIn(part), [], `${template}: ${part}`)
        assert.doesNotMatch(part, /stop-the-thief/)
      }
    for (const { subject, to } of box.letters) assert.doesNotMatch(subject + to, CONTROLS)
  })

  test('not in a text or call', () => {
    assert.ok(box.texts.length > 0)
    assert.deepEqual(marksIn(JSON.stringify(box.texts)), [])
  })

  test('not on a page of the account that was attacked', async () => {
    for (const path of [
      '/account',
      '/account/activity',
      '/account/sessions',
      '/account/factors',
      '/account/privacy/data',
      '/account/profile',
    ]) {
      const { html, at } = await owner.open(path)
      assert.equal(at, path)
      assert.deepEqual(marksIn(html), [], path)
    }
  })

  test('not in the file with their data that the owner takes along', async () => {
    await owner.open('/account/privacy')
    const { html, headers } = await owner.send({}, { button: 'Download my data' })
    assert.match(headers.get('content-type') ?? '', /json/)
    assert.ok(JSON.parse(html).activity.length > 10)
    assert.deepEqual(marksIn(html), [])
    assert.doesNotMatch(html, CONTROLS)
  })

  test('not on a page to which a link of a stranger leads', () => {
    assert.ok(linked.length > 500)
    for (const html of linked) {
      const fields = [...html.matchAll(/<(?:input|textarea)(?![^>]* type="hidden")[^>]*? value="([^"]*)"/g)].map(
        ([, it = '']) => it,
      )
      const shown = [html.replaceAll(/<[^>]*>/g, ' '), ...fields].join(' ')
      assert.deepEqual(marksIn(shown), [], shown)
    }
  })

  test('not in a line of the log, nor in the metrics; and no line is long or steers a terminal', async () => {
    assert.ok(lines.length > 300)
    for (const line of lines) {
      assert.deepEqual(marksIn(line), [], line)
      assert.doesNotMatch(line.trimEnd(), CONTROLS)
      assert.ok(line.length < 10_000, line)
    }
    const headers = { authorization: `Bearer ${service.adminToken}` }
    assert.deepEqual(marksIn(await (await fetch(`${service.base}/metrics`, { headers })).text()), [])
  })

  test('on a terminal only what a person has typed for the operator to read, and nothing that steers it', async () => {
    const environment = { PASSERELLE_URL: service.base, PASSERELLE_ADMIN_TOKEN: service.adminToken }
    const { reference } = await service.db.selectFrom('support_requests').select('reference').executeTakeFirstOrThrow()
    const commands: [string, string[]][] = [
      ['accounts list', ['accounts', 'list']],
      ['accounts show thief', ['accounts', 'show', THIEF]],
      ['accounts show victim', ['accounts', 'show', VICTIM]],
      ['support list', ['support', 'list']],
      ['support show', ['support', 'show', reference]],
      ['products list', ['products', 'list']],
      ['products show', ['products', 'show', 'ledger']],
      ['policy show', ['policy', 'show']],
      ['keys list', ['keys', 'list']],
    ]
    const asJson = commands.map(([name, args]): [string, string[]] => [`${name} --json`, [...args, '--json']])
    for (const [name, args] of [...commands, ...asJson, ['audit export', ['audit', 'export']] as [string, string[]]]) {
      const { code, stdout, stderr } = await passerelle(args, environment)
      assert.equal(code, 0, stderr.join())
      const stray = marksIn(stdout + stderr.join()).filter((place) => !ALLOWED[name]?.includes(place))
      assert.deepEqual(stray, [], name)
      assert.doesNotMatch(stdout, CONTROLS, name)
      if (name === 'support show')
        assert.match(stdout, /^> state {2}closed$/m, 'what they said looks like no line of ours')
    }
    const refused = await passerelle(['accounts', 'show', '\u009b31m\u202e'], environment)
    assert.equal(refused.code, 1)
    assert.doesNotMatch(refused.stdout + refused.stderr.join(), CONTROLS)
  })
})
