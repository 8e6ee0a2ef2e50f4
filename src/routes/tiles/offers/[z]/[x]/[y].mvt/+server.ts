import { offersTile } from '#modules/directory/server/index.ts';

export const GET = ({ params, url, locals, request }) =>
  offersTile(
    locals.context,
    { z: whole(params.z), x: whole(params.x), y: whole(params.y) },
    url,
    request.headers.get('if-none-match'),
  );

/** Only digits are a number here: `1e3` and the empty text are not. */
const whole = (text: string): number => (/^\d{1,7}$/.test(text) ? Number(text) : Number.NaN);
