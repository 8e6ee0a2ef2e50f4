import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase, prepareDatabase } from '#house/database.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { createDatabase, createPool } from '#platform/server/database/database.ts';
import { readSettings } from '#platform/server/settings.ts';
import { buildIfNeeded } from '../../scripts/build.ts';
import type { Measure } from '../bench.ts';
import { type Add, now, spotsOf } from './asked.ts';
import { besideSql } from './beside-sql.ts';
import { inProcess } from './in-process.ts';
import { overHttp } from './over-http.ts';
import { fill, fillTimetables } from './synthetic.ts';

/** The directory at `count` offers: in the process, beside SQL, over HTTP. */
export const measureDirectory = async (count: number): Promise<Measure> => {
  await buildIfNeeded();
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-directory-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const settings = readSettings({ DATA_DIR: folder, LOG_LEVEL: 'error' });
  if (!settings.ok) throw new Error(settings.sentences.join(' '));
  const rows: Measure['rows'][number][] = [];
  const add: Add = (label, value, aim) => {
    rows.push({ label, value, ...(aim ? { aim } : {}) });
    console.log(label, '·', value);
  };
  const database = await openDatabase(settings.value, 'command', console.log);
  if (!database.ok) throw new Error(database.error);
  const { url, close } = database.value;
  await prepareDatabase(url, settings.value);
  const db = createDatabase(createPool(url, 2));
  const territories = await territoryIndex.build(db);
  await fillTimetables(url, now);
  // The closed application is compared at the size it had, not five times that.
  const closedShape = count <= 200_000;
  await fill(url, territories, count, { closedShape });
  const spots = spotsOf(territories);
  const segment = await inProcess(url, count, spots, add);
  await besideSql(url, segment, spots, add, { closedShape });
  await db.destroy();
  await close();
  await overHttp(settings.value, count, spots, add);
  return {
    name: `L’annuaire, ${count.toLocaleString('fr-FR')} offres`,
    method: [
      'Offres inventées, tirées autour des communes selon leur population, mêmes graines à chaque fois ; 500 points de question tirés de même.',
      'L’index nu est kdbush seul, dans l’ordre des identifiants : les lignes d’une boîte de 20 km dont un bit de priorité est mis, ni comptées par liste ni triées ; ou geokdbush, les 20 plus proches avec ce bit.',
      'Chaque question passe par les 500 points, puis la suivante, douze fois de suite (quatre pour un million) : les rapports sont du même moment. « Tous les filtres » : une à cinq valeurs dans chacune des huit listes, et ouvert maintenant.',
      'La construction est celle du fil du site, de l’arrivée des lignes à l’index prêt, moins l’attente et la lecture ; les textes des offres, où rien n’est cherché, sont lus à part et restent où ils ont été lus.',
      `SQL : la même base, mêmes boîtes, index GiST sur point(lon, lat)${closedShape ? ' ; et la recherche de l’ancienne application, un tableau JSONB sans index, résultat entier' : ''}.`,
      'HTTP : le site construit et le client sur la même machine, 15 000 questions pour la mise en route, réponses de 20 offres non compressées ; le temps serveur va de la requête reçue à la réponse finie, pris dans le serveur. Un client seul attend chaque réponse avant de demander la suivante : la visée de débit est pour plusieurs.',
    ].join(' '),
    rows,
  };
};
