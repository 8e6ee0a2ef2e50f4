import { createSeries } from '#modules/agenda/server/index.ts';
import { sendRegistration } from '#modules/professionals/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { again, begin, fillAll, professionalsHouse, site } from './professionals.ts';
import { form } from './registration.ts';

export { bookingForm } from './booking-form.ts';

/** A house where an organisation of Rennes is online; `who` keeps it. */
export const agendaHouse = async () => {
  const { context, as } = await professionalsHouse();
  const owner = await as('camille@exemple.fr');
  const organisation = await begin(owner);
  const who = await again(owner);
  await fillAll(who, organisation);
  const sent = await sendRegistration(who, organisation, site);
  if (!sent.ok) throw new Error(JSON.stringify(sent.error));
  return { context, as, who, organisation };
};

/** What the form of a series sends: a café of Rennes, on Tuesday 24 November 2026 at 9:30. */
export const seriesForm = (more: Readonly<Record<string, string>> = {}): FormData =>
  form({
    ...{
      title: 'Café des parents',
      summary: 'Un temps pour souffler.',
      kind: 'cafe',
      mode: 'lieu',
      commune: 'Rennes',
      code: '35238',
    },
    ...{ place_name: 'Salle de l’Exemple', line: '1 rue de l’Exemple', day: '24/11/2026', hour: '9h30', minutes: '90' },
    ...{ company: 'avec', booking: 'ici', places: '4', waiting_list: 'on' },
    ...more,
  });

/** Publishes a series. */
export const publish = async (
  who: PersonContext,
  organisation: string,
  more: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const saved = await createSeries(who, organisation, seriesForm(more));
  if (!saved.ok) throw new Error(JSON.stringify(saved.error));
  return saved.value.id;
};

/** The identifiers of the dates of a series, the earliest first. */
export const datesOf = async ({ db }: Pick<PersonContext, 'db'>, series: string): Promise<number[]> => {
  const rows = await db
    .selectFrom('event_occurrence')
    .select('id')
    .where('series', '=', series)
    .orderBy('local_start')
    .execute();
  return rows.map(({ id }) => id);
};
