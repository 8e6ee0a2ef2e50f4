import { error } from '@sveltejs/kit';
import type { AppealKind } from '#modules/calls/index.ts';
import {
  agreeToShowcase,
  moveAgreement,
  projectView,
  receiveAppeal,
  stepPayment,
  withdrawShowcase,
} from '#modules/calls/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { projectData } from '../../../[id]/suivi/project-data.ts';
import { act, goTo, type Sent } from '../../../act.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const view = await held(context, params);
  const { title } = view.application;
  return {
    ...projectData(view),
    ...{ here: 'Suivi', id: params.id, done: url.searchParams.get('fait'), signs: view.role === 'signatory' },
    notified: view.application.status === 'notified',
    trail: [
      { href: '/appels/espace/candidatures', label: 'Mes candidatures' },
      { href: `/appels/espace/candidatures/${params.id}`, label: title || 'Candidature' },
    ],
  };
};

/** The follow-up of an application, for somebody of its holder’s side. */
const held = async (context: PersonContext, params: { readonly [name: string]: string }) => {
  const view = await projectView(context, params.id ?? '');
  if (!view || view.role === 'organiser')
    error(404, 'Cette candidature n’existe pas, ou n’est pas ouverte à votre adresse.');
  return view;
};

const here = ({ params }: Sent, done: string): string => `/appels/espace/candidatures/${params.id}/suivi?fait=${done}`;
const idOf = ({ params }: Sent): string => params.id ?? '';

export const actions = {
  demander: act('demander', async (sent) => {
    const { today } = await held(sent.context, sent.params);
    const order = { command: 'ask', id: sent.text('payment'), on: today } as const;
    return goTo(await stepPayment(sent.context, idOf(sent), order), here(sent, 'demander'));
  }),
  accord: act('accord', async (sent) =>
    goTo(await agreeToShowcase(sent.context, idOf(sent), sent.text('sha256')), here(sent, 'accord')),
  ),
  annuler: act('annuler', async (sent) =>
    goTo(await withdrawShowcase(sent.context, idOf(sent)), here(sent, 'annuler')),
  ),
  fin: act('fin', async (sent) => {
    const move = { command: 'askEnd', reason: sent.text('reason') } as const;
    return goTo(await moveAgreement(sent.context, idOf(sent), move, sent.origin), here(sent, 'fin'));
  }),
  poursuivre: act('poursuivre', async (sent) =>
    goTo(await moveAgreement(sent.context, idOf(sent), { command: 'dropEnd' }, sent.origin), here(sent, 'poursuivre')),
  ),
  recours: act('recours', async (sent) => {
    const { today } = await held(sent.context, sent.params);
    const kind: AppealKind = sent.text('kind') === 'hierarchical' ? 'hierarchical' : 'gracious';
    return goTo(
      await receiveAppeal(sent.context, idOf(sent), { kind, on: today, text: sent.text('text') }),
      here(sent, 'recours'),
    );
  }),
};
