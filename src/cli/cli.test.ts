import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyFolder, passerelle } from '../testing/command-line.ts'

const commands = [
  ...['serve', 'demo', 'doctor', 'migrate', 'keys list', 'keys rotate', 'products add', 'products list'],
  ...['products show', 'products remove', 'products rotate-secret'],
  'accounts list',
  'accounts show',
  'accounts block',
  'accounts unblock',
  'accounts close',
  'accounts import',
  'accounts export',
]

test('every command has help, and can print JSON', async () => {
  const helped = await Promise.all(commands.map((name) => passerelle([...name.split(' '), '--help'])))
  for (const [at, { code, stdout, stderr }] of helped.entries()) {
    assert.deepEqual([code, stderr], [0, []], commands[at])
    assert.match(stdout, new RegExp(`^Usage: passerelle ${commands[at]} `))
    assert.match(stdout, /--json {2,}print JSON/)
  }
})

test('help and the version', async () => {
  for (const args of [['--help'], ['help'], ['-h']]) {
    const { code, stdout } = await passerelle(args)
    assert.equal(code, 0)
    for (const name of ['serve', 'demo', 'doctor', 'migrate', 'products', 'accounts', 'policy', 'keys', 'audit'])
      assert.match(stdout, new RegExp(`^  ${name}\\b`, 'm'))
    for (const later of ['backup', 'bench']) assert.doesNotMatch(stdout, new RegExp(`^  ${later}\\b`, 'm'))
  }
  const { code, stdout } = await passerelle(['--version'])
  assert.equal(code, 0)
  assert.match(stdout, /^\d+\.\d+\.\d+\n$/)
})

test('who stops reading, as head does, ends nothing with a stack trace', async () => {
  for (const args of [['--help'], ['doctor']]) {
    const { code, stderr } = await passerelle(args, {}, emptyFolder(), 'reads nothing')
    assert.deepEqual([code, stderr], [0, []])
  }
})

test('misuse is one line and 2', async () => {
  const misuses: [string[], RegExp][] = [
    [['nothing'], /unknown command 'nothing'/],
    [['backup', '--help'], /unknown command 'backup'/],
    [['help', 'backup'], /unknown command 'backup'/],
    [['products', 'ad', '-h'], /unknown command 'ad'/],
    [['product', 'list'], /unknown command 'product' \(Did you mean products\?\)/],
    [['products', 'ad'], /unknown command 'ad'/],
    [['serve', '--port', '1'], /unknown option '--port'/],
    [['keys', 'list', 'all'], /too many arguments/],
    [['products', 'show'], /missing required argument 'id'/],
    [['products', 'add', '--id', 'x'], /required option '--name <name>' not specified/],
    [['products', 'add', '--id', 'x', '--name', 'x', '--grant', 'implicit'], /argument 'implicit' is invalid/],
  ]
  for (const [args, line] of misuses) {
    const { code, stdout, stderr } = await passerelle([...args, '--json'])
    assert.equal(code, 2, args.join(' '))
    assert.equal(stderr.length, 1, stderr.join('\n'))
    assert.match(stderr[0] ?? '', /^passerelle: .*; --help says more$/)
    assert.match(stderr[0] ?? '', line)
    const { error } = JSON.parse(stdout)
    assert.equal(error.reason, 'misused')
    assert.match(error.detail, line)
  }
  for (const args of [[], ['products'], ['keys']]) {
    const { code, stdout, stderr } = await passerelle(args)
    assert.deepEqual([code, stdout], [2, ''])
    assert.match(stderr.join('\n'), /^Usage: passerelle/)
  }
})
