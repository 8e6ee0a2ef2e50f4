import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { oneLine, typedText } from '#platform/text.ts';
import { datePartsOf, readDate } from '#platform/ui/date-fields.ts';
import { indicatorKinds } from './content.ts';
import type { Indicator } from './indicators.ts';

/** As many indicators as a form sends. */
export const mostIndicators = 40;

interface Setting {
  /** Numbers of the axes of the application: an indicator serves one of them, or none. */
  readonly axes: readonly number[];
  readonly makeId: () => string;
}

/**
 * Reads the form of the indicators: `title-0`, `axis-0`, `baseline-0`… An indicator keeps its id as long as it is there, so
 * that reports answer it; an id that is not of this application, or comes twice, gets a new one. What cannot be read (a
 * number, a day, another axis) keeps what it was, and is told with its field.
 */
export const readIndicators = (
  form: FormData,
  before: { readonly indicators: readonly Indicator[] },
  { axes, makeId }: Setting,
): { readonly content: { indicators: Indicator[] }; readonly troubles: readonly Refusal[] } => {
  const troubles: Refusal[] = [];
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  const line = (name: string): string => oneLine(text(name));
  const kept = <T>(read: Result<T>, was: T): T => {
    if (!read.ok) troubles.push(read.error);
    return read.ok ? read.value : was;
  };
  const known = new Map(before.indicators.map((one) => [one.id, one]));
  const given = new Set<string>();
  const indicators = Array.from({ length: mostIndicators }, (_, at) => at).flatMap((at): Indicator[] => {
    const title = line(`title-${at}`);
    const said = fields.some((name) => text(`${name}-${at}`).trim() !== '');
    if (title === '' && said) troubles.push(noTitle(`title-${at}`));
    if (title === '') return [];
    const sent = text(`id-${at}`);
    const was = given.has(sent) ? undefined : known.get(sent);
    const id = was?.id ?? makeId();
    given.add(id);
    return [
      {
        ...{ id, title, kind: indicatorKinds.find((kind) => kind === text(`kind-${at}`)) ?? null },
        axis: kept(readAxis(line(`axis-${at}`), `axis-${at}`, axes), was?.axis ?? null),
        ...{ population: line(`population-${at}`), unit: line(`unit-${at}`), source: line(`source-${at}`) },
        baseline: kept(readNumber(line(`baseline-${at}`), `baseline-${at}`), was?.baseline ?? null),
        target: kept(readNumber(line(`target-${at}`), `target-${at}`), was?.target ?? null),
        method: typedText(text(`method-${at}`)),
        due: kept(readDay(form, `due-${at}`), was?.due ?? ''),
      },
    ];
  });
  return { content: { indicators }, troubles };
};

/** What makes a line one that somebody wrote; a list with nothing chosen says nothing. */
const fields = ['axis', 'kind', 'population', 'baseline', 'target', 'unit', 'source', 'method'] as const;

const readAxis = (typed: string, field: string, axes: readonly number[]): Result<number | null> => {
  if (typed === '') return ok(null);
  const axis = Number(typed);
  return axes.includes(axis) ? ok(axis) : refuse({ ...otherAxis, field });
};

/** A number as people type it: « 1 200 », « 12,5 », « -3 ». */
export const readNumber = (typed: string, field: string): Result<number | null> => {
  const plain = typed.replaceAll(/\s/g, '').replace('−', '-');
  if (plain === '') return ok(null);
  return /^-?\d{1,12}(?:[,.]\d{1,6})?$/.test(plain)
    ? ok(Number(plain.replace(',', '.')))
    : refuse({ ...noNumber, field });
};

const readDay = (form: FormData, name: string): Result<string> => {
  const read = readDate(datePartsOf(form, name), name);
  return read.ok ? ok(read.value?.toString() ?? '') : read;
};

const noTitle = (field: string): Refusal => ({ code: 'title_missing', field, message: 'Nommez cet indicateur.' });
const noNumber: Refusal = {
  code: 'number_unreadable',
  message: 'Écrivez un nombre, par exemple 40 ou 12,5 ; l’unité a sa propre ligne.',
};
const otherAxis: Refusal = {
  code: 'axis_not_of_application',
  message: 'Un indicateur se rattache à un des axes de la candidature, ou à aucun.',
};
