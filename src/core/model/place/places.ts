/**
 * About where a network is, from the file that PASSERELLE_GEOIP names (MaxMind's format, .mmdb). Without the file, or
 * for a network it does not know, a place is its network.
 */
import { readFileSync } from 'node:fs'
import { type CityResponse, Reader } from 'mmdb-lib'
import { fallbacksOf, type Language } from '../../../platform/languages/languages.ts'

export type GeoLocation = {
  /** ISO 3166-1, two letters. */
  country: string | undefined
  /** Degrees. */
  point: { latitude: number; longitude: number } | undefined
  /** Of the IANA database: `America/Toronto`. */
  timeZone: string | undefined
  /** "Montréal, Canada", as far as it is known. */
  name(language: Language): string
}
export type Places = { find(network: string): GeoLocation | undefined }

function named(names: object | undefined, language: Language): string | undefined {
  const byTag: Readonly<Record<string, string>> = { ...names }
  return fallbacksOf(language)
    .map((tag) => byTag[tag])
    .find((name) => name !== undefined)
}

/** @throws where the file cannot be read, or is of another kind */
export function makePlaces(file: string): Places {
  if (file === '') return { find: () => undefined }
  const reader = new Reader<CityResponse>(readFileSync(file))
  return {
    find(network) {
      const found = network === '' ? undefined : reader.get(network.replace(/\/64$/, ''))
      if (!found) return undefined
      const { city, country, location } = found
      const point = location && { latitude: location.latitude, longitude: location.longitude }
      return {
        country: country?.iso_code,
        point,
        timeZone: location?.time_zone,
        name: (language) =>
          [named(city?.names, language), named(country?.names, language)].filter(Boolean).join(', ') || network,
      }
    },
  }
}
