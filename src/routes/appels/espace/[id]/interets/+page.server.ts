import { error } from '@sveltejs/kit';
import { interestAnswers, linkKinds } from '#modules/calls/index.ts';
import { answerFound, declareInterests, interestsView, titleOfCall } from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { act, goTo, type Sent } from '../../act.ts';

/** How many files one form names. */
const ROWS = 4;

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const view = await interestsView(context, params.id);
  if (!view) error(404, 'Cet appel n’existe pas, ou vous n’avez pas de part dans sa sélection.');
  const said = (kind: keyof typeof linkKinds | null): string => (kind ? linkKinds[kind] : 'Rapprochement confirmé');
  return {
    ...{ id: params.id, title: await titleOfCall(context, params.id), here: 'Mes intérêts' },
    ...{ done: url.searchParams.get('fait'), status: view.status, answer: view.answer, automatic: view.automatic },
    framed: view.framed,
    ...{ sirens: view.sirens.join('\n'), rows: ROWS, leads: view.role === 'instructor' },
    opens: view.role === 'expert' ? `/appels/espace/${params.id}/jury/avis` : `/appels/espace/${params.id}/evaluations`,
    answers: Object.entries(interestAnswers).map(([value, label]) => ({ value, label })),
    kinds: Object.entries(linkKinds).map(([value, label]) => ({ value, label })),
    named: view.named.map(({ application, holder, partners }) => ({ value: application, holder, partners })),
    toAnswer: view.toAnswer.map(({ application, holder, grounds }) => ({
      ...{ application, holder },
      why: [...new Set(grounds.map((ground) => groundWords[ground.split(':', 1)[0] as keyof typeof groundWords]))],
    })),
    recusals: view.recusals.map(({ kind, reason }) => ({ kind: said(kind), reason })),
    links: view.links.map(({ stand, kind, ...link }) => ({
      ...link,
      said:
        stand === 'linked' ? said(kind) : stand === 'lifted' ? 'Déport levé par la présidence' : 'Rapprochement réfuté',
    })),
  };
};

/** Why a file was found for somebody. */
const groundWords = {
  holder: 'une de vos organisations la porte',
  partner: 'une de vos organisations y est partenaire',
  funder: 'une de vos organisations la cofinance',
  team: 'vous l’écrivez',
} as const;

const idOf = ({ params }: Sent): string => params.id ?? '';
const here = (sent: Sent, done: string): string => `/appels/espace/${idOf(sent)}/interets?fait=${done}`;

export const actions = {
  declarer: act('declarer', async (sent) => {
    const { text } = sent;
    const files = Array.from({ length: ROWS }, (_, at) => ({
      ...{ application: text(`file-${at}`), stand: text(`stand-${at}`) },
      ...{ kind: text(`kind-${at}`), reason: text(`reason-${at}`) },
    })).filter(({ application }) => application !== '');
    const said = { answer: text('answer'), files, sirens: text('sirens') };
    const done = said.answer === 'later' ? 'plus-tard' : 'declare';
    return goTo(await declareInterests(sent.context, idOf(sent), said), here(sent, done));
  }),
  repondre: act('repondre', async (sent) => {
    const { text } = sent;
    const said = { application: text('application'), confirmed: text('answer') === 'confirm', reason: text('reason') };
    return goTo(await answerFound(sent.context, idOf(sent), said), here(sent, 'repondu'));
  }),
};
