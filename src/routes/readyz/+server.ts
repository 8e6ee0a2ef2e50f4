import type { RequestEvent } from '@sveltejs/kit';
import { sql } from 'kysely';

/** Whether this process can serve: its database answers and every index is built. 503 otherwise, with what is missing. */
export const GET = async ({ locals }: RequestEvent): Promise<Response> => {
  const database = await sql`select 1`.execute(locals.context.db).then(
    () => 'ready',
    () => 'away',
  );
  const indexes = locals.house.indexes.states();
  const ready = database === 'ready' && Object.values(indexes).every((state) => state === 'ready');
  return Response.json(
    { ready, database, indexes },
    { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  );
};
