import type { Context } from '#platform/server/context.ts';
import type { List } from '#platform/server/lists/list.ts';
import { nextSteps } from '../after/report.ts';
import { agencyWords, callKinds } from '../call-kind.ts';
import { pooledTotal, totalOf } from '../envelope.ts';
import type { NationalEvaluation } from './after/national.ts';
import { placeOf } from './call-view.ts';
import type { DeclarationLine, RegionLine, RunLine } from './who-runs.ts';

/** Words of the page that lists take: states and configurations, as it says them. */
interface Said {
  readonly madeOn: string;
  readonly status: (one: RunLine) => string;
  readonly declaration: (one: DeclarationLine) => string;
  readonly configuration: (one: DeclarationLine) => string;
}

/** The calls of an edition, of every kind, with their money line by line and their dates. For who follows them. */
export const nationalCallsList = (
  context: Pick<Context, 'indexes'>,
  edition: string,
  { regions, elsewhere }: { readonly regions: readonly RegionLine[]; readonly elsewhere: readonly RunLine[] },
  { madeOn, status }: Pick<Said, 'madeOn' | 'status'>,
): List<RunLine & { readonly region: string }> => {
  const instant = ({ call }: RunLine, at: 'opensAt' | 'closesAt') =>
    call.calendar && Temporal.Instant.from(call.calendar[at]).toZonedDateTimeISO(call.calendar.zone);
  const day = ({ call }: RunLine, at: 'juryOn' | 'resultsOn' | 'startsOn') =>
    call.calendar && Temporal.PlainDate.from(call.calendar[at]);
  const line = ({ call }: RunLine, name: string): number =>
    call.money.envelopes.filter((one) => one.line === name).reduce((sum, one) => sum + totalOf(one), 0);
  return {
    ...{
      title: `Appels à projets, édition ${edition}`,
      subject: 'Qui lance quoi, avec quel argent et à quelles dates.',
    },
    ...{ file: `appels-${edition}`, madeOn },
    rows: [
      ...regions.flatMap(({ name, calls }) => calls.map((one) => ({ ...one, region: name }))),
      ...elsewhere.map((one) => ({ ...one, region: '' })),
    ],
    columns: [
      { title: 'Région', kind: 'text', of: ({ region }) => region },
      { title: 'Territoire', kind: 'text', of: ({ call }) => placeOf(context, call.territory).name },
      { title: 'Appel', kind: 'text', of: ({ title }) => title },
      { title: 'Forme', kind: 'text', of: ({ call }) => callKinds[call.kind].words },
      {
        title: 'Organisateurs',
        kind: 'text',
        of: ({ call }) => call.agencies.map((one) => agencyWords[one]).join(', '),
      },
      { title: 'État', kind: 'text', of: status },
      { title: 'FIR', kind: 'cents', of: (one) => line(one, 'FIR') },
      { title: 'P304-17', kind: 'cents', of: (one) => line(one, 'P304-17') },
      { title: 'Autres', kind: 'cents', of: (one) => line(one, 'other') },
      { title: 'Ensemble', kind: 'cents', of: ({ call }) => pooledTotal(call.money.envelopes) },
      { title: 'Ouverture', kind: 'moment', of: (one) => instant(one, 'opensAt') },
      { title: 'Limite', kind: 'moment', of: (one) => instant(one, 'closesAt') },
      { title: 'Jury', kind: 'day', of: (one) => day(one, 'juryOn') },
      { title: 'Lauréats', kind: 'day', of: (one) => day(one, 'resultsOn') },
      { title: 'Début', kind: 'day', of: (one) => day(one, 'startsOn') },
    ],
  };
};

/** The declarations of an edition, with why some came late. For who follows them: they name referents. */
export const declarationsList = (
  edition: string,
  regions: readonly RegionLine[],
  { madeOn, declaration, configuration }: Omit<Said, 'status'>,
): List<DeclarationLine & { readonly region: string }> => ({
  ...{ title: `Déclarations, édition ${edition}`, subject: 'Les ARS et les DREETS qui déclarent un appel à projets.' },
  ...{ file: `declarations-${edition}`, madeOn },
  rows: regions.flatMap(({ name, declarations }) => declarations.map((one) => ({ ...one, region: name }))),
  columns: [
    { title: 'Région', kind: 'text', of: ({ region }) => region },
    { title: 'Administration', kind: 'text', of: ({ agency }) => agencyWords[agency] },
    { title: 'État', kind: 'text', of: declaration },
    { title: 'Forme souhaitée', kind: 'text', of: configuration },
    { title: 'Envoyée le', kind: 'day', of: ({ sentOn }) => (sentOn ? Temporal.PlainDate.from(sentOn) : null) },
    { title: 'Tardive', kind: 'text', of: ({ late }) => (late ? 'oui' : 'non') },
    { title: 'Motif du retard', kind: 'text', of: ({ motiveSaid }) => motiveSaid ?? null },
    { title: 'Personne référente', kind: 'text', of: ({ referentIs }) => referentIs?.name ?? null },
    { title: 'Son adresse', kind: 'text', of: ({ referentIs }) => referentIs?.email ?? null },
  ],
});

/** What the projects of an edition come to, axis by axis, then what follows: counts alone. */
export const evaluationList = (
  edition: string,
  found: NationalEvaluation,
  axisWords: (axis: number | null) => string,
  madeOn: string,
): List<{ readonly what: string; readonly counts: readonly (number | null)[] }> => {
  const heads = ['Projets', 'Indicateurs', 'Avec une cible', 'Avec une valeur', 'Cible atteinte', 'Sans valeur'];
  return {
    ...{
      title: `Évaluation des projets, édition ${edition}`,
      subject: 'Des nombres pour toute la France, sans aucun nom.',
    },
    ...{ file: `evaluation-${edition}`, madeOn },
    rows: [
      ...found.axes.map((one) => ({
        what: axisWords(one.axis),
        counts: [one.projects, one.indicators, one.withTarget, one.withActual, one.reached, one.missing],
      })),
      ...[...found.next].map(([code, count]) => ({
        what: `La suite : ${code === 'unknown' ? 'pas encore dite' : nextSteps[code]}`,
        counts: [count],
      })),
    ],
    columns: [
      { title: 'Axe, ou suite donnée', kind: 'text', of: ({ what }) => what },
      ...heads.map((title, at) => ({
        ...{ title, kind: 'number' as const },
        of: ({ counts }: { readonly counts: readonly (number | null)[] }) => counts[at] ?? null,
      })),
    ],
  };
};
