import { json } from '@sveltejs/kit';
import { articleEntries } from '#modules/library/server/index.ts';

/** Every article for the device: to search and to compose a booklet without asking anybody, network or not. */
export const GET = () => json(articleEntries(), { headers: { 'cache-control': 'public, max-age=3600' } });
