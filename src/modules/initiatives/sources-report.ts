import { fold } from '#platform/text.ts';
import { callFamilies, callTitles } from './call-family.ts';
import type { Initiative, NoteSubject } from './initiative.ts';

/** Names by code, to say how a published spelling was read. */
export interface TerritoryNames {
  readonly regions: ReadonlyMap<string, string>;
  readonly departements: ReadonlyMap<string, string>;
  readonly communes: ReadonlyMap<string, string>;
  readonly epcis: ReadonlyMap<string, string>;
}

/**
 * Everything that was decided between the rows of the source and our projects, as a page in Markdown: what was joined,
 * how each territory was read, and each choice made by hand with its reason. Made from the files, never written by hand.
 */
export const sourcesReport = (initiatives: readonly Initiative[], names: TerritoryNames): string =>
  `${[
    '# D’où viennent les projets, et ce que nous avons décidé',
    'Page écrite par `npm run content -- initiatives` à partir de `content/initiatives/` : corriger les fiches, puis la réécrire.',
    summary(initiatives),
    '## Graphies des territoires',
    'Le document écrit les régions et les départements de plusieurs façons. Chacune est lue ainsi :',
    table(['écrit', 'lu', 'projets'], spellings(initiatives, names)),
    '## Lieux écrits autrement qu’aujourd’hui',
    table(['écrit', 'lu', 'projet'], places(initiatives, names)),
    ...sections.flatMap(([about, title]) => [`## ${title}`, noted(initiatives, about)]),
    '## Chaque ligne du document',
    table(['ligne', 'projet', 'territoire'], lines(initiatives, names)),
  ].join('\n\n')}\n`;

const sections: readonly (readonly [NoteSubject, string])[] = [
  ['joined', 'Projets répétés, réunis en une fiche'],
  ['distinct', 'Projets d’un même porteur ou d’un même paragraphe, gardés distincts'],
  ['calls', 'Plusieurs appels, ou aucun'],
  ['place', 'Lieux choisis à la main'],
  ['holder', 'Porteurs incertains ou précisés'],
  ['name', 'Noms de projets'],
];

const summary = (initiatives: readonly Initiative[]): string => {
  const count = (keep: (initiative: Initiative) => boolean): number => initiatives.filter(keep).length;
  return [
    `- ${initiatives.flatMap(({ source }) => source.lines ?? []).length} lignes du document, ${initiatives.length} projets.`,
    ...callFamilies.map((call) => `- ${callTitles[call].title} : ${count(({ calls }) => calls.includes(call))}.`),
    `- ${callTitles['hors-appel'].title} : ${count(({ calls }) => calls.length === 0)}.`,
    `- Rattachés à une commune : ${count(({ place }) => place !== undefined && 'commune' in place)} ; à une intercommunalité : ${count(({ place }) => place !== undefined && 'epci' in place)} ; sans lieu : ${count(({ place }) => !place)}.`,
  ].join('\n');
};

const spellings = (initiatives: readonly Initiative[], { regions, departements }: TerritoryNames): string[][] => {
  const found = new Map<string, { read: string; count: number }>();
  for (const { regions: codes, departements: parts, source } of initiatives) {
    for (const written of source.region?.split(';').map((part) => part.trim()) ?? []) {
      const candidates = [
        ...parts.map((code) => ({ code: `département ${code}`, name: departements.get(code) ?? '' })),
        ...codes.map((code) => ({ code: `région ${code}`, name: regions.get(code) ?? '' })),
      ];
      const same = candidates.filter(
        ({ name }) => fold(name) === fold(written) || fold(name) === `la ${fold(written)}`,
      );
      // A spelling that is nobody's name is that of the only region.
      const read = same.at(-1) ?? candidates.at(-1);
      const known = found.get(written);
      found.set(written, { read: `${read?.name} (${read?.code})`, count: (known?.count ?? 0) + 1 });
    }
  }
  return [...found]
    .sort(([a], [b]) => a.localeCompare(b, 'fr'))
    .map(([written, { read, count }]) => [written, read, String(count)]);
};

const places = (initiatives: readonly Initiative[], names: TerritoryNames): string[][] =>
  initiatives.flatMap(({ slug, place, source }) => {
    const read = placeName({ place }, names);
    const asToday = read?.startsWith(`${source.place} (`) ?? true;
    return source.place && read && !asToday ? [[source.place, read, slug]] : [];
  });

const placeName = ({ place }: Pick<Initiative, 'place'>, { communes, epcis }: TerritoryNames): string | undefined => {
  if (!place) return undefined;
  return 'commune' in place
    ? `${communes.get(place.commune)} (${place.commune})`
    : `${epcis.get(place.epci)} (${place.epci})`;
};

const noted = (initiatives: readonly Initiative[], about: NoteSubject): string =>
  initiatives
    .flatMap(({ slug, notes }) =>
      notes.filter((note) => note.about === about).map(({ text }) => `- **${slug}** — ${text}`),
    )
    .join('\n');

const lines = (initiatives: readonly Initiative[], names: TerritoryNames): string[][] =>
  initiatives
    .flatMap((initiative) => (initiative.source.lines ?? []).map((line) => ({ line, initiative })))
    .sort((a, b) => a.line - b.line)
    .map(({ line, initiative }) => [
      String(line),
      initiative.slug,
      placeName(initiative, names) ??
        (initiative.departements.map((code) => `${names.departements.get(code)} (${code})`).join(', ') || '—'),
    ]);

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
