import { formatDay } from '#messages/format.ts';
import {
  agreementWords,
  appealKinds,
  appealWords,
  formatCents,
  nextSteps,
  paymentWords,
  reportKinds,
  reportStatusWords,
  showcaseWords,
  typedCents,
} from '#modules/calls/index.ts';
import type { projectView } from '#modules/calls/server/index.ts';
import { dayAt } from '#platform/clock.ts';

type View = NonNullable<Awaited<ReturnType<typeof projectView>>>;

/** What both pages of a followed project show, the organisers’ and its holder’s: words and days, ready to be read. */
export const projectData = (view: View) => {
  const { application, agreement, texts, showcaseText, showcase, appeals, reports, lines, grant } = view;
  const said = (id: string | null | undefined): string => (id ? (texts.get(id) ?? '') : '');
  const { end, refund, permanence, payments, inForce } = agreement;
  const labels = new Map(lines.map(({ key, label }) => [key, label]));
  const received = refund.received.reduce((sum, { cents }) => sum + cents, 0);
  return {
    ...{
      title: application.title,
      holder: application.holder,
      number: application.number,
      granted: grant !== undefined,
      labelOnly: view.labelOnly,
    },
    ...{ status: agreement.status, statusSaid: agreementWords[agreement.status], written: agreement.terms !== null },
    ...{ inForce: inForce !== null, signatures: agreement.signatures.length, today: view.today },
    ends: inForce ? day(inForce.endsOn) : undefined,
    amendments: agreement.amendments.map(({ reason, at }) => ({ on: dayOf(at), reason: said(reason) })),
    lines: lines.map(({ key, label, granted, agreed, held, paid }) => ({
      ...{
        id: key,
        label,
        granted: formatCents(granted),
        agreed: agreed === null ? 'pas encore' : formatCents(agreed),
      },
      ...{ held: formatCents(held), paid: formatCents(paid) },
    })),
    payments: payments.map(({ id, key, cents, on, status, days }) => ({
      ...{ id, status, line: labels.get(key) ?? key, amount: formatCents(cents), typed: typedCents(cents) },
      said: paymentWords[status],
      on: status === 'planned' ? `prévu le ${day(on)}` : `${paymentWords[status]} le ${day(days[status] ?? on)}`,
    })),
    reports: reports.map(({ id, kind, status, due, more, given, reminders }) => ({
      ...{
        id,
        status,
        title: reportKinds[kind],
        said: reportStatusWords[status],
        due: day(due),
        more: said(more),
        reminders,
      },
      given: given
        ? {
            indicators: given.indicators.map((one) => ({
              ...indicatorOf(view, one.id),
              ...{ id: one.id, words: one.words, actual: one.actual === null ? '' : number(one.actual) },
            })),
            expenses: given.expenses.map(({ label, planned, spent }) => ({
              ...{ label, planned: formatCents(planned), spent: spent === null ? 'pas encore' : formatCents(spent) },
            })),
            words: given.words,
            next: given.next === '' ? '' : nextSteps[given.next],
            nextWords: given.next_words,
          }
        : undefined,
    })),
    end: end
      ? { by: end.by === 'holder' ? 'le porteur' : 'l’organisateur', on: dayOf(end.at), reason: said(end.reason) }
      : undefined,
    refund: { due: formatCents(refund.due), received: formatCents(received), left: refund.due - received > 0 },
    permanence: permanence
      ? {
          words: nextSteps[permanence.next],
          on: permanence.on ? day(permanence.on) : undefined,
          more: said(permanence.words),
        }
      : undefined,
    appeals: appeals.map(({ id, kind, status, on, text, study, answer }) => ({
      ...{ id, status, kind: appealKinds[kind], said: appealWords[status], on: day(on), text, study, answer },
    })),
    appealTerms: view.appealTerms,
    showcase: {
      ...{ status: showcase.status, said: showcaseWords[showcase.status], slug: showcase.slug },
      ...{ text: showcaseText?.content, sha256: showcaseText?.sha256 ?? '' },
    },
  };
};

const indicatorOf = ({ indicators }: View, id: string) => {
  const known = indicators.find((one) => one.id === id);
  return {
    ...{ title: known?.title ?? id, unit: known?.unit ?? '' },
    target: known?.target == null ? 'non précisée' : number(known.target),
  };
};

const day = (iso: string): string => formatDay('fr', iso);
const dayOf = (instant: string): string => day(dayAt(Temporal.Instant.from(instant), 'Europe/Paris').toString());
const number = (value: number): string => String(value).replace('.', ',');
