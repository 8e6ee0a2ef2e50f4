import { readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import type { Measure } from './bench.ts';

/** `npm run bench` measures every claim; `npm run bench -- pages` only those whose file name holds the word. */
const words = process.argv.slice(2);
const files = readdirSync('bench')
  .filter((name) => name.endsWith('.ts') && !['run.ts', 'bench.ts'].includes(name))
  .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  .sort();

const machine = `${os.cpus().length} × ${os.cpus()[0]?.model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} Gio, ${os.type()} ${os.release()}, Node ${process.versions.node}`;
const pages = [`# Mesures\n\nMachine : ${machine}.\nChaque mesure dit sa méthode ; \`npm run bench\` la refait.\n`];
console.log(pages[0]);

for (const file of files) {
  const { default: measure } = (await import(`./${file}`)) as { default: () => Promise<Measure> };
  const { name, method, rows } = await measure();
  const page = [
    `## ${name}\n`,
    `${method}\n`,
    '| mesure | valeur | visée |\n|---|---|---|',
    ...rows.map(({ label, value, aim }) => `| ${label} | ${value} | ${aim ?? ''} |`),
    '',
  ].join('\n');
  console.log(page);
  pages.push(page);
}
if (words.length === 0) writeFileSync('bench/RESULTS.md', `${pages.join('\n')}`);
process.exit(0);
