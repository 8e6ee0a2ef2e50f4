import { keepPlace, keptPlaces } from '#modules/groups/device/index.ts';
import { hasPath } from '#modules/journey/device/index.ts';

/**
 * A family’s own place: where a path is already kept on the device, its address is kept beside it, so that everything can
 * be left from there at once. Where nothing is kept, nothing is.
 */
const { pathname } = location;
const id = document.querySelector<HTMLElement>('[data-place]')?.dataset.place;
if (id && (await hasPath())) keepPlace(id, pathname);
if (!id) for (const [known, address] of Object.entries(keptPlaces())) if (address === pathname) keepPlace(known);
