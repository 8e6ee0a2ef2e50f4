import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { moderates, openCases } from '#modules/professionals/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { isUuid } from '#platform/ids.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { caseWords } from '../../words.ts';

const pageSize = 50;

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  if (!moderates(context)) error(403, 'Cette page est pour les personnes chargées d’un territoire.');
  const after = readPlace(url.searchParams.get('apres'));
  const cases = await openCases(context, { limit: pageSize, ...(after ? { after } : {}) });
  const last = cases.length === pageSize ? cases.at(-1) : undefined;
  const territories = context.indexes.get(territoryIndex);
  return {
    here: 'Modération',
    cases: cases.map(({ id, kind, status, name, insee, created_at }) => ({
      ...{ id, name: name ?? 'Sans nom', kind: caseWords.kinds[kind], state: caseWords.states[status] },
      where: territories.commune(insee ?? '')?.name ?? '',
      on: formatDay('fr', dayAt(created_at, 'Europe/Paris').toString()),
    })),
    nextHref: last && `?${new URLSearchParams({ apres: `${last.created_at}_${last.id}` })}`,
  };
};

/** Where a page of the list begins: the moment and the id of the last line of the page before. */
const readPlace = (text: string | null): { at: Temporal.Instant; id: string } | undefined => {
  const [, moment = '', id = ''] = /^(20\d\d-.+)_(.+)$/.exec(text ?? '') ?? [];
  if (!isUuid(id)) return undefined;
  try {
    return { at: Temporal.Instant.from(moment), id };
  } catch {
    return undefined;
  }
};
