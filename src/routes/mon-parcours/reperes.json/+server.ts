import { deviceSchedule } from '#modules/journey/server/index.ts';

/** The schedule as a device needs it: the same for everyone. */
export const GET = ({ locals }) =>
  new Response(deviceSchedule(locals.settings.CONTENT_DIR), {
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  });
