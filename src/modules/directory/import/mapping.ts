import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { ok, type Result, refuse } from '#platform/result.ts';
import { accessFacts, audiences, bookings, codesOf, costs, kinds, languages, modes } from '../vocabulary.ts';
import { columnKey } from './row.ts';

/**
 * What an operator writes once about a file whose columns we do not know (docs/imports.md tells it at length): who
 * publishes it, which column holds what, and what is the same for all lines.
 */
export interface Mapping {
  readonly source: {
    readonly id: string;
    readonly titre: string;
    readonly editeur?: string | undefined;
    readonly licence?: string | undefined;
    readonly url?: string | undefined;
    readonly date?: string | undefined;
  };
  /** Columns that together name a line, the same from one file to the next. */
  readonly identifiant: readonly string[];
  /** Our field → the columns that hold it, joined by a space when there are several. */
  readonly colonnes: Readonly<Partial<Record<Field, readonly string[]>>>;
  /** Our field → what the file writes → our code. `*`: anything else. */
  readonly valeurs: Readonly<Partial<Record<Field, ReadonlyMap<string, string>>>>;
  /** Our field → what holds for all lines that say nothing of it. */
  readonly constantes: Readonly<Partial<Record<Field, string>>>;
  /** Columns and the values for which a line is kept; a line that has another is left. */
  readonly garder: readonly { readonly column: string; readonly values: ReadonlySet<string> }[];
  /** The services of a tour, when one vehicle carries several. */
  readonly services: readonly Readonly<Partial<Record<Field, string>>>[];
}

/** The fields that a mapping may fill, as operators write them. */
export const fields = [
  ...['nom', 'type', 'adresse', 'complement', 'code_postal', 'commune', 'code_insee', 'latitude', 'longitude'],
  ...['coordonnees', 'telephone', 'courriel', 'site_web', 'horaires', 'acces', 'acces_note', 'acceslibre', 'siret'],
  ...[
    'finess',
    'confidentiel',
    'organisme',
    'service',
    'resume',
    'description',
    'priorites',
    'publics',
    'semaine_debut',
  ],
  ...['semaine_fin', 'modes', 'rendez_vous', 'couts', 'tarif', 'langues', 'tournee', 'vehicule', 'arret', 'semaines'],
  ...['premier_passage', 'dates', 'dates_sans', 'remarque'],
] as const;
export type Field = (typeof fields)[number];

/** The lists of codes that some fields take, for the sentences of refusals. */
export const codesOfField = {
  type: codesOf(kinds),
  acces: codesOf(accessFacts),
  publics: codesOf(audiences),
  modes: codesOf(modes),
  rendez_vous: codesOf(bookings),
  couts: codesOf(costs),
  langues: codesOf(languages),
  priorites: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'],
} as const satisfies Partial<Record<Field, readonly string[]>>;

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const list = z.union([text.transform((one) => [one]), z.array(text)]);
const joined = list.transform((values) => values.join(';'));
const field = z.enum(fields, {
  error: (issue) => `« ${String(issue.input)} » n’est pas un champ connu (voir docs/imports.md)`,
});

const schema = z.strictObject({
  source: z.strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,59}$/, {
      error: 'attend un identifiant de lettres minuscules, chiffres et tirets, par exemple creches-niort',
    }),
    titre: z.string().min(3).max(200),
    editeur: z.string().max(200).optional(),
    licence: z.string().max(200).optional(),
    url: z.url({ protocol: /^https?$/ }).optional(),
    date: z.iso.date({ error: 'attend un jour comme 2026-11-01' }).optional(),
  }),
  identifiant: list.default([]),
  colonnes: z.partialRecord(field, list).default({}),
  valeurs: z.partialRecord(field, z.record(z.string(), joined)).default({}),
  constantes: z.partialRecord(field, joined).default({}),
  garder: z.record(z.string(), list).default({}),
  services: z.array(z.partialRecord(field, joined)).max(20).default([]),
});

/** Sources of our own: a mapping may not speak for them. */
const reserved = /^(finess|sae|communes|person|document-.*)$/;

/** Reads a mapping written in YAML or JSON. Refuses with a sentence that names the part at fault. */
export const readMapping = (content: string): Result<Mapping, string> => {
  let value: unknown;
  try {
    value = parseYaml(content.replace(/^\uFEFF/, ''), { schema: 'core', maxAliasCount: 20 });
  } catch (error) {
    return refuse(
      `La correspondance n’est ni du YAML ni du JSON : ${error instanceof Error ? error.message.split('\n')[0] : ''}`,
    );
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const at = issue?.path.join('.') || 'le fichier';
    return refuse(`La correspondance est mal remplie, ${at} : ${issue?.message ?? ''}.`);
  }
  const { source, identifiant, colonnes, valeurs, constantes, garder, services } = parsed.data;
  if (reserved.test(source.id))
    return refuse(`L’identifiant de source « ${source.id} » est réservé : choisissez-en un autre.`);
  const wrong = [...Object.entries(constantes), ...services.flatMap((service) => Object.entries(service))]
    .concat(
      Object.entries(valeurs).flatMap(([name, codes]) =>
        Object.values(codes ?? {}).map((codesText) => [name, codesText] as [string, string]),
      ),
    )
    .flatMap(([name, codes]) =>
      unknownCodes(name, codes).map((code) => `${name} : « ${code} » n’est pas dans notre liste`),
    );
  if (wrong[0]) return refuse(`La correspondance est mal remplie, ${wrong[0]} (voir docs/imports.md).`);
  return ok({
    ...{ source, constantes, services },
    identifiant: identifiant.map(columnKey),
    colonnes: mapValues(colonnes, (columns) => columns.map(columnKey)),
    valeurs: mapValues(
      valeurs,
      (codes) => new Map(Object.entries(codes).map(([from, to]) => [from === '*' ? '*' : columnKey(from), to])),
    ),
    garder: Object.entries(garder).map(([column, values]) => ({
      column: columnKey(column),
      values: new Set(values.map(columnKey)),
    })),
  });
};

/** The codes of a text `a;b` that are not in the list of their field. */
export const unknownCodes = (name: string, codes: string): string[] => {
  const known: readonly string[] | undefined = (codesOfField as Readonly<Record<string, readonly string[]>>)[name];
  return known ? splitCodes(codes).filter((code) => !known.includes(code)) : [];
};

/** `gratuit; adhesion` → its codes. */
export const splitCodes = (codes: string): string[] =>
  codes.split(/[;,|]/).flatMap((code) => (code.trim() === '' ? [] : [code.trim().toLowerCase()]));

const mapValues = <V, W>(
  record: Readonly<Partial<Record<Field, V>>>,
  change: (value: V) => W,
): Partial<Record<Field, W>> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value as V)]));

/** Reads the fields of a row through a mapping. A field is: its columns, translated; else what holds for all lines. */
export const fieldsOfRow = (
  mapping: Mapping | undefined,
  cells: ReadonlyMap<string, string>,
): ((name: Field) => string) => {
  return (name) => {
    const columns = mapping?.colonnes[name] ?? [name];
    const written = columns
      .map((column) => cells.get(column) ?? '')
      .filter((value) => value !== '')
      .join(' ');
    const codes = mapping?.valeurs[name];
    const told = codes ? translate(codes, written) : written;
    return told !== '' ? told : (mapping?.constantes[name] ?? '');
  };
};

/** The whole text first, then each of its parts: « Gratuit;Adhésion ». */
const translate = (codes: ReadonlyMap<string, string>, written: string): string => {
  const whole = codes.get(columnKey(written));
  if (whole !== undefined) return whole;
  const parts = written.split(/[;|,\n]/).map((part) => codes.get(columnKey(part)));
  const known = parts.filter((part) => part !== undefined);
  return known.length > 0 ? known.join(';') : (codes.get('*') ?? '');
};

/** Whether a row is one of those that the mapping keeps. */
export const isKept = (mapping: Mapping | undefined, cells: ReadonlyMap<string, string>): boolean =>
  (mapping?.garder ?? []).every(({ column, values }) => values.has(columnKey(cells.get(column) ?? '')));

/** What names a row in its source: the columns of the mapping, else `id` or `identifiant`. */
export const refOfRow = (mapping: Mapping | undefined, cells: ReadonlyMap<string, string>): string => {
  const columns = mapping?.identifiant.length ? mapping.identifiant : ['identifiant', 'id'];
  const parts = columns.map((column) => cells.get(column) ?? '');
  if (!mapping?.identifiant.length) return (parts.find(Boolean) ?? '').slice(0, 200);
  return parts.every((part) => part === '')
    ? ''
    : parts
        .map((part) => (parts.length > 1 ? columnKey(part) : part))
        .join('|')
        .slice(0, 200);
};
