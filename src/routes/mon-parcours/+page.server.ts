import { fill, formatDay } from '#messages/format.ts';
import { path } from '#messages/fr/path.ts';

export const load = () => ({
  words: path,
  moments: path.moments.map((moment) => ({
    ...moment,
    checked: fill(path.checkedOn, { date: formatDay('fr', moment.checkedOn) }),
  })),
});
