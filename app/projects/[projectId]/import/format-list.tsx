/** What can be read, and where each kind of file is found. */
const formats = [
  {
    name: 'OpenTelemetry, OTLP/JSON',
    where: 'GenAI spans of any SDK, or the collector’s file exporter',
    files: '.json .jsonl',
  },
  {
    name: 'Claude Code',
    where: 'transcripts, sub-agents included',
    files: '~/.claude/projects',
  },
  {
    name: 'pi coding agent',
    where: 'session files',
    files: '~/.pi/agent/sessions',
  },
] as const;

/** The formats that are recognised; nobody has to choose one. */
export function FormatList() {
  return (
    <dl className="mt-5">
      {formats.map((format) => (
        <div key={format.name} className="border-t border-rule-2 py-2.5">
          <dt className="font-medium">{format.name}</dt>
          <dd className="text-ink-2">
            {format.where} <code className="whitespace-nowrap text-ink-3">{format.files}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}
