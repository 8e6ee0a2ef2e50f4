import { fill } from '#messages/format.ts';
import { near } from '#messages/fr/near.ts';
import { listView } from '#modules/initiatives/server/index.ts';
import { type Commune, territoryPath } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';

/**
 * Finds the commune: by its code when the field proposed it, else by what was typed. One that answers alone, or whose
 * name is exactly what was typed and nobody else's, is taken; several are shown to choose from.
 */
export const load = ({ url, locals }) => {
  const index = locals.context.indexes.get(territoryIndex);
  const typed = (url.searchParams.get('commune') ?? '').trim().slice(0, 100);
  const code = url.searchParams.get('code') ?? '';
  const asked = /^[0-9AB]{5}$/i.test(code) ? index.commune(code) : undefined;
  const candidates = asked ? [asked] : typed ? index.complete(typed, 8).map(({ commune }) => commune) : [];

  const place = (commune: Commune) => ({
    code: commune.code,
    name: commune.name,
    departement: index.departement(commune.departement)?.name ?? '',
    path: territoryPath({ kind: 'commune', code: commune.code }),
  });
  const [first, second] = candidates;
  const alone = second ? undefined : first;
  const around = alone && new URLSearchParams({ near: alone.name, commune: alone.code, radius: '100' });
  const projects = around && listView(locals.context, around);
  return {
    words: near,
    typed: alone ? alone.name : typed,
    found: alone && place(alone),
    projects: projects && {
      cards: projects.cards.slice(0, 3),
      summary: projects.summary,
      href: `/initiatives?${around}`,
    },
    choices: second ? candidates.map(place) : [],
    nothing: typed !== '' && !first ? fill(near.none.title, { words: typed }) : undefined,
  };
};
