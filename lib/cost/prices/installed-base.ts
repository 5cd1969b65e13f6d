import { findProvider } from '@pydantic/genai-prices';
import type { DataProvider } from './price-data';

/** The data of the installed package. */
export const installedData = {
  name: 'genai-prices',
  version: '0.1.8',
  // The package does not expose its data date: this is the day of its publication; the newest
  // price in it takes effect the day before.
  date: '2026-09-23',
} as const;

/** The package gives its providers one at a time, and a list of them only asynchronously. */
const providerIds = [
  'anthropic arcee avian aws azure baseten cerebras cloudflare cohere cursor deepseek doubleword',
  'fireworks github-copilot google groq huggingface_cerebras huggingface_fireworks-ai',
  'huggingface_groq huggingface_hyperbolic huggingface_nebius huggingface_novita',
  'huggingface_nscale huggingface_ovhcloud huggingface_publicai huggingface_sambanova',
  'huggingface_together minimax mistral modal moonshotai novita openai openrouter ovhcloud',
  'perplexity quicksilverpro together typesafe voyageai x-ai zai zhipuai',
].flatMap((line) => line.split(' '));

let installed: readonly DataProvider[] | null = null;

/** Providers of the installed package, in its order, which decides between them. */
export function installedProviders(): readonly DataProvider[] {
  installed ??= providerIds.flatMap((providerId) => {
    const provider = findProvider({ providerId });
    // The package's own data, of which the types are wider than the file's schema.
    return provider === undefined ? [] : [provider as DataProvider];
  });
  return installed;
}
