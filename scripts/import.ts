import path from 'node:path';
import { parseArgs } from 'node:util';
import { importers } from '#house/imports.ts';
import { openHouse } from '#house/open.ts';
import { ok, type Result } from '#platform/result.ts';
import { type Downloaded, download, isAddress } from '#platform/server/import/download.ts';
import type { Importer } from '#platform/server/import/importer.ts';
import { openReport, summarise } from '#platform/server/import/report.ts';

/**
 * `npm run import -- SOURCE FILE|URL [--mapping FILE] [--dry-run] [--confirm]`. Ends with 0 when the file was read, refused
 * lines included; with 1 when it could not be, or when a person has to decide; with 2 when the words are not understood.
 */
const run = async (): Promise<number> => {
  const words = readWords();
  if (typeof words === 'string') {
    console.error(`${words}\n${usage()}`);
    return 2;
  }
  const { known, given, mapping, dryRun, confirm } = words;
  const opened = await openHouse(console.log);
  if (!opened.ok) {
    console.error(opened.error.join('\n'));
    return 1;
  }
  const { context, settings, close } = opened.value;
  try {
    const file = await fetched(given);
    if (!file.ok) {
      console.error(file.error);
      return 1;
    }
    const importer = importers(settings).find(({ source }) => source === known.source) ?? known;
    const report = await openReport(path.join(settings.DATA_DIR, 'reports'), known.source, context.clock.now());
    const options = { dryRun, confirm, tell: report.tell, say: console.log, ...(mapping ? { mapping } : {}) };
    const done = await importer.run(context, file.value.file, options).finally(() => file.value.remove());
    const written = await report.close();
    if (!done.ok) {
      console.error(done.error);
      return 1;
    }
    console.log(`${summarise(done.value, report.told, { dryRun })}\nRapport : ${written}`);
    return done.value.trouble === undefined ? 0 : 1;
  } finally {
    await close();
  }
};

interface Words {
  readonly known: Importer;
  readonly given: string;
  readonly mapping: string | undefined;
  readonly dryRun: boolean;
  readonly confirm: boolean;
}

/** What the command line asks for, or the sentence that says why it is not understood. */
const readWords = (): Words | string => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { mapping: { type: 'string' }, 'dry-run': { type: 'boolean' }, confirm: { type: 'boolean' } },
    });
    const [source, given, ...rest] = positionals;
    const known = importers({}).find((importer) => importer.source === source);
    if (source !== undefined && !known) return `La source « ${source} » n’existe pas.`;
    if (!known || given === undefined || rest.length > 0) return 'Dites une source et un fichier.';
    const { mapping } = values;
    if (mapping === undefined && known.mapping === 'needed')
      return `La source « ${source} » demande --mapping FICHIER.`;
    if (mapping !== undefined && !known.mapping) return `La source « ${source} » ne prend pas de correspondance.`;
    return { known, given, mapping, dryRun: values['dry-run'] ?? false, confirm: values.confirm ?? false };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const fetched = (given: string): Promise<Result<Downloaded, string>> =>
  isAddress(given) ? download(given) : Promise.resolve(ok({ file: given, remove: async () => {} }));

const usage = (): string =>
  [
    'Usage : npm run import -- SOURCE FICHIER|ADRESSE [--mapping FICHIER] [--dry-run] [--confirm]',
    '  --mapping  ce que les colonnes veulent dire (docs/imports.md)',
    '  --dry-run  dit ce qui serait fait, sans rien écrire',
    '  --confirm  ferme ce qui a disparu, même si c’est beaucoup',
    'Sources :',
    ...importers({}).map(({ source, summary }) => `  ${source} — ${summary}`),
  ].join('\n');

process.exitCode = await run();
