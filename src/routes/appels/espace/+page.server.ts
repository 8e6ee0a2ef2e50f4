import { agencyWords, deadlineWords, stateAgencies } from '#modules/calls/index.ts';
import {
  currentFrame,
  declares,
  ownCalls,
  ownSelections,
  placeOf,
  readDeclaration,
  titleOfCall,
  whatWaits,
} from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { regionsOf } from './regions-of.ts';
import { declarationWords, statusWords } from './words.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const { edition } = currentFrame();
  const declarations = [];
  for (const { code, name } of regionsOf(context)) {
    for (const agency of stateAgencies) {
      const key = { edition, agency, region: code };
      if (!declares(context, key)) continue;
      const { status, late } = await readDeclaration(context, key);
      declarations.push({
        href: `/appels/espace/declarations/${edition}/${agency}/${code}`,
        title: `${agencyWords[agency]}, ${name}`,
        detail: `Édition ${edition} · ${declarationWords[status]}${late ? ', après la date nationale' : ''}`,
      });
    }
  }
  return {
    waiting: (await whatWaits(context)).map(({ href, words, title, due, zone, place }) => ({
      ...{ href, title: words },
      detail: due ? `${title} · ${deadlineWords(due, zone, place)}` : title,
    })),
    declarations,
    seats: await Promise.all(
      (await ownSelections(context)).map(async ({ call, as }) => ({
        href: `/appels/espace/${call}/jury${as === 'opinion' ? '/avis' : ''}`,
        title: await titleOfCall(context, call),
        detail: as === 'opinion' ? 'Un avis vous est demandé' : 'Vous êtes du jury',
      })),
    ),
    calls: (await ownCalls(context)).map(({ id, call, title }) => ({
      href: `/appels/espace/${id}`,
      title,
      detail: `${placeOf(context, call.territory).name} · ${statusWords[call.status]}`,
    })),
  };
};
