import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** Makes somebody who has signed in an administrator of a territory, see `entrust.ts`: no page gives the first role of one. */
export const entrust = (email: string, scope: string, agency?: string): void => {
  const order = ['e2e/entrust.ts', email, scope, ...(agency ? [agency] : [])];
  const { status, stderr } = spawnSync(path.resolve('node_modules/.bin/node'), order, {
    encoding: 'utf8',
    env: { ...process.env, DATA_DIR: process.env.E2E_DATA_DIR ?? './data', DATABASE_URL: '', LOG_LEVEL: 'error' },
  });
  if (status !== 0) throw new Error(stderr);
};
