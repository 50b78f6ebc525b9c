// Packages that the samples import and this repository has not installed, as far as the samples use them.

declare module 'next/headers' {
  export function headers(): Promise<Headers>
}

declare module '@opentelemetry/api' {
  type Attributes = Record<string, string | number>
  interface Observable {
    readonly name: string
  }
  interface Meter {
    createCounter(name: string): { add(value: number, attributes: Attributes): void }
    createHistogram(
      name: string,
      options: { unit: string },
    ): { record(value: number, attributes: Attributes): void }
    createObservableGauge(name: string, options?: { unit: string }): Observable
    addBatchObservableCallback(
      read: (result: { observe(gauge: Observable, value: number): void }) => Promise<void>,
      gauges: readonly Observable[],
    ): void
  }
  export const metrics: { getMeter(name: string): Meter }
}
