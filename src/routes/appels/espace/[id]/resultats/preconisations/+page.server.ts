import { isSupported } from '#modules/calls/index.ts';
import { followUp, followWords, readTexts, recommend } from '#modules/calls/server/index.ts';
import { act, goTo, type Sent } from '../../../act.ts';
import { noteStep, planStep, shownSteps } from '../../../support-form.ts';
import { whereIs } from '../../open-selection.ts';
import { loadRecommendations } from './load-recommendations.ts';

export const load = async ({ locals, url, params }) => {
  const { context, access, dayOf, lines, all, supports, nameOf } = await loadRecommendations(locals, url, params.id);
  const supported = lines.filter(({ id, decision }) => supports.has(id) || isSupported(decision));
  const texts = await readTexts(
    context,
    supported.flatMap(({ decision }) => decision.ruling?.referent ?? []),
  );
  return {
    ...whereIs(params.id, 'Préconisations', [{ href: `/appels/espace/${params.id}/resultats`, label: 'Résultats' }]),
    ...{ done: url.searchParams.get('fait'), writes: access.role !== 'expert' },
    projects: lines.map(({ id }) => ({ value: id, label: nameOf(id) })),
    supports: supported.map(({ id, decision }) => ({
      ...{ id, about: nameOf(id), steps: shownSteps(supports.get(id) ?? []) },
      referent: texts.get(decision.ruling?.referent ?? '') ?? '',
      ...{ href: `/appels/espace/${params.id}/resultats/${id}`, ended: !isSupported(decision) },
    })),
    follows: access.role === 'instructor',
    statuses: Object.entries(followWords).map(([value, label]) => ({ value, label })),
    all: all.map(({ id, application, text, author_name, written_at, status, steps }) => ({
      ...{ id, about: nameOf(application), text, author: author_name, on: dayOf(written_at), status },
      said: followWords[status],
      steps: steps.map((step) => ({
        ...{ on: dayOf(step.noted_at), said: followWords[step.status], words: step.words },
      })),
    })),
  };
};

const here = ({ params }: Sent, done: string): string =>
  `/appels/espace/${params.id}/resultats/preconisations?fait=${done}`;

export const actions = {
  prevoir: act('prevoir', async (sent) => goTo(await planStep(sent, sent.text('application')), here(sent, 'prevoir'))),
  etape: act('etape', async (sent) => goTo(await noteStep(sent, sent.text('application')), here(sent, 'etape'))),
  preconiser: act('preconiser', async (sent) => {
    const said = { application: sent.text('application') || undefined, text: sent.text('text') };
    return goTo(await recommend(sent.context, sent.params.id ?? '', said), here(sent, 'preconiser'));
  }),
  suivre: act('suivre', async (sent) => {
    const noted = { id: sent.text('recommendation'), status: sent.text('status'), words: sent.text('words') };
    return goTo(await followUp(sent.context, sent.params.id ?? '', noted), here(sent, 'suivre'));
  }),
};
