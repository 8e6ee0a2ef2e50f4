import { agencyWords, callKindCodes, callKinds, configurations } from '#modules/calls/index.ts';
import { currentFrame, declaredIn, openCall, placesNamed } from '#modules/calls/server/index.ts';
import { parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { act, goTo } from '../act.ts';
import { regionsOf } from '../regions-of.ts';
import { configurationWords } from '../words.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const index = context.indexes.get(territoryIndex);
  const own = context.actor.grants.flatMap(({ scope }) => {
    const territory = parseTerritory(scope);
    const found = territory.ok ? index.describe(territory.value) : undefined;
    return found ? [{ value: scope as string, label: found.name }] : [];
  });
  const frame = currentFrame();
  const regions = regionsOf(context);
  const joint = [];
  for (const { code, name } of regions) if ((await declaredIn(context, frame, code)).jointPossible) joint.push(name);
  return {
    ...{ here: 'Nouvel appel', edition: frame.edition, joint },
    kinds: callKindCodes.map((value) => ({ value, label: callKinds[value].words, hint: callKinds[value].hint })),
    configurations: configurations.map((value) => ({ value, label: configurationWords[value] })),
    agencies: (['ars', 'dreets', 'caf', 'departement', 'local'] as const).map((value) => ({
      value,
      label: agencyWords[value],
    })),
    territories: [...new Map(own.map((one) => [one.value, one])).values()],
  };
};

export const actions = {
  default: act('ouvrir', async ({ context, form, text }) => {
    const scopes = context.actor.grants.map(({ scope }) => scope);
    const named = placesNamed(context, scopes, text('other'), 'other');
    if (!named.ok) return named;
    const opened = await openCall(context, {
      ...{ kind: text('kind'), configuration: text('configuration'), motive: text('motive') },
      territory: named.value[0] ?? text('territory'),
      agencies: form.getAll('agencies').map(String),
    });
    return opened.ok ? goTo(opened, `/appels/espace/${opened.value}`) : opened;
  }),
};
