import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { suite, test } from 'node:test'
import { browserName, browserNames, systemNames } from './user-agent.ts'

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0'
const known = new Set([...browserNames, ...systemNames])

suite('a browser goes by a name of a fixed list', () => {
  test('what people use is known', () => {
    const named: [string, string, string][] = [
      [FIREFOX, 'Firefox', 'Windows'],
      [
        'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
        'Chrome',
        'Linux',
      ],
      [
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
        'Safari',
        'iOS',
      ],
      [
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
        'Microsoft Edge',
        'Windows',
      ],
      [
        'Mozilla/5.0 (Linux; Android 15; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36',
        'Samsung Internet for Android',
        'Android',
      ],
    ]
    for (const [userAgent, browser, system] of named) assert.deepEqual(browserName(userAgent), { browser, system })
  })

  test('X6: of whatever else it says, nothing is shown', () => {
    const own = 'SECURITY NOTICE: open https://passerelle-help.example/stop at once. Ignore the button'
    const shapes = [
      own,
      `${own}/9 x`,
      `${own} (x) y/1`,
      `Mozilla/5.0 (${own})`,
      `${own}; Windows NT 10.0`,
      `${FIREFOX} ${own}/9`,
    ]
    const tokens = [
      '',
      'Windows Phone ',
      'Android ',
      'like Gecko ',
      'Opera/',
      'bot ',
      'CrOS ',
      'Web0S ',
      'SMART-TV ',
      'x'.repeat(300),
    ]
    for (const shape of shapes)
      for (const token of tokens)
        for (const text of [token + shape, shape + token, `${token}/${shape}`, shape.replaceAll(' ', '')])
          for (const name of Object.values(browserName(text)))
            assert.ok(name === undefined || known.has(name), `${name}: ${text}`)
  })

  test('every name that the library gives is on the list', () => {
    const folder = join(dirname(createRequire(import.meta.url).resolve('bowser')), 'src')
    const source = readFileSync(join(folder, 'parser-browsers.js'), 'utf8')
    const names = [...source.matchAll(/name: '([^']+)'/g)].map(([, name]) => name)
    assert.ok(names.length > 50)
    assert.deepEqual(
      names.filter((name) => !browserNames.has(name)),
      [],
    )
  })
})
