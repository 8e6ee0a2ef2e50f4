import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { scratchRoot } from '../src/testing/scratch.ts';
import { buildIfNeeded } from './build.ts';
import { findChromium } from './chromium.ts';
import { startSite } from './start-site.ts';

/**
 * `npm test`: everything, in the order of what fails fastest. `npm test -- types server` runs some steps only.
 * The last line is `N passed, N failed`; the exit code follows it.
 */

interface Count {
  passed: number;
  failed: number;
  /** What failed, a line each, told again at the end: who reads the last lines of a long run learns it. */
  names?: readonly string[];
  /** What failed, then passed when tried again: told by name at the end, so that it is mended. */
  unstable?: readonly string[];
}

// Read by every step, and by what it starts.
process.env.TMPDIR = scratchRoot();
const scratch = mkdtempSync(path.join(tmpdir(), 'mille-jours-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
process.env.PATH = `${path.resolve('node_modules/.bin')}${path.delimiter}${process.env.PATH}`;

/** One command that is right or wrong as a whole. */
const check = (command: string, ...args: string[]): Count => {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
};

/** A run of vitest: each test counts. A run that dies, or runs nothing, is a failure. `beside`: only tests that import it. */
const vitest = (project: string, beside?: string): Count => {
  const report = path.join(scratch, `${project}.json`);
  const { status } = spawnSync(
    'vitest',
    [
      ...(beside ? ['related', beside, '--run'] : ['run']),
      '--project',
      project,
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { stdio: 'inherit' },
  );
  try {
    const { numPassedTests, numTotalTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
    const failed = numTotalTests - numPassedTests;
    const names = testResults.flatMap(({ name, message, assertionResults }) => [
      ...(message ? [`${path.relative('.', name)}: ${firstLine(message)}`] : []),
      ...assertionResults
        .filter((test) => test.status === 'failed')
        .map((test) => `${path.relative('.', name)}: ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`),
    ]);
    return { passed: numPassedTests, failed: status !== 0 && failed === 0 ? 1 : failed, names };
  } catch {
    return { passed: 0, failed: 1 };
  }
};

/** The browser journeys, on the built site with a database of its own. */
const journeys = async (): Promise<Count> => {
  const chromium = findChromium();
  const neutral = await neutralPage();
  const dataDir = path.join(scratch, 'data');
  const site = await startSite({
    dataDir,
    settings: {
      QUICK_EXIT_URL: neutral.url,
      CONTACT_EMAIL: 'equipe@mille-jours.example',
      API_REQUESTS_PER_MINUTE: '100000',
      FORMS_PER_QUARTER_HOUR: '100000',
      SIGN_INS_PER_QUARTER_HOUR: '100000',
      MILLE_JOURS_COMPOSANTS: '1',
    },
  });
  const report = path.join(scratch, 'journeys.json');
  try {
    const status = await finished(
      spawn('playwright', ['test', '--reporter=list,json'], {
        stdio: 'inherit',
        env: {
          ...process.env,
          CHROMIUM_PATH: chromium,
          E2E_BASE_URL: site.url,
          E2E_DATA_DIR: dataDir,
          E2E_QUICK_EXIT_URL: neutral.url,
          PLAYWRIGHT_JSON_OUTPUT_FILE: report,
        },
      }),
    );
    const { stats, suites } = JSON.parse(readFileSync(report, 'utf8')) as JourneysReport;
    // A skipped journey is a failure: nothing is skipped in silence.
    const failed = stats.unexpected + stats.skipped;
    return {
      passed: stats.expected + stats.flaky,
      failed: status !== 0 && failed === 0 ? 1 : failed,
      names: suites.flatMap((suite) => firstErrorsIn(suite, ({ ok }) => !ok)),
      unstable: suites.flatMap((suite) => firstErrorsIn(suite, isUnstable)),
    };
  } catch (error) {
    console.error(error);
    return { passed: 0, failed: 1 };
  } finally {
    await site.stop();
    neutral.server.close();
  }
};

interface VitestReport {
  numPassedTests: number;
  numTotalTests: number;
  testResults: {
    name: string;
    message?: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] }[];
  }[];
}

interface JourneysReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  suites: Suite[];
}

interface Suite {
  suites?: Suite[];
  specs: Spec[];
}

interface Spec {
  ok: boolean;
  title: string;
  file: string;
  line: number;
  tests: { status: string; results: { error?: { message?: string } }[] }[];
}

const isUnstable = ({ tests }: Spec): boolean => tests.some(({ status }) => status === 'flaky');

/** The journeys asked for, each with what it said the first time. */
const firstErrorsIn = ({ suites = [], specs }: Suite, wanted: (spec: Spec) => boolean): string[] => [
  ...suites.flatMap((suite) => firstErrorsIn(suite, wanted)),
  ...specs
    .filter(wanted)
    .map(
      ({ file, line, title, tests }) =>
        `e2e/${file}:${line} ${title}: ${firstLine(tests[0]?.results[0]?.error?.message)}`,
    ),
];

/** What a failure says first, without the colours of a terminal; the rest is where it happened. */
const firstLine = (message = ''): string =>
  stripVTControlCharacters(message).trim().split('\n').slice(0, 4).join(' ⏎ ');

/** Somewhere to go when one quits in a hurry, since the tests have no network. */
const neutralPage = async (): Promise<{ url: string; server: Server }> => {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><title>Météo</title><h1>Temps clair demain</h1>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
};

const finished = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once('exit', resolve));

const steps: Record<string, () => Count | Promise<Count>> = {
  format: () => check('biome', 'ci', '.'),
  types: () => check('npm', 'run', '--silent', 'check'),
  doors: () => check('depcruise', '--config', '.dependency-cruiser.js', 'src', 'server.ts', 'scripts'),
  unused: () => check('knip'),
  server: () => vitest('server'),
  build: async () => {
    await buildIfNeeded();
    return { passed: 1, failed: 0 };
  },
  process: () => vitest('process'),
  journeys,
};

/** Steps made of others: not part of everything. */
const parts: typeof steps = {
  // What another server of PostgreSQL may change; it is named by TEST_DATABASE_URL.
  base: () => vitest('server', 'src/testing/database.ts'),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in steps) && !(name in parts));
if (unknown.length > 0) {
  console.error(`Étape inconnue : ${unknown.join(', ')}. Étapes : ${Object.keys({ ...steps, ...parts }).join(', ')}.`);
  process.exit(2);
}

const total: Count = { passed: 0, failed: 0 };
const told: string[] = [];
for (const [name, run] of Object.entries(asked.length > 0 ? { ...steps, ...parts } : steps)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n== ${name}`);
  const count = await run();
  total.passed += count.passed;
  total.failed += count.failed;
  if (count.failed > 0)
    told.push(`En échec : ${name} (${count.failed})`, ...(count.names ?? []).map((line) => `  ✗ ${line}`));
  if (count.unstable?.length)
    told.push(`Instable, passé au second essai : ${name}`, ...count.unstable.map((line) => `  ~ ${line}`));
}
if (told.length > 0) console.log(`\n${told.join('\n')}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
