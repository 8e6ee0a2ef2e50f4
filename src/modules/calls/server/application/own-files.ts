import { sirensOf } from '#modules/professionals/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { ApplicationState } from '../../application/application.ts';
import type { ApplicationPart } from '../../application/content.ts';
import { completionRefusals, type DepositRefusal, depositRefusals } from '../../application/deposit.ts';
import type { CallState } from '../../call.ts';
import { readCall } from '../call-stream.ts';
import { callWords } from '../call-view.ts';
import { titlesOf } from '../title.ts';
import { applicationRow, memberRole } from './application-stream.ts';
import { readyToDeposit } from './deposit-setting.ts';
import { partIsOpen } from './instruction.ts';
import { readContent } from './write-part.ts';
import '../tables.ts';

/** A file of the actor’s, as a list says it. */
export interface OwnFile {
  readonly id: string;
  readonly call: string;
  readonly number: number;
  readonly kind: ApplicationState['kind'];
  readonly status: ApplicationState['status'];
  readonly title: string;
  readonly holder: string;
  readonly role: 'signatory' | 'writer' | 'reader';
}

/** The files that the actor signs, writes or reads: of one call, or of all; the last changed first. */
export const ownFiles = async ({ db, actor }: PersonContext, call?: string): Promise<readonly OwnFile[]> =>
  db
    .selectFrom('call_application as file')
    .innerJoin('call_application_member as member', 'member.application', 'file.id')
    .select(['file.id', 'file.call', 'file.number', 'file.kind', 'file.status', 'file.title', 'file.holder'])
    .select('member.role')
    .where('member.email', '=', actor.email)
    .$if(call !== undefined, (query) => query.where('file.call', '=', call ?? ''))
    .orderBy('file.changed_at', 'desc')
    .orderBy('file.id')
    .limit(500)
    .execute();

/** The calls of some files: their state and their title, by id. */
export const callsOf = async (
  context: PersonContext,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly call: CallState; readonly title: string }>> => {
  const known = new Set(ids);
  if (known.size === 0) return new Map();
  const rows = await context.db
    .selectFrom('call')
    .select(['id', 'state'])
    .where('id', 'in', [...known])
    .execute();
  const calls = rows.map(({ state }) => state as CallState);
  const titles = await titlesOf(context, calls);
  return new Map(calls.map((call, at) => [rows[at]?.id ?? '', { call, title: titles[at] ?? '' }]));
};

/** One file, whole, for who signs, writes or reads it. Nothing for anybody else: organisers never read a draft. */
export const ownFile = async (context: PersonContext, id: string) => {
  const role = await memberRole(context, id);
  const row = role && (await applicationRow(context, id));
  const call = row && (await readCall(context, row.call));
  if (!call) return undefined;
  const [words, written] = await Promise.all([callWords(context, call), readContent(context, id)]);
  const may = role !== 'reader' && (row.status === 'draft' || row.status === 'incomplete');
  return {
    ...{ id, role, row, words, ...written },
    /** Whether the actor may write a part now: of an application to complete, only those that were asked for. */
    isOpen: async (part: ApplicationPart) => may && (await partIsOpen(context, id, row.state, part)),
  };
};

/** A file of the actor’s structure that is not open to them: its number, what it is and where it stands, nothing that it says. */
export type StructureFile = Pick<OwnFile, 'call' | 'number' | 'kind'> & {
  /** Deposited and not answered yet is `deposited`, wherever its examination stands. */
  readonly status: Exclude<OwnFile['status'], Examined>;
  /** Of the structure, as the directory shows it. */
  readonly structure: string;
};

/**
 * The files of the actor’s structures that they do not sign, write or read: in one call, or in all, the last changed first.
 * Asked only of the structures that the directory shows and of which the actor is a member: a SIREN that one types opens
 * nothing. Nothing of what they say, nor whose they are.
 */
export const filesOfMyStructures = async (context: PersonContext, call?: string): Promise<readonly StructureFile[]> => {
  const sirens = await sirensOf(context);
  if (sirens.size === 0) return [];
  const rows = await context.db
    .selectFrom('call_application as file')
    .select(['file.call', 'file.number', 'file.kind', 'file.status', 'file.siren'])
    .$if(call !== undefined, (query) => query.where('file.call', '=', call ?? ''))
    .where('file.siren', 'in', [...sirens.keys()])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('call_application_member as member')
            .select('member.id')
            .whereRef('member.application', '=', 'file.id')
            .where('member.email', '=', context.actor.email),
        ),
      ),
    )
    .orderBy('file.changed_at', 'desc')
    .orderBy('file.id')
    .limit(500)
    .execute();
  return rows.map(({ siren, status, ...file }) => ({
    ...{ ...file, structure: sirens.get(siren) ?? '' },
    status: isExamined(status) ? 'deposited' : status,
  }));
};

/**
 * Where the examination of a file stands is for its members and for those who may open it: somebody of the structure who sits
 * in the jury, or works for an organiser, may be recused from it (I-6).
 */
const examined = ['incomplete', 'admissible', 'inadmissible', 'evaluating', 'evaluated', 'deliberated'] as const;
type Examined = (typeof examined)[number];
const isExamined = (status: OwnFile['status']): status is Examined => examined.some((one) => one === status);

/** All that stands between a file and its deposit, for everybody who signs, writes or reads it. */
export const whatIsMissing = async (context: PersonContext, id: string): Promise<readonly DepositRefusal[]> => {
  const row = (await memberRole(context, id)) && (await applicationRow(context, id));
  if (!row) return [];
  const { content, setting } = await readyToDeposit(context, row, context.clock.now());
  return row.status === 'incomplete' ? completionRefusals(content, setting) : depositRefusals(content, setting);
};
