import { coversIn, parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isScope } from '#platform/permissions.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { ApplicationState } from '../../application/application.ts';
import { type ApplicationContent, applicationParts } from '../../application/content.ts';
import type { DepositSetting } from '../../application/deposit.ts';
import { asksOf, severalAllowed } from '../../application/may-start.ts';
import { sirenOf } from '../../application/search-columns.ts';
import type { FrozenPiece, SnapshotContent } from '../../application/snapshot.ts';
import type { CallState } from '../../call.ts';
import { kindOf } from '../../call-kind.ts';
import { readCall } from '../call-stream.ts';
import { wordsOf } from '../title.ts';
import { frozenPieces, infectedAmong } from './attachment-reading.ts';
import { completionsOf } from './instruction.ts';
import { snapshotsOf } from './snapshots.ts';
import { readContent } from './write-part.ts';

/** What would be deposited now, and what it is judged by. */
export interface ReadyToDeposit {
  readonly call: CallState;
  readonly content: SnapshotContent;
  readonly setting: DepositSetting;
}

interface Row {
  readonly id: string;
  readonly call: string;
  /** Of who deposited, once they did; of who writes, until then. */
  readonly siren: string;
  readonly state: ApplicationState;
}

/** An application as it would be deposited at an instant. For whoever asked for its role first. */
export const readyToDeposit = async (
  context: PersonContext,
  { id, call: callId, siren: depositedBy, state }: Row,
  now: Temporal.Instant,
): Promise<ReadyToDeposit> => {
  const call = await readCall(context, callId);
  if (!call) throw new Error(`no call for the application ${id}`);
  const written = await readContent(context, id);
  const [form, pieces, choices] = await Promise.all([
    wordsOf(context, call, 'form'),
    wordsOf(context, call, 'pieces'),
    wordsOf(context, call, 'choices'),
  ]);
  const { content, attachments, completes } = await keptToAsked(context, id, state, {
    content: written.content,
    attachments: await frozenPieces(context, id),
  });
  const frozen: SnapshotContent = { ...content, attachments, form: call.words.form?.sha256 ?? null };
  const siren = sirenOf(content.holder.siret);
  return {
    ...{ call, content: frozen },
    setting: {
      ...{ call, framed: kindOf(call.kind).framed, kind: state.kind, form, pieces, attached: frozen.attachments, now },
      inside: insideOf(context, call),
      asks: asksOf(call.kind, choices),
      ...(completes ? { depositedBy, completes } : {}),
      alreadyDeposited:
        severalAllowed(choices) === 'no' &&
        (await standsDeposited(context, { id, call: callId, siren, kind: state.kind })),
    },
  };
};

/**
 * What a completion sends: the parts that it asks for as they are written, the others as they were deposited. What was written
 * in a part before the request changed stays where it is, and is not sent.
 */
const keptToAsked = async (
  context: PersonContext,
  id: string,
  { completion }: Pick<ApplicationState, 'completion'>,
  now: { readonly content: ApplicationContent; readonly attachments: readonly FrozenPiece[] },
): Promise<typeof now & Pick<DepositSetting, 'completes'>> => {
  if (!completion) return now;
  const parts = (await completionsOf(context, id)).find((one) => one.id === completion.id)?.parts ?? [];
  const last = (await snapshotsOf(context, id)).at(-1)?.content;
  if (!last) throw new Error(`nothing was deposited of the application ${id}`);
  const closed = applicationParts.filter((part) => !parts.includes(part));
  const infected = await infectedAmong(context, id);
  return {
    completes: {
      parts,
      infected: last.attachments.filter((one) => infected.has(one.id)).map(({ piece }) => piece),
    },
    content: { ...now.content, ...Object.fromEntries(closed.map((part) => [part, last[part]])) },
    attachments: parts.includes('attachments')
      ? now.attachments
      : last.attachments.filter((one) => !infected.has(one.id)),
  };
};

/** Whether a territory exists and lies in that of a call. */
export const insideOf = (context: Pick<Context, 'indexes'>, { territory: ofCall }: Pick<CallState, 'territory'>) => {
  const index = context.indexes.get(territoryIndex);
  const covers = coversIn(index);
  return (scope: string): boolean => {
    const territory = parseTerritory(scope);
    return isScope(scope) && territory.ok && index.describe(territory.value) !== undefined && covers(ofCall, scope);
  };
};

/** Whether another application of the same company stands deposited in a call. */
const standsDeposited = async (
  { db }: PersonContext,
  {
    id,
    call,
    siren,
    kind,
  }: { readonly id: string; readonly call: string; readonly siren: string; readonly kind: ApplicationState['kind'] },
): Promise<boolean> =>
  siren !== '' &&
  (await db
    .selectFrom('call_application')
    .select('id')
    .where('call', '=', call)
    .where('siren', '=', siren)
    .where('kind', '=', kind)
    .where('id', '!=', id)
    .where('deposited_at', 'is not', null)
    .where('status', 'not in', ['withdrawn', 'converted', 'closed'])
    .executeTakeFirst()) !== undefined;
