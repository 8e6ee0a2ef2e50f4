import {
  accessFacts,
  audiences,
  bookings,
  costs,
  kinds,
  labelOf,
  languages,
  modes,
  stages,
} from '#modules/directory/index.ts';
import type { Draft, DraftPlace, DraftService } from './draft.ts';
import { weekDays } from './hours-entry.ts';
import { professionWords } from './listing.ts';
import type { StepCode } from './steps.ts';

/** One line of a registration in words. `key` names the same line in two versions. */
export interface SummaryLine {
  readonly key: string;
  readonly step: StepCode;
  readonly term: string;
  readonly detail: string;
  /** What parents will not see. */
  readonly hidden?: true;
}

/**
 * A registration in words, in the order of the form, without what was left empty. `priorityTitle`: of a number from 1 to
 * 10. For the page before sending and for who reads it afterwards.
 */
export const summaryOf = (draft: Draft, priorityTitle: (priority: number) => string): readonly SummaryLine[] => {
  const lines: SummaryLine[] = [];
  const say = (step: StepCode, key: string, term: string, detail: string, hidden = false): void => {
    if (detail !== '') lines.push({ key, step, term, detail, ...(hidden ? { hidden: true } : {}) });
  };
  const structure = draft.as !== 'alone';
  say('vous', 'as', 'Inscription', draft.as === '' ? '' : structure ? 'Pour une structure' : 'À votre compte');
  say('vous', 'name', 'Nom', draft.name, structure);
  say('vous', 'profession', 'Profession ou fonction', professionWords(draft), structure);
  if (structure) {
    say('structure', 'structure.name', 'Structure', draft.structure.name);
    say('structure', 'structure.kind', 'Type', draft.structure.kind && labelOf(kinds, draft.structure.kind));
    say('structure', 'structure.siret', 'SIRET', draft.structure.siret);
  }
  say('vous', 'atHome', 'Vous travaillez chez vous', draft.atHome ? 'Oui : seule la commune est montrée' : '');
  say('lieux', 'travels', 'Vous vous déplacez', draft.travels && travelWords[draft.travels]);
  for (const [at, place] of draft.places.entries()) sayPlace(say, draft, place, at);
  for (const [at, service] of draft.services.entries()) sayService(say, service, at, draft.services.length > 1);
  for (const { priority, words } of draft.contributions) {
    say('priorites', `priority.${priority}`, `Priorité ${priority}, ${priorityTitle(priority)}`, words);
  }
  say('public', 'phone', 'Téléphone', draft.phone.value, draft.phone.for !== 'public');
  say('public', 'email', 'Adresse électronique', draft.email.value, draft.email.for !== 'public');
  say('public', 'website', 'Site', draft.website.value, draft.website.for !== 'public');
  say('public', 'charter', 'Charte nationale d’accueil du jeune enfant', draft.charter ? 'Appliquée' : '');
  return lines;
};

/** How far somebody goes to people’s homes. */
export const travelWords = {
  commune: 'Dans la commune',
  epci: 'Dans l’intercommunalité',
  departement: 'Dans le département',
} as const;

/** What a new version changes, line by line, in the order of the new one and then of what is gone. */
export const differencesOf = (
  before: readonly SummaryLine[],
  after: readonly SummaryLine[],
): readonly { readonly term: string; readonly before: string; readonly after: string }[] => {
  const said = (line: SummaryLine | undefined): string =>
    line ? `${line.detail}${line.hidden ? ' (non public)' : ''}` : '';
  const old = new Map(before.map((line) => [line.key, line]));
  const next = new Map(after.map((line) => [line.key, line]));
  return [...after, ...before.filter(({ key }) => !next.has(key))]
    .map(({ key, term }) => ({ term, before: said(old.get(key)), after: said(next.get(key)) }))
    .filter((line) => line.before !== line.after);
};

type Say = (step: StepCode, key: string, term: string, detail: string, hidden?: boolean) => void;

const sayPlace = (say: Say, draft: Draft, place: DraftPlace, at: number): void => {
  const [key, which] = [`place.${at}`, draft.places.length > 1 ? ` ${at + 1}` : ''];
  const hidden = draft.atHome || place.confidential;
  const street = [place.name, place.line, place.more].filter(Boolean).join(', ');
  say('lieux', `${key}.street`, `Lieu${which}`, draft.atHome ? '' : street, hidden);
  say(
    'lieux',
    `${key}.commune`,
    `Commune${which}`,
    [place.postcode, place.commune].filter(Boolean).join(' '),
    place.confidential,
  );
  say(
    'lieux',
    `${key}.confidential`,
    `Adresse confidentielle${which}`,
    place.confidential ? 'Oui : jamais montrée' : '',
  );
  say(
    'lieux',
    `${key}.point`,
    `Sur la carte${which}`,
    draft.atHome || place.confidential || place.insee === ''
      ? ''
      : { housenumber: 'À votre porte', street: 'Dans votre rue', commune: 'Au centre de la commune' }[
          place.point?.precision ?? 'commune'
        ],
  );
  const days = weekDays.flatMap(({ label }, day) => (place.hours[day] ? [`${label} ${place.hours[day]}`] : []));
  say('lieux', `${key}.hours`, `Horaires${which}`, days.join(' · '));
  say('lieux', `${key}.phone`, `Téléphone du lieu${which}`, place.phone, place.confidential);
  say('lieux', `${key}.access`, `Accès${which}`, place.access.map((fact) => labelOf(accessFacts, fact)).join(', '));
};

const sayService = (say: Say, service: DraftService, at: number, several: boolean): void => {
  const key = `service.${at}`;
  const of = several ? ` (${service.name})` : '';
  const labels = (words: Parameters<typeof labelOf>[0], codes: readonly string[]): string =>
    codes.map((code) => labelOf(words, code)).join(', ');
  say('services', `${key}.name`, several ? `Service ${at + 1}` : 'Service', service.name);
  say('services', `${key}.kind`, `Type${of}`, service.kind && labelOf(kinds, service.kind));
  say('services', `${key}.summary`, `En deux phrases${of}`, service.summary);
  say('services', `${key}.stages`, `Moments${of}`, labels(stages, service.stages));
  say('services', `${key}.audiences`, `Pour qui${of}`, labels(audiences, service.audiences));
  say('services', `${key}.modes`, `Comment${of}`, labels(modes, service.modes));
  say('services', `${key}.bookings`, `Rendez-vous${of}`, labels(bookings, service.bookings));
  say('services', `${key}.costs`, `Coût${of}`, labels(costs, service.costs));
  say('services', `${key}.languages`, `Langues${of}`, labels(languages, service.languages));
};
