import { requirePerson } from '#platform/server/identity/require-person.ts';
import { loadFiles } from './load-files.ts';

export const load = ({ locals, url, params }) => loadFiles(requirePerson(locals.context, url), params.id, url, 'full');
