import { isScope, type Scope } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { oneLine } from '#platform/text.ts';
import type { TeamHours } from './slots.ts';

/** An organisation that answers call-backs for a territory, as parents see it. */
export interface CallbackTeam extends TeamHours {
  readonly id: string;
  readonly organisation: string;
  readonly name: string;
  readonly territory: Scope;
  /** Codes of the directory’s list, French first. */
  readonly languages: readonly string[];
  /** Who they are and what they do, in a sentence for parents. */
  readonly sentence: string;
}

/** The longest sentence for parents, in signs. */
export const LONGEST_SENTENCE = 200;

/** The teams of a place, the most local first. `around`: its territories, the smallest first. */
export const teamsAround = <T extends Pick<CallbackTeam, 'territory' | 'name'>>(
  teams: readonly T[],
  around: readonly string[],
): T[] => {
  const places = [...around, 'france'];
  return teams
    .filter(({ territory }) => places.includes(territory))
    .sort((a, b) => places.indexOf(a.territory) - places.indexOf(b.territory) || a.name.localeCompare(b.name, 'fr'));
};

/** What an agency writes of a team. */
export interface TypedTeam {
  readonly organisation: string;
  readonly scope: string;
  readonly days: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly languages: readonly string[];
  readonly sentence: string;
}

export type TeamAsked = Omit<CallbackTeam, 'id' | 'name'>;

/** Reads a team. `languages`: the codes that exist. Refuses each field at fault, in the order of the page. */
export const readTeam = (typed: TypedTeam, languages: readonly string[]): Result<TeamAsked, readonly Refusal[]> => {
  const days = [1, 2, 3, 4, 5, 6, 7].filter((day) => typed.days.includes(String(day)));
  const [from, to] = [Number(typed.from || Number.NaN), Number(typed.to || Number.NaN)];
  const hours = Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from < to && to <= 24;
  const spoken = languages.filter((code) => code === 'fr' || typed.languages.includes(code));
  const sentence = oneLine(typed.sentence);
  const length = [...sentence].length;
  const refusals: Refusal[] = [
    ...(typed.organisation === '' ? [refusal('organisation', 'Choisissez l’organisme qui rappelle.')] : []),
    ...(isScope(typed.scope) ? [] : [refusal('scope', 'Ce territoire n’existe pas. Exemple : departement:35')]),
    ...(days.length > 0 ? [] : [refusal('days', 'Choisissez au moins un jour.')]),
    ...(hours
      ? []
      : [refusal('from', 'Choisissez une heure de début, puis une heure de fin plus tard dans la journée.')]),
    ...(length >= 10 && length <= LONGEST_SENTENCE
      ? []
      : [refusal('sentence', `Une phrase pour les parents, de 10 à ${LONGEST_SENTENCE} signes.`)]),
  ];
  if (!isScope(typed.scope) || refusals.length > 0) return refuse(refusals);
  const { organisation, scope: territory } = typed;
  return ok({ ...{ organisation, territory, days, from, to, sentence }, languages: spoken });
};

const refusal = (field: string, message: string): Refusal => ({ code: `team_${field}`, field, message });
