import { error } from '@sveltejs/kit';
import { issueCodes, issueOf, issuesOf, letterWords } from '#modules/calls/index.ts';
import {
  appealTermsOf,
  composeLetter,
  prepareLetters,
  resultsView,
  sendPrepared,
  templatesOf,
  unsignedAmong,
  writeTemplate,
} from '#modules/calls/server/index.ts';
import { act, goTo, type Sent } from '../../../act.ts';
import { openSelection, whereIs } from '../../open-selection.ts';

/** Letters shown whole on the page; the others are on the page of their application. */
const SHOWN = 30;

export const load = async ({ locals, url, params }) => {
  const place = await openSelection(locals, url, params.id);
  const view = place.open ? await resultsView(place.context, params.id, place.call) : undefined;
  if (!place.open || !view?.open) error(404, 'Déclarez d’abord vos intérêts pour cet appel.');
  const { context, call, role } = place;
  const templates = await templatesOf(context, params.id);
  const waiting = view.lines.filter(
    ({ decision, signed, status }) =>
      (decision.status === 'written' && signed) || (status === 'inadmissible' && decision.status === 'absent'),
  );
  const previews = await Promise.all(
    waiting.slice(0, SHOWN).map(async ({ id, number, title }) => {
      const letter = await composeLetter(context, id, locals.publicOrigin);
      const common = { id, title: `n° ${number}, ${title}`, href: `/appels/espace/${params.id}/resultats/${id}` };
      return letter.ok
        ? { ...common, subject: letter.value.subject, text: letter.value.text, refusal: undefined }
        : { ...common, subject: '', text: '', refusal: letter.error.message };
    }),
  );
  const prepared = view.lines.filter(({ decision }) => decision.status === 'prepared');
  const unsigned = await unsignedAmong(
    context,
    prepared.map(({ id }) => id),
  );
  return {
    ...whereIs(params.id, 'Courriers', [{ href: `/appels/espace/${params.id}/resultats`, label: 'Résultats' }]),
    ...{ done: url.searchParams.get('fait'), left: Number(url.searchParams.get('reste') ?? '0') || 0 },
    ...{ writes: role === 'approver' || role === 'writer', approves: role === 'approver', status: call.status },
    appeal: await appealTermsOf(context, params.id, call),
    templates: issueCodes
      .filter((code) => code === 'inadmissible' || issuesOf(call.kind).includes(code))
      .map((code) => ({ code, name: issueOf(code).words, ...templates[code] })),
    words: Object.entries(letterWords).map(([word, meaning]) => ({ term: `{${word}}`, detail: meaning })),
    ...{ previews, more: Math.max(0, waiting.length - SHOWN) },
    prepared: prepared.map(({ id, number, title }) => ({
      href: `/appels/espace/${params.id}/${unsigned.has(id) ? 'candidatures' : 'resultats'}/${id}`,
      title: `n° ${number}, ${title}`,
      detail: unsigned.has(id) ? 'Personne à qui écrire : nommez qui signe' : 'Prêt, pas encore envoyé',
    })),
  };
};

const here = ({ params }: Sent, done: string): string => `/appels/espace/${params.id}/resultats/courriers?fait=${done}`;

export const actions = {
  modele: act('modele', async (sent) => {
    const { context, params, text } = sent;
    const typed = { subject: text('subject'), text: text('text') };
    return goTo(await writeTemplate(context, params.id ?? '', text('issue'), typed), here(sent, 'modele'));
  }),
  preparer: act('preparer', async (sent) => {
    const done = await prepareLetters(sent.context, sent.params.id ?? '', sent.origin);
    return done.ok ? { ok: true, value: `${here(sent, 'preparer')}&reste=${done.value.left}` } : done;
  }),
  envoyer: act('envoyer', async (sent) =>
    goTo(await sendPrepared(sent.context, sent.params.id ?? ''), here(sent, 'envoyer')),
  ),
};
