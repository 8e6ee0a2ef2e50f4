import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Measure } from './bench.ts';
import { type Outcome, resultsPage, sectionOf } from './results/page.ts';

/**
 * `npm run bench` measures every claim and writes `bench/RESULTS.md`; `npm run bench -- pages` only those whose file name
 * holds the word. Each measure runs in a process of its own, so that none finds the memory of another. One that fails or
 * lasts too long is told as such and the others are made.
 */
const MOST_SECONDS = 240;
const MOST_SECONDS_OF_ALL = 780;
/** The heaviest come last: what they have no time for costs no other. */
const heaviest = ['directory-million.ts'];

const words = process.argv.slice(2);
const weight = (file: string): number => heaviest.indexOf(file);
const files = readdirSync('bench')
  .filter((name) => name.endsWith('.ts') && !['run.ts', 'one.ts', 'bench.ts'].includes(name))
  .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  .sort((one, other) => weight(one) - weight(other) || one.localeCompare(other));
if (files.length === 0) {
  console.error(`Aucune mesure ne s’appelle ainsi : ${words.join(' ')}.`);
  process.exit(2);
}

const machine = `${os.cpus().length} × ${os.cpus()[0]?.model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} Gio, ${os.type()} ${os.release()}, Node ${process.versions.node}`;
console.log(`${machine}\n`);

const scratch = mkdtempSync(path.join(os.tmpdir(), 'mille-jours-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));

const began = performance.now();
const secondsSince = (start: number): number => (performance.now() - start) / 1000;

const outcomes = files.map((file): Outcome => {
  const left = Math.floor(Math.min(MOST_SECONDS, MOST_SECONDS_OF_ALL - secondsSince(began)));
  const outcome =
    left < 20 ? { file, measure: undefined, seconds: 0, trouble: 'n’a pas eu le temps' } : made(file, left);
  console.log(outcome.measure ? sectionOf(outcome.measure, outcome.seconds) : `bench/${file} ${outcome.trouble}.\n`);
  return outcome;
});

/** Makes one measure, within so many seconds. */
function made(file: string, seconds: number): Outcome {
  const result = path.join(scratch, `${file}.json`);
  const started = performance.now();
  const { status, error } = spawnSync(process.execPath, ['bench/one.ts', file, result], {
    stdio: 'inherit',
    // Whatever it leaves behind when its time is up goes with the scratch folder.
    env: { ...process.env, TMPDIR: scratch },
    timeout: seconds * 1000,
  });
  const lasted = secondsSince(started);
  if (status === 0) return { file, measure: JSON.parse(readFileSync(result, 'utf8')) as Measure, seconds: lasted };
  const late = (error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT';
  const trouble = late ? `n’a pas abouti en ${seconds} s` : 'a échoué';
  return { file, measure: undefined, seconds: lasted, trouble };
}

const day = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'Europe/Paris' }).format(Date.now());
// Of some measures alone, the page would pass for whole.
if (words.length === 0) writeFileSync('bench/RESULTS.md', resultsPage(machine, day, outcomes));
process.exit(outcomes.some(({ measure }) => measure === undefined) ? 1 : 0);
