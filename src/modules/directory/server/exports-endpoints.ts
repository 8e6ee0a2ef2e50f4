import { z } from 'zod';
import type { Context } from '#platform/server/context.ts';
import { defineEndpoint, type Endpoint, wholeNumber } from '#platform/server/http/endpoint.ts';
import { problemResponse, refusalResponse } from '#platform/server/http/problem.ts';
import { MOST_CHANGES, readChanges } from './exports-changes.ts';
import { type ExportFile, exportFiles } from './exports-files.ts';
import { exportsJobKind, FEED_DAYS } from './exports-make.ts';
import { exportedSources, OPEN_LICENCE } from './exports-sources.ts';

const path = (name: string): `/api/v1/exports/${string}` => `/api/v1/exports/${name}.json`;

const licence = z.object({ id: z.string(), title: z.string(), url: z.string() });

/** What there is to take, under which licences, and where the feed of changes begins. */
const catalogueEndpoint = defineEndpoint({
  path: '/api/v1/exports',
  summary: 'Les fichiers ouverts de l’annuaire, leurs formats et leurs licences',
  description:
    'Refaits chaque nuit. La licence de ce site vaut pour ce qu’il écrit ; chaque source garde la sienne, et chaque enregistrement nomme ses sources. Les lieux confidentiels n’y sont jamais situés, les personnes qui travaillent chez elles le sont à leur commune.',
  example: '',
  query: z.object({}),
  answer: z.object({
    licence,
    sources: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        publisher: z.string().nullable(),
        licence: z.string().nullable().describe('Rien quand la source n’en dit aucune'),
        url: z.string().nullable(),
        dated: z.string().nullable().describe('Jour des données'),
      }),
    ),
    cursor: z.string().nullable().describe('À donner dans since pour savoir ce qui change ensuite'),
    files: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        url: z.string(),
        format: z.object({ name: z.string(), version: z.string(), read: z.string(), url: z.string() }),
        records: z.number(),
        bytes: z.number().describe('Sans compression'),
        sha256: z.string().describe('Du contenu sans compression'),
        changed_at: z.string(),
      }),
    ),
  }),
  maxAge: 300,
  run: async (context) => {
    const { db } = context;
    const rows = await db.selectFrom('export_file').selectAll().execute();
    if (rows.length === 0) await askForFiles(context);
    const run = await db
      .selectFrom('export_run')
      .select(({ fn }) => fn.max('id').as('id'))
      .executeTakeFirst();
    return {
      licence: OPEN_LICENCE,
      sources: await exportedSources(db),
      cursor: run?.id ? String(run.id) : null,
      files: exportFiles.flatMap(({ name, title, format }) => {
        const row = rows.find((file) => file.name === name);
        if (!row) return [];
        const { records, plain_bytes: bytes, sha256, changed_at } = row;
        return [{ name, title, url: path(name), format, records, bytes, sha256, changed_at: changed_at.toString() }];
      }),
    };
  },
});

const fileEndpoint = (file: ExportFile) =>
  defineEndpoint({
    path: path(file.name),
    summary: file.title,
    description: `${file.format.name}, version ${file.format.version}. Refait chaque nuit ; ETag et Last-Modified. Licence : ${OPEN_LICENCE.title}, et celle de chaque source (/api/v1/exports).`,
    query: z.object({}),
    answer: z.array(file.record),
    maxAge: 3_600,
    run: (context, _query, request) => giveFile(context, file.name, request),
  });

/**
 * What changed since a moment, page by page. Made of what was really published: applied to the files of that moment, it
 * gives those of today.
 */
const changesEndpoint = defineEndpoint({
  path: '/api/v1/exports/changes',
  summary: 'Ce qui a changé dans les fichiers ouverts depuis un moment',
  description: `Du plus ancien au plus récent, page par page : gardez cursor, et donnez-le dans since la fois suivante. « created » et « updated » : prenez l’enregistrement dans le fichier ; « closed » : retirez-le. Ce qui est fermé est dit pendant ${FEED_DAYS} jours.`,
  example: 'since=1&limit=10',
  query: z.object({
    since: z
      .string()
      .max(600, { error: 'n’est pas un repère de cette liste' })
      .optional()
      .describe('Repère donné par /api/v1/exports ou par la réponse précédente ; sans lui, depuis le début'),
    file: z
      .enum(exportFiles.map(({ name }) => name) as [string, ...string[]], {
        error: `attend un fichier parmi : ${exportFiles.map(({ name }) => name).join(', ')}`,
      })
      .optional()
      .describe('Un seul fichier'),
    limit: wholeNumber(1, MOST_CHANGES, 'un nombre de changements')
      .default(MOST_CHANGES)
      .describe('Nombre de changements au plus'),
  }),
  answer: z.object({
    cursor: z.string().describe('À donner dans since la fois suivante'),
    more: z.boolean().describe('Vrai quand il reste des changements à lire tout de suite'),
    changes: z.array(
      z.object({
        file: z.string(),
        id: z.string(),
        change: z.enum(['created', 'updated', 'closed']),
        at: z.string().describe('Moment des fichiers où cela se voit'),
      }),
    ),
  }),
  run: async (context, query) => {
    const read = await readChanges(context, query);
    return read.ok ? read.value : refusalResponse([read.error]);
  },
});

/** The addresses of the open data, in the order of the documentation. */
// biome-ignore lint/suspicious/noExplicitAny: endpoints of different parameters have no narrower common type.
export const exportEndpoints: readonly Endpoint<any, any>[] = [
  catalogueEndpoint,
  ...exportFiles.map(fileEndpoint),
  changesEndpoint,
];

/** The endpoint of an address, for its route. Throws (a bug) for an address that none has. */
// biome-ignore lint/suspicious/noExplicitAny: endpoints of different parameters have no narrower common type.
export const exportEndpoint = (address: `/api/v1/exports${string}`): Endpoint<any, any> => {
  const found = exportEndpoints.find((endpoint) => endpoint.path === address);
  if (!found) throw new Error(`no export at ${address}`);
  return found;
};

/** Gives a file as it is stored, or says that the client has it already. */
const giveFile = async (context: Context, name: string, request: Request): Promise<Response> => {
  const row = await context.db.selectFrom('export_file').selectAll().where('name', '=', name).executeTakeFirst();
  if (!row) return notYet(context);
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    // Weak: the same content, compressed or not.
    etag: `W/"${row.sha256.slice(0, 32)}"`,
    'last-modified': httpDate(row.changed_at),
    link: `<${OPEN_LICENCE.url}>; rel="license"`,
    vary: 'accept-encoding',
  };
  if (isKnown(request, headers.etag ?? '', row.changed_at)) return new Response(null, { status: 304, headers });
  if (request.method === 'HEAD') return new Response(null, { headers });
  const file = await context.files.get(row.key);
  if (!file) return notYet(context);
  if (acceptsGzip(request)) {
    return new Response(file.body, {
      headers: { ...headers, 'content-encoding': 'gzip', 'content-length': String(file.bytes) },
    });
  }
  return new Response(
    file.body.pipeThrough(new DecompressionStream('gzip') as TransformStream<Uint8Array, Uint8Array>),
    {
      headers,
    },
  );
};

const askForFiles = (context: Context): Promise<void> => context.jobs.enqueue(exportsJobKind, {}, { key: 'asked' });

const notYet = async (context: Context): Promise<Response> => {
  await askForFiles(context);
  return problemResponse(503, 'not_made_yet', {
    detail: 'Ce fichier est en train d’être écrit. Demandez-le dans une minute.',
    headers: { 'retry-after': '60' },
  });
};

/** RFC 9110: an ETag decides alone; the date counts only without one. */
const isKnown = (request: Request, etag: string, changedAt: Temporal.Instant): boolean => {
  const tags = request.headers.get('if-none-match');
  if (tags !== null) return tags.trim() === '*' || tags.split(',').some((tag) => opaque(tag) === opaque(etag));
  const since = Date.parse(request.headers.get('if-modified-since') ?? '');
  return !Number.isNaN(since) && Math.floor(changedAt.epochMilliseconds / 1_000) * 1_000 <= since;
};

const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');

const acceptsGzip = (request: Request): boolean =>
  (request.headers.get('accept-encoding') ?? '')
    .split(',')
    .some((coding) => /^\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(coding));

/** `Sat, 21 Nov 2026 10:00:00 GMT` */
const httpDate = (instant: Temporal.Instant): string => new Date(instant.epochMilliseconds).toUTCString();
