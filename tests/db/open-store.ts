import { openTraceStore } from '@/lib/db/trace-store/connection';
import { AppError } from '@/lib/errors';

/** Opens the trace store of the settings and prints what came of it. */
try {
  await openTraceStore();
  process.stdout.write('opened\n');
} catch (error) {
  const isExpected = error instanceof AppError;
  process.stdout.write(isExpected ? `${error.code}: ${error.message}\n` : `${String(error)}\n`);
}
process.exit(0);
