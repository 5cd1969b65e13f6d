import { callsOf, decodeText } from '../read-items';

/** Attributes of a span as plain values. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** What a test says of a span; the rest is filled in. */
export interface SpanFields {
  id?: string;
  parent?: string;
  name?: string;
  attributes?: Attributes;
  [field: string]: unknown;
}

/** Trace of every built span, in upper case as the specification's own example has it. */
export const traceId = '4BF92F3577B34DA6A3CE929D0E0E4736';

/** Writes attributes as OTLP/JSON does: integers as text. */
function attributeList(attributes: Attributes): object[] {
  return Object.entries(attributes).map(([key, value]) => {
    if (typeof value === 'string') return { key, value: { stringValue: value } };
    if (typeof value === 'boolean') return { key, value: { boolValue: value } };
    const isInteger = Number.isInteger(value);
    return { key, value: isInteger ? { intValue: String(value) } : { doubleValue: value } };
  });
}

/** One OTLP/JSON span. */
export function span({
  id = '00F067AA0BA902B7',
  parent = '',
  name = 'span',
  attributes = {},
  ...more
}: SpanFields): object {
  return {
    traceId,
    spanId: id,
    parentSpanId: parent,
    name,
    startTimeUnixNano: '1748000000000500000',
    endTimeUnixNano: '1748000001500000000',
    attributes: attributeList(attributes),
    ...more,
  };
}

/** One ExportTraceServiceRequest with one scope. */
export function request(
  spans: readonly object[],
  scopeName = 'test',
  resource: Attributes = {},
): object {
  const scopeSpans = [{ scope: { name: scopeName }, spans }];
  return { resourceSpans: [{ resource: { attributes: attributeList(resource) }, scopeSpans }] };
}

/** Reads the only call of a request with one span. */
export function readOne(
  attributes: Attributes,
  scopeName = 'test',
  name = 'span',
): ReturnType<typeof callsOf>[number] {
  const [call] = callsOf(decodeText([request([span({ attributes, name })], scopeName)]));
  if (call === undefined) throw new Error('Expected one call.');
  return call;
}

/** What makes a span a chat call. */
export const chat = { 'gen_ai.operation.name': 'chat' };
