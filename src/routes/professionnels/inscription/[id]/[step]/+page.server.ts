import { error, fail, redirect } from '@sveltejs/kit';
import { allPriorities, priorityTitle } from '#modules/priorities/server/index.ts';
import {
  allTroubles,
  isUnreachable,
  type StepCode,
  stepAfter,
  stepsOf,
  summaryOf,
} from '#modules/professionals/index.ts';
import {
  keepStep,
  likelyListings,
  lookUpCompany,
  placeOnMap,
  readRegistration,
  searchCompanies,
  sendRegistration,
} from '#modules/professionals/server/index.ts';
import { createGeocoder, territoryIndex } from '#modules/territory/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

export const load = async ({ params, locals, url }) => {
  if (locals.sessionEnded) return { expired: true as const, here: 'Votre connexion a pris fin' };
  const context = requirePerson(locals.context, url);
  const registration = await readRegistration(context, params.id);
  if (!registration?.mayEdit) error(404, 'Cette inscription n’existe pas, ou vous n’en faites pas partie.');
  const { draft, revision, status } = registration;
  const steps = stepsOf(draft).map(({ code, label }) => ({
    ...{ code, label },
    href: `/professionnels/inscription/${params.id}/${code}`,
  }));
  const at = steps.findIndex(({ code }) => code === params.step);
  const step = steps[at];
  if (!step) error(404, 'Cette étape n’existe pas.');
  return {
    expired: false as const,
    ...{ id: params.id, here: step.label, draft, revision, steps, step: step.code, rank: at + 1 },
    sentBefore: status !== 'draft',
    back: steps[at - 1]?.href,
    priorities: allPriorities().map(({ number, title, lead }) => ({ number, title, lead })),
    register: locals.settings.COMPANY_REGISTER_URL !== undefined,
    likely: step.code === 'envoi' && status === 'draft' ? await likelyListings(context, draft) : [],
    lines: step.code === 'envoi' ? summaryOf(draft, priorityTitle) : [],
    unreachable: isUnreachable(draft),
    missing:
      step.code === 'envoi'
        ? allTroubles(draft).map(({ step: where, refusal }) => ({ step: where, message: refusal.message }))
        : [],
  };
};

export const actions = {
  default: async ({ params, request, locals, url, getClientAddress }) => {
    if (locals.context.actor.kind !== 'person') return keptForm(locals, await readForm(request));
    const context = requirePerson(locals.context, url);
    const registration = await readRegistration(context, params.id);
    if (!registration?.mayEdit) error(404, 'Cette inscription n’existe pas, ou vous n’en faites pas partie.');
    const known = stepsOf(registration.draft).find(({ code }) => code === params.step);
    const form = await readForm(request);
    if (!known || !form) error(400, 'Ce formulaire est incomplet.');
    const step: StepCode = known.code;
    if (step === 'envoi') {
      const sent = await sendRegistration(context, params.id, locals.publicOrigin);
      if (!sent.ok) return fail(409, { errors: {}, message: sent.error[0]?.message ?? '' });
      redirect(303, `/professionnels/espace/${params.id}?${sent.value.published ? 'en-ligne' : 'envoyee'}`);
    }
    const intent = String(form.get('intent') ?? '');
    if (intent === 'take-siret' && form.has('found_siret')) form.set('siret', String(form.get('found_siret')));
    const kept = await keepStep(context, params.id, Number(form.get('revision')), step, form);
    if (!kept.ok) return fail(409, { errors: {}, message: kept.error.message });
    const { draft, troubles } = kept.value;
    const { GEOCODER_URL, COMPANY_REGISTER_URL } = locals.settings;
    if (step === 'lieux' && GEOCODER_URL !== undefined) {
      const index = () => context.indexes.get(territoryIndex);
      await placeOnMap(context, params.id, createGeocoder({ url: GEOCODER_URL, index, log: context.log }));
    }
    if (intent === 'find-company' && COMPANY_REGISTER_URL !== undefined) {
      const sought = { name: String(form.get('find_name') ?? ''), commune: String(form.get('find_commune') ?? '') };
      const [index, { limits }] = [context.indexes.get(territoryIndex), locals.house];
      const port = { url: COMPANY_REGISTER_URL, log: context.log, index, limits, from: getClientAddress() };
      return { searched: { sought, answer: await searchCompanies(port, sought) } };
    }
    if ((intent === 'look-up' || intent === 'take-siret') && COMPANY_REGISTER_URL !== undefined) {
      const found = await lookUpCompany({ url: COMPANY_REGISTER_URL, log: context.log }, draft.structure.siret);
      return { found };
    }
    if (intent === 'save') redirect(303, '/professionnels/espace?gardee');
    if (intent !== 'next') redirect(303, `/professionnels/inscription/${params.id}/${step}`);
    if (troubles.length === 0) {
      redirect(303, `/professionnels/inscription/${params.id}/${stepAfter(draft, step) ?? 'envoi'}`);
    }
    return fail(400, {
      message: '',
      errors: Object.fromEntries(troubles.map(({ field = '', message }) => [field, message])),
    });
  },
};

/** The session ended while a step was being written: what was written comes back, to be sent again once signed in. */
const keptForm = (locals: App.Locals, form: FormData | undefined) => {
  locals.sessionEnded = true;
  const fields = [...(form ?? [])].flatMap(([name, value]) => (typeof value === 'string' ? [{ name, value }] : []));
  return fail(401, { fields });
};
