import path from 'node:path';
import { expect, it } from 'vitest';
import { createLogger } from '#platform/server/log.ts';
import { directoryContext } from '#testing/directory.ts';
import { correctRow, findOffers, loadDirectory } from './index.ts';
import { readContent } from './seed.ts';

const log = createLogger('silent');
const content = path.resolve('content');

it('loads the Maisons of the documents, Nice with its address and phone of March 2023', async () => {
  const context = await directoryContext();
  await loadDirectory(context.db, content, log);
  const nice = await context.db.selectFrom('place').selectAll().where('insee', '=', '06088').executeTakeFirstOrThrow();
  expect(nice).toMatchObject({ line: '172 avenue de la Californie', phone: '04 89 04 58 40', lat: null });
  expect(nice.provenance.phone).toEqual({ source: 'document-004', on: '2023-03-30' });
  await context.reindex();
  const found = findOffers(context, {
    ...{
      place: { kind: 'territory', territory: { kind: 'departement', code: '974' as never } },
      filters: {},
      limit: 20,
    },
  });
  expect(found.ok && found.value.total).toBe(4);
});

it('knows every commune and territory that the files name', async () => {
  const context = await directoryContext();
  await loadDirectory(context.db, content, log);
  const { files } = readContent(path.join(content, 'directory'));
  const places = files.filter(({ file }) => file.place).length;
  const { rows } = {
    rows: await context.db.selectFrom('offer').select(['lat', 'place_id']).where('gone', '=', false).execute(),
  };
  expect(rows.filter(({ place_id }) => place_id !== null)).toHaveLength(places);
  expect(rows.every(({ lat, place_id }) => place_id === null || lat !== null)).toBe(true);
});

it('does nothing the second time, and leaves what a person corrected', async () => {
  const context = await directoryContext();
  await loadDirectory(context.db, content, log);
  const { id } = await context.db
    .selectFrom('place')
    .select('id')
    .where('insee', '=', '06088')
    .executeTakeFirstOrThrow();
  await correctRow(context, 'place', id, { phone: '04 00 00 00 00' });
  const before = await context.db.selectFrom('offer').select(['id', 'changed_in']).orderBy('id').execute();
  await context.db.deleteFrom('directory_content').execute();
  await loadDirectory(context.db, content, log);
  expect(await context.db.selectFrom('offer').select(['id', 'changed_in']).orderBy('id').execute()).toEqual(before);
  const place = await context.db.selectFrom('place').select('phone').where('id', '=', id).executeTakeFirstOrThrow();
  expect(place.phone).toBe('04 00 00 00 00');
});
