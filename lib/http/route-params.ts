import { z } from 'zod';
import { AppError } from '../errors';

const id = z.string().min(1).max(100);
/** Path of everything of one project. */
export const ProjectParams = z.object({ projectId: id });

/** Path of one import. */
export const ImportParams = ProjectParams.extend({ importId: id });

/** Path of one simulation. */
export const SimulationParams = ProjectParams.extend({ runId: id });

/** Path of one report. */
export const ReportParams = ProjectParams.extend({ reportId: id });

/** Path of one share link. */
export const ShareParams = ReportParams.extend({ shareId: id });

/** Path of one policy set. */
export const PolicySetParams = ProjectParams.extend({ policySetId: id });

/** Path of one token. */
export const TokenParams = ProjectParams.extend({ tokenId: id });

/** Path of one price override. */
export const OverrideParams = ProjectParams.extend({ overrideId: id });

/** Path of one alias of a model. */
export const AliasParams = ProjectParams.extend({ aliasId: id });

/** What is said of a file beside its bytes. */
export const FileQuery = z.object({ name: z.string().min(1).max(4_000) });

/** Whose sessions are replayed: those of one import, or all of the project. */
export const ReplaySetQuery = z.object({ import: id.optional() });

/** Where a record of an import stands. */
export const RecordQuery = z.object({
  file: z.coerce.number().int().nonnegative().max(0xffffffff),
  line: z.coerce.number().int().positive().max(0xffffffff),
});

/**
 * The last segment of the address, decoded once; for ids that are whatever a trace calls them.
 *
 * Taken from the address itself, since frameworks differ in whether their parameters are decoded.
 *
 * @throws AppError not_found when the segment is not valid
 */
export function lastSegment(request: Request): string {
  const segment = new URL(request.url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AppError('not_found', 'This address is not valid.');
  }
}
