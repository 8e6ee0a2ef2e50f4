import { json } from '@sveltejs/kit';
import type { Refusal } from '#platform/result.ts';

/** Why a file was not received, for the script that sends it: a sentence, and a status that says whether to go on. */
export const refusedJson = ({ code, message }: Refusal): Response =>
  json({ code, message }, { status: statuses[code] ?? 400 });

const statuses: Readonly<Record<string, number>> = {
  no_such_application: 404,
  not_allowed: 403,
  file_too_large: 413,
  not_the_next: 409,
};
