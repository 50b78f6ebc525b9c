export interface Period {
  start: Date
  end: Date
}

/** The UTC month around a moment: the period of an organization without a subscription. */
export function monthOf(moment: Date): Period {
  const year = moment.getUTCFullYear()
  const month = moment.getUTCMonth()
  return { start: new Date(Date.UTC(year, month, 1)), end: new Date(Date.UTC(year, month + 1, 1)) }
}
