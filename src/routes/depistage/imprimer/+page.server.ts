import { catalogue } from '#messages/server/catalogue.ts';
import { epdsScale } from '#modules/screening/index.ts';
import { screeningPage } from '#modules/screening/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = ({ url, locals }) => {
  const wanted = url.searchParams.get('texte');
  const page = screeningPage('fr', locals.settings, {
    atMachine: locals.atMachine,
    clock: locals.context.clock,
  });
  return unsent({
    words: catalogue.fr.screening,
    wording: page.wordings.find(({ id }) => id === wanted) ?? page.wordings[0],
    choices: page.wordings.map(({ id, name, lang }) => ({ id, name, lang })),
    permission: page.permission,
    reviewedBy: page.reviewedBy,
    calls: page.calls,
    scale: { version: epdsScale.version, bands: epdsScale.bands, anxietyFrom: epdsScale.anxiety.from },
  });
};
