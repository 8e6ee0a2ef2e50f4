import type { Draft } from '../draft.ts';
import type { StepCode } from '../steps.ts';

/** Something that would help parents and is not said yet. */
export interface Missing {
  readonly text: string;
  readonly step: StepCode;
}

/** At most this many at once: a list that one ends, and not a score. */
const MOST_TOLD = 4;

/** What a registration does not say yet, what helps parents most first. Nothing of what is kept private on purpose. */
export const missingOf = (draft: Draft): readonly Missing[] => {
  const reachable =
    [draft.phone, draft.email, draft.website].some(({ value, for: who }) => who === 'public' && value !== '') ||
    draft.places.some(({ phone }) => phone !== '');
  const found: Missing[] = [];
  const say = (missing: boolean, step: StepCode, text: string): void => {
    if (missing) found.push({ step, text });
  };
  say(!reachable, 'public', 'Un moyen de vous joindre, que les parents voient');
  for (const [at, place] of draft.places.entries()) {
    const which = draft.places.length > 1 ? ` (lieu ${at + 1})` : '';
    const empty = place.hours.every((line) => line === '');
    say(empty && !draft.atHome && !place.confidential, 'lieux', `Les jours et les heures${which}`);
  }
  for (const service of draft.services) {
    const which = draft.services.length > 1 ? ` de «\u00a0${service.name}\u00a0»` : '';
    say(service.summary === '', 'services', `Une présentation en deux phrases${which}`);
    say(service.stages.length === 0, 'services', `À quel moment${which}\u00a0: grossesse, premières semaines…`);
    say(service.costs.length === 0, 'services', `Le prix${which}`);
    say(service.bookings.length === 0, 'services', `Avec ou sans rendez-vous${which}`);
  }
  for (const [at, place] of draft.places.entries()) {
    const which = draft.places.length > 1 ? ` (lieu ${at + 1})` : '';
    say(place.access.length === 0 && !draft.atHome && !place.confidential, 'lieux', `L’accès en poussette${which}`);
  }
  return found.slice(0, MOST_TOLD);
};
