import * as fc from 'fast-check'
import { formatDate } from '../../src/format/date.js'
import { daysUntil, formatRelativeDay } from '../../src/format/relativeDay.js'
import { describe, expect, it } from 'vitest'

describe('daysUntil', () => {
  it.each([
    ['the same moment', '2026-12-01T12:00:00Z', '2026-12-01T12:00:00Z', 'UTC', 0],
    ['the same day, 23 hours later', '2026-12-01T23:59:59Z', '2026-12-01T00:00:00Z', 'UTC', 0],
    ['two seconds later, beyond midnight', '2026-12-02T00:00:01Z', '2026-12-01T23:59:59Z', 'UTC', 1],
    ['midnight belongs to the day that begins', '2026-12-02T00:00:00Z', '2026-12-01T12:00:00Z', 'UTC', 1],
    ['beyond a month and a year', '2027-01-02T00:00:00Z', '2026-12-30T23:00:00Z', 'UTC', 3],
    ['past', '2026-11-29T12:00:00Z', '2026-12-01T00:00:00Z', 'UTC', -2],
    ['a leap day', '2028-03-01T00:00:00Z', '2028-02-28T23:59:59Z', 'UTC', 2],
    // 04:00Z is 23:00 of the day before in New York, and 13:00 in Tokyo.
    ['west of UTC', '2026-12-02T04:00:00Z', '2026-12-01T12:00:00Z', 'America/New_York', 0],
    ['east of UTC', '2026-12-01T16:00:00Z', '2026-12-01T14:00:00Z', 'Asia/Tokyo', 1],
    ['14 hours ahead', '2026-12-01T10:00:00Z', '2026-12-01T09:59:00Z', 'Pacific/Kiritimati', 1],
    // Clocks go back on November 1, so that the day has 25 hours.
    ['a day of 25 hours', '2026-11-02T04:59:00Z', '2026-11-01T04:00:00Z', 'America/New_York', 0],
    ['the day after it', '2026-11-02T05:00:00Z', '2026-11-01T04:00:00Z', 'America/New_York', 1],
    // And forward on March 29: it has 23.
    ['a day of 23 hours', '2026-03-29T21:59:00Z', '2026-03-28T23:00:00Z', 'Europe/Berlin', 0],
    [
      '24 hours later it is the day after',
      '2026-03-29T22:30:00Z',
      '2026-03-28T23:00:00Z',
      'Europe/Berlin',
      1,
    ],
    ['a week with a change of clocks', '2026-04-02T08:00:00Z', '2026-03-26T09:00:00Z', 'Europe/Berlin', 7],
    // Midnight does not exist there on that day: clocks go from 00:00 to 01:00.
    ['a day without midnight', '2026-09-06T04:00:00Z', '2026-09-06T03:59:00Z', 'America/Santiago', 1],
    ['a zone that nobody knows is UTC', '2026-12-02T00:00:00Z', '2026-12-01T23:59:00Z', 'Mars/Olympus', 1],
    ['a zone without a name, likewise', '2026-12-02T00:00:00Z', '2026-12-01T23:59:00Z', '', 1],
    ['what is no moment', 'soon', '2026-12-01T12:00:00Z', 'Mars/Olympus', Number.NaN],
  ])('%s', (_name, moment, now, timeZone, days) => {
    expect(daysUntil(moment, new Date(now), timeZone)).toBe(days)
  })

  it('property: whatever zone comes, it counts the days that are written', () => {
    const zones = fc.oneof(fc.constantFrom('UTC', 'Asia/Tokyo', 'Mars/Olympus', ''), fc.string())
    const now = new Date('2026-12-01T12:00:00Z')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 24 }), zones, (hours, zone) => {
        const moment = new Date(now.getTime() + hours * 3_600_000).toISOString()
        const isToday = formatDate(moment, 'en', zone) === formatDate(now.toISOString(), 'en', zone)
        expect(daysUntil(moment, now, zone) === 0).toBe(isToday)
      }),
    )
  })
})

describe('formatRelativeDay', () => {
  const now = new Date('2026-12-01T12:00:00Z')

  it.each([
    ['2026-12-01T23:00:00Z', 'en', 'today'],
    ['2026-12-02T00:00:00Z', 'en', 'tomorrow'],
    ['2026-12-04T12:00:00Z', 'en', 'in 3 days'],
    ['2026-11-30T12:00:00Z', 'en', 'yesterday'],
    ['2026-12-03T12:00:00Z', 'de', 'übermorgen'],
    ['2026-12-02T12:00:00Z', 'ja', '明日'],
    ['2026-12-06T12:00:00Z', 'ar', 'خلال 5 أيام'],
    ['2026-12-02T12:00:00Z', 'en-US@posix', 'tomorrow'],
  ])('%s in %s is "%s"', (moment, locale, text) => {
    expect(formatRelativeDay(moment, now, locale)).toBe(text)
  })

  it('counts in the Gregorian calendar, whichever one the locale has', () => {
    expect(formatRelativeDay('2026-12-04T12:00:00Z', now, 'th-TH-u-ca-buddhist')).toBe('ในอีก 3 วัน')
  })

  it.each([
    ['a locale of a system', '2026-12-02T12:00:00Z', 'en_US', 'UTC', 'tomorrow'],
    ['a zone that nobody knows is UTC', '2026-12-02T00:00:00Z', 'en', 'Mars/Olympus', 'tomorrow'],
    ['what is no moment is given back', 'soon', 'en', 'UTC', 'soon'],
  ])('%s', (_name, moment, locale, timeZone, text) => {
    expect(formatRelativeDay(moment, now, locale, timeZone)).toBe(text)
  })

  it('default: English, UTC', () => {
    expect(formatRelativeDay('2026-12-02T00:00:00Z', now)).toBe('tomorrow')
  })
})
