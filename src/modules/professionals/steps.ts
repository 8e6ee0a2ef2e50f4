import type { Refusal } from '#platform/result.ts';
import { type Draft, type DraftPlace, type DraftService, longest, most } from './draft.ts';
import { hoursFromLines } from './hours-entry.ts';
import { childcareKinds, professionOf } from './profession.ts';
import { readSiret } from './siret.ts';

/** The steps of a registration, in order. Their codes are in the addresses. */
export const steps = [
  { code: 'vous', label: 'Vous' },
  { code: 'structure', label: 'Votre structure' },
  { code: 'lieux', label: 'Lieux et horaires' },
  { code: 'services', label: 'Ce que vous proposez' },
  { code: 'priorites', label: 'Votre contribution' },
  { code: 'public', label: 'Ce qui est public' },
  { code: 'envoi', label: 'Relire et envoyer' },
] as const;

export type StepCode = (typeof steps)[number]['code'];

/** The steps of this person: who registers alone has no structure to tell of. */
export const stepsOf = (draft: Draft): readonly (typeof steps)[number][] =>
  steps.filter(({ code }) => code !== 'structure' || draft.as !== 'alone');

/** The step that follows, or precedes with `-1`; nothing past the ends. */
export const stepAfter = (draft: Draft, code: StepCode, by: 1 | -1 = 1): StepCode | undefined => {
  const mine = stepsOf(draft);
  return mine[mine.findIndex((step) => step.code === code) + by]?.code;
};

/** What keeps a step from being complete, each at its field, in the order of the page. */
export const troublesOf = (draft: Draft, step: StepCode): readonly Refusal[] => [...troubles[step](draft)];

/** Everything that keeps a draft from being sent, with the step where it is. */
export const allTroubles = (draft: Draft): readonly { readonly step: StepCode; readonly refusal: Refusal }[] =>
  stepsOf(draft).flatMap(({ code }) => troublesOf(draft, code).map((refusal) => ({ step: code, refusal })));

/** Whether parents would see no way of reaching this person or structure. */
export const isUnreachable = (draft: Draft): boolean =>
  [draft.phone, draft.email, draft.website].every((way) => way.for !== 'public' || way.value === '') &&
  draft.places.every(({ phone }) => phone === '');

/** Whether the charter of childcare concerns this person or this structure. */
export const looksAfterChildren = (draft: Draft): boolean =>
  professionOf(draft.profession)?.childcare === true ||
  childcareKinds.has(draft.structure.kind) ||
  draft.places.some(({ kind }) => childcareKinds.has(kind));

type Check = (draft: Draft) => Generator<Refusal>;

const troubles: Readonly<Record<StepCode, Check>> = {
  *vous(draft) {
    if (draft.as === '') yield missing('as', 'Dites si vous vous inscrivez à votre compte ou pour une structure.');
    yield* required('name', draft.name, longest.name, 'Écrivez votre nom, tel que les parents le verront.');
    if (!professionOf(draft.profession)) yield missing('profession', 'Choisissez votre profession ou votre fonction.');
    if (draft.profession === 'autre') {
      yield* required(
        'professionWords',
        draft.professionWords,
        longest.name,
        'Dites votre profession en quelques mots.',
      );
    } else {
      yield* tooLong('professionWords', draft.professionWords, longest.name);
    }
  },
  *structure(draft) {
    const { name, kind, siret } = draft.structure;
    yield* required('name', name, longest.name, 'Écrivez le nom de la structure.');
    if (kind === '') yield missing('kind', 'Choisissez le type de structure.');
    if (siret !== '') {
      const read = readSiret(siret);
      if (!read.ok) yield read.error;
    }
  },
  *lieux(draft) {
    if (draft.places.length === 0) {
      yield missing('places', 'Dites au moins une commune : c’est par elle que les parents vous trouvent.');
    }
    if (draft.places.length > most.places) {
      yield missing('places', `Pas plus de ${most.places} lieux ici : écrivez-nous pour en inscrire davantage.`);
    }
    for (const [at, place] of draft.places.entries()) yield* placeTroubles(place, `places-${at}-`, draft);
  },
  *services(draft) {
    if (draft.services.length === 0) yield missing('services', 'Décrivez au moins une chose que vous proposez.');
    for (const [at, service] of draft.services.entries()) yield* serviceTroubles(service, `services-${at}-`);
  },
  *priorites(draft) {
    if (draft.contributions.length === 0) {
      yield missing('priorities', 'Choisissez au moins une priorité à laquelle vous contribuez.');
    }
    for (const { priority, words } of draft.contributions) {
      yield* required(
        `words-${priority}`,
        words,
        longest.words,
        'Dites comment, en une phrase ou deux, avec vos mots.',
      );
    }
  },
  *public(draft) {
    yield* phoneTrouble('phone', draft.phone.value);
    if (draft.email.value !== '' && !looksLikeAddress(draft.email.value)) {
      yield {
        code: 'bad_email',
        field: 'email',
        message: 'Cette adresse n’est pas complète. Exemple : nom@exemple.fr.',
      };
    }
    if (draft.website.value !== '' && !isWebAddress(draft.website.value)) {
      yield {
        code: 'bad_website',
        field: 'website',
        message: 'L’adresse du site commence par https:// ou http://, par exemple https://exemple.fr.',
      };
    }
  },
  *envoi() {},
};

function* placeTroubles(place: DraftPlace, prefix: string, draft: Draft): Generator<Refusal> {
  if (place.insee === '') {
    yield place.commune === ''
      ? missing(`${prefix}commune`, 'Écrivez la commune.')
      : missing(`${prefix}commune`, 'Précisez la commune : plusieurs répondent, ou aucune. Un code postal peut aider.');
  }
  if (!draft.atHome) {
    yield* tooLong(`${prefix}name`, place.name, longest.name);
    yield* tooLong(`${prefix}line`, place.line, longest.line);
    yield* tooLong(`${prefix}more`, place.more, longest.line);
    if (place.postcode !== '' && !/^\d{5}$/.test(place.postcode)) {
      yield { code: 'bad_postcode', field: `${prefix}postcode`, message: 'Un code postal compte cinq chiffres.' };
    }
  }
  yield* phoneTrouble(`${prefix}phone`, place.phone);
  const hours = hoursFromLines(place.hours);
  if (!hours.ok) for (const refusal of hours.error) yield { ...refusal, field: `${prefix}${refusal.field}` };
}

function* serviceTroubles(service: DraftService, prefix: string): Generator<Refusal> {
  yield* required(
    `${prefix}name`,
    service.name,
    longest.name,
    'Donnez un nom court, comme vous le diriez à un parent.',
  );
  yield* tooLong(`${prefix}summary`, service.summary, longest.summary);
}

function* required(field: string, text: string, atMost: number, message: string): Generator<Refusal> {
  if (text === '') yield missing(field, message);
  else yield* tooLong(field, text, atMost);
}

function* tooLong(field: string, text: string, atMost: number): Generator<Refusal> {
  const length = [...text].length;
  if (length > atMost) {
    yield { code: 'too_long', field, message: `${length} signes, pour ${atMost} au plus : raccourcissez un peu.` };
  }
}

function* phoneTrouble(field: string, phone: string): Generator<Refusal> {
  if (phone !== '' && !/^\+?\d[\d .-]{1,20}$/.test(phone)) {
    yield { code: 'bad_phone', field, message: 'Écrivez un numéro de téléphone, par exemple 02 99 00 00 00.' };
  }
}

const missing = (field: string, message: string): Refusal => ({ code: 'missing', field, message });

/** One bare address, as the mailer takes them. */
const looksLikeAddress = (text: string): boolean =>
  text.length <= longest.address &&
  /^[^\s<>@,;:"()\\\p{Cc}]+@[^\s<>@,;:"()\\\p{Cc}.]+(\.[^\s<>@,;:"()\\\p{Cc}.]+)+$/u.test(text);

/** An address that a link may carry: never `javascript:`. */
const isWebAddress = (text: string): boolean =>
  text.length <= longest.address &&
  URL.canParse(text) &&
  /^https?:$/.test(new URL(text).protocol) &&
  /^https?:\/\//i.test(text);
