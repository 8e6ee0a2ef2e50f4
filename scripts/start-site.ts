import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

export interface StartedSite {
  readonly url: string;
  readonly process: ChildProcess;
  /** Milliseconds from the launch to the printed address. */
  readonly startedIn: number;
  /** Everything it printed so far. */
  said(): string;
  /** Asks it to end, and waits. Returns its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface SiteOptions {
  readonly dataDir: string;
  readonly settings?: Readonly<Record<string, string>>;
}

/** The site as `npm start` runs it, on a free port and a database of its own. Rejects with what it said if it ends first. */
export const startSite = async ({ dataDir, settings = {} }: SiteOptions): Promise<StartedSite> => {
  const launched = performance.now();
  const site = spawn(path.resolve('node_modules/.bin/node'), ['server.ts'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...{ DATABASE_URL: '', DATA_DIR: dataDir, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error' },
      ...settings,
    },
  });
  let said = '';
  const exited = new Promise<number | null>((resolve) => site.once('exit', (code) => resolve(code)));
  // Whoever started it may end before asking it to: it must not stay behind.
  const abandon = (): void => void site.kill('SIGKILL');
  process.once('exit', abandon);
  void exited.then(() => process.off('exit', abandon));
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk;
      const address = /(http:\/\/localhost:\d+)/.exec(said)?.[1];
      if (address) resolve(address);
    };
    site.stdout.on('data', hear);
    site.stderr.on('data', hear);
    void exited.then(() => reject(new Error(said.trim())));
  });
  return {
    ...{ url, process: site, startedIn: performance.now() - launched },
    said: () => said,
    stop: (signal = 'SIGTERM') => {
      site.kill(signal);
      return exited;
    },
  };
};
