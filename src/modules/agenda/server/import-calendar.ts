import { communeAsked, timeZoneOfCommune } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { can, notAllowed } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { readCalendar } from '../imported-calendar.ts';
import { readSeriesForm } from '../series-form.ts';
import { insertSeries, updateSeries } from './series.ts';
import { pointOf } from './series-place.ts';
import './tables.ts';

/** What became of a file: what is in the agenda now, and a sentence for each line that is not, or that was changed. */
export interface CalendarImported {
  readonly created: number;
  readonly updated: number;
  readonly remarks: readonly { readonly line: number; readonly message: string }[];
}

/**
 * Brings a calendar (ICS) or a table (CSV) into the agenda of an organisation, each event by itself: one that is refused
 * takes nothing from the others. Brought in again, the same events are the same series. `commune`: that of the events
 * that say none.
 */
export const importCalendar = async (
  context: PersonContext,
  organisation: string,
  text: string,
  commune: { readonly typed: string; readonly code: string },
): Promise<Result<CalendarImported>> => {
  if (!can(context.actor, 'event.edit', { organisation })) return refuse(notAllowed);
  const territories = context.indexes.get(territoryIndex);
  const home = communeAsked(territories, commune.typed, commune.code);
  if (home.state !== 'found') return refuse(noCommune);
  const zone = timeZoneOfCommune(home.commune);
  const read = readCalendar(text, zone);
  if (!read.ok) return read;
  const remarks = [...read.value.troubles];
  let [created, updated] = [0, 0];
  for (const event of read.value.events) {
    const asked = event.form.commune ? communeAsked(territories, event.form.commune, '') : home;
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...event.form, repeat: event.rrule === null ? 'une' : 'regle' }))
      form.set(name, value);
    const place = asked.state === 'found' ? pointOf(context, asked.commune.code) : undefined;
    const fields = readSeriesForm(form, place, todayIn(context.clock, zone), event.rrule);
    if (!fields.ok) {
      remarks.push({ line: event.line, message: sentencesOf(fields.error) });
      continue;
    }
    const known = await context.db
      .selectFrom('event_series')
      .select('id')
      .where('organisation', '=', organisation)
      .where('source', '=', 'import')
      .where('source_ref', '=', event.ref)
      .executeTakeFirst();
    const saved = known
      ? await updateSeries(context, known.id, undefined, fields.value)
      : await insertSeries(context, organisation, fields.value, { source: 'import', ref: event.ref });
    if (!saved.ok) {
      remarks.push({ line: event.line, message: sentencesOf(saved.error) });
      continue;
    }
    if (known) updated += 1;
    else created += 1;
    if (event.remark) remarks.push({ line: event.line, message: event.remark });
  }
  return ok({ created, updated, remarks: remarks.toSorted((a, b) => a.line - b.line) });
};

const sentencesOf = (refusals: readonly Refusal[]): string => refusals.map(({ message }) => message).join(' ');

const noCommune: Refusal = {
  code: 'unknown_commune',
  field: 'commune',
  message: 'Dites dans quelle commune ont lieu ces rendez-vous : elle n’a pas été trouvée.',
};
