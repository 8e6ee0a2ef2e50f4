import { fill, formatDay } from '#messages/format.ts';
import { journey } from '#messages/fr/journey.ts';
import { path } from '#messages/fr/path.ts';
import { unsent } from '#platform/unsent.ts';

/** The words of the page. Nothing about a family ever reaches the server: its path is computed on its device. */
export const load = () =>
  unsent({
    words: path,
    open: journey.open,
    failed: journey.settings.fetchFailed,
    shared: journey.accompanied.start,
    moments: path.moments.map((moment) => ({
      ...moment,
      checked: fill(path.checkedOn, { date: formatDay('fr', moment.checkedOn) }),
    })),
  });
