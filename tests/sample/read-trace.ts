/** A span as the tests read it back: plain values, no shared code with the writer. */
export interface ReadSpan {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly isError: boolean;
  readonly attributes: ReadonlyMap<string, string | number | boolean>;
}

interface RawValue {
  stringValue?: string;
  intValue?: string;
  doubleValue?: number;
  boolValue?: boolean;
}

function readValue(value: RawValue): string | number | boolean {
  if (value.intValue !== undefined) return Number(value.intValue);
  return value.stringValue ?? value.doubleValue ?? value.boolValue ?? '';
}

/** Reads the spans of one line of OTLP/JSON. */
export function readLine(line: string): ReadSpan[] {
  const request = JSON.parse(line);
  const spans: ReadSpan[] = [];
  for (const resourceSpans of request.resourceSpans) {
    const service = resourceSpans.resource.attributes[0].value.stringValue;
    for (const scopeSpans of resourceSpans.scopeSpans) {
      for (const span of scopeSpans.spans) {
        spans.push({
          service,
          traceId: span.traceId,
          spanId: span.spanId,
          parentSpanId: span.parentSpanId ?? '',
          startNs: BigInt(span.startTimeUnixNano),
          endNs: BigInt(span.endTimeUnixNano),
          isError: span.status.code === 2,
          attributes: new Map(
            span.attributes.map((a: { key: string; value: RawValue }) => [
              a.key,
              readValue(a.value),
            ]),
          ),
        });
      }
    }
  }
  return spans;
}

/** Groups values by key in order of first appearance. */
export function groupBy<K, V>(values: readonly V[], keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
