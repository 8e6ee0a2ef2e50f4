import { coversIn, type RegionCode } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { can, type Scope } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import {
  type DeclarationEvent,
  type DeclarationOrder,
  type DeclarationState,
  decideDeclaration,
  evolveDeclaration,
  jointIsPossible,
  noDeclaration,
} from '../declaration.ts';
import { callTitle, type Frame, type StateAgency, stateAgencies } from '../frame.ts';
import { type MinistryMessage, ministryMessage } from '../ministry-message.ts';
import { frameOfEdition } from './frames.ts';
import { contactOf, forgetContacts, keepContact, keepText, readContact } from './rows.ts';
import './tables.ts';

/** Which declaration: one for each edition, State agency and region. */
export interface DeclarationKey {
  readonly edition: string;
  readonly agency: StateAgency;
  /** INSEE code. */
  readonly region: string;
}

const idOf = ({ edition, agency, region }: DeclarationKey): string => `${edition}/${agency}/${region}`;

/** Reads `2021/ars/53` of an address: of an edition, an agency and a region that exist. */
export const declarationKey = (
  { indexes }: Pick<Context, 'indexes'>,
  edition: string,
  agency: string,
  region: string,
): DeclarationKey | undefined => {
  const known = stateAgencies.find((one) => one === agency);
  if (!known || !frameOfEdition(edition) || !indexes.get(territoryIndex).region(region)) return undefined;
  return { edition, agency: known, region };
};

const declarationStream: StreamDefinition<DeclarationState, DeclarationEvent> = {
  name: 'call-declaration',
  initial: noDeclaration,
  evolve: evolveDeclaration,
  project: async ({ db, clock }, id, state) => {
    const [edition = '', agency = '', region = ''] = id.split('/');
    const row = {
      ...{ edition, agency, region, status: state.status },
      ...{ state: JSON.stringify(state), changed_at: clock.now() },
    };
    await db
      .insertInto('call_declaration')
      .values({ id, ...row })
      .onConflict((known) => known.column('id').doUpdateSet(row))
      .execute();
  },
};

const target = ({ agency, region }: DeclarationKey) => ({ agency, territory: `region:${region}` as Scope });

/** Whether the actor declares for that agency there, for a page. */
export const declares = ({ actor, indexes }: Context, key: DeclarationKey): boolean =>
  can(actor, 'call.declare', target(key), coversIn(indexes.get(territoryIndex)));

const command = async (
  context: PersonContext,
  key: DeclarationKey,
  order: DeclarationOrder,
): Promise<Result<DeclarationState>> => {
  const covers = coversIn(context.indexes.get(territoryIndex));
  const allowed = await authorise(context, 'call.declare', target(key), covers);
  const frame = frameOfEdition(key.edition);
  if (!frame) return refuse(noEdition);
  return withStream(context, declarationStream, idOf(key), (state) =>
    decideDeclaration(state, order, {
      ...{ frame, agency: key.agency, role: allowed.ok ? 'organiser' : 'other' },
      today: dayAt(context.clock.now(), 'Europe/Paris'),
    }),
  );
};

/** Prepares a declaration: the configuration wished for, the director and the referent. What was there before is replaced. */
export const writeDeclaration = (context: PersonContext, key: DeclarationKey, form: FormData): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const people = { director: readContact(form, 'director'), referent: readContact(form, 'referent') };
    if (!people.director.ok) return people.director;
    if (!people.referent.ok) return people.referent;
    const before = await readDeclaration(inside, key);
    const director = await keepContact(inside, people.director.value);
    const referent = await keepContact(inside, people.referent.value);
    const configuration = String(form.get('configuration') ?? '');
    const done = await command(inside, key, {
      ...{ command: 'write', configuration },
      ...(director ? { director } : {}),
      ...(referent ? { referent } : {}),
    });
    if (!done.ok) return done;
    await forgetContacts(inside, [before.director, before.referent]);
    return ok(undefined);
  });

/** Sends the prepared message to the director, who will send it on from their own mailbox. */
export const sendToDirector = (context: PersonContext, key: DeclarationKey): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const covers = coversIn(inside.indexes.get(territoryIndex));
    const allowed = await authorise(inside, 'call.declare', target(key), covers);
    if (!allowed.ok) return allowed;
    const state = await readDeclaration(inside, key);
    const message = state.status === 'draft' ? await preparedMessage(inside, key, state) : undefined;
    const director = await contactOf(inside, state.director);
    if (!message || !director) return refuse(nothingPrepared);
    await inside.mail.post({
      ...{ to: director.email, subject: `À envoyer : ${message.subject}` },
      text: [
        ...['Bonjour,', '', 'Voici le message qui déclare votre appel à projets. Il part de votre propre messagerie,'],
        ...[`à ${message.to}.`, '', '----', '', message.text],
      ].join('\n'),
    });
    return ok(undefined);
  });

/** Writes down that the director’s message left on a day; late, with why. Tells both referents when both have declared. */
export const recordSending = (
  context: PersonContext,
  key: DeclarationKey,
  {
    on,
    motive,
    origin,
  }: { readonly on: Temporal.PlainDate; readonly motive: string; readonly origin: string | undefined },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const kept = await keepText(inside, motive, 'motive');
    if (!kept.ok) return kept;
    const done = await command(inside, key, {
      ...{ command: 'recordSending', on },
      ...(kept.value ? { motive: kept.value } : {}),
    });
    if (!done.ok) return done;
    await proposeJoint(inside, key, origin);
    return ok(undefined);
  });

/** Another referent, once the declaration is sent. */
export const changeReferent = (context: PersonContext, key: DeclarationKey, form: FormData): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const contact = readContact(form, 'referent');
    if (!contact.ok) return contact;
    const before = await readDeclaration(inside, key);
    const referent = await keepContact(inside, contact.value);
    const done = await command(inside, key, { command: 'changeReferent', ...(referent ? { referent } : {}) });
    if (!done.ok) return done;
    await forgetContacts(inside, [before.referent]);
    return ok(undefined);
  });

/** Gives up: who the director and the referent are is forgotten. */
export const withdrawDeclaration = (
  context: PersonContext,
  key: DeclarationKey,
  reason: string,
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const kept = await keepText(inside, reason, 'reason');
    if (!kept.ok) return kept;
    const before = await readDeclaration(inside, key);
    const done = await command(inside, key, { command: 'withdraw', ...(kept.value ? { reason: kept.value } : {}) });
    if (!done.ok) return done;
    await forgetContacts(inside, [before.director, before.referent]);
    return ok(undefined);
  });

/** Where a declaration stands. */
export const readDeclaration = async ({ db }: Pick<Context, 'db'>, key: DeclarationKey): Promise<DeclarationState> => {
  const row = await db.selectFrom('call_declaration').select('state').where('id', '=', idOf(key)).executeTakeFirst();
  return row ? (row.state as DeclarationState) : noDeclaration;
};

/** The message of a declaration, ready to be sent; nothing while its people are not named. */
export const preparedMessage = async (
  context: Pick<Context, 'db' | 'indexes'>,
  { edition, agency, region }: DeclarationKey,
  { configuration, director, referent }: DeclarationState,
): Promise<MinistryMessage | undefined> => {
  const frame = frameOfEdition(edition);
  const people = { director: await contactOf(context, director), referent: await contactOf(context, referent) };
  if (!frame || !configuration || !people.director || !people.referent) return undefined;
  const where = context.indexes.get(territoryIndex).describe({ kind: 'region', code: region as RegionCode });
  return ministryMessage({
    ...{ frame, agency, configuration, region: where?.name ?? region },
    ...{ title: callTitle(frame, configuration, where?.locative ?? ''), ...people },
    ...{ director: people.director, referent: people.referent },
  });
};

/** The State organisers of a region who have told the ministry, and whether one joint call is advised. */
export const declaredIn = async ({ db }: Pick<Context, 'db'>, frame: Pick<Frame, 'edition'>, region: string) => {
  const rows = await db
    .selectFrom('call_declaration')
    .select(['agency', 'status'])
    .where('edition', '=', frame.edition)
    .where('region', '=', region)
    .execute();
  const declared = stateAgencies.filter((agency) => rows.some((row) => row.agency === agency && row.status === 'sent'));
  return { declared, jointPossible: jointIsPossible(rows.map(({ status }) => status)) };
};

const proposeJoint = async (context: Context, key: DeclarationKey, origin: string | undefined): Promise<void> => {
  const { jointPossible } = await declaredIn(context, key, key.region);
  if (!jointPossible) return;
  const region = context.indexes.get(territoryIndex).region(key.region)?.name ?? '';
  for (const agency of stateAgencies) {
    const referent = await contactOf(context, (await readDeclaration(context, { ...key, agency })).referent);
    if (!referent) continue;
    await context.mail.post({
      ...{ to: referent.email, subject: `Un seul appel à projets pour la région ${region} ?` },
      text: [
        ...[
          'Bonjour,',
          '',
          `L’ARS et la DREETS de la région ${region} ont toutes les deux déclaré un appel à projets.`,
        ],
        'L’instruction recommande fortement un seul appel commun. Vous pouvez l’ouvrir ensemble :',
        origin ? `${origin}/appels/espace` : '/appels/espace',
      ].join('\n'),
    });
  }
};

/** One transaction by this person: no text and no contact is left behind by a refusal. */
const asOne = (context: PersonContext, work: (inside: PersonContext) => Promise<Result<void>>): Promise<Result<void>> =>
  inTransaction(context, (inside) => work({ ...inside, actor: context.actor }));

const noEdition: Refusal = { code: 'no_edition', message: 'Cette édition n’existe pas.' };
const nothingPrepared: Refusal = { code: 'nothing_prepared', message: 'Préparez d’abord la déclaration.' };
