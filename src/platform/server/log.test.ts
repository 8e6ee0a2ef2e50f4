import { spawnSync } from 'node:child_process';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '#testing/database.ts';
import { errorInLog } from './log.ts';

const caught = async (work: () => unknown): Promise<unknown> =>
  Promise.try(work).then(
    () => undefined,
    (error: unknown) => error,
  );

test('an error of the database tells its code and its place in our code, and not the value that was refused', async () => {
  const { db } = await testDatabase();
  const error = await caught(() => sql`select ${'amina@famille.example'}::uuid`.execute(db));
  const logged = errorInLog(error);
  expect(JSON.stringify(logged)).not.toContain('amina');
  expect(logged).toMatchObject({
    type: 'DatabaseError',
    code: '22P02',
    message: 'invalid input syntax for type uuid: "…"',
  });
  expect(logged.stack).toMatch(/^ {4}at /);
});

test('a name of ours is told: it is what the repair needs', async () => {
  const { db } = await testDatabase();
  const logged = errorInLog(await caught(() => sql`select * from nulle_part`.execute(db)));
  expect(logged.message).toBe('relation "nulle_part" does not exist');
});

test.each([
  ['a text that is not JSON', () => JSON.parse('{"prénom": amina')],
  ['an error that drags what was sent', () => Promise.reject(Object.assign(new Error('no'), { body: 'amina' }))],
  ['the cause of an error', () => Promise.reject(new Error('no', { cause: new Error('refused "amina"') }))],
  ['something that is no error', () => Promise.reject({ toString: () => 'amina' })],
  ['an error that quotes several lines', () => Promise.reject(new Error('bad "chère\namina", stop'))],
])('%s says nothing of who sent it', async (_what, work) => {
  const logged = JSON.stringify(errorInLog(await caught(work)));
  expect(logged).not.toContain('amina');
  expect(logged).toContain('"type"');
});

const said = (script: string): { level: string; msg: string }[] => {
  const source = `import { createLogger } from './src/platform/server/log.ts'; const log = createLogger('info'); ${script}`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', source], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
};

test('lines wait for one another, and none is lost when the process ends', () => {
  expect(said(`log.info('one'); log.info('two'); process.exit(0);`)).toMatchObject([{ msg: 'one' }, { msg: 'two' }]);
});

test('a warning is written at once, with what was said before it, even by a process that is killed', () => {
  const lines = said(`log.info('before'); log.error('wrong'); process.kill(process.pid, 'SIGKILL');`);
  expect(lines).toMatchObject([
    { level: 'info', msg: 'before' },
    { level: 'error', msg: 'wrong' },
  ]);
});
