import { journey } from '#messages/fr/journey.ts';
import { deviceSchedule } from '#modules/journey/server/index.ts';

/** The schedule and the words of the path, as a device needs them: the same for everyone. */
export const GET = ({ locals }) =>
  new Response(`{"schedule":${deviceSchedule(locals.settings.CONTENT_DIR)},"words":${JSON.stringify(journey)}}`, {
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  });
