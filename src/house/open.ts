import type { Result } from '#platform/result.ts';
import { ok, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import { readSettings, type Settings } from '#platform/server/settings.ts';
import { openDatabase, prepareDatabase } from './database.ts';
import { lightHouse } from './house.ts';

export interface OpenHouse {
  readonly settings: Settings;
  readonly url: string;
  readonly context: Context;
  close(): Promise<void>;
}

/**
 * What a command needs: settings, a prepared database (joined when the site runs, started otherwise) and a context.
 * Refuses with sentences for the person at the terminal. `close` gives everything back.
 */
export const openHouse = async (say: (sentence: string) => void): Promise<Result<OpenHouse, string[]>> => {
  const read = readSettings(process.env);
  if (!read.ok) return refuse(read.sentences);
  const settings = read.value;
  const database = await openDatabase(settings, 'command', say);
  if (!database.ok) return refuse([database.error]);
  const { url } = database.value;
  await prepareDatabase(url, settings);
  const house = await lightHouse(settings, url, { work: false });
  return ok({
    ...{ settings, url },
    context: house.context({ kind: 'system' }),
    close: async () => {
      await house.close();
      await database.value.close();
    },
  });
};
