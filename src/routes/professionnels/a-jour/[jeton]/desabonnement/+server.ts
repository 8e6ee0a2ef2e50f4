import { redirect } from '@sveltejs/kit';
import { silenceByLink } from '#modules/professionals/server/index.ts';

/** A mail programme ends these messages by itself (RFC 8058), without origin nor cookie: see `isOneClick`. */
export const POST = async ({ params, locals }) =>
  new Response(null, { status: (await silenceByLink(locals.context, params.jeton, true)) ? 204 : 404 });

/** A person who opens the same address asks a button first: programs that read mails open links. */
export const GET = ({ params }) => redirect(303, `/professionnels/a-jour/${params.jeton}#silence`);
