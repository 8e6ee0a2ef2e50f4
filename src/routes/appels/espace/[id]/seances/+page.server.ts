import { convene, filesToDiscuss, sessionsOf } from '#modules/calls/server/index.ts';
import { act } from '../../act.ts';
import { openSelection, whereIs } from '../open-selection.ts';
import { readConvened } from './read-convened.ts';
import { sessionWords } from './words.ts';

export const load = async ({ locals, url, params }) => {
  const place = await openSelection(locals, url, params.id);
  const base = whereIs(params.id, 'Séances');
  if (!place.open) return { ...base, because: place.because, sessions: [], files: [], runs: false };
  const { context, access, momentOf } = place;
  const runs = access.role === 'instructor' || access.role === 'president';
  return {
    ...{ ...base, because: undefined, runs, selecting: place.call.status === 'selecting', zone: place.zone },
    sessions: (await sessionsOf(context, params.id)).map(({ id, at, status }) => ({
      href: `/appels/espace/${params.id}/seances/${id}`,
      ...{ title: `Séance du ${momentOf(at)}`, detail: sessionWords[status] },
    })),
    files: runs
      ? (await filesToDiscuss(context, params.id, access)).map(({ id, number, title }) => ({
          ...{ value: id, label: `n° ${number}, ${title}` },
        }))
      : [],
  };
};

export const actions = {
  convoquer: act('convoquer', async (sent) => {
    const said = await readConvened(sent);
    if (!said.ok) return said;
    const call = sent.params.id ?? '';
    const made = await convene(sent.context, call, said.value);
    return made.ok ? { ok: true, value: `/appels/espace/${call}/seances/${made.value}?fait=convoquer` } : made;
  }),
};
