import { error } from '@sveltejs/kit';
import { clockWords, deadlineWords, openParts, partTitles, rules, secondWords } from '#modules/calls/index.ts';
import {
  askCompletion,
  cancelCompletion,
  changeCompletion,
  closeLetter,
  depositedPieces,
  fileView,
  findAdmissible,
  findInadmissible,
  nameSignatory,
  readMoment,
  reopenAdmissibility,
} from '#modules/calls/server/index.ts';
import { ok } from '#platform/result.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { partsOfDay, typedTime } from '#platform/ui/date-fields.ts';
import { act, goTo, type Sent } from '../../../act.ts';
import { reasonWords, statusWords } from '../words.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const view = await fileView(context, params.id, params.application);
  if (!view) error(404, nothing);
  const base = { id: params.id, application: params.application, here: 'Candidature', trail: trailOf(params.id) };
  if (!view.open) {
    if (view.because === 'stranger') error(404, nothing);
    return { ...base, because: view.because, file: undefined };
  }
  const { row, call, words, snapshots, completions, events, inadmissible, reasons, conditions } = view;
  const zone = call.calendar?.zone ?? words.zone;
  const said = (instant: string): string => secondWords(instant, zone, words.where.locative);
  const briefly = (instant: string): string => clockWords(instant, zone, context.clock.now());
  const { status, kind } = row;
  const now = context.clock.now();
  const closed = call.calendar !== null && Temporal.Instant.compare(now, call.calendar.closesAt) >= 0;
  const instructs = view.role === 'instructor';
  return {
    ...{ ...base, because: undefined, done: url.searchParams.get('fait') },
    file: {
      ...{ title: row.title || 'Sans titre', holder: row.holder, number: view.number, kind, status },
      ...{ statusSaid: statusWords[status], call: words.title, reason: view.reason, zone, closed },
      ...{ letter: row.state.letter, converted: row.state.application },
      pieces: await depositedPieces(
        context,
        params.application,
        snapshots.toReversed().flatMap(({ attachments }) => attachments),
      ),
      deposits: snapshots.map((one) => ({ ...one, at: said(one.at) })).toReversed(),
      where: words.where.locative,
      events: events.map(({ said: what, at }) => ({ what, at: briefly(at) })),
      completions: completions.map((one) => ({
        ...{ id: one.id, reason: one.reason, parts: one.parts.map((part) => partTitles[part]).join(', ') },
        ...{
          asked: briefly(one.asked_at.toString()),
          due: deadlineWords(one.due.toString(), zone, words.where.locative),
        },
        answered: one.answered_at ? briefly(one.answered_at.toString()) : undefined,
        cancelled: one.cancelled_at ? briefly(one.cancelled_at.toString()) : undefined,
        late: !one.cancelled_at && Temporal.Instant.compare(one.answered_at ?? now, one.due) > 0,
        stands: instructs && one.id === row.state.completion?.id ? standing(one, zone) : undefined,
      })),
      inadmissible: inadmissible && {
        text: inadmissible.text,
        reasons: inadmissible.reasons.map((reason) => reasonOf(reason, conditions)),
      },
      unsigned: view.unsigned,
      may: {
        name: instructs && view.unsigned && [...living, 'notified'].includes(status),
        complete: instructs && kind === 'full' && status === 'deposited',
        judge: instructs && kind === 'full' && (status === 'deposited' || status === 'incomplete'),
        reopen: instructs && inadmissible !== null && (status === 'inadmissible' || status === 'notified'),
        close: instructs && kind === 'intent' && status === 'deposited',
      },
      reasons: reasons.map((reason) => reasonOf(reason, conditions)),
      parts: openParts.map((part) => ({ value: part, label: partTitles[part] })),
    },
  };
};

/** A request that waits for its answer, as its form shows it: to be changed. */
const standing = (
  {
    parts,
    reason,
    due,
  }: { readonly parts: readonly string[]; readonly reason: string; readonly due: Temporal.Instant },
  zone: string,
) => {
  const there = due.toZonedDateTimeISO(zone);
  return { parts, reason, day: partsOfDay(there), hour: typedTime(there) };
};

/** While something may still be written to whoever signs. */
const living = ['deposited', 'incomplete', 'admissible', 'inadmissible', 'evaluating', 'evaluated', 'deliberated'];

const nothing = 'Cette candidature n’existe pas, ou n’est pas ouverte pour vous.';

const trailOf = (id: string) => [
  { href: `/appels/espace/${id}`, label: 'L’appel' },
  { href: `/appels/espace/${id}/candidatures`, label: 'Candidatures' },
];

/** A reason with its text: the quotation of the instruction, or the condition that the call published. */
const reasonOf = (reason: keyof typeof reasonWords, conditions: string) => ({
  ...{ value: reason, label: reasonWords[reason], local: reason === 'local' },
  quotation: reason === 'local' ? conditions : rules[reason].quotation,
  reference:
    reason === 'local' ? 'Critère local, ajouté par les organisateurs' : `${reason}, ${rules[reason].reference}`,
});

const here = ({ params }: Sent, done: string): string =>
  `/appels/espace/${params.id}/candidatures/${params.application}?fait=${done}`;
const idOf = ({ params }: Sent): string => params.application ?? '';

/** What the form of a request says, at the hour of the call. */
const askedIn = async ({ context, params, form, text, origin }: Sent) => {
  const view = await fileView(context, params.id ?? '', params.application ?? '');
  const due = readMoment(form, 'due', (view?.open && view.call.calendar?.zone) || 'Europe/Paris');
  return due.ok ? ok({ parts: form.getAll('parts').map(String), reason: text('reason'), due: due.value, origin }) : due;
};

export const actions = {
  demander: act('demander', async (sent) => {
    const asked = await askedIn(sent);
    if (!asked.ok) return asked;
    return goTo(await askCompletion(sent.context, idOf(sent), asked.value), here(sent, 'demander'));
  }),
  changer: act('changer', async (sent) => {
    const asked = await askedIn(sent);
    if (!asked.ok) return asked;
    return goTo(await changeCompletion(sent.context, idOf(sent), asked.value), here(sent, 'changer'));
  }),
  renoncer: act('renoncer', async (sent) =>
    goTo(await cancelCompletion(sent.context, idOf(sent), { origin: sent.origin }), here(sent, 'renoncer')),
  ),
  recevable: act('recevable', async (sent) =>
    goTo(await findAdmissible(sent.context, idOf(sent)), here(sent, 'recevable')),
  ),
  irrecevable: act('irrecevable', async (sent) => {
    const found = { reasons: sent.form.getAll('reasons').map(String), text: sent.text('reason') };
    return goTo(await findInadmissible(sent.context, idOf(sent), found), here(sent, 'irrecevable'));
  }),
  signataire: act('signataire', async (sent) => {
    const said = { email: sent.text('email'), origin: sent.origin };
    return goTo(await nameSignatory(sent.context, idOf(sent), said), here(sent, 'signataire'));
  }),
  rouvrir: act('rouvrir', async (sent) =>
    goTo(await reopenAdmissibility(sent.context, idOf(sent), sent.text('reason')), here(sent, 'rouvrir')),
  ),
  clore: act('clore', async (sent) => {
    const said = { reason: sent.text('reason'), origin: sent.origin };
    return goTo(await closeLetter(sent.context, idOf(sent), said), here(sent, 'clore'));
  }),
};
