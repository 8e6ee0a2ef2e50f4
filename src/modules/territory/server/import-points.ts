import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse';
import { sql } from 'kysely';
import { ok, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { announceChange } from '#platform/server/database/changes.ts';
import type { Importer } from '#platform/server/import/importer.ts';
import { distanceKm } from '../distance.ts';
import { isCommuneCode } from '../territory-code.ts';
import { TERRITORY_TOPIC } from './load.ts';
import './tables.ts';

/** Replaces the points of communes by those of a file: `code_insee;lat;lon;source`. */
export const pointsImporter: Importer = {
  source: 'communes',
  summary: 'points des communes : code_insee, lat, lon, et si possible source et incertitude_km (CSV, « ; » ou « , »)',
  run: async (context, file, { dryRun, tell }) => {
    const columns = await readColumns(file);
    if (!columns.ok) return columns;
    const known = await knownCommunes(context);
    const points = new Map<string, ImportedPoint>();
    let read = 0;
    try {
      for await (const { line, row } of readRows(file, columns.value.delimiter)) {
        read += 1;
        const point = readPoint(row, columns.value, known);
        const twice = point.ok && points.has(point.value.code);
        if (point.ok && !twice) points.set(point.value.code, point.value);
        else {
          const reason = point.ok ? 'cette commune est déjà plus haut dans le fichier' : point.error;
          tell?.({ kind: 'refused', line, subject: field(row, columns.value.code).slice(0, 60), reason });
        }
      }
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      return refuse(`Après ${read} lignes, le fichier n’est plus un tableau de texte : rien n’a été importé.`);
    }
    const fresh = [...points.values()].filter((point) => !samePoint(point, known.get(point.code)?.imported));
    if (!dryRun && fresh.length > 0) await writePoints(context, fresh);
    const added = fresh.filter(({ code }) => !known.get(code)?.imported).length;
    return ok({ read, added, changed: fresh.length - added, unchanged: points.size - fresh.length });
  },
};

interface ImportedPoint {
  readonly code: string;
  readonly lat: number;
  readonly lon: number;
  readonly source: string;
  readonly uncertainty_km: number;
}

interface KnownCommune {
  /** The point of the reference data. */
  readonly point: { readonly lat: number; readonly lon: number; readonly uncertainty_km: number };
  readonly imported: ImportedPoint | undefined;
  /** For the code of a former commune: that of today. */
  readonly today?: string;
}

interface Columns {
  readonly delimiter: string;
  readonly code: number;
  readonly lat: number;
  readonly lon: number;
  readonly source: number;
  readonly uncertainty: number;
}

const aliases = {
  code: ['code_insee', 'insee', 'insee_com', 'code_commune', 'codgeo', 'com', 'code'],
  lat: ['lat', 'latitude', 'y'],
  lon: ['lon', 'lng', 'long', 'longitude', 'x'],
  source: ['source'],
  uncertainty: ['uncertainty_km', 'incertitude_km'],
} as const;

/** Reads the first line only: which sign separates the columns, and where each of them stands. */
const readColumns = async (file: string): Promise<Result<Columns, string>> => {
  const first = await firstLine(file);
  if (first === undefined) return refuse(`Le fichier ${file} ne peut pas être lu. Vérifiez son nom et vos droits.`);
  const delimiter = [';', '\t', ','].find((sign) => first.includes(sign)) ?? ';';
  const names = first.split(delimiter).map((name) => name.trim().replace(/^"|"$/g, '').toLowerCase());
  const at = (column: keyof typeof aliases): number =>
    names.findIndex((name) => (aliases[column] as readonly string[]).includes(name));
  const columns = {
    ...{ delimiter, code: at('code'), lat: at('lat'), lon: at('lon') },
    ...{ source: at('source'), uncertainty: at('uncertainty') },
  };
  const missing = (['code', 'lat', 'lon'] as const).filter((column) => columns[column] < 0);
  return missing.length === 0
    ? ok(columns)
    : refuse(
        `Le fichier n’a pas de colonne ${missing.map((column) => aliases[column].slice(0, 3).join(' / ')).join(', ni ')}. ` +
          `Sa première ligne donne : ${names.slice(0, 10).join(', ').slice(0, 200)}.`,
      );
};

const firstLine = async (file: string): Promise<string | undefined> => {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4_096), 0, 4_096, 0);
      return buffer
        .toString('utf8', 0, bytesRead)
        .replace(/^\uFEFF/, '')
        .split(/\r?\n/)[0];
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
};

/**
 * The rows after the header, one at a time, however large the file. Quotes are taken off by `field` and never join
 * lines, so that a broken one spoils its own line only. Throws on a line longer than 10 000 characters.
 */
async function* readRows(file: string, delimiter: string): AsyncGenerator<{ line: number; row: readonly string[] }> {
  const parser = createReadStream(file).pipe(
    parse({
      ...{ delimiter, bom: true, info: true, from_line: 2 },
      ...{ relax_column_count: true, quote: false, skip_empty_lines: true, max_record_size: 10_000 },
    }),
  );
  for await (const { record, info } of parser) yield { line: info.lines, row: record };
}

const field = (row: readonly string[], at: number): string => (row[at] ?? '').trim().replace(/^"(.*)"$/, '$1');

const readPoint = (
  row: readonly string[],
  columns: Columns,
  known: ReadonlyMap<string, KnownCommune>,
): Result<ImportedPoint, string> => {
  const code = field(row, columns.code).toUpperCase().padStart(5, '0');
  if (!isCommuneCode(code)) return refuse('le code INSEE n’a pas la bonne forme (cinq signes, par exemple 35238)');
  const commune = known.get(code);
  if (!commune) return refuse('cette commune n’existe pas dans le code officiel');
  if (commune.today) return refuse(`cette commune d’autrefois fait aujourd’hui partie de ${commune.today}`);

  const [lat, lon] = [decimal(field(row, columns.lat)), decimal(field(row, columns.lon))];
  if (lat === undefined || Math.abs(lat) > 90) return refuse('la latitude n’est pas un nombre entre -90 et 90');
  if (lon === undefined || Math.abs(lon) > 180) return refuse('la longitude n’est pas un nombre entre -180 et 180');
  const away = distanceKm({ lat, lon }, commune.point);
  if (away > farthest(commune.point.uncertainty_km))
    return refuse(
      `le point est à ${Math.round(away)} km de la commune : latitude et longitude sont peut-être inversées`,
    );

  const source = columns.source < 0 ? '' : field(row, columns.source).slice(0, 100);
  const given = columns.uncertainty < 0 ? undefined : decimal(field(row, columns.uncertainty));
  if (given !== undefined && !(given > 0 && given < 5_000))
    return refuse('l’incertitude n’est pas un nombre de kilomètres plus grand que 0');
  const uncertainty_km = given ?? usualUncertainty(source, commune.point.uncertainty_km);
  return ok({ code, lat, lon, source, uncertainty_km });
};

const decimal = (text: string): number | undefined => {
  const value = /^[-+]?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : undefined;
  return Number.isFinite(value) ? value : undefined;
};

/** Our own guesses err by 112 km at the most in one commune of Guyane: beyond this the file is mistaken, not us. */
const farthest = (uncertaintyKm: number): number => Math.max(200, 2 * uncertaintyKm);

/**
 * When the file does not say: two kilometres, the difference in 19 communes out of 20 between a point inside the
 * outlines of IGN and that of La Poste; a source that calls itself approximate is not believed more than ours.
 */
const usualUncertainty = (source: string, ours: number): number => (/approx/i.test(source) ? Math.max(10, ours) : 2);

const knownCommunes = async ({ db }: Context): Promise<Map<string, KnownCommune>> => {
  const [communes, formers, points] = await Promise.all([
    db.selectFrom('commune').select(['code', 'lat', 'lon', 'uncertainty_km']).execute(),
    db.selectFrom('former_commune').select(['code', 'commune']).execute(),
    db.selectFrom('commune_point').selectAll().execute(),
  ]);
  const imported = new Map(points.map((point) => [point.code, point]));
  const known = new Map(
    communes.map(({ code, ...point }): [string, KnownCommune] => [code, { point, imported: imported.get(code) }]),
  );
  for (const { code, commune: today } of formers) {
    const point = known.get(today)?.point;
    if (point && !known.has(code)) known.set(code, { point, imported: undefined, today });
  }
  return known;
};

const samePoint = (point: ImportedPoint, other: ImportedPoint | undefined): boolean =>
  other !== undefined &&
  point.lat === other.lat &&
  point.lon === other.lon &&
  point.source === other.source &&
  Math.fround(point.uncertainty_km) === Math.fround(other.uncertainty_km);

const writePoints = (context: Context, points: readonly ImportedPoint[]): Promise<void> =>
  inTransaction(context, async ({ db }) => {
    const column = <K extends keyof ImportedPoint>(name: K): ImportedPoint[K][] => points.map((point) => point[name]);
    await sql`
      insert into commune_point (code, lat, lon, source, uncertainty_km)
      select * from unnest(
        ${column('code')}::text[], ${column('lat')}::float8[], ${column('lon')}::float8[],
        ${column('source')}::text[], ${column('uncertainty_km')}::real[]
      )
      on conflict (code) do update set
        lat = excluded.lat, lon = excluded.lon, source = excluded.source, uncertainty_km = excluded.uncertainty_km
    `.execute(db);
    await announceChange(db, TERRITORY_TOPIC);
  });
