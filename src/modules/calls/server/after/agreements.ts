import { createHash, randomUUID } from 'node:crypto';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { canonical, type Json } from '#platform/server/journal/chain.ts';
import { notLaureate } from '../../after/after-refusals.ts';
import type { AgreementState, Terms } from '../../after/agreement.ts';
import { type TermsContent, termsSchema } from '../../after/agreement-text.ts';
import { type AgreementOrder, decideAgreement } from '../../after/decide-agreement.ts';
import { decidePayment, type PaymentOrder } from '../../after/decide-follow-up.ts';
import type { NextStep } from '../../after/report.ts';
import { noSuchApplication } from '../application/application-stream.ts';
import { snapshotsOf } from '../application/snapshots.ts';
import { settled } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { keepText } from '../rows.ts';
import { titleOf } from '../title.ts';
import { commandAfter, type Followed, followed } from './agreement-stream.ts';
import { grantOf } from './grant.ts';
import type { TermsForm } from './read-terms.ts';
import './tables.ts';

/** Writes the terms of an agreement, or of its amendment. Indicators are those that were deposited last. */
export const writeTerms = (context: PersonContext, id: string, form: TermsForm): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const found = await followed(inside, id);
    if (!found) return noSuchApplication;
    const grant = await grantOf(inside, id, found.call);
    if (!grant) return refuse(notLaureate);
    const content = await termsContent(inside, found, form, grant.decidedOn);
    const read = termsSchema.safeParse(content);
    if (!read.success) return refuse({ ...unsound, field: String(read.error.issues[0]?.path[0] ?? 'parties') });
    const kept = await keepTerms(inside, id, read.data, form.parties);
    const { startsOn, endsOn, interimOn, lines } = form;
    const terms: Terms = {
      ...{ ...kept, startsOn, endsOn, interimOn, lines, schedule: content.schedule },
      parties: content.parties.map((party) => party.id),
    };
    const parties = form.parties.map(({ kind, organisation }) => ({ kind, organisation }));
    return settled(
      await commandAfter(inside, id, (state, setting) =>
        decideAgreement(state, { command: 'write', terms, parties }, setting),
      ),
    );
  });

/** What moves an agreement without any text but a reason. */
export type AgreementMove =
  | { readonly command: 'submit' | 'takeBack' | 'dropAmendment' | 'start' | 'dropEnd' }
  | { readonly command: 'amend' | 'askEnd'; readonly reason: string }
  | { readonly command: 'confirmEnd' | 'close'; readonly due: number }
  | { readonly command: 'recordRefund'; readonly cents: number; readonly on: string };

/** Moves an agreement. Given to sign, it tells whoever signs first. */
export const moveAgreement = (
  context: PersonContext,
  id: string,
  move: AgreementMove,
  origin: string | undefined,
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    let order: AgreementOrder;
    if ('reason' in move) {
      const reason = await keepText(inside, move.reason, 'reason');
      if (!reason.ok) return reason;
      order = { command: move.command, ...(reason.value ? { reason: reason.value } : {}) };
    } else order = move;
    const done = await commandAfter(inside, id, (state, setting) => decideAgreement(state, order, setting));
    if (!done.ok) return done;
    if (move.command === 'submit') await tellNext(inside, id, done.value, origin);
    return ok(undefined);
  });

/** Signs for a party, on the text that was read. Tells whoever signs next, or everybody once it is in force. */
export const signAgreement = (
  context: PersonContext,
  id: string,
  sha256: string,
  origin: string | undefined,
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const done = await commandAfter(
      inside,
      id,
      (state, setting) => decideAgreement(state, { command: 'sign', sha256 }, setting),
      'party',
    );
    if (!done.ok) return done;
    if (done.value.status === 'signed') await tellAll(inside, id, done.value, origin);
    else await tellNext(inside, id, done.value, origin);
    return ok(undefined);
  });

/** Records one step of one payment: the site pays nothing. */
export const stepPayment = (context: PersonContext, id: string, order: PaymentOrder): Promise<Result<void>> =>
  asOne(context, async (inside) =>
    settled(await commandAfter(inside, id, (state, setting) => decidePayment(state, order, setting))),
  );

/** Writes down what became of the project, once it is so (L-11). */
export const recordPermanence = (
  context: PersonContext,
  id: string,
  said: { readonly next: NextStep; readonly on: string | null; readonly words: string },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const words = await keepText(inside, said.words, 'words');
    if (!words.ok) return words;
    const order = { command: 'recordPermanence', next: said.next, on: said.on, words: words.value ?? null } as const;
    return settled(await commandAfter(inside, id, (state, setting) => decideAgreement(state, order, setting)));
  });

/** The words of an agreement, by the id that its state gives. */
export const termsOf = async (
  { db }: Pick<Context, 'db'>,
  terms: Terms | null,
): Promise<{ readonly content: TermsContent; readonly sha256: string } | undefined> => {
  if (!terms) return undefined;
  const row = await db
    .selectFrom('call_agreement_terms')
    .select(['content', 'sha256'])
    .where('id', '=', terms.id)
    .executeTakeFirst();
  return row && { content: row.content as TermsContent, sha256: row.sha256 };
};

/** The mailboxes that sign, by party. For whoever prepares the agreement. */
export const mailboxesOf = async (
  { db }: Pick<Context, 'db'>,
  terms: Terms | null,
): Promise<ReadonlyMap<string, string>> => {
  if (!terms) return new Map();
  const rows = await db
    .selectFrom('call_agreement_party')
    .select(['id', 'email'])
    .where('terms', '=', terms.id)
    .execute();
  return new Map(rows.map(({ id, email }) => [id, email]));
};

const termsContent = async (
  context: PersonContext,
  { application, call }: Followed,
  form: TermsForm,
  decidedOn: string,
): Promise<TermsContent> => {
  const last = (await snapshotsOf(context, application.id)).at(-1);
  return {
    ...{ call: await titleOf(context, call), application: application.title, number: application.number },
    ...{ object: form.object, conditions: form.conditions, starts_on: form.startsOn, ends_on: form.endsOn },
    ...{ interim_on: form.interimOn ?? '', decided_on: decidedOn, lines: [...form.lines] },
    schedule: form.schedule.map((planned) => ({ id: randomUUID(), ...planned })),
    parties: form.parties.map(({ kind, organisation, name, job }) => ({
      ...{ id: randomUUID(), kind, organisation, name, job },
    })),
    indicators: (last?.content.indicators.indicators ?? []).map(({ id, axis, title, unit, baseline, target, due }) => ({
      ...{ id, axis, title, unit, baseline, target, due },
    })),
  };
};

const keepTerms = async (
  { db, clock, actor }: PersonContext,
  application: string,
  content: TermsContent,
  parties: TermsForm['parties'],
): Promise<{ readonly id: string; readonly sha256: string }> => {
  const sha256 = createHash('sha256')
    .update(canonical(content as Json))
    .digest('hex');
  const { id } = await db
    .insertInto('call_agreement_terms')
    .values({
      ...{ application, content: JSON.stringify(content), sha256 },
      ...{ written_by: actor.account, written_at: clock.now() },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('call_agreement_party')
    .values(content.parties.map((party, at) => ({ id: party.id, terms: id, email: parties[at]?.email ?? '' })))
    .execute();
  return { id, sha256 };
};

/** Where everybody reads and signs an agreement. */
export const agreementPath = (application: string): string => `/appels/espace/conventions/${application}`;

const tellNext = async (context: Context, id: string, state: AgreementState, origin: string | undefined) => {
  const party = state.terms?.parties[state.signatures.length];
  const email = party && (await mailboxesOf(context, state.terms)).get(party);
  if (!email) return;
  await context.mail.post({
    ...{ to: email, subject: 'Une convention attend votre signature' },
    text: [
      ...['Bonjour,', '', 'C’est votre tour de lire et de signer cette convention, connecté avec cette adresse :'],
      `${origin ?? ''}${agreementPath(id)}`,
    ].join('\n'),
  });
};

const tellAll = async (context: Context, id: string, state: AgreementState, origin: string | undefined) => {
  for (const email of new Set((await mailboxesOf(context, state.terms)).values())) {
    // A party whose account was erased: nobody to write to.
    if (!email) continue;
    await context.mail.post({
      ...{ to: email, subject: 'Une convention est signée de tous' },
      text: [
        'Bonjour,',
        '',
        'La convention est signée de toutes les parties :',
        `${origin ?? ''}${agreementPath(id)}`,
      ].join('\n'),
    });
  }
};

const unsound: Refusal = { code: 'terms_unsound', message: 'Il manque quelque chose, ou c’est trop long.' };
