import { answeringIn, answersAs, withinGrants } from '#modules/professionals/server/index.ts';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { readEmail } from '#platform/email.ts';
import { isUuid } from '#platform/ids.ts';
import { can } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { typedText } from '#platform/text.ts';
import { seriesSchema } from '../event.ts';
import './tables.ts';

/** The longest report, and the longest answer, in signs. */
export const MOST_REPORT = 2_000;
/** The most reports of one series that wait: one more would say nothing new. */
const MOST_WAITING = 30;

/** Somebody reports a published series, or who organises it. */
export interface ReportInput {
  readonly message: string;
  /** Where to answer them, if they wish. */
  readonly reply: string;
}

/** Who keeps the site: they answer where no organisation was entrusted with the territory. */
export interface Keeper {
  readonly name: string;
  readonly email: string | undefined;
}

/**
 * Writes a report down, tells those who answer for the territory, and acknowledges it to whoever left an address. Returns
 * the name of the organisation that will answer. Refuses by the field.
 */
export const reportSeries = (
  context: Context,
  slug: string,
  { message, reply }: ReportInput,
  keeper: Keeper,
  origin: string | undefined,
): Promise<Result<{ readonly name: string }, readonly Refusal[]>> =>
  inTransaction(context, async (inside) => {
    const text = typedText(message);
    const address = reply.trim() === '' ? null : readEmail(reply);
    const refusals = [
      ...(text === '' ? [noWords] : []),
      ...(text.length > MOST_REPORT ? [tooLong('message')] : []),
      ...(address === undefined ? [badAddress] : []),
    ];
    if (refusals.length > 0 || address === undefined) return refuse(refusals);
    const series = await inside.db
      .selectFrom('event_series')
      .select(['id', 'insee'])
      .where('slug', '=', slug)
      .where('status', '=', 'published')
      .forUpdate()
      .executeTakeFirst();
    if (!series) return refuse([noSuchSeries]);
    const answering = await answeringIn(inside, series.insee);
    const name = answering?.name ?? keeper.name;
    const waiting = await inside.db
      .selectFrom('event_report')
      .select('id')
      .where('series', '=', series.id)
      .where('closed_at', 'is', null)
      .limit(MOST_WAITING)
      .execute();
    if (waiting.length >= MOST_WAITING) return refuse([enough]);
    const values = { series: series.id, message: text, reply_to: address, answered_by: name };
    await inside.db
      .insertInto('event_report')
      .values({ ...values, created_at: inside.clock.now(), closed_at: null })
      .execute();
    for (const to of (answering?.emails ?? (keeper.email ? [keeper.email] : [])).slice(0, MOST_TOLD))
      await inside.mail.post({ to, subject: 'Un signalement vous attend', text: toldText(origin) });
    if (address)
      await inside.mail.post({ to: address, subject: 'Votre message est bien arrivé', text: received(name) });
    return ok({ name });
  });

/** The most colleagues told of one report. */
const MOST_TOLD = 10;

/** The organisation that would answer a report of a series. */
export const answersFor = async (context: Context, insee: string, keeper: Keeper): Promise<string> =>
  (await answeringIn(context, insee))?.name ?? keeper.name;

/** The reports that wait in the actor’s territories, the oldest first. */
export const openEventReports = async (context: PersonContext) => {
  const rows = await context.db
    .selectFrom('event_report as report')
    .innerJoin('event_series', 'event_series.id', 'report.series')
    .select(['report.id', 'report.message', 'report.reply_to', 'report.created_at', 'report.series'])
    .select(['event_series.slug', 'event_series.fields', 'event_series.organisation_name', 'event_series.insee'])
    .where('report.closed_at', 'is', null)
    .where(withinGrants(context.actor.grants))
    .orderBy('report.created_at')
    .orderBy('report.id')
    .limit(100)
    .execute();
  const covers = coversIn(context.indexes.get(territoryIndex));
  return rows
    .filter(({ insee }) => can(context.actor, 'report.decide', { territory: `commune:${insee}` }, covers))
    .map(({ fields, ...row }) => ({ ...row, title: seriesSchema.parse(fields).title }));
};

/**
 * Answers a report in the name of the actor’s organisation, and closes it. Words are needed where somebody waits for them;
 * they are sent once, whoever presses twice. Refuses another territory’s.
 */
export const answerReport = (context: PersonContext, id: string, words: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const report = isUuid(id)
      ? await inside.db
          .selectFrom('event_report as report')
          .innerJoin('event_series as series', 'series.id', 'report.series')
          .select(['report.reply_to', 'report.answered_by', 'report.closed_at', 'series.insee'])
          .where('report.id', '=', id)
          .forUpdate('report')
          .executeTakeFirst()
      : undefined;
    if (!report) return refuse(noSuchReport);
    const covers = coversIn(inside.indexes.get(territoryIndex));
    const allowed = await authorise(inside, 'report.decide', { territory: `commune:${report.insee}` }, covers);
    if (!allowed.ok) return allowed;
    if (report.closed_at !== null) return ok(undefined);
    const text = typedText(words);
    if (report.reply_to !== null && text === '') return refuse(noAnswer);
    if (text.length > MOST_REPORT) return refuse(tooLong('answer'));
    const name = answersAs(inside, report.insee, context.actor.grants) ?? report.answered_by;
    await inside.db
      .updateTable('event_report')
      .set({ closed_at: inside.clock.now(), answered_by: name })
      .where('id', '=', id)
      .execute();
    if (report.reply_to !== null)
      await inside.mail.post({
        to: report.reply_to,
        subject: 'Une réponse à votre message',
        text: `Bonjour,\n\nVous nous avez signalé un rendez-vous de l’agenda. Voici la réponse de ${name}\u00a0:\n\n${text}\n\nCe message vient de Mille jours. Votre adresse est effacée dans un mois.`,
      });
    return ok(undefined);
  });

const toldText = (origin: string | undefined): string =>
  [
    'Bonjour,',
    'Quelqu’un signale un rendez-vous de l’agenda, dans votre territoire. Lisez-le et répondez depuis votre espace professionnel, à la page «\u00a0Agenda à relire\u00a0».',
    ...(origin ? [`${origin}/professionnels/espace/agenda/moderation`] : []),
  ].join('\n\n');

const received = (name: string): string =>
  `Bonjour,\n\nVotre signalement est bien arrivé. C’est cet organisme qui le lit et qui vous répondra\u00a0: ${name}.\n\nSi quelqu’un est en danger, n’attendez pas\u00a0: le 119 écoute à toute heure pour un enfant, le 17 ou le 112 en cas d’urgence.\n\nCe message vient de Mille jours. Vous n’avez rien signalé\u00a0? Quelqu’un s’est trompé d’adresse, vous n’avez rien à faire.`;

const noSuchSeries: Refusal = { code: 'no_such_series', message: 'Ce rendez-vous n’existe pas, ou plus.' };
const noSuchReport: Refusal = { code: 'no_such_report', message: 'Ce signalement n’existe pas, ou plus.' };
const noWords: Refusal = { code: 'empty', field: 'message', message: 'Dites en quelques mots ce qui ne va pas.' };
const noAnswer: Refusal = {
  code: 'empty',
  field: 'answer',
  message: 'Écrivez votre réponse\u00a0: la personne l’attend.',
};
const tooLong = (field: string): Refusal => ({
  ...{ code: 'too_long', field },
  message: `${MOST_REPORT.toLocaleString('fr-FR')} signes au plus.`,
});
const badAddress: Refusal = {
  ...{ code: 'bad_email', field: 'reply' },
  message: 'Il manque quelque chose à cette adresse. Exemple\u00a0: prenom@exemple.fr',
};
const enough: Refusal = {
  code: 'enough_reports',
  message: 'Plusieurs personnes l’ont déjà signalé\u00a0: c’est en cours de lecture. Merci.',
};
