/** Rows of customers by id, with the rows of one customer at hand. */
export class CustomerTable<Row extends { customer_id: string }> extends Map<string, Row> {
  #byCustomer = new Map<string, Row[]>()

  override set(id: string, row: Row): this {
    if (!this.has(id)) {
      const rows = this.#byCustomer.get(row.customer_id)
      if (rows === undefined) this.#byCustomer.set(row.customer_id, [row])
      else rows.push(row)
    }
    return super.set(id, row)
  }

  /** In the order of creation. */
  of(customerId: string): readonly Row[] {
    return this.#byCustomer.get(customerId) ?? []
  }
}
