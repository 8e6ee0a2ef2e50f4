import { expect, onTestFinished, test } from 'vitest';
import { testDatabase } from '#testing/database.ts';
import { createPool } from '../database/database.ts';
import { createRateLimits, networkOf } from './rate-limit.ts';

const pooled = (url: string) => {
  const pool = createPool(url, 2);
  onTestFinished(() => pool.end());
  return pool;
};

test('the API counts per address, and says when to come back', async () => {
  const { url } = await testDatabase();
  const limits = createRateLimits(
    { API_REQUESTS_PER_MINUTE: 3, FORMS_PER_QUARTER_HOUR: 10, SIGN_INS_PER_QUARTER_HOUR: 30, DATABASE_URL: url },
    pooled(url),
  );
  for (let number = 0; number < 3; number += 1) expect(await limits.api('192.0.2.1')).toEqual({ allowed: true });
  const refused = await limits.api('192.0.2.1');
  expect(refused.allowed).toBe(false);
  expect(refused.allowed ? 0 : refused.retryAfterSeconds).toBeGreaterThan(50);
  expect(await limits.api('192.0.2.2')).toEqual({ allowed: true });
});

test('forms are counted by all processes together, each form apart, and no address is written down', async () => {
  const { url, db } = await testDatabase();
  const settings = {
    API_REQUESTS_PER_MINUTE: 600,
    FORMS_PER_QUARTER_HOUR: 10,
    SIGN_INS_PER_QUARTER_HOUR: 30,
    DATABASE_URL: url,
  };
  const processes = [createRateLimits(settings, pooled(url)), createRateLimits(settings, pooled(url))];
  for (let number = 0; number < 10; number += 1) {
    expect(await processes[number % 2]?.form('contact', '192.0.2.1')).toEqual({ allowed: true });
  }
  expect((await processes[0]?.form('contact', '192.0.2.1'))?.allowed).toBe(false);
  expect((await processes[1]?.form('contact', '192.0.2.1'))?.allowed).toBe(false);
  expect((await processes[0]?.form('another', '192.0.2.1'))?.allowed).toBe(true);

  const { sql } = await import('kysely');
  const { rows } = await sql<{ key: string }>`select key from rate_limit`.execute(db);
  expect(rows.length).toBe(2);
  expect(JSON.stringify(rows)).not.toContain('192.0.2');
});

test('when the database is away, forms are still counted', async () => {
  const pool = createPool('postgres://nobody@127.0.0.1:9/nowhere', 1);
  onTestFinished(() => pool.end());
  const limits = createRateLimits(
    {
      API_REQUESTS_PER_MINUTE: 600,
      FORMS_PER_QUARTER_HOUR: 10,
      SIGN_INS_PER_QUARTER_HOUR: 30,
      DATABASE_URL: undefined,
    },
    pool,
  );
  for (let number = 0; number < 10; number += 1) {
    expect((await limits.form('contact', '192.0.2.1')).allowed).toBe(true);
  }
  expect((await limits.form('contact', '192.0.2.1')).allowed).toBe(false);
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:1:2::6', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
])('%s stands for the subscriber %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
