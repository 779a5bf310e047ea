/** Counters, gauges and histograms in the Prometheus text format (version 0.0.4). */

type Labels = Record<string, string>
export type Metrics = {
  count(name: string, labels?: Labels): void
  /** Observes a duration in seconds. */
  observe(name: string, seconds: number, labels?: Labels): void
  /** A value that is read when the metrics are. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void
  text(): Promise<string>
}

const HELP: Record<string, string> = {
  passerelle_requests_total: 'Requests answered, by method and status.',
  passerelle_request_seconds: 'Time to answer a request.',
  passerelle_events_total: 'Events, by kind: sign-ins, refused ones, blocks, and all the others.',
  passerelle_challenges_total: 'Proofs of work asked for, and how they were given.',
  passerelle_outbox_total: 'Messages that are no longer tried, by topic and outcome: done or dead.',
}
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

const keyOf = (labels: Labels): string =>
  Object.entries(labels)
    .map(
      ([name, value]) => `${name}="${value.replaceAll(/[\\"\n]/g, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`))}"`,
    )
    .join(',')
const braced = (...parts: string[]): string => {
  const inside = parts.filter((part) => part !== '').join(',')
  return inside === '' ? '' : `{${inside}}`
}

type Histogram = { buckets: number[]; sum: number; count: number }

export function makeMetrics(): Metrics {
  const counters = new Map<string, Map<string, number>>()
  const histograms = new Map<string, Map<string, Histogram>>()
  const gauges = new Map<string, { help: string; read: () => number | Promise<number> }>()
  const entry = <Value>(map: Map<string, Map<string, Value>>, name: string): Map<string, Value> => {
    const found = map.get(name) ?? new Map<string, Value>()
    map.set(name, found)
    return found
  }
  const head = (name: string, type: string, help = HELP[name] ?? name) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
  ]

  return {
    count(name, labels = {}) {
      const series = entry(counters, name)
      series.set(keyOf(labels), (series.get(keyOf(labels)) ?? 0) + 1)
    },
    observe(name, seconds, labels = {}) {
      const series = entry(histograms, name)
      const found = series.get(keyOf(labels)) ?? { buckets: BUCKETS.map(() => 0), sum: 0, count: 0 }
      found.buckets = found.buckets.map((count, at) => (seconds <= (BUCKETS[at] ?? 0) ? count + 1 : count))
      found.sum += seconds
      found.count += 1
      series.set(keyOf(labels), found)
    },
    gauge: (name, help, read) => void gauges.set(name, { help, read }),
    async text() {
      const lines: string[] = []
      for (const [name, series] of counters)
        lines.push(...head(name, 'counter'), ...[...series].map(([key, value]) => `${name}${braced(key)} ${value}`))
      for (const [name, series] of histograms) {
        lines.push(...head(name, 'histogram'))
        for (const [key, { buckets, sum, count }] of series) {
          lines.push(...buckets.map((value, at) => `${name}_bucket${braced(key, `le="${BUCKETS[at]}"`)} ${value}`))
          lines.push(`${name}_bucket${braced(key, 'le="+Inf"')} ${count}`)
          lines.push(`${name}_sum${braced(key)} ${sum}`, `${name}_count${braced(key)} ${count}`)
        }
      }
      for (const [name, { help, read }] of gauges) lines.push(...head(name, 'gauge', help), `${name} ${await read()}`)
      return `${lines.join('\n')}\n`
    },
  }
}
