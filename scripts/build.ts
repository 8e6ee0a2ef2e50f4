import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { faultsOfContent } from './check-content.ts';
import { prepareBaseMap, prepareMap } from './prepare-map.ts';
import { prepareTerritories } from './prepare-territories.ts';

const stamp = path.join('build', '.made-from');

/** Everything that the built application is made of. */
const sources = ['src', 'static', 'package-lock.json', 'vite.config.ts'];

/** A fingerprint of the sources: the build is made again when, and only when, one of them changed. */
const fingerprint = (): string => {
  const hash = createHash('sha256');
  const walk = (at: string): void => {
    if (/\.test\.ts$/.test(at) || !existsSync(at)) return;
    try {
      for (const name of readdirSync(at).sort()) walk(path.join(at, name));
    } catch {
      hash.update(at).update('\0').update(readFileSync(at)).update('\0');
    }
  };
  for (const source of sources) walk(source);
  return hash.digest('hex');
};

/**
 * Builds the application unless the one that is there was made from these very sources. Ends the process on failure, and
 * when a text of the content cannot be published.
 */
export const buildIfNeeded = async (): Promise<void> => {
  const faults = faultsOfContent(process.env.CONTENT_DIR ?? 'content');
  if (faults.length > 0) {
    console.error('\n  Des contenus ne peuvent pas être publiés :\n');
    for (const fault of faults) console.error(`  ${fault}`);
    console.error('');
    process.exit(1);
  }
  prepareTerritories('reference');
  prepareMap('static/map/outlines.json');
  prepareBaseMap('reference/carte-facile.json');
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('  Construction du site, une fois pour toutes…');
  const vite = path.join('node_modules', 'vite', 'bin', 'vite.js');
  const built = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { encoding: 'utf8' });
  if (built.status !== 0) {
    console.error(built.stdout, built.stderr);
    console.error('\n  La construction a échoué. Relancez « npm ci » puis « npm start ».\n');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildIfNeeded();
