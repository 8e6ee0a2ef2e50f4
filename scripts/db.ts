import { runDbCommand } from '../src/house/db-command.ts';

/** `npm run db -- COMMAND`. npm tells in INIT_CWD where the person is: that is where their file names begin. */
process.exitCode = await runDbCommand(
  process.argv.slice(2),
  process.env,
  process.env.INIT_CWD ?? process.cwd(),
  (sentence) => console.log(sentence),
);
