import { defineParams } from '@sveltejs/kit/params';

/** What a part of an address may be. Anything else is « not found » before any work is done. */
export const params = defineParams({
  /** `/territoires/{regions|departements|epci|communes}/…` */
  territories: (text) => (/^(regions|departements|epci|communes)$/.test(text) ? text : undefined),
});
