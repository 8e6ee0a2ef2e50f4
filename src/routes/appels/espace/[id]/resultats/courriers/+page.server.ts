import { error } from '@sveltejs/kit';
import { issueCodes, issueOf, issuesOf, letterWords } from '#modules/calls/index.ts';
import {
  appealTermsOf,
  LETTERS_AT_ONCE,
  lettersToPrepare,
  preparedOn,
  prepareLetters,
  previewLetters,
  resultsView,
  sendPrepared,
  templatesOf,
  unsignedAmong,
  writeTemplate,
} from '#modules/calls/server/index.ts';
import { pageAsked } from '#platform/page-asked.ts';
import { act, goTo, type Sent } from '../../../act.ts';
import { openSelection, whereIs } from '../../open-selection.ts';

export const load = async ({ locals, url, params }) => {
  const place = await openSelection(locals, url, params.id);
  const view = place.open ? await resultsView(place.context, params.id, place.call) : undefined;
  if (!place.open || !view?.open) error(404, 'Déclarez d’abord vos intérêts pour cet appel.');
  const { context, call, role, momentOf } = place;
  const templates = await templatesOf(context, params.id);
  const waiting = await lettersToPrepare(context, params.id);
  const pages = Math.max(1, Math.ceil(waiting.length / LETTERS_AT_ONCE));
  const page = Math.min(pages, pageAsked(url));
  const first = (page - 1) * LETTERS_AT_ONCE;
  const shown = waiting.slice(first, first + LETTERS_AT_ONCE);
  const { letters, read } = await previewLetters(context, shown, locals.publicOrigin);
  const titles = new Map(view.lines.map(({ id, number, title }) => [id, `n° ${number}, ${title}`]));
  const prepared = view.lines.filter(({ decision }) => decision.status === 'prepared');
  const ids = prepared.map(({ id }) => id);
  const unsigned = await unsignedAmong(context, ids);
  const readOn = await preparedOn(context, ids);
  return {
    ...whereIs(params.id, 'Courriers', [{ href: `/appels/espace/${params.id}/resultats`, label: 'Résultats' }]),
    done: url.searchParams.get('fait'),
    ...{ writes: role === 'approver' || role === 'writer', approves: role === 'approver', status: call.status },
    appeal: await appealTermsOf(context, params.id, call),
    templates: issueCodes
      .filter((code) => code === 'inadmissible' || issuesOf(call.kind).includes(code))
      .map((code) => ({ code, name: issueOf(code).words, ...templates[code] })),
    words: Object.entries(letterWords).map(([word, meaning]) => ({ term: `{${word}}`, detail: meaning })),
    letters: letters.map(({ id, letter }) => ({
      ...{ id, title: titles.get(id) ?? '', href: `/appels/espace/${params.id}/resultats/${id}` },
      ...(letter.ok ? letter.value : { subject: '', text: '' }),
      refusal: letter.ok ? undefined : letter.error.message,
    })),
    ...{ read, page, pages, waiting: waiting.length, from: first + 1, to: first + shown.length },
    prepared: prepared.map(({ id, number, title }) => {
      const on = readOn.get(id);
      const ready = on ? `Lu et préparé le ${momentOf(on)}, pas encore envoyé` : 'Prêt, pas encore envoyé';
      return {
        href: `/appels/espace/${params.id}/${unsigned.has(id) ? 'candidatures' : 'resultats'}/${id}`,
        title: `n° ${number}, ${title}`,
        detail: unsigned.has(id) ? 'Personne à qui écrire : nommez qui signe' : ready,
      };
    }),
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
    const { context, params, form, origin } = sent;
    const read = { applications: form.getAll('letter').map(String), sha256: sent.text('read') };
    return goTo(await prepareLetters(context, params.id ?? '', read, origin), here(sent, 'preparer'));
  }),
  envoyer: act('envoyer', async (sent) =>
    goTo(await sendPrepared(sent.context, sent.params.id ?? ''), here(sent, 'envoyer')),
  ),
};
