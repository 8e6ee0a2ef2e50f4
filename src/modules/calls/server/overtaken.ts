import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { differentLines, type SectionForm } from '../section-lines.ts';
import { callView } from './call-view.ts';
import { linesNow, linesOf } from './section-now.ts';

/** What somebody else wrote of a part while one was writing it: who, when, and the lines that are not the same. */
export interface Overtaken {
  /** The version that stands now: to write on it is to have read it. */
  readonly seen: number;
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
  readonly zone: string;
  readonly lines: ReturnType<typeof differentLines>;
}

/** Compares what was refused with what stands now. Nothing when no other version of this part was written. */
export const overtaken = async (
  context: PersonContext,
  id: string,
  mine: SectionForm,
  seen: number,
): Promise<Overtaken | undefined> => {
  const view = await callView(context, id);
  const version = view?.call.written[mine.section] ?? 0;
  if (!view || version === seen || version === 0) return undefined;
  const event = await context.db
    .selectFrom('journal_event')
    .select(['actor', 'recorded_at'])
    .where('stream', '=', `call/${id}`)
    .where('version', '=', version)
    .executeTakeFirstOrThrow();
  const who = await context.db
    .selectFrom('account')
    .select(['name', 'email'])
    .where('id', '=', event.actor.slice('person:'.length))
    .executeTakeFirst();
  return {
    ...{ seen: version, by: who?.name ?? who?.email ?? 'Compte effacé', at: event.recorded_at.toString() },
    zone: view.call.calendar?.zone ?? view.zone,
    lines: differentLines(linesNow(context, view, mine.section), linesOf(context, view.call, mine)),
  };
};
