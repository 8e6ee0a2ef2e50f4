import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { StartedSite } from '../../scripts/start-site.ts';

/** Milliseconds of each answer of a site since the last time, in the order they ended (server-time.ts). */
export const takeServerTimes = async (site: StartedSite, file: string): Promise<number[]> => {
  rmSync(file, { force: true });
  site.process.kill('SIGUSR2');
  while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 5));
  return JSON.parse(readFileSync(file, 'utf8')) as number[];
};
