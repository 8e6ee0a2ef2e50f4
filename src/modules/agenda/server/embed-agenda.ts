import { audiences, codesOf, embedSnippets, readEmbedLook } from '#modules/directory/index.ts';
import { communeAsked } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { eventKinds } from '../event.ts';

/**
 * What the page that writes the snippet of the agenda’s frame shows: what was chosen in its form, and what is to be copied.
 * `origin`: address of this site as others reach it. What cannot be read is left out, and said when it changes something.
 */
export const embedAgendaView = ({ indexes }: Context, given: URLSearchParams, origin: string) => {
  const territories = indexes.get(territoryIndex);
  const typed = (given.get('commune') ?? '').trim().slice(0, 100);
  const among = <T extends string>(name: string, values: readonly T[]): T | '' =>
    values.find((value) => value === given.get(name)) ?? '';
  const departement = territories.departement((given.get('departement') ?? '').slice(0, 3));
  const asked = communeAsked(territories, typed, given.get('code') ?? '');
  const commune = asked.state === 'found' && !departement ? asked.commune : undefined;
  const [kind, audience] = [among('kind', codesOf(eventKinds)), among('audience', codesOf(audiences))];
  const look = readEmbedLook(given);
  const href = (code: string): string => {
    const others = [...given].filter(([name]) => name !== 'code');
    return `/integrer?${new URLSearchParams([...others, ['code', code]])}#code`;
  };
  return {
    chosen: { ...look.chosen, commune: commune?.name ?? typed, departement: departement?.code ?? '', kind, audience },
    options: {
      departements: territories.departements.map(({ code, name }) => ({ value: code, label: `${name} (${code})` })),
      kinds: eventKinds.map(({ code, label }) => ({ value: code, label })),
      audiences: audiences.map(({ code, label }) => ({ value: code, label })),
    },
    choices:
      asked.state === 'several' && !departement
        ? asked.communes.map(({ code, name, departement: within }) => ({
            ...{ title: name, detail: territories.departement(within)?.name ?? '', href: href(code) },
          }))
        : [],
    remarks: [
      ...(asked.state === 'unknown' && !departement
        ? [`Aucune commune ne répond à «\u00a0${typed}\u00a0». Le cadre montrera toute la France.`]
        : []),
      ...look.remarks,
    ],
    ...embedSnippets({
      ...{ origin, page: 'agenda', height: look.height, instead: '/agenda', title: 'Agenda des 1000 premiers jours' },
      parameters: {
        ...(departement ? { territoire: `departement:${departement.code}` } : {}),
        ...(commune ? { commune: commune.name, code: commune.code } : {}),
        ...{ kind, audience, ...look.parameters },
      },
    }),
  };
};

export type EmbedAgendaView = ReturnType<typeof embedAgendaView>;
