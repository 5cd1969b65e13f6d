/** Installs, generates and builds what has changed, and stops there. */
import { ensureBuilt, main, prepare, say } from './steps.mjs';

await main(async () => {
  await prepare();
  await ensureBuilt();
  say('Built. Start it with: npm start');
});
