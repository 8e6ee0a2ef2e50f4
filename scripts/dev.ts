import { createServer } from 'vite';
import { openDatabase, prepareDatabase } from '../src/house/database.ts';
import { readSettings } from '../src/platform/server/settings.ts';
import { prepareBaseMap, prepareMap } from './prepare-map.ts';
import { prepareTerritories } from './prepare-territories.ts';

/** `npm run dev`: the site with its sources read as they change, on the same data as `npm start`. */
const read = readSettings(process.env);
if (!read.ok) {
  console.error(read.sentences.join('\n'));
  process.exit(1);
}
const settings = read.value;
process.env.TZ = 'UTC';
prepareTerritories('reference');
prepareMap('static/map/outlines.json');
prepareBaseMap('reference/carte-facile.json');
const database = await openDatabase(settings, 'site', console.log);
if (!database.ok) {
  console.error(`\n  ${database.error}\n`);
  process.exit(1);
}
await prepareDatabase(database.value.url, settings);
process.env.DATABASE_URL = database.value.url;

const server = await createServer({ server: { port: settings.PORT, host: '127.0.0.1', strictPort: true } });
await server.listen();
server.printUrls();

const stop = async (): Promise<void> => {
  await server.close();
  await database.value.close();
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
