import { error, fail, redirect } from '@sveltejs/kit';
import { type ApplicationContent, clockWords, partTitles } from '#modules/calls/index.ts';
import { ownFile, readPart, sayHere } from '#modules/calls/server/index.ts';
import { readSiret } from '#modules/professionals/index.ts';
import { lookUpCompany, searchCompanies } from '#modules/professionals/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { type PersonContext, requirePerson } from '#platform/server/identity/require-person.ts';
import { keepPart } from './keep-part.ts';
import { offerOf, partOf } from './part-data.ts';

export const load = async ({ locals, url, params }) => {
  if (locals.sessionEnded) return { expired: true as const, here: 'Votre connexion a pris fin' };
  const context = requirePerson(locals.context, url);
  const file = await ownFile(context, params.id);
  const part = file && partOf(file, params.part);
  if (!part) error(404, notHere);
  const { row, words } = file;
  const [now, others] = [await readPart(context, params.id, part), await sayHere(context, params.id, part)];
  const zone = words.call.calendar?.zone ?? words.zone;
  return {
    expired: false as const,
    ...{ id: params.id, part, here: partTitles[part], offer: offerOf(context, file), others: others ?? [] },
    trail: [
      { href: '/appels/espace/candidatures', label: 'Mes candidatures' },
      { href: `/appels/espace/candidatures/${params.id}`, label: row.title || 'Candidature' },
    ],
    writes: await file.isOpen(part),
    ...{ seen: now.version, content: { ...file.content, [part]: now.content } as ApplicationContent },
    saved: now.at ? `Enregistré ${clockWords(now.at, zone, context.clock.now())}, par ${now.by}.` : '',
    pending: row.status === 'incomplete' ? 'Complément non envoyé.' : row.status === 'draft' ? 'Non déposé.' : '',
    done: url.searchParams.has('enregistre'),
    register: locals.settings.COMPANY_REGISTER_URL !== undefined,
    badSiret: part === 'holder' && file.content.holder.siret !== '' && !readSiret(file.content.holder.siret).ok,
  };
};

export const actions = {
  default: async ({ request, locals, url, params, getClientAddress }) => {
    const form = await readForm(request);
    if (!form) error(400);
    if (locals.context.actor.kind !== 'person') {
      // The session ended while somebody was writing: what they wrote comes back, to be sent again once signed in.
      locals.sessionEnded = true;
      return fail(401, { waiting: fieldsOf(form) });
    }
    const context = requirePerson(locals.context, url);
    const intent = String(form.get('intent') ?? '');
    if (intent === 'take-siret' && form.has('found_siret')) form.set('siret', String(form.get('found_siret')));
    const kept = await keepPart(context, params.id, params.part, form);
    if (!kept) error(404, notHere);
    const typed = typedIn(form);
    if (kept.state === 'refused') return fail(400, { ...kept, typed });
    if (kept.state === 'conflict') return fail(409, { ...kept, typed });
    const { COMPANY_REGISTER_URL: register } = locals.settings;
    const found =
      (intent === 'look-up' || intent === 'take-siret') && register !== undefined
        ? await lookUpCompany({ url: register, log: context.log }, String(form.get('siret') ?? ''))
        : undefined;
    const sought = { name: String(form.get('find_name') ?? ''), commune: String(form.get('find_commune') ?? '') };
    const { limits } = locals.house;
    const searched =
      intent === 'find-company' && register !== undefined
        ? {
            sought,
            answer: await searchCompanies(
              { url: register, ...asking(context), limits, from: getClientAddress() },
              sought,
            ),
          }
        : undefined;
    if (kept.troubles.length > 0) {
      // Places that were understood are kept: what is shown again is what is left to say.
      const places = 'territories' in kept.content ? { territories: kept.content.territories, add: [kept.left] } : {};
      return fail(400, { ...kept, typed: { ...typed, ...places }, found, searched });
    }
    if (found ?? searched) return { state: 'found' as const, found, searched };
    redirect(303, intent === 'stay' ? `${url.pathname}?enregistre` : `/appels/espace/candidatures/${params.id}`);
  },
};

const asking = ({ log, indexes }: PersonContext) => ({ log, index: indexes.get(territoryIndex) });

const notHere = 'Cette partie n’existe pas, ou n’est pas ouverte à votre adresse.';

const fieldsOf = (form: FormData) =>
  [...form].flatMap(([name, value]) => (typeof value === 'string' ? [{ name, value }] : []));

/** All that was typed, so that nothing is lost: several values of one name stay several. */
const typedIn = (form: FormData): Record<string, string[]> => {
  const typed: Record<string, string[]> = {};
  for (const { name, value } of fieldsOf(form)) typed[name] = [...(typed[name] ?? []), value];
  return typed;
};
