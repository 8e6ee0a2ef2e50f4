import { type Result, refuse } from '#platform/result.ts';
import { drawKey, saltOf, seal, unseal } from '../device/index.ts';
import { exportFileToText, type Kept, keptToText, readExportFile, readKept } from '../index.ts';

/** The text of a copy of everything, sealed when there is a passphrase. */
export const makeCopy = async (kept: Kept, passphrase: string): Promise<string> => {
  const text = keptToText(kept);
  return exportFileToText(passphrase ? { sealed: await seal(text, await drawKey(passphrase)) } : { kept: text });
};

/** Reads a copy. Refuses, with a sentence, what is not one or not whole, a wrong passphrase and a newer version. */
export const readCopy = async (copy: string, passphrase: string, today: Temporal.PlainDate): Promise<Result<Kept>> => {
  const file = readExportFile(copy);
  if (!file.ok) return file;
  if ('kept' in file.value) return readKept(file.value.kept, today);
  const { sealed } = file.value;
  const text = await unseal(sealed, await drawKey(passphrase, saltOf(sealed)));
  return text === undefined ? refuse(passphrase ? wrongPassphrase : sealedCopy) : readKept(text, today);
};

const sealedCopy = { code: 'sealed', message: 'Cette copie demande sa phrase de passe.' };
const wrongPassphrase = {
  code: 'wrong_passphrase',
  message: 'Ce n’est pas la bonne phrase de passe. Ce qui est sur cet appareil n’a pas changé.',
};
