import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { oneLine, typedText } from '#platform/text.ts';
import {
  type CorrectableField,
  type CorrectableValue,
  correctable,
  hourLines,
  readHours,
  sayValue,
} from './correctable.ts';

/** A page of the directory, or what is proposed to change in it: by name of field. `state` closes it. */
export type CorrectionFields = Readonly<Record<string, CorrectableValue>> & { readonly state?: 'open' | 'closed' };

/** What a form says of a listing: each field by its name, `hours-0`… for the days, `closed`. */
export type CorrectionForm = Pick<FormData, 'get' | 'getAll' | 'has'>;

/**
 * What a form proposes to change in a listing: only the fields that are another than now. Refuses a proposal that changes
 * nothing, a listing without a name, and what is no telephone, address, site, postcode or hours.
 */
export const readCorrection = (
  entity: 'place' | 'service',
  now: CorrectionFields,
  form: CorrectionForm,
): Result<CorrectionFields, readonly Refusal[]> => {
  const refusals: Refusal[] = [];
  const changed: Record<string, CorrectableValue> = {};
  for (const field of correctable[entity]) {
    const read = readers[field.shape](field, form, now[field.name]);
    if (!read.ok) refusals.push(...read.error);
    else if (JSON.stringify(read.value) !== JSON.stringify(settled(now[field.name]))) changed[field.name] = read.value;
  }
  if (form.has('closed') && now.state !== 'closed') changed.state = 'closed';
  if (refusals.length > 0) return refuse(refusals);
  if (Object.keys(changed).length === 0) return refuse([nothingChanged]);
  return ok(changed as CorrectionFields);
};

/** The form as the page shows it, nothing touched. */
export const untouchedForm = (entity: 'place' | 'service', now: CorrectionFields): FormData => {
  const form = new FormData();
  for (const { name, shape } of correctable[entity]) {
    const value = now[name];
    if (shape === 'hours') for (const [day, line] of hourLines(value).entries()) form.set(`hours-${day}`, line);
    else if (shape === 'codes') for (const code of Array.isArray(value) ? value : []) form.append(name, String(code));
    else form.set(name, typeof value === 'string' ? value : '');
  }
  return form;
};

/** A correction in words, line by line. `fields`: those of the listing, as they are said. */
export const correctionLines = (
  fields: readonly CorrectableField[],
  before: CorrectionFields,
  after: CorrectionFields,
): readonly { readonly term: string; readonly before: string; readonly after: string }[] => [
  ...fields
    .filter(({ name }) => after[name] !== undefined)
    .map((field) => ({
      term: field.label,
      before: sayValue(field, before[field.name]),
      after: sayValue(field, after[field.name]),
    })),
  ...(after.state ? [{ term: 'État', before: 'Ouvert', after: 'Fermé définitivement' }] : []),
];

/** Nothing, an empty text and an empty list are one: what is not known. Lists are kept as they are. */
const settled = (value: CorrectableValue | undefined): CorrectableValue =>
  value === undefined || value === '' ? null : value;

type Read = Result<CorrectableValue, readonly Refusal[]>;
type Reader = (field: CorrectableField, form: CorrectionForm, now: CorrectableValue | undefined) => Read;

const readText =
  (clean: (text: string) => string): Reader =>
  ({ name, trouble }, form, now) => {
    const typed = form.get(name);
    const text = clean(typeof typed === 'string' ? typed : '').toWellFormed();
    // What a source wrote in its own way and nobody touched is no change, nor a fault of who corrects the rest.
    if (text === clean(typeof now === 'string' ? now : '')) return ok(settled(now));
    const wrong = text === '' ? (name === 'name' ? 'Il faut toujours un nom.' : undefined) : trouble?.(text);
    return wrong ? refuse([{ code: `bad_${name}`, field: name, message: wrong }]) : ok(text || null);
  };

const readers: Readonly<Record<CorrectableField['shape'], Reader>> = {
  line: readText(oneLine),
  text: readText(typedText),
  codes: ({ name, words = [] }, form, now) => {
    const ticked = form.getAll(name);
    const codes = words.map(({ code }) => code).filter((code) => ticked.includes(code));
    const before = Array.isArray(now) ? now.map(String) : [];
    // The same ones, in whatever order a source gave them, is no change.
    if (codes.length === before.length && codes.every((code) => before.includes(code))) return ok(settled(now));
    return ok(name === 'priorities' ? codes.map(Number) : codes);
  },
  hours: (_, form, now) => {
    const lines = Array.from({ length: 7 }, (__, day) => String(form.get(`hours-${day}`) ?? '').slice(0, 200));
    return readHours(lines, now);
  },
};

const nothingChanged: Refusal = {
  code: 'nothing_changed',
  message: 'Rien n’est changé : corrigez au moins une ligne.',
};
