import { expect, it } from 'vitest'
import { createEventParser } from '../../src/transports/eventParser.js'

const parse = (...pieces: string[]): object[] => {
  const events: object[] = []
  const push = createEventParser((event) => events.push(event))
  for (const piece of pieces) push(piece)
  return events
}

it.each([
  ['an event', 'id: 1\ndata: x\n\n', [{ id: '1', data: 'x' }]],
  ['two', 'data: a\n\ndata: b\n\n', [{ data: 'a' }, { data: 'b' }]],
  ['an id alone', 'retry: 2000\nid: 0.0\n\n', [{ id: '0.0' }]],
  ['heartbeats and fields of no concern', ': beat\n\n:\n\nevent: x\nretry: 1\n\n', []],
  ['no space after the colon, or two', 'data:a\nid:  b\n\n', [{ data: 'a', id: ' b' }]],
  ['a field without a value', 'data\nid: 1\n\n', [{ data: '', id: '1' }]],
  ['several lines', 'data: a\ndata: b\n\n', [{ data: 'a\nb' }]],
  [
    'line feeds of all systems',
    'data: a\r\n\r\ndata: b\r\rdata: c\n\n',
    [{ data: 'a' }, { data: 'b' }, { data: 'c' }],
  ],
  ['one that has not ended', 'data: a\n', []],
])('%s', (_name, text, events) => {
  expect(parse(text)).toEqual(events)
  // However it was cut.
  expect(parse(...text.split(''))).toEqual(events)
})
