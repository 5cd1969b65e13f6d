import { PolicyList } from '../cost/policies/policy';
import { AppError } from '../errors';
import { db } from './client';
import type { PolicySet as PolicySetRow } from './generated/client';
import { isUniqueViolation } from './unique-violation';

/** Most sets that one project may keep. */
const policySetsMax = 100;

/** Named policies as stored. */
export interface StoredPolicySet {
  readonly policySetId: string;
  readonly name: string;
  readonly policies: PolicyList;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What of a policy set can be changed. */
export interface PolicySetChange {
  readonly name?: string | undefined;
  readonly policies?: PolicyList | undefined;
}

/** Policy sets of a project, by name. */
export async function listPolicySets(projectId: string): Promise<StoredPolicySet[]> {
  const rows = await (await db()).policySet.findMany({
    where: { projectId },
    orderBy: { name: 'asc' },
    take: policySetsMax,
  });
  return rows.map(policySetOf);
}

/**
 * Keeps policies under a name.
 *
 * @throws AppError conflict where the name is taken, or where the project has as many as it may
 */
export async function createPolicySet(
  projectId: string,
  { name, policies }: { readonly name: string; readonly policies: PolicyList },
): Promise<StoredPolicySet> {
  try {
    const row = await (await db()).$transaction(async (change) => {
      const created = await change.policySet.create({
        data: { projectId, name, json: JSON.stringify(policies) },
      });
      // Counted after the write, so that two at once cannot both be the last.
      if ((await change.policySet.count({ where: { projectId } })) > policySetsMax) {
        throw new AppError(
          'conflict',
          `A project keeps at most ${policySetsMax} policy sets. Delete one that is not needed.`,
        );
      }
      return created;
    });
    return policySetOf(row);
  } catch (error) {
    throw isUniqueViolation(error) ? nameIsTaken(name) : error;
  }
}

/**
 * Changes what is given and leaves the rest.
 *
 * @throws AppError not_found, or conflict where the name is taken
 */
export async function updatePolicySet(
  projectId: string,
  policySetId: string,
  { name, policies }: PolicySetChange,
): Promise<StoredPolicySet> {
  const client = await db();
  try {
    const { count } = await client.policySet.updateMany({
      where: { id: policySetId, projectId },
      data: {
        ...(name === undefined ? {} : { name }),
        ...(policies === undefined ? {} : { json: JSON.stringify(policies) }),
      },
    });
    if (count === 0) throw noSuchSet();
  } catch (error) {
    throw isUniqueViolation(error) ? nameIsTaken(name ?? '') : error;
  }
  const row = await client.policySet.findFirst({ where: { id: policySetId, projectId } });
  if (row === null) throw noSuchSet();
  return policySetOf(row);
}

/**
 * Deletes a policy set.
 *
 * @throws AppError not_found
 */
export async function deletePolicySet(projectId: string, policySetId: string): Promise<void> {
  const { count } = await (await db()).policySet.deleteMany({
    where: { id: policySetId, projectId },
  });
  if (count === 0) throw noSuchSet();
}

function noSuchSet(): AppError {
  return new AppError('not_found', 'There is no such policy set. It may have been deleted.');
}

function nameIsTaken(name: string): AppError {
  return new AppError('conflict', `A policy set named “${name}” exists. Choose another name.`, [
    { path: 'name', message: 'This name is taken.' },
  ]);
}

function policySetOf(row: PolicySetRow): StoredPolicySet {
  return {
    policySetId: row.id,
    name: row.name,
    policies: PolicyList.parse(JSON.parse(row.json)),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
