import { help } from '#messages/fr/help.ts';
import { journey } from '#messages/fr/journey.ts';
import { callOf, griefLines } from '#modules/help/index.ts';
import { helplines } from '#modules/help/server/index.ts';
import { deviceSchedule } from '#modules/journey/server/index.ts';
import { todayIn } from '#platform/clock.ts';

/** The schedule, the words of the path and who listens after a loss, as a device needs them: the same for everyone. */
export const GET = ({ locals }) => {
  const today = todayIn(locals.context.clock, 'Europe/Paris');
  const calls = griefLines(helplines()).map((line) => callOf(line, help, 'fr', today));
  const rest = JSON.stringify({ words: journey, calls });
  return new Response(`{"schedule":${deviceSchedule(locals.settings.CONTENT_DIR)},${rest.slice(1)}`, {
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  });
};
