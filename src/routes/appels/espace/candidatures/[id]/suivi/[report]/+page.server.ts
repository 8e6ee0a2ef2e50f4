import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import {
  formatCents,
  nextSteps,
  type ReportContent,
  readCents,
  readNumber,
  reportKinds,
  reportStatusWords,
  reportWords,
  typedCents,
} from '#modules/calls/index.ts';
import { firstReport, giveReport, lastReport, projectView, writeReport } from '#modules/calls/server/index.ts';
import { ok, type Result } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { oneLine, typedText } from '#platform/text.ts';
import { projectData } from '../../../../[id]/suivi/project-data.ts';
import { act, goTo } from '../../../../act.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const { view, report } = await own(context, params);
  const last = await lastReport(context, report.id);
  const content = last?.content ?? (await firstReport(context, params.id));
  return {
    ...{ here: reportKinds[report.kind], title: view.application.title, done: url.searchParams.get('fait') },
    ...{ kind: report.kind, status: report.status, said: reportStatusWords[report.status] },
    ...{
      due: formatDay('fr', report.due),
      seen: last?.id ?? '',
      sha256: last?.sha256 ?? '',
      signs: view.role === 'signatory',
    },
    writes: view.role !== 'reader' && report.status === 'asked',
    more: report.more ? (view.texts.get(report.more) ?? '') : '',
    given: projectData(view).reports.find(({ id }) => id === report.id)?.given,
    trail: [
      { href: `/appels/espace/candidatures/${params.id}`, label: view.application.title },
      { href: `/appels/espace/candidatures/${params.id}/suivi`, label: 'Suivi' },
    ],
    indicators: content.indicators.map(({ id, actual, words }) => {
      const known = view.indicators.find((one) => one.id === id);
      return {
        ...{ id, words, actual: actual === null ? '' : String(actual).replace('.', ',') },
        label: known ? [known.title, known.unit].filter(Boolean).join(', ') : id,
        target: known?.target == null ? 'non précisée' : String(known.target).replace('.', ','),
      };
    }),
    expenses: content.expenses.map(({ label, planned, spent }) => ({
      ...{ label, planned: formatCents(planned), spent: spent === null ? '' : typedCents(spent) },
    })),
    words: Object.entries(reportWords).map(([name, label]) => ({
      ...{ name, label, text: content.words[name as keyof typeof reportWords] },
    })),
    ...{ next: content.next, nextWords: content.next_words },
    nextSteps: [
      { value: '', label: 'À choisir' },
      ...Object.entries(nextSteps).map(([value, label]) => ({ value, label })),
    ],
  };
};

const own = async (context: PersonContext, params: { readonly [name: string]: string }) => {
  const view = await projectView(context, params.id ?? '');
  const report = view?.reports.find(({ id }) => id === params.report);
  if (!view || !report || view.role === 'organiser') error(404, 'Ce bilan n’existe pas, ou n’est pas pour vous.');
  return { view, report };
};

/** Reads the form of a report over the indicators and the expenses that it must answer. */
const readReport = (form: FormData, before: ReportContent): Result<ReportContent> => {
  const of = (name: string): string => String(form.get(name) ?? '');
  const indicators: ReportContent['indicators'] = [];
  for (const { id } of before.indicators) {
    const actual = readNumber(of(`actual_${id}`), `actual_${id}`);
    if (!actual.ok) return actual;
    indicators.push({ id, actual: actual.value, words: oneLine(of(`words_${id}`)).slice(0, 300) });
  }
  const expenses: ReportContent['expenses'] = [];
  for (const [at, { label, planned }] of before.expenses.entries()) {
    const spent = readCents(of(`spent_${at}`), `spent_${at}`);
    if (!spent.ok) return spent;
    expenses.push({ label, planned, spent: spent.value ?? null });
  }
  const next = Object.keys(nextSteps).find((one): one is keyof typeof nextSteps => one === of('next')) ?? '';
  return ok({
    ...{ indicators, expenses, next, next_words: oneLine(of('next_words')).slice(0, 300) },
    words: {
      ...{ done: typedText(of('done')), families: typedText(of('families')) },
      ...{ difficulties: typedText(of('difficulties')), permanence: typedText(of('permanence')) },
    },
  });
};

export const actions = {
  ecrire: act('ecrire', async ({ context, form, params, text }) => {
    const { report } = await own(context, params);
    const id = params.id ?? '';
    const before = (await lastReport(context, report.id))?.content ?? (await firstReport(context, id));
    const content = readReport(form, before);
    if (!content.ok) return content;
    const page = `/appels/espace/candidatures/${id}/suivi/${report.id}?fait=ecrit`;
    return goTo(await writeReport(context, id, report.id, content.value, text('seen')), page);
  }),
  accord: act('accord', async ({ context, params, text }) => {
    const { report } = await own(context, params);
    const id = params.id ?? '';
    return goTo(
      await giveReport(context, id, report.id, text('sha256')),
      `/appels/espace/candidatures/${id}/suivi?fait=bilan`,
    );
  }),
};
