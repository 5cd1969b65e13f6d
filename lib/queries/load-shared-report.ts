import { findSharedReport } from '../db/report-store';
import type { Report } from '../report/report';
import { hashShareToken } from './share-report';

/** A report as its link shows it. */
export interface SharedReport {
  readonly report: Report;
  readonly sha256: string;
}

/**
 * The report behind a share link.
 *
 * Any text is hashed and looked up alike, so that neither the answer nor the work behind it tells
 * a malformed token from an unknown, an expired or a revoked one.
 *
 * @returns null when the token opens nothing
 */
export function loadSharedReport(token: string): Promise<SharedReport | null> {
  return findSharedReport(hashShareToken(token), new Date());
}
