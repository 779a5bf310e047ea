/**
 * Why a sign-in with the right password is doubted all the same: in a browser its person has not used before, and in one
 * that skips the second step. Each rule is small, has a name, and keeps what it looked at, so that the person and the log
 * can be told why.
 */

import { defaultLanguage } from '../../../platform/languages/languages.ts'
import { browserName } from '../../../platform/user-agent.ts'
import { wideNetworkOf } from '../../../platform/web/client-address.ts'
import type { GeoLocation, Places } from '../../model/place/places.ts'
import type { DeviceTrust } from '../../model/session/device-trust.ts'

export type RiskSignal = {
  rule: 'copied-browser' | 'other-browser' | 'seen-nowhere' | 'new-country' | 'impossible-travel' | 'far-network'
  /** What the rule looked at. */
  inputs: Readonly<Record<string, string | number>>
}

type Facts = {
  network: string
  userAgent: string
  now: Date
  trust: Omit<DeviceTrust, 'skipsSecondFactor'>
  /** Of the password, since its person has shown that they read the mailbox (core/model/password/first-use.ts). */
  firstUse: boolean
  places: Places
}
type Rule = (facts: Facts) => RiskSignal | undefined

/** The first rule that has a doubt. */
export function assessRisk(facts: Facts): RiskSignal | undefined {
  for (const rule of [copiedBrowser, otherBrowser, seenNowhere, impossibleTravel, newCountry, farNetwork]) {
    const doubt = rule(facts)
    if (doubt) return doubt
  }
  return undefined
}

const copiedBrowser: Rule = ({ trust }) => (trust.copied ? { rule: 'copied-browser', inputs: {} } : undefined)

/** A browser that is known by its cookie, and says it is another one, or on another system: not a newer one. */
const otherBrowser: Rule = ({ userAgent, trust }) => {
  if (!trust.known || trust.userAgent === undefined) return undefined
  const [now, before] = [userAgent, trust.userAgent].map((text) => Object.values(browserName(text)).join(' '))
  return now === before ? undefined : { rule: 'other-browser', inputs: { now: `${now}`, before: `${before}` } }
}

/** Nothing says where its person is at home: after an import, or where every browser was forgotten. */
const seenNowhere: Rule = ({ trust: { seen }, firstUse }) =>
  seen.length === 0 && !firstUse ? { rule: 'seen-nowhere', inputs: {} } : undefined

/** Faster than an airliner, and farther than the places of networks are wrong. */
const FASTEST_KM_H = 1_000
const WRONG_BY_KM = 500

const impossibleTravel: Rule = ({ network, now, trust: { seen }, places }) => {
  const here = places.find(network)
  const last = [...seen].sort((a, b) => b.at.localeCompare(a.at))[0]
  const there = last && places.find(last.network)
  if (!last || !here?.point || !there?.point) return undefined
  const km = Math.round(distanceKm(here.point, there.point))
  const hours = Math.max(0, now.getTime() - new Date(last.at).getTime()) / 3_600_000
  if (km < WRONG_BY_KM || km <= hours * FASTEST_KM_H) return undefined
  return {
    rule: 'impossible-travel',
    inputs: {
      from: there.name(defaultLanguage),
      to: here.name(defaultLanguage),
      km,
      hours: Math.round(hours * 10) / 10,
    },
  }
}

const newCountry: Rule = ({ network, trust: { seen }, places }) => {
  const country = places.find(network)?.country
  const before = new Set(seen.map((one) => places.find(one.network)?.country).filter((it) => it !== undefined))
  if (country === undefined || before.size === 0 || before.has(country)) return undefined
  return { rule: 'new-country', inputs: { country, before: [...before].sort().join(' ') } }
}

/** Where countries cannot be compared: none of the first 16 bits (IPv4) or 32 bits (IPv6) that the person was seen with. */
const farNetwork: Rule = ({ network, trust: { seen }, places }) => {
  const wide = wideNetworkOf(network)
  const isPlaced = (one: { network: string }) => places.find(one.network)?.country !== undefined
  if (seen.length === 0 || (isPlaced({ network }) && seen.some(isPlaced))) return undefined
  const before = new Set(seen.map((one) => wideNetworkOf(one.network)))
  return before.has(wide)
    ? undefined
    : { rule: 'far-network', inputs: { network: wide, before: [...before].sort().join(' ') } }
}

const EARTH_KM = 6_371
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** The great-circle distance (haversine). */
function distanceKm(a: NonNullable<GeoLocation['point']>, b: NonNullable<GeoLocation['point']>): number {
  const [dLat, dLon] = [radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)]
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(dLon / 2) ** 2
  return 2 * EARTH_KM * Math.asin(Math.sqrt(Math.min(1, h)))
}
