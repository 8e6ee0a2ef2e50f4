import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { momentIn } from '#modules/calls/index.ts';
import { selectionPlace } from '#modules/calls/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

type Place = NonNullable<Awaited<ReturnType<typeof selectionPlace>>>;
export type OpenAccess = Extract<Place['access'], { open: true }>;

/** The selection of a call for a page: `open` once the person declared their interests, else why it is not. */
export const openSelection = async (locals: { readonly context: Context }, url: URL, id: string) => {
  const context = requirePerson(locals.context, url);
  const place = await selectionPlace(context, id);
  if (!place) error(404, 'Cet appel n’existe pas, ou n’est pas pour vous.');
  const { access } = place;
  const saying = { dayOf: dayIn(place.zone), momentOf: momentIn(place.zone) };
  if (!access.open)
    return { open: false as const, because: access.because === 'later' ? ('later' as const) : ('toDeclare' as const) };
  return { open: true as const, context, ...place, access, ...saying };
};

/** What a page of the selection says when nothing is open yet, or of where it is. */
export const whereIs = (
  id: string,
  here: string,
  above: readonly { readonly href: string; readonly label: string }[] = [],
) => ({
  ...{ id, here },
  trail: [{ href: `/appels/espace/${id}`, label: 'L’appel' }, ...above],
});

const dayIn =
  (zone: string) =>
  (instant: Temporal.Instant | string): string =>
    formatDay('fr', Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString());
