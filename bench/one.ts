import { writeFileSync } from 'node:fs';
import type { Measure } from './bench.ts';

/** When the time is up: ending properly ends the site that it started. */
process.once('SIGTERM', () => process.exit(1));

/** Makes one measure, `bench/one.ts pages.ts RESULT.json`: the process of its own that `run.ts` gives it. */
const [file = '', result = ''] = process.argv.slice(2);
const { default: measure } = (await import(`./${file}`)) as { default: () => Promise<Measure> };
writeFileSync(result, JSON.stringify(await measure()));
process.exit(0);
