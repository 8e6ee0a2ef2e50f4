import { priorityNumbers } from '#modules/priorities/index.ts';
import { oneLine, typedText } from '#platform/text.ts';
import { type Draft, type DraftPlace, type DraftService, draftSchema, emptyPlace, longest, most } from './draft.ts';
import type { StepCode } from './steps.ts';

/** The commune meant by what was typed and what was chosen; an empty code when none or several answer. */
export type FindCommune = (text: string, code: string) => { readonly text: string; readonly code: string };

/**
 * The draft with what a step’s form says. Total: unknown codes are left out, texts lose their control characters and what
 * is far too long is cut, so that anything may be kept and shown again. What is wrong is `troublesOf` to say.
 */
export const fillStep = (draft: Draft, step: StepCode, form: FormData, findCommune: FindCommune): Draft =>
  draftSchema.parse({ ...draft, ...fill[step](form, draft, findCommune) });

type Loose<T> = { [Name in keyof T]?: unknown };
type Fill = (form: FormData, draft: Draft, findCommune: FindCommune) => Loose<Draft>;

const fill: Readonly<Record<StepCode, Fill>> = {
  vous: (form, draft) => ({
    // Whoever works at home has a commune and nothing nearer, even in what only we keep.
    ...(form.has('atHome') && line(form, 'as') === 'alone'
      ? { atHome: true, places: draft.places.map(atCommune) }
      : { atHome: false }),
    as: line(form, 'as'),
    name: line(form, 'name'),
    profession: line(form, 'profession'),
    professionWords: line(form, 'professionWords'),
    exercise: line(form, 'exercise'),
  }),
  structure: (form, draft, findCommune) => ({
    structure: {
      name: (takesRegister(form) && line(form, 'register-name')) || line(form, 'name'),
      kind: line(form, 'kind'),
      siret: line(form, 'siret'),
    },
    ...(takesRegister(form) ? { places: registerPlaces(form, draft, findCommune) } : {}),
  }),
  lieux: (form, draft, findCommune) => {
    const places = many(form, 'places', most.places).map((prefix) => {
      const place = placeOf(form, prefix, findCommune);
      // The point of an address lasts as long as the address.
      const before = draft.places.find((known) =>
        (['line', 'postcode', 'insee'] as const).every((name) => known[name] === place[name]),
      );
      return { ...place, point: place.confidential ? null : (before?.point ?? null) };
    });
    return { travels: line(form, 'travels'), places: draft.atHome ? places.map(atCommune) : places };
  },
  services: (form) => ({
    services: many(form, 'services', most.services).map((prefix) => serviceOf(form, prefix)),
  }),
  priorites: (form) => ({
    contributions: priorityNumbers
      .filter((priority) => all(form, 'priorities').includes(String(priority)))
      .map((priority) => ({ priority, words: lines(form, `words-${priority}`) })),
  }),
  public: (form) => ({
    phone: contactOf(form, 'phone'),
    email: contactOf(form, 'email'),
    website: contactOf(form, 'website'),
    charter: form.has('charter'),
  }),
  envoi: () => ({}),
};

/** The person takes what the register of companies says: its name, and its address where no place was told yet. */
const takesRegister = (form: FormData): boolean => line(form, 'intent') === 'take-register';

const registerPlaces = (form: FormData, draft: Draft, findCommune: FindCommune): readonly Loose<DraftPlace>[] => {
  const [first = emptyPlace(), ...others] = draft.places;
  if (first.insee !== '' || first.line !== '') return draft.places;
  const commune = findCommune('', line(form, 'register-insee'));
  const address = { line: line(form, 'register-line'), postcode: line(form, 'register-postcode') };
  return [{ ...first, ...address, commune: commune.text, insee: commune.code }, ...others];
};

const atCommune = <P extends Loose<DraftPlace>>(place: P) => ({
  ...place,
  ...{ name: '', line: '', more: '', postcode: '', point: null, confidential: false },
});

const placeOf = (form: FormData, prefix: string, findCommune: FindCommune): Loose<DraftPlace> => {
  const commune = findCommune(line(form, `${prefix}commune`), line(form, `${prefix}insee`));
  return {
    name: line(form, `${prefix}name`),
    kind: line(form, `${prefix}kind`),
    line: line(form, `${prefix}line`),
    more: line(form, `${prefix}more`),
    postcode: line(form, `${prefix}postcode`).replaceAll(' ', ''),
    commune: commune.text,
    insee: commune.code,
    phone: line(form, `${prefix}phone`),
    hours: Array.from({ length: 7 }, (_, day) => line(form, `${prefix}hours-${day}`)),
    access: all(form, `${prefix}access`),
    confidential: form.has(`${prefix}confidential`),
  };
};

const serviceOf = (form: FormData, prefix: string): Loose<DraftService> => ({
  name: line(form, `${prefix}name`),
  kind: line(form, `${prefix}kind`),
  summary: lines(form, `${prefix}summary`),
  audiences: all(form, `${prefix}audiences`),
  stages: all(form, `${prefix}stages`),
  modes: all(form, `${prefix}modes`),
  bookings: all(form, `${prefix}bookings`),
  costs: all(form, `${prefix}costs`),
  languages: all(form, `${prefix}languages`),
});

const contactOf = (form: FormData, name: string): { value: string; for: string } => ({
  value: line(form, name),
  for: form.has(`${name}-public`) ? 'public' : 'nobody',
});

/**
 * The prefixes of a list’s fields: `places-0-`, `places-1-`… The form says how many; no more than allowed. The buttons
 * « add » and « remove-2 » of a page without script are fields like the others.
 */
const many = (form: FormData, name: string, atMost: number): string[] => {
  const said = Math.trunc(Number(line(form, name))) || 0;
  const intent = line(form, 'intent');
  const count = Math.min(Math.max(said, 0) + (intent === 'add' ? 1 : 0), atMost);
  return Array.from({ length: count }, (_, at) => at)
    .filter((at) => intent !== `remove-${at}`)
    .map((at) => `${name}-${at}-`);
};

const raw = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

/** What nobody means to write: cut, so that a row stays small. `troublesOf` refuses long before. */
const cut = (text: string): string =>
  [...text]
    .slice(0, 4 * longest.words)
    .join('')
    .toWellFormed();

const line = (form: FormData, name: string): string => cut(oneLine(raw(form, name)));

const lines = (form: FormData, name: string): string => cut(typedText(raw(form, name)));

const all = (form: FormData, name: string): string[] =>
  form.getAll(name).filter((value): value is string => typeof value === 'string');
