import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { z } from 'zod';
import { fixedClock } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import { answerTo } from '#platform/server/http/endpoint.ts';
import { type DirectoryContext, directoryContext } from '#testing/directory.ts';
import type { DirectoryRecord, PlaceFields, ServiceFields } from '../model.ts';
import { exportFiles } from './exports-files.ts';
import { correctRow, exportEndpoint, loadDirectory, makeExports, saveRecords } from './index.ts';

const ORIGIN = 'https://mille-jours.example';

const ask = (
  context: Context,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Response> => {
  const url = new URL(`http://localhost/api/v1/exports${path}`);
  return answerTo(
    exportEndpoint(url.pathname as '/api/v1/exports'),
    context,
    url,
    new Request(url, { headers, method }),
  );
};

interface Identified extends Record<string, unknown> {
  readonly id: string;
}

/** Every record of every file, by name of file; each checked against the rules of its format. */
const dump = async (context: Context): Promise<Map<string, Map<string, Identified>>> => {
  const files = await Promise.all(
    exportFiles.map(async ({ name, record }) => {
      const response = await ask(context, `/${name}.json`);
      expect(response.status, name).toBe(200);
      const records = (await response.json()) as Identified[];
      for (const one of records) {
        const { error } = record.safeParse(one);
        expect(error, `${name} ${one.id} ${error?.message}`).toBeUndefined();
      }
      const byId = new Map(records.map((one) => [one.id, one]));
      expect(byId.size, `${name}: every identifier once`).toBe(records.length);
      return [name, byId] as const;
    }),
  );
  return new Map(files);
};

const of = (files: Map<string, Map<string, Identified>>, name: string): Map<string, Identified> =>
  files.get(name) ?? new Map();

const record = (
  ref: string,
  place: Partial<PlaceFields> = {},
  service: Partial<ServiceFields> = {},
): DirectoryRecord => ({
  organisation: { ref: 'o', fields: { name: 'Département', siret: '12345678901234' } },
  place: { ref, fields: { name: `Lieu ${ref}`, kind: 'pmi', insee: '35238', lat: 48.11, lon: -1.68, ...place } },
  services: [{ ref, fields: { name: `Service ${ref}`, kind: 'pmi', ...service } }],
});

const withRecords = async (...records: DirectoryRecord[]): Promise<DirectoryContext> => {
  const context = await directoryContext();
  await save(context, ...records);
  return context;
};

const save = (context: Context, ...records: DirectoryRecord[]) =>
  saveRecords(context, { source: 'essai', on: '2026-05-12' }, records);

describe('the files', () => {
  it('follow the rules of their formats and refer to each other, for all that the project ships', async () => {
    const context = await directoryContext();
    await loadDirectory(context.db, 'content', context.log);
    await makeExports(context, ORIGIN);
    const files = await dump(context);
    const services = of(files, 'data-inclusion/services');
    expect(services.size).toBeGreaterThan(10);
    const structures = of(files, 'data-inclusion/structures');
    for (const { structure_id } of services.values()) expect(structures.has(String(structure_id))).toBe(true);
    const used = new Set([...services.values()].map(({ structure_id }) => structure_id));
    expect(new Set(structures.keys())).toEqual(used);

    const terms = of(files, 'hsds/taxonomy_terms');
    const taxonomies = of(files, 'hsds/taxonomies');
    for (const { taxonomy_id } of terms.values()) expect(taxonomies.has(String(taxonomy_id))).toBe(true);
    for (const name of ['hsds/services', 'hsds/locations', 'hsds/organizations']) {
      for (const { attributes = [] } of of(files, name).values()) {
        for (const { taxonomy_term_id } of attributes as { taxonomy_term_id: string }[]) {
          expect(terms.has(taxonomy_term_id), name).toBe(true);
        }
      }
    }
    const organizations = of(files, 'hsds/organizations');
    for (const { organization_id } of of(files, 'hsds/services').values()) {
      if (organization_id) expect(organizations.has(String(organization_id))).toBe(true);
    }
    const nested = [...of(files, 'hsds/services').values()].flatMap(
      ({ service_at_locations = [] }) => service_at_locations as (Identified & { location: Identified })[],
    );
    const apart = of(files, 'hsds/service_at_locations');
    expect(nested.length).toBe(apart.size);
    for (const { location, ...rest } of nested) {
      expect(apart.get(rest.id)).toEqual(rest);
      expect(of(files, 'hsds/locations').get(location.id)).toEqual(location);
    }
  });

  it('take hostile texts as they are, and leave out what does not fit', async () => {
    const html = '<script>alert(1)</script>';
    const context = await withRecords(
      record('1', { name: html, phone: '=cmd|’ /C calc’!A0', website: 'javascript:alert(1)', insee: null, email: 'x' }),
      record('2', { name: 'A', postcode: '3500', hours: html }, { name: '@SUM(1)', description: 'd'.repeat(20_000) }),
    );
    await makeExports(context, undefined);
    const files = await dump(context);
    const [first] = of(files, 'data-inclusion/structures').values();
    expect(first).toMatchObject({
      nom: html,
      telephone: '=cmd|’ /C calc’!A0',
      site_web: null,
      courriel: null,
      commune: null,
    });
    expect((await ask(context, '/data-inclusion/structures.json')).headers.get('content-type')).toMatch(
      /^application\/json/,
    );
  });

  it('never locate a confidential place, before as after it becomes one', async () => {
    const context = await withRecords(record('1', { line: '12 rue Cachée' }, { name: 'Accueil' }), record('2'));
    await makeExports(context, ORIGIN);
    const place = await context.db
      .selectFrom('place')
      .select('id')
      .where('source_ref', '=', '1')
      .executeTakeFirstOrThrow();
    await correctRow(context, 'place', place.id, { confidential: true });
    await makeExports(context, ORIGIN);
    const files = await dump(context);
    const text = JSON.stringify([...files].map(([name, records]) => [name, [...records.values()]]));
    expect(text).not.toMatch(/Cachée|Lieu 1|12345678901234/);
    const hidden = [...of(files, 'data-inclusion/services').values()].find(({ nom }) => nom === 'Accueil');
    expect(hidden).toMatchObject({ commune: null, latitude: null, zone_eligibilite: ['35'] });
    const { changes } = await (await ask(context, '/changes?since=1&file=data-inclusion/structures')).json();
    expect(changes).toContainEqual(expect.objectContaining({ change: 'closed' }));
  });

  it('name their source and its licence', async () => {
    const context = await withRecords(record('1'));
    await makeExports(context, ORIGIN);
    const catalogue = await (await ask(context, '')).json();
    expect(catalogue.licence).toMatchObject({ id: 'etalab-2.0' });
    expect(catalogue.sources).toEqual([
      { id: 'essai', title: 'Essai', publisher: null, licence: null, url: null, dated: '2026-05-12' },
      expect.objectContaining({ id: 'person', licence: 'Licence Ouverte 2.0 (Etalab)' }),
    ]);
    expect(catalogue.files.map(({ name }: { name: string }) => name)).toEqual(exportFiles.map(({ name }) => name));
    const terms = of(await dump(context), 'hsds/taxonomy_terms');
    expect([...terms.values()].find(({ code }) => code === 'essai')).toMatchObject({
      description: 'Licence non précisée · données du 2026-05-12',
    });
  });
});

describe('over HTTP', () => {
  it('a file that is known is not sent again, and the same content keeps its date', async () => {
    const context = await withRecords(record('1'));
    await makeExports(context, ORIGIN);
    const path = '/data-inclusion/services.json';
    const first = await ask(context, path);
    const [etag = '', date = ''] = [first.headers.get('etag') ?? '', first.headers.get('last-modified') ?? ''];
    expect(first.headers.get('link')).toContain('rel="license"');
    expect(first.headers.get('cache-control')).toBe('public, max-age=3600');
    for (const headers of [
      { 'if-none-match': etag },
      { 'if-none-match': `"autre", ${etag.replace('W/', '')}` },
      { 'if-none-match': '*' },
      { 'if-modified-since': date },
    ]) {
      const again = await ask(context, path, headers);
      expect([again.status, await again.text(), again.headers.get('etag')], JSON.stringify(headers)).toEqual([
        304,
        '',
        etag,
      ]);
    }
    const later = { ...context, clock: fixedClock('2026-11-22T10:00:00Z') };
    await makeExports(later, ORIGIN);
    expect((await ask(context, path, { 'if-none-match': etag })).status).toBe(304);
    expect((await ask(context, path)).headers.get('last-modified')).toBe(date);

    await save(later, record('2'));
    await makeExports(later, ORIGIN);
    const changed = await ask(context, path, { 'if-none-match': etag, 'if-modified-since': date });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('last-modified')).toBe('Sun, 22 Nov 2026 10:00:00 GMT');
    expect((await ask(context, path, { 'if-modified-since': date })).status).toBe(200);
  });

  it('goes compressed to who reads gzip, and plain to who does not', async () => {
    const context = await withRecords(record('1'));
    await makeExports(context, ORIGIN);
    const path = '/hsds/services.json';
    const plain = await (await ask(context, path)).text();
    for (const accepted of ['gzip', 'br, gzip;q=0.5', '*']) {
      const packed = await ask(context, path, { 'accept-encoding': accepted });
      expect(packed.headers.get('content-encoding'), accepted).toBe('gzip');
      const bytes = Buffer.from(await packed.arrayBuffer());
      expect(packed.headers.get('content-length')).toBe(String(bytes.length));
      expect(gunzipSync(bytes).toString()).toBe(plain);
    }
    for (const refused of ['br', 'gzip;q=0', 'identity']) {
      expect(
        (await ask(context, path, { 'accept-encoding': refused })).headers.get('content-encoding'),
        refused,
      ).toBeNull();
    }
    const head = await ask(context, path, {}, 'HEAD');
    expect([head.status, head.body, head.headers.has('etag')]).toEqual([200, null, true]);
  });

  it('asks for the files when there are none yet, and says to come back', async () => {
    const context = await withRecords(record('1'));
    const answer = await ask(context, '/hsds/services.json');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60']);
    expect(await answer.json()).toMatchObject({ code: 'not_made_yet' });
    expect(context.enqueued).toEqual([{ name: 'directory.exports', data: {} }]);
    await makeExports(context, ORIGIN);
    expect((await ask(context, '/hsds/services.json')).status).toBe(200);
    // The rows come back with a backup, the files do not.
    await context.files.delete('exports/hsds/services-a.json.gz');
    expect((await ask(context, '/hsds/services.json')).status).toBe(503);
  });
});

describe('a run', () => {
  it('that does not reach its end tells nothing, and the next one is whole', async () => {
    const context = await withRecords(record('1'));
    await makeExports(context, ORIGIN);
    const before = await dump(context);
    await save(context, record('2'));
    let left = 3;
    const breaking: Context = {
      ...context,
      files: {
        ...context.files,
        put: (...given) => {
          left -= 1;
          if (left === 0) throw new Error('the disk is full');
          return context.files.put(...given);
        },
      },
    };
    await expect(makeExports(breaking, ORIGIN)).rejects.toThrow('the disk is full');
    expect(await dump(context)).toEqual(before);
    expect((await (await ask(context, '/changes?since=1')).json()).changes).toEqual([]);
    expect(await makeExports(context, ORIGIN)).toMatchObject({ changes: 5 });
    expect(of(await dump(context), 'data-inclusion/services').size).toBe(2);
  });

  it('is made by one process at a time', async () => {
    const context = await withRecords(record('1'));
    const runs = await Promise.all([makeExports(context, ORIGIN), makeExports(context, ORIGIN)]);
    expect(runs.filter((run) => run === undefined)).toHaveLength(1);
  });
});

describe('the feed of changes', () => {
  /** All the changes since a cursor, read page by page. */
  const follow = async (context: Context, since: string, limit: number) => {
    const changes: { file: string; id: string; change: string }[] = [];
    for (let cursor = since; ; ) {
      const page = await (await ask(context, `/changes?since=${cursor}&limit=${limit}`)).json();
      expect(page.changes.length).toBeLessThanOrEqual(limit);
      changes.push(...page.changes);
      cursor = page.cursor;
      if (!page.more) return { changes, cursor };
    }
  };

  test('applied to the files of a moment, gives those of today; and tells nothing of what did not change', async () => {
    const context = await directoryContext();
    await makeExports(context, ORIGIN);
    const change = fc.record({
      ref: fc.integer({ min: 1, max: 4 }).map(String),
      what: fc.oneof(
        fc.record({ place: fc.record({ name: fc.constantFrom('A', 'B'), confidential: fc.boolean() }) }),
        fc.record({ service: fc.record({ description: fc.constantFrom('x', 'y') }) }),
        fc.record({ close: fc.boolean() }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 3 }), fc.integer({ min: 1, max: 7 }), async (changes, limit) => {
        const old = await dump(context);
        const { cursor } = await (await ask(context, '')).json();
        for (const { ref, what } of changes) {
          if ('close' in what) {
            const rows = await context.db.selectFrom('service').select('id').where('source_ref', '=', ref).execute();
            for (const { id } of rows)
              await correctRow(context, 'service', id, { state: what.close ? 'closed' : 'open' });
          } else
            await save(context, record(ref, 'place' in what ? what.place : {}, 'service' in what ? what.service : {}));
        }
        await makeExports(context, ORIGIN);
        const now = await dump(context);
        const told = (await follow(context, cursor, limit)).changes;
        const applied = new Map([...old].map(([name, records]) => [name, new Map(records)]));
        for (const { file, id, change: kind } of told) {
          const record = now.get(file)?.get(id);
          expect(record === undefined).toBe(kind === 'closed');
          expect(record).not.toEqual(old.get(file)?.get(id) ?? null);
          if (record) applied.get(file)?.set(id, record);
          else applied.get(file)?.delete(id);
        }
        expect(sorted(applied)).toEqual(sorted(now));
      }),
      { numRuns: 12 },
    );
  });

  const sorted = (files: Map<string, Map<string, Identified>>) =>
    [...files].map(([name, records]) => [name, [...records].sort(([a], [b]) => (a < b ? -1 : 1))]);

  it('tells what is created, updated and closed, and a record once', async () => {
    const context = await withRecords(record('1'), record('2'));
    await makeExports(context, ORIGIN);
    await save(context, record('1', { name: 'Autre nom' }), record('3'));
    const two = await context.db
      .selectFrom('service')
      .select('id')
      .where('source_ref', '=', '2')
      .executeTakeFirstOrThrow();
    await correctRow(context, 'service', two.id, { state: 'closed' });
    await makeExports(context, ORIGIN);
    const { changes } = await (await ask(context, '/changes?since=1&file=data-inclusion/structures')).json();
    expect(changes.map(({ change }: { change: string }) => change).sort()).toEqual(['closed', 'created', 'updated']);
    expect((await (await ask(context, '/changes?since=2')).json()).changes).toEqual([]);
    const all = await follow(context, '0', 3);
    expect(new Set(all.changes.map(({ file, id }) => `${file} ${id}`)).size).toBe(all.changes.length);
    expect(all.cursor).toBe('2');
  });

  it('refuses a cursor that was never given', async () => {
    const context = await withRecords();
    await makeExports(context, ORIGIN);
    const never = ['7', 'x', '1.', '1.x', '-1', '1.W10', '1.eyJhIjoxfQ', `1.${'a'.repeat(700)}`, '99999999999'];
    for (const since of never) {
      const answer = await ask(context, `/changes?since=${since}`);
      expect([answer.status, (await answer.json()).errors?.[0].field], since).toEqual([400, 'since']);
    }
  });

  it('sends back to the whole files whoever stayed away longer than what is closed is told', async () => {
    const context = await withRecords(record('1'));
    await makeExports(context, ORIGIN);
    const later = { ...context, clock: fixedClock('2028-01-01T00:00:00Z') };
    const answer = await ask(later, '/changes?since=1');
    expect(await answer.json()).toMatchObject({ status: 400, code: 'cursor_too_old' });
    expect((await ask(later, '/changes')).status).toBe(200);
  });

  it('forgets in time what was closed, and nothing that is open', async () => {
    const context = await withRecords(record('1'), record('2'));
    await makeExports(context, ORIGIN);
    const one = await context.db
      .selectFrom('service')
      .select('id')
      .where('source_ref', '=', '1')
      .executeTakeFirstOrThrow();
    await correctRow(context, 'service', one.id, { state: 'closed' });
    await makeExports(context, ORIGIN);
    const closed = () => context.db.selectFrom('export_record').select('id').where('closed', '=', true).execute();
    expect(await closed()).not.toEqual([]);
    await makeExports({ ...context, clock: fixedClock('2028-01-01T00:00:00Z') }, ORIGIN);
    expect(await closed()).toEqual([]);
    expect(of(await dump(context), 'data-inclusion/services').size).toBe(1);
    expect((await follow(context, '3', 100)).changes).toEqual([]);
  });
});

test('the description of each file is that of the records that it holds', () => {
  for (const { name, record: schema } of exportFiles) {
    const endpoint = exportEndpoint(`/api/v1/exports/${name}.json`);
    expect((endpoint.answer as z.ZodArray).element).toBe(schema);
  }
});
