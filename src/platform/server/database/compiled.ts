import type { CompiledQuery } from 'kysely';
import type { Database } from './database.ts';

/**
 * A question of one text, asked often: its SQL is written at the first request and used again, which is half of what a
 * small question costs this process. `build` is given the text that stands for the one of each request.
 */
export const compiledQuery = <Row>(
  build: (db: Database, text: string) => { execute(): Promise<Row[]>; compile(): CompiledQuery },
): ((db: Database, text: string) => Promise<Row | undefined>) => {
  let compiled: CompiledQuery | undefined;
  return async (db, text) => {
    compiled ??= build(db, SLOT).compile();
    const parameters = compiled.parameters.map((one) => (one === SLOT ? text : one));
    const { rows } = await db.executeQuery<Row>({ ...compiled, parameters });
    return rows[0];
  };
};

/** No value of ours is this text. */
const SLOT = ' text of the request ';
