import { isCompany } from '#modules/professionals/index.ts';
import { communeAsked, type TerritoryIndex } from '#modules/territory/index.ts';
import type { Scope } from '#platform/permissions.ts';
import type { Refusal } from '#platform/result.ts';
import { oneLine, typedText } from '#platform/text.ts';
import { datePartsOf, readDate } from '#platform/ui/date-fields.ts';
import type { Words } from '../section-words.ts';
import type { ApplicationContent, ApplicationPart } from './content.ts';
import { territoriesOutside } from './content-refusals.ts';
import { noSiren, readBudget } from './read-budget.ts';
import { readIndicators } from './read-indicators.ts';
import { type NamedTerritory, readTerritoryNames } from './territories-named.ts';

/** What a form of a part is read with. */
export interface PartSetting {
  readonly index: TerritoryIndex;
  /** The territory of the call, and whether the national frame binds it. */
  readonly within: Scope;
  readonly framed: boolean;
  readonly questions: Words<'form'>['questions'];
  /** The axes that the application says that it serves: those of its indicators. */
  readonly axes: readonly number[];
  readonly makeId: () => string;
}

/** What a form says of a part. A field that cannot be read keeps what it was, and is told in `troubles`. */
export interface PartRead<Part extends ApplicationPart> {
  readonly content: ApplicationContent[Part];
  readonly troubles: readonly Refusal[];
  /** Names that may mean several places: to be chosen among. */
  readonly choices?: readonly NamedTerritory[];
  /** The lines of names that were not understood, to be shown again. */
  readonly left?: string;
}

type Reader<Part extends ApplicationPart> = (
  form: FormData,
  before: ApplicationContent[Part],
  setting: PartSetting,
) => PartRead<Part>;

/** As many lines as a form of partners or of steps sends. */
export const MOST_ROWS = { partners: 60, steps: 40 } as const;

const project: Reader<'project'> = (form) =>
  whole({
    title: lineOf(form, 'title'),
    summary: textOf(form, 'summary'),
    change: textOf(form, 'change'),
  });

const holder: Reader<'holder'> = (form, before, { index }) => {
  const typed = lineOf(form, 'commune');
  const asked = communeAsked(index, typed, lineOf(form, 'commune_code'));
  const content = {
    ...{ siret: siretOf(lineOf(form, 'siret')), name: lineOf(form, 'name'), legal_form: lineOf(form, 'legal_form') },
    ...{ address: lineOf(form, 'address'), can_sign: signOf(lineOf(form, 'can_sign')) },
    commune: asked.state === 'found' ? asked.commune.code : typed === '' ? '' : before.commune,
    ...{ signatory_name: lineOf(form, 'signatory_name'), signatory_job: lineOf(form, 'signatory_job') },
    phone: lineOf(form, 'phone'),
  };
  return { content, troubles: asked.state === 'unknown' || asked.state === 'several' ? [noCommune(asked.state)] : [] };
};

const partners: Reader<'partners'> = (form) => {
  const troubles: Refusal[] = [];
  const rows = range(MOST_ROWS.partners).flatMap((at) => {
    const row = { name: lineOf(form, `name-${at}`), siren: lineOf(form, `siren-${at}`) };
    const brings = textOf(form, `brings-${at}`);
    if (row.name === '' && `${row.siren}${brings}` !== '') troubles.push(noName(`name-${at}`));
    if (row.siren !== '' && !isCompany(row.siren)) troubles.push(noSiren(`siren-${at}`));
    return row.name === '' ? [] : [{ ...row, brings }];
  });
  return { content: { partners: rows }, troubles };
};

const territory: Reader<'territory'> = (form, before, { index, within, framed }) => {
  const kept = form.getAll('territories').map(String);
  const lines = textOf(form, 'add').split('\n').map(oneLine).filter(Boolean);
  const read = readTerritoryNames(index, within, lines.slice(0, 2_000));
  const found = read.flatMap((line) => (line.state === 'found' ? [line.territory.scope] : []));
  const unknown = read.flatMap((line) => (line.state === 'unknown' ? [line.line] : []));
  const outside = read.flatMap((line) => (line.state === 'outside' ? [line.line] : []));
  const choices = read.flatMap((line) => (line.state === 'several' ? line.choices : []));
  const troubles = [
    ...(outside.length > 0 ? [{ ...territoriesOutside(framed, outside), field: 'add' }] : []),
    ...(unknown.length > 0 ? [unknownPlace(unknown)] : []),
    ...(choices.length > 0 ? [chooseAmong] : []),
  ];
  const content = { territories: [...new Set([...kept, ...found])], words: textOf(form, 'words') };
  // Nothing asked to be kept and nothing typed: the list was not sent, it is not emptied.
  return form.has('listed')
    ? { content, troubles, choices, left: [...outside, ...unknown].join('\n') }
    : { content: { ...content, territories: before.territories }, troubles };
};

const axes: Reader<'axes'> = (form) =>
  whole({
    axes: [...new Set(form.getAll('axes').map(Number))].filter((axis) => Number.isSafeInteger(axis) && axis > 0),
    words: textOf(form, 'words'),
  });

const audience: Reader<'audience'> = (form) =>
  whole({
    words: textOf(form, 'words'),
    families: lineOf(form, 'families'),
    stages: [...new Set(form.getAll('stages').map(String))],
  });

const calendar: Reader<'calendar'> = (form, before) => {
  const troubles: Refusal[] = [];
  const day = (name: string, was: string): string => {
    const read = readDate(datePartsOf(form, name), name);
    if (!read.ok) troubles.push(read.error);
    return read.ok ? (read.value?.toString() ?? '') : was;
  };
  const steps = range(MOST_ROWS.steps).flatMap((at) => {
    const title = lineOf(form, `title-${at}`);
    const on = day(`on-${at}`, before.steps[at]?.on ?? '');
    if (title === '' && on !== '') troubles.push(noName(`title-${at}`));
    return title === '' ? [] : [{ title, on }];
  });
  const content = { starts_on: day('starts_on', before.starts_on), ends_on: day('ends_on', before.ends_on), steps };
  return { content, troubles };
};

const questions: Reader<'questions'> = (form, before, { questions: asked }) => {
  const troubles: Refusal[] = [];
  const answers = asked.map(({ kind, options }, at) => {
    const name = `answers-${at}`;
    const typed = kind === 'long' ? textOf(form, name) : lineOf(form, name);
    const fits =
      typed === '' ||
      (kind === 'number' && /^-?\d+(?:[,.]\d+)?$/.test(typed.replaceAll(/\s/g, ''))) ||
      (kind === 'choice' && options.includes(typed)) ||
      (kind === 'yesno' && (typed === 'Oui' || typed === 'Non')) ||
      kind === 'long' ||
      kind === 'short';
    if (!fits) troubles.push(kind === 'number' ? noNumber(name) : noOption(name));
    return fits ? typed : (before.answers[at] ?? '');
  });
  return { content: { answers }, troubles };
};

const readers: { readonly [Part in ApplicationPart]: Reader<Part> } = {
  ...{ project, holder, partners, territory, axes, audience, calendar, questions },
  budget: readBudget,
  indicators: readIndicators,
};

/** Reads the form of a part. Texts stay whole: what is too long is refused when it is kept, not cut. */
export const readPartForm = <Part extends ApplicationPart>(
  part: Part,
  form: FormData,
  before: ApplicationContent[Part],
  setting: PartSetting,
): PartRead<Part> => readers[part](form, before, setting);

const whole = <Content>(content: Content) => ({ content, troubles: [] });

const range = (length: number): readonly number[] => Array.from({ length }, (_, at) => at);

const rawOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};
const lineOf = (form: FormData, name: string): string => oneLine(rawOf(form, name));
const textOf = (form: FormData, name: string): string => typedText(rawOf(form, name));

const signOf = (typed: string): '' | 'yes' | 'unsure' => (typed === 'yes' || typed === 'unsure' ? typed : '');

/** Fourteen digits are kept without their spaces; anything else as it was typed, and told to be no SIRET yet. */
const siretOf = (typed: string): string => {
  const digits = typed.replaceAll(/[\s.]/g, '');
  return /^\d{14}$/.test(digits) ? digits : typed;
};

const noCommune = (state: 'unknown' | 'several'): Refusal => ({
  ...{ code: `commune_${state}`, field: 'commune' },
  message:
    state === 'unknown'
      ? 'Nous ne connaissons pas cette commune : écrivez son nom entier ou son code postal.'
      : 'Plusieurs communes portent ce nom : ajoutez le département entre parenthèses.',
});
const noName = (field: string): Refusal => ({ code: 'name_missing', field, message: 'Donnez un nom à cette ligne.' });
const unknownPlace = (lines: readonly string[]): Refusal => ({
  ...{ code: 'territory_unknown', field: 'add' },
  message: `Nous ne connaissons pas : ${lines.slice(0, 5).join(', ').slice(0, 200)}${lines.length > 5 ? '…' : ''}.`,
});
const chooseAmong: Refusal = {
  ...{ code: 'territory_several', field: 'territories' },
  message: 'Plusieurs lieux portent ce nom : cochez le bon dans la liste.',
};
const noNumber = (field: string): Refusal => ({ code: 'number_unreadable', field, message: 'Écrivez un nombre.' });
const noOption = (field: string): Refusal => ({
  ...{ code: 'option_unknown', field },
  message: 'Choisissez une des réponses proposées.',
});
