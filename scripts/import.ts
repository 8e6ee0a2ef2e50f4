import path from 'node:path';
import { importers } from '#house/imports.ts';
import { openHouse } from '#house/open.ts';
import { summarise, writeReport } from '#platform/server/import/report.ts';

/** `npm run import -- SOURCE FILE [--dry-run]`. Ends with 0 when the file was read, refused lines included. */
const run = async (words: readonly string[]): Promise<number> => {
  const [source, file, ...rest] = words.filter((word) => word !== '--dry-run');
  const dryRun = words.includes('--dry-run');
  const importer = importers.find((known) => known.source === source);
  if (!importer || file === undefined || rest.length > 0) {
    console.error(source && !importer ? `La source « ${source} » n’existe pas.\n${usage}` : usage);
    return 2;
  }

  const opened = await openHouse(console.log);
  if (!opened.ok) {
    console.error(opened.error.join('\n'));
    return 1;
  }
  const { context, settings, close } = opened.value;
  try {
    const report = await importer.run(context, file, { dryRun });
    if (!report.ok) {
      console.error(report.error);
      return 1;
    }
    const folder = path.join(settings.DATA_DIR, 'reports');
    const written = await writeReport(folder, importer.source, context.clock.now(), report.value);
    console.log(`${summarise(report.value, { dryRun })}\nRapport : ${written}`);
    return 0;
  } finally {
    await close();
  }
};

const usage = [
  'Usage : npm run import -- SOURCE FICHIER [--dry-run]',
  'Sources :',
  ...importers.map(({ source, summary }) => `  ${source} — ${summary}`),
].join('\n');

process.exitCode = await run(process.argv.slice(2));
