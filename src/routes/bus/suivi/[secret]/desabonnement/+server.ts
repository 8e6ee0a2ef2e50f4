import { redirect } from '@sveltejs/kit';
import { stopFollowing } from '#modules/tours/server/index.ts';

/**
 * A mail programme ends these messages by itself (RFC 8058), without origin nor cookie: see `isOneClick`. What was erased
 * before is as silent: the answer says nothing of it.
 */
export const POST = async ({ params, locals }) => {
  await stopFollowing(locals.context, params.secret);
  return new Response(null, { status: 204 });
};

/** A person who opens the same address asks a button first: programs that read mails open links. */
export const GET = ({ params }) => redirect(303, `/bus/suivi/${params.secret}`);
