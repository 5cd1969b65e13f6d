/** JSON text of one OTLP attribute, made by {@link textAttribute} and its siblings. */
export type AttributeJson = string;

/** One finished span before it is written; times are Unix milliseconds and may have fractions. */
export interface OtlpSpan {
  readonly traceId: string; //       32 lower-case hex digits
  readonly spanId: string; //        16 lower-case hex digits
  readonly parentSpanId: string; //  '' for the root
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client';
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: readonly AttributeJson[];
  /** Sets the status to error and adds `error.type`; null for a span that ended well. */
  readonly errorType: string | null;
}

/** Numbers of `Span.SpanKind` in opentelemetry-proto, trace/v1/trace.proto. */
const spanKindNumber = { internal: 1, server: 2, client: 3 } as const;

/** Writes a text attribute. */
export function textAttribute(key: string, value: string): AttributeJson {
  return `{"key":"${key}","value":{"stringValue":${JSON.stringify(value)}}}`;
}

/** Writes an integer attribute; OTLP/JSON carries 64-bit integers as decimal text. */
export function integerAttribute(key: string, value: number): AttributeJson {
  return `{"key":"${key}","value":{"intValue":"${value}"}}`;
}

/** Writes a floating-point attribute. */
export function doubleAttribute(key: string, value: number): AttributeJson {
  return `{"key":"${key}","value":{"doubleValue":${value}}}`;
}

/** Whole microseconds followed by three zeros: a nanosecond count would not fit a double. */
function unixNano(timeMs: number): string {
  return `${Math.round(timeMs * 1_000)}000`;
}

function renderSpan(span: OtlpSpan): string {
  const attributes =
    span.errorType === null
      ? span.attributes
      : [...span.attributes, textAttribute('error.type', span.errorType)];
  const parent = span.parentSpanId === '' ? '' : `"parentSpanId":"${span.parentSpanId}",`;
  const status = span.errorType === null ? '{}' : '{"code":2}';
  return (
    `{"traceId":"${span.traceId}","spanId":"${span.spanId}",${parent}` +
    `"name":${JSON.stringify(span.name)},"kind":${spanKindNumber[span.kind]},` +
    `"startTimeUnixNano":"${unixNano(span.startMs)}","endTimeUnixNano":"${unixNano(span.endMs)}",` +
    `"attributes":[${attributes.join(',')}],"status":${status}}`
  );
}

/**
 * Writes one ExportTraceServiceRequest as a single line of OTLP/JSON, without a line break.
 *
 * @param serviceName the resource attribute `service.name`
 * @param spans in the order in which they are to stand; exporters write children before parents
 * @see opentelemetry-proto, docs/specification.md, "JSON Protobuf Encoding"
 */
export function renderExportRequest(serviceName: string, spans: readonly OtlpSpan[]): string {
  const resource = textAttribute('service.name', serviceName);
  return (
    `{"resourceSpans":[{"resource":{"attributes":[${resource}]},` +
    `"scopeSpans":[{"scope":{"name":"opentelemetry.instrumentation.plimsoll_sample"},"spans":[${spans.map(renderSpan).join(',')}]}]}]}`
  );
}
