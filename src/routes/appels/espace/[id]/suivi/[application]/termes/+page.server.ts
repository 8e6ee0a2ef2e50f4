import { error } from '@sveltejs/kit';
import { lineLabel, typedCents } from '#modules/calls/index.ts';
import { mailboxesOf, projectView, readTerms, writeTerms } from '#modules/calls/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { act, goTo } from '../../../../act.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const view = await toWrite(context, params);
  const { application, grant, terms, agreement } = view;
  const emails = await mailboxesOf(context, agreement.terms);
  const before = terms?.content;
  return {
    ...{ here: 'Les termes', title: application.title, amendment: agreement.amendments.length },
    back: `/appels/espace/${params.id}/suivi/${params.application}`,
    trail: [
      { href: `/appels/espace/${params.id}/suivi`, label: 'Suivi' },
      { href: `/appels/espace/${params.id}/suivi/${params.application}`, label: application.title },
    ],
    lines: grant.lines.map((line) => ({
      ...{ key: line.key, label: lineLabel(line), most: typedCents(line.cents) },
      typed: typedCents(before?.lines.find(({ key }) => key === line.key)?.cents ?? line.cents),
    })),
    before: {
      ...{ object: before?.object ?? '', conditions: before?.conditions ?? '' },
      ...{ starts_on: before?.starts_on ?? '', ends_on: before?.ends_on ?? '', interim_on: before?.interim_on ?? '' },
      // What was asked or paid stays as it is: only what is still to come is planned again.
      schedule: (before?.schedule ?? [])
        .filter(({ id }) => {
          const known = agreement.payments.find((payment) => payment.id === id);
          return !known || known.status === 'planned';
        })
        .map(({ key, cents, on }) => ({ key, on, typed: typedCents(cents) })),
      parties: before
        ? before.parties.map(({ id, kind, organisation, name, job }) => ({
            ...{ kind, organisation, name, job, email: emails.get(id) ?? '' },
          }))
        : [
            { kind: 'holder' as const, organisation: application.holder, name: '', job: '', email: '' },
            ...[...new Set(grant.lines.map(({ funder }) => funder))].map((organisation) => ({
              ...{ kind: 'funder' as const, organisation, name: '', job: '', email: '' },
            })),
          ],
    },
  };
};

const toWrite = async (context: PersonContext, params: { readonly [name: string]: string }) => {
  const view = await projectView(context, params.application ?? '');
  const writable = view?.agreement.status === 'absent' || view?.agreement.status === 'prepared';
  if (view?.role !== 'organiser' || view.application.call !== params.id || !view.grant || !writable)
    error(404, 'Ces termes ne s’écrivent pas maintenant, ou pas par vous.');
  return { ...view, grant: view.grant };
};

export const actions = {
  ecrire: act('ecrire', async ({ context, form, params }) => {
    const { grant } = await toWrite(context, params);
    const read = readTerms(form, grant);
    if (!read.ok) return read;
    const page = `/appels/espace/${params.id}/suivi/${params.application}`;
    return goTo(await writeTerms(context, params.application ?? '', read.value), `${page}?fait=ecrit`);
  }),
};
