import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');

/** Texts that break a rule, and texts that do not, each at a path of its own. */
interface Planted {
  readonly path: string;
  readonly text: string;
  readonly rule: string;
}

const stages = ['traces', 'sessions', 'cost', 'workload', 'readiness', 'report'];

const forbiddenImports: readonly (readonly [folder: string, imported: string])[] = [
  ...stages.flatMap((stage) =>
    ['node:fs', '@/lib/db/client', '../db/client', '@/app/page', 'react', '../contracts/cost'].map(
      (imported) => [`lib/${stage}`, imported] as const,
    ),
  ),
  ['lib/traces/adapters', '../../cost/cost-model'],
  ['lib/sessions', '../cost/price-call'],
  ['lib/cost', '../sessions/group-calls'],
  ['lib/workload', '@/simulations/pool-study'],
  ['lib/readiness/checks/pools', '../../../sessions/group-calls'],
  ['lib/stats', '../cost/cost-model'],
  ['lib/charts', 'react'],
  ['lib/contracts', '../db/client'],
  ['lib/db', '../queries/load-cost'],
  ['simulations', '@/lib/cost/cost-model'],
  ['simulations/engine', 'node:worker_threads'],
  ['simulations', '@/lib/workload/lower-sessions'],
  ['app/_ui', '@/lib/contracts/project'],
  ['app/_charts', '@/lib/contracts/project'],
  ['app/projects', '@/lib/queries/load-cost'],
  ['app/projects', '@/lib/db/client'],
];

const allowedImports: readonly (readonly [path: string, imported: string])[] = [
  ['lib/cost/allowed-a.ts', '../sessions/session'],
  ['lib/cost/allowed-b.ts', '../stats/quantile'],
  ['lib/cost/allowed-c.ts', '../units'],
  ['lib/workload/allowed.ts', '../sessions/session'],
  ['lib/readiness/checks/pools/allowed.ts', '../../../sessions/session'],
  ['simulations/engine/allowed.ts', '@/lib/workload/workload-model'],
  ['lib/traces/import-trace.ts', 'node:fs'],
  ['lib/db/allowed.ts', '../sessions/session'],
  ['app/_charts/allowed.tsx', '@/lib/format'],
  ['app/share/[token]/page.tsx', '@/lib/queries/load-shared-report'],
];

const planted: readonly Planted[] = [
  ...forbiddenImports.map(([folder, imported], index) => ({
    path: `${folder}/planted-${index}.ts${folder.startsWith('app') ? 'x' : ''}`,
    text: `import { planted } from '${imported}';\n\nexport const use = planted;\n`,
    rule: 'noRestrictedImports',
  })),
  { path: 'lib/cost/loose.ts', text: 'export const a = (b: any) => b;\n', rule: 'noExplicitAny' },
  { path: 'lib/cost/loud.ts', text: 'console.log(1);\n', rule: 'noConsole' },
  { path: 'lib/cost/nameless.ts', text: 'export default 1;\n', rule: 'noDefaultExport' },
  {
    path: 'lib/cost/plantedFile.ts',
    text: 'export const a = 1;\n',
    rule: 'useFilenamingConvention',
  },
  { path: 'lib/cost/barrel.ts', text: "export * from './nameless';\n", rule: 'noBarrelFile' },
  {
    path: 'lib/cost/a.ts',
    text: "import { b } from './b';\n\nexport const a = b;\n",
    rule: 'noImportCycles',
  },
  {
    path: 'lib/cost/b.ts',
    text: "import { a } from './a';\n\nexport const b = a;\n",
    rule: 'noImportCycles',
  },
];

const biomeReport = z.object({
  diagnostics: z.array(
    z.object({
      category: z.string(),
      severity: z.string(),
      location: z.object({ path: z.string() }),
    }),
  ),
});

/** Lints a tree of planted files under the project's own rules; returns `path rule` of each error. */
function lintPlanted(): Set<string> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-rules-'));
  const { $schema, vcs, ...rules } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(rules));
  for (const { path, text } of [
    ...planted,
    ...allowedImports.map(([path, imported]) => ({
      path,
      text: `import { allowed } from '${imported}';\n\nexport const use = allowed;\n`,
    })),
  ]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const biome = join(root, 'node_modules/.bin/biome');
  const result = spawnSync(biome, ['lint', '--reporter=json', '--max-diagnostics=none', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  const { diagnostics } = biomeReport.parse(JSON.parse(result.stdout));
  return new Set(
    diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ category, location }) => `${location.path} ${category.split('/').at(-1)}`),
  );
}

describe('the linter bites', () => {
  const broken = lintPlanted();

  test.each(planted)('$rule in $path', ({ path, rule }) => {
    expect(broken).toContain(`${path} ${rule}`);
  });

  test.each(allowedImports)('but %s may import %s', (path) => {
    expect(broken).not.toContain(`${path} noRestrictedImports`);
  });
});

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = join(folder, name);
    if (name === 'generated' || name === 'node_modules') return [];
    if (statSync(join(root, path)).isDirectory()) return sourceFiles(path);
    return /\.(ts|tsx|mjs)$/.test(name) ? [path] : [];
  });
}

const productFiles = ['app', 'lib', 'simulations', 'scripts'].flatMap(sourceFiles);
const pureFiles = productFiles.filter(
  (path) =>
    path !== join('lib', 'traces', 'import-trace.ts') &&
    !path.startsWith(join('lib', 'traces', 'containers')) &&
    /^(lib.(traces|sessions|cost|workload|system|readiness|report|charts|sample|stats)|simulations)./.test(
      path,
    ),
);

describe('files', () => {
  test('there are files to check', () => {
    expect(productFiles.length).toBeGreaterThan(100);
    expect(pureFiles.length).toBeGreaterThan(40);
  });

  test('no file is longer than 400 lines', () => {
    const tooLong = [...productFiles, ...sourceFiles('tests')].filter(
      (path) => readFileSync(join(root, path), 'utf8').split('\n').length > 401,
    );
    expect(tooLong).toEqual([]);
  });

  test('no file is named after nothing in particular', () => {
    const vague = productFiles.filter((path) =>
      /(^|[-/])(utils?|helpers?|managers?|services?|info|misc|common)([-.]|$)/.test(path),
    );
    expect(vague).toEqual([]);
  });

  test('stages and simulations read no clock and no ambient randomness', () => {
    const impure = pureFiles.filter((path) =>
      /Math\.random|Date\.now|new Date\(\)|performance\.now|process\.|crypto\./.test(
        readFileSync(join(root, path), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''),
      ),
    );
    expect(impure).toEqual([]);
  });

  test('every exported function and class of lib and simulations is documented', () => {
    const bare = productFiles
      .filter((path) => /^(lib|simulations)./.test(path) && !path.includes('generated'))
      .flatMap((path) => {
        const lines = readFileSync(join(root, path), 'utf8').split('\n');
        return lines.flatMap((line, index) => {
          if (!/^export (async )?(function\*?|class|interface) /.test(line)) return [];
          const before = lines[index - 1] ?? '';
          return /\*\/\s*$/.test(before) ? [] : [`${path}:${index + 1}`];
        });
      });
    expect(bare).toEqual([]);
  });

  test('only lib/db holds SQL', () => {
    const withSql = productFiles.filter(
      (path) =>
        !path.startsWith(join('lib', 'db')) &&
        /\b(SELECT|INSERT INTO|DELETE FROM|ALTER TABLE)\b/.test(
          readFileSync(join(root, path), 'utf8'),
        ),
    );
    expect(withSql).toEqual([]);
  });
});
