import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Measure } from './bench.ts';

/**
 * `npm run bench` measures every claim; `npm run bench -- pages` only those whose file name holds the word. Each measure
 * runs in a process of its own, so that none finds the memory of another, and for eight minutes at most.
 */
const MOST_MINUTES = 8;

const words = process.argv.slice(2);
const files = readdirSync('bench')
  .filter((name) => name.endsWith('.ts') && !['run.ts', 'one.ts', 'bench.ts'].includes(name))
  .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  .sort();
if (files.length === 0) {
  console.error(`Aucune mesure ne s’appelle ainsi : ${words.join(' ')}.`);
  process.exit(2);
}

const machine = `${os.cpus().length} × ${os.cpus()[0]?.model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} Gio, ${os.type()} ${os.release()}, Node ${process.versions.node}`;
const pages = [`# Mesures\n\nMachine : ${machine}.\nChaque mesure dit sa méthode ; \`npm run bench\` la refait.\n`];
console.log(pages[0]);

const scratch = mkdtempSync(path.join(os.tmpdir(), 'mille-jours-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
const failed: string[] = [];
for (const file of files) {
  const result = path.join(scratch, `${file}.json`);
  const started = performance.now();
  const { status, error } = spawnSync(process.execPath, ['bench/one.ts', file, result], {
    stdio: 'inherit',
    // Whatever it leaves behind when its time is up goes with the scratch folder.
    env: { ...process.env, TMPDIR: scratch },
    timeout: MOST_MINUTES * 60_000,
  });
  if (status !== 0) {
    failed.push(file);
    const late = (error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT';
    console.error(`bench/${file} n’a pas abouti${late ? ` en ${MOST_MINUTES} minutes` : ''}.\n`);
    continue;
  }
  const page = pageOf(JSON.parse(readFileSync(result, 'utf8')) as Measure, (performance.now() - started) / 1000);
  console.log(page);
  pages.push(page);
}
// A file with a measure missing would pass for whole.
if (words.length === 0 && failed.length === 0) writeFileSync('bench/RESULTS.md', pages.join('\n'));
process.exit(failed.length > 0 ? 1 : 0);

function pageOf({ name, method, rows }: Measure, seconds: number): string {
  return [
    `## ${name}\n`,
    `${method} Mesuré en ${Math.round(seconds)} s.\n`,
    '| mesure | valeur | visée |\n|---|---|---|',
    ...rows.map(({ label, value, aim }) => `| ${label} | ${value} | ${aim ?? ''} |`),
    '',
  ].join('\n');
}
