import { accessFacts, audiences, bookings, costs, kinds, modes, rankOf, stages, type Word } from '../vocabulary.ts';
import type { HsdsTaxonomy, HsdsTaxonomyTerm } from './hsds-schema.ts';
import type { Uuid } from './uuid.ts';

/** Our lists of words, as taxonomies. Their order is their number: add at the end. */
const lists = [
  { code: 'kinds', name: 'Sortes de lieux et de services', words: kinds },
  { code: 'audiences', name: 'Publics', words: audiences },
  { code: 'modes', name: 'Manières', words: modes },
  { code: 'bookings', name: 'Venir', words: bookings },
  { code: 'costs', name: 'Coûts', words: costs },
  { code: 'access', name: 'Facilités d’accès', words: accessFacts },
  { code: 'stages', name: 'Moments', words: stages },
] as const satisfies readonly { code: string; name: string; words: readonly Word[] }[];
export type ListCode = (typeof lists)[number]['code'];

const PRIORITIES = lists.length + 1;
const SOURCES = lists.length + 2;
/** Ranks of a taxonomy's terms leave room for the lists to grow. */
const ROOM = 1_000;

/** A source of the directory, as the exports tell it. */
export interface SourceTold {
  readonly id: string;
  readonly title: string;
  readonly publisher: string | null;
  readonly licence: string | null;
  readonly url: string | null;
  readonly dated: string | null;
}

/** The taxonomies that attributes refer to. */
export const taxonomies = (uuid: Uuid): HsdsTaxonomy[] => [
  ...lists.map(({ name }, at) => ({
    ...{ id: uuid('taxonomy', at + 1), name },
    description: `${name} : mots de l’annuaire de Mille jours, codes de l’interface publique`,
  })),
  {
    ...{ id: uuid('taxonomy', PRIORITIES), name: 'Priorités' },
    description: 'Les dix priorités des territoires pour les 1000 premiers jours',
  },
  {
    ...{ id: uuid('taxonomy', SOURCES), name: 'Sources' },
    description: 'Qui a dit ce qui est publié, avec sa licence ; « value » nomme les champs',
  },
];

/** The words of the taxonomies. `priorities`: the title of each, in order. */
export const taxonomyTerms = (
  uuid: Uuid,
  priorities: readonly { readonly number: number; readonly title: string }[],
  sources: readonly SourceTold[],
): HsdsTaxonomyTerm[] => {
  const of = (name: string, taxonomy: number) => ({
    ...{ taxonomy: name, taxonomy_id: uuid('taxonomy', taxonomy), language: 'fr' as const },
  });
  return [
    ...lists.flatMap(({ code: list, name, words }, at) =>
      words.map(({ code, label }) => ({
        ...{ id: termId(uuid, list, code), code, name: label, description: label },
        ...of(name, at + 1),
      })),
    ),
    ...priorities.map(({ number, title }) => ({
      ...{ id: priorityId(uuid, number), code: String(number), name: title, description: title },
      ...of('Priorités', PRIORITIES),
    })),
    ...sources.map(({ id, title, publisher, licence, url, dated }) => ({
      ...{ id: sourceId(uuid, id), code: id, name: title },
      description: [publisher, licence ?? 'Licence non précisée', dated && `données du ${dated}`]
        .filter(Boolean)
        .join(' · '),
      ...of('Sources', SOURCES),
      ...(url ? { term_uri: url } : {}),
    })),
  ];
};

/** The identifier of a word; a code that the list does not have makes a number of its own, never another word's. */
export const termId = (uuid: Uuid, list: ListCode, code: string): string => {
  const at = lists.findIndex((one) => one.code === list);
  return uuid('taxonomy_term', (at + 1) * ROOM + rankOf(lists[at]?.words ?? [], code) + 1);
};

export const priorityId = (uuid: Uuid, number: number): string => uuid('taxonomy_term', PRIORITIES * ROOM + number);

/** Sources have names and no numbers: 32 bits of the name, which few dozens of sources share without meeting. */
export const sourceId = (uuid: Uuid, source: string): string => uuid('taxonomy_term', 2 ** 40 + fnv1a(source));

const fnv1a = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
};
