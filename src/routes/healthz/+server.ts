/** The process answers. Says nothing of the database: a restart would not mend that. */
export const GET = () =>
  new Response('ok\n', { headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' } });
