import { isUuid } from '#platform/ids.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { readStream } from '#platform/server/journal/journal.ts';
import type { ApplicationEvent } from '../../application/application.ts';
import { reasonsOf } from '../../application/instruct.ts';
import { receiptNumber } from '../../application/receipt.ts';
import { kindOf } from '../../call-kind.ts';
import { readCall } from '../call-stream.ts';
import { callWords } from '../call-view.ts';
import { readTexts } from '../rows.ts';
import { fileAccess } from '../selection/file-access.ts';
import { unsignedAmong } from '../selection/name-signatory.ts';
import { applicationRow } from './application-stream.ts';
import { snapshotViews } from './deposit-view.ts';
import { completionsOf } from './instruction.ts';
import { namesIn } from './names.ts';

/** A deposited file for who instructs or selects. Not open: says why; one that is hidden does not exist. */
export const fileView = async (context: PersonContext, callId: string, id: string) => {
  const access = await fileAccess(context, callId);
  if (!access.open) return access;
  if (!isUuid(id) || access.recused.has(id) || (access.only && !access.only.has(id))) return undefined;
  const row = await applicationRow(context, id);
  const call = await readCall(context, callId);
  if (!call || row?.call !== callId || row.deposited_at === null) return undefined;
  const words = await callWords(context, call);
  const names = namesIn(context, words);
  const { inadmissible, reason } = row.state;
  const texts = await readTexts(
    context,
    [inadmissible?.text, reason].filter((one) => one != null),
  );
  const { conditions = '' } = words.specification;
  return {
    ...{ open: true as const, role: access.role, row, call, words, conditions },
    number: receiptNumber(call.slug, row.number),
    snapshots: await snapshotViews(context, id, names),
    completions: await completionsOf(context, id),
    events: await eventsOf(context, id),
    unsigned: (await unsignedAmong(context, [id])).has(id),
    inadmissible: inadmissible && { reasons: inadmissible.reasons, text: texts.get(inadmissible.text) ?? '' },
    reason: reason ? texts.get(reason) : undefined,
    reasons: reasonsOf({ framed: kindOf(call.kind).framed, conditions: conditions !== '' }),
  };
};

/** What happened to a file since its deposit, as the journal tells it; what its holder wrote before is theirs alone. */
const eventsOf = async ({ db }: PersonContext, id: string) => {
  const events = await readStream<ApplicationEvent>(db, `application/${id}`);
  const from = events.findIndex(({ type }) => type === 'ApplicationDeposited-V1');
  return events.slice(from).flatMap(({ type, recordedAt }) => {
    const said = eventWords[type];
    return said ? [{ said, at: recordedAt.toString() }] : [];
  });
};

const eventWords: { readonly [Type in ApplicationEvent['type']]?: string } = {
  'ApplicationDeposited-V1': 'Déposée',
  'CompletionAsked-V1': 'Complément demandé',
  'CompletionChanged-V1': 'Demande de complément changée',
  'CompletionCancelled-V1': 'Demande de complément annulée',
  'ApplicationCompleted-V1': 'Complément reçu',
  'FoundAdmissible-V1': 'Recevable',
  'FoundInadmissible-V1': 'Irrecevable',
  'AdmissibilityReopened-V1': 'Irrecevabilité réexaminée',
  'EvaluationStarted-V1': 'Confiée à des évaluateurs',
  'EvaluationsClosed-V1': 'Évaluations closes',
  'ApplicationDeliberated-V1': 'Examinée en séance',
  'ApplicationDecidedAgain-V1': 'Décidée après un réexamen',
  'ApplicationNotified-V1': 'Décision notifiée',
  'ApplicationWithdrawn-V1': 'Retirée par son porteur',
  'LetterConverted-V1': 'Devenue une candidature',
  'LetterClosed-V1': 'Close sans suite',
};
