import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { opinionViews } from '#modules/calls/index.ts';
import { acceptOpinion, endOpinion, giveOpinion, ownOpinion, titleOfCall } from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { act, goTo, type Sent } from '../../../../act.ts';
import { opinionWords } from '../words.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const opinion = await ownOpinion(context, params.opinion);
  if (opinion?.call !== params.id) error(404, 'Cet avis n’existe pas, ou n’est plus demandé à votre adresse.');
  const { lastDay, status, shown, ...said } = opinion;
  return {
    ...{ ...said, id: params.id, opinion: params.opinion, status, title: await titleOfCall(context, params.id) },
    ...{ here: 'Mon avis', done: url.searchParams.get('fait'), statusSaid: opinionWords[status] },
    ...{ shown: opinionViews[shown], due: formatDay('fr', lastDay) },
  };
};

const here = ({ params }: Sent, done: string): string =>
  `/appels/espace/${params.id}/jury/avis/${params.opinion}?fait=${done}`;
const idOf = ({ params }: Sent): string => params.opinion ?? '';

export const actions = {
  accepter: act('accepter', async (sent) =>
    goTo(await acceptOpinion(sent.context, idOf(sent)), here(sent, 'accepter')),
  ),
  remettre: act('remettre', async (sent) => {
    const answers = Array.from({ length: 20 }, (_, at) => sent.text(`answer-${at}`));
    return goTo(await giveOpinion(sent.context, idOf(sent), answers), here(sent, 'remettre'));
  }),
  decliner: act('decliner', async (sent) =>
    goTo(await endOpinion(sent.context, idOf(sent), 'refuse', sent.text('reason')), here(sent, 'decliner')),
  ),
};
