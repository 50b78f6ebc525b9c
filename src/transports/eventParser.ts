interface ServerSentEvent {
  id?: string
  /** Absent: only the id is news. */
  data?: string
}

/** Takes the text of a stream of server-sent events piece by piece, however it was cut. */
export function createEventParser(onEvent: (event: ServerSentEvent) => void): (text: string) => void {
  let rest = ''
  let event: ServerSentEvent = {}

  function takeLine(line: string): void {
    if (line === '') {
      if (event.id !== undefined || event.data !== undefined) onEvent(event)
      event = {}
    }
    const [, field, value = ''] = /^(id|data)(?:: ?(.*))?$/.exec(line) ?? []
    if (field === 'id') event.id = value
    if (field === 'data') event.data = event.data === undefined ? value : `${event.data}\n${value}`
  }

  return (text) => {
    rest += text
    // A line feed may follow a carriage return in the next piece.
    const lines = rest.split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) takeLine(line)
  }
}
