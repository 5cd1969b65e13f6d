import { db } from './client';

/** Models that are kept until their inputs change. */
export type ModelResultKind = 'cost' | 'anatomy' | 'growth' | 'backtest' | 'quantities';

/** Reads a kept model; null where none was made from these very inputs. */
export async function findModelResult(
  projectId: string,
  kind: ModelResultKind,
  inputHash: string,
): Promise<unknown> {
  const row = await (await db()).modelResult.findUnique({
    where: { projectId_kind: { projectId, kind } },
  });
  return row === null || row.inputHash !== inputHash ? null : JSON.parse(row.json);
}

/** Keeps a model in place of the one before it. */
export async function saveModelResult(
  projectId: string,
  kind: ModelResultKind,
  inputHash: string,
  model: unknown,
): Promise<void> {
  const json = JSON.stringify(model);
  await (await db()).modelResult.upsert({
    where: { projectId_kind: { projectId, kind } },
    create: { projectId, kind, inputHash, json },
    update: { inputHash, json, computedAt: new Date() },
  });
}
