import { formatUtc } from '../../format';
import { renderMarkdown } from '../../report/render-markdown';
import type { Command, CommandContext } from '../command';
import { exitCodeOfVerdict } from '../exit-code';
import { findProject } from '../find-project';
import { UsageError } from '../usage-error';
import { verdictText } from './readiness-command';

const defaultExpiryDays = 30;

/** Freezes the state of a project as a report. */
export const reportCommand: Command = {
  name: 'report',
  summary: 'Freeze a readiness report, and share it at a link',
  synopsis: '--project NAME [options]',
  detail: [
    'A report is a snapshot: later imports and runs do not change it. The link of --share is',
    'shown once and opens the report for anyone who has it. The exit code is the verdict.',
  ],
  options: [
    { name: 'project', value: 'NAME', help: 'name or id of the project' },
    { name: 'title', value: 'TEXT', help: 'title of the report' },
    { name: 'share', help: 'make a link to it' },
    {
      name: 'expires-days',
      value: 'N',
      help: `days until the link expires; default: ${defaultExpiryDays}`,
    },
    { name: 'markdown', help: 'print the report as Markdown' },
  ],
  takesFiles: false,
  run: runReport,
};

async function runReport(context: CommandContext) {
  const { options, output } = context;
  const projectName = options.requiredText('project', 'NAME');
  const title = options.text('title');
  const wantsShare = options.flag('share');
  const wantsMarkdown = options.flag('markdown');
  const expiresInDays = options.integer('expires-days', { min: 1, max: 365 });
  if (expiresInDays !== undefined && !wantsShare) {
    throw new UsageError('--expires-days says when a link expires: give --share with it.');
  }
  if (wantsMarkdown && output.isJson) {
    throw new UsageError('--markdown and --json both claim stdout: give one of them.');
  }
  const { client, url } = await context.connect();
  const project = await findProject(client, projectName);
  const { report, sha256 } = await client.createReport(
    project.projectId,
    title === undefined ? {} : { title },
  );
  const created = wantsShare
    ? await client.createShare(project.projectId, report.reportId, {
        expiresInDays: expiresInDays ?? defaultExpiryDays,
      })
    : null;
  const share =
    created === null
      ? null
      : { ...created.share, token: created.token, path: created.path, url: url + created.path };

  const { verdict, headline } = report.assessment;
  if (output.isJson) {
    output.json({ reportId: report.reportId, sha256, verdict, headline, share, report });
    return exitCodeOfVerdict(verdict);
  }
  const say = wantsMarkdown ? output.note : output.line;
  if (wantsMarkdown) output.line(renderMarkdown(report).trimEnd());
  else output.line(`${verdictText[verdict]}  ${headline}`);
  say(`Report '${report.title}' (${report.reportId}), SHA-256 ${sha256}`);
  if (share !== null) {
    say(`Link, valid until ${formatUtc(share.expiresAt)} and shown only now: ${share.url}`);
  }
  return exitCodeOfVerdict(verdict);
}
