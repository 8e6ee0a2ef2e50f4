import { writeFileSync } from 'node:fs';
import { dataProtectionDocument, tableCatalogue } from '../src/house/data-protection.ts';
import { permissionsDocument, statesDocument } from '../src/modules/calls/index.ts';
import { checkEveryDays, linesToCheck } from '../src/modules/help/index.ts';
import { helplines } from '../src/modules/help/server/index.ts';
import { sourcesReport } from '../src/modules/initiatives/index.ts';
import { readInitiatives } from '../src/modules/initiatives/server/index.ts';
import { type Reason, rowsToReview } from '../src/modules/journey/index.ts';
import { readSchedule } from '../src/modules/journey/server/index.ts';
import { allArticles, allEssentials, allSources } from '../src/modules/library/server/index.ts';
import { systemClock, todayIn } from '../src/platform/clock.ts';
import { prepareTerritories } from './prepare-territories.ts';
import { territoryNames } from './territories/names.ts';

/**
 * `npm run content -- review`: what must be read, compared or confirmed again.
 * `npm run content -- initiatives`: writes docs/initiatives-sources.md, how the projects were made from their source.
 * `npm run content -- data-protection`: writes docs/data-protection.md, what each table holds of people and for how long.
 * `npm run content -- calls`: writes docs/calls-permissions.md and docs/calls-states.md from the tables of states.
 * Reads files only: no database.
 */

const contentDir = process.env.CONTENT_DIR ?? 'content';

const sentences: Record<Reason, string> = {
  no_text: 'aucun texte officiel retrouvé',
  never_checked: 'jamais comparé à un texte officiel',
  check_again: 'à comparer de nouveau',
  never_reviewed: 'jamais relu par un professionnel',
  over: 'n’est plus en vigueur',
};

const reviewSchedule = (): void => {
  const schedule = readSchedule(contentDir);
  const today = todayIn(systemClock, 'Europe/Paris');
  const rows = rowsToReview(schedule, today);
  console.log(`Repères des 1000 jours : ${schedule.length} lignes, ${rows.length} à revoir au ${today}.`);
  for (const reason of Object.keys(sentences) as Reason[]) {
    const concerned = rows.filter(({ reasons }) => reasons.includes(reason));
    if (concerned.length === 0) continue;
    console.log(`\n${sentences[reason]} : ${concerned.length}`);
    if (concerned.length === schedule.length) console.log('  toutes les lignes');
    else for (const { item } of concerned) console.log(`  ${item.id.padEnd(30)} ${item.title}`);
  }
};

const reviewHelplines = (): void => {
  const lines = helplines();
  const today = todayIn(systemClock, 'Europe/Paris');
  const waiting = linesToCheck(lines, today);
  console.log(
    `\nNuméros d’aide : ${lines.length}, dont ${waiting.length} à vérifier (plus de ${checkEveryDays} jours).`,
  );
  for (const { number, texts, checked_on } of waiting) {
    console.log(
      `  ${number.padEnd(16)} ${texts.fr.what}, ${checked_on ? `vérifié le ${checked_on}` : 'jamais vérifié'}`,
    );
  }
};

const reviewLibrary = (): void => {
  const articles = allArticles();
  const unread = articles.filter(({ reviewedOn }) => reviewedOn === undefined);
  console.log(`\nArticles : ${articles.length}, dont ${unread.length} jamais relus par un professionnel.`);
  for (const source of allSources().filter(({ checkedOn }) => checkedOn === undefined)) {
    const resting = articles.filter(({ sources }) => sources.some(({ id }) => id === source.id));
    console.log(`  à comparer à un texte officiel : ${source.title} (${resting.map(({ slug }) => slug).join(', ')})`);
  }
  const waiting = allEssentials().flatMap(({ texts, reviewed }) =>
    Object.keys(texts).filter((version) => !(version in reviewed)),
  );
  console.log(
    `L’essentiel : ${waiting.length} versions de messages jamais relues par un professionnel de leur langue.`,
  );
};

const writeInitiativesReport = (): void => {
  const initiatives = readInitiatives(contentDir).map((written) => ({ ...written, origin: 'document-000' }));
  prepareTerritories('reference');
  writeFileSync('docs/initiatives-sources.md', sourcesReport(initiatives, territoryNames('reference')));
  console.log(`Projets : ${initiatives.length} fiches, voir docs/initiatives-sources.md.`);
};

const writeDataProtection = (): void => {
  writeFileSync('docs/data-protection.md', dataProtectionDocument());
  console.log(`Protection des données : ${Object.keys(tableCatalogue).length} tables, voir docs/data-protection.md.`);
};

const writeCallsDocuments = (): void => {
  writeFileSync('docs/calls-permissions.md', permissionsDocument());
  writeFileSync('docs/calls-states.md', statesDocument());
};

const commands: Record<string, readonly (() => void)[]> = {
  review: [reviewSchedule, reviewHelplines, reviewLibrary],
  initiatives: [writeInitiativesReport],
  'data-protection': [writeDataProtection],
  calls: [writeCallsDocuments],
};

const steps = commands[process.argv[2] ?? ''];
if (!steps) {
  console.error(`Commandes : ${Object.keys(commands).join(', ')}. Exemple : npm run content -- review`);
  process.exit(2);
}
for (const step of steps) step();
