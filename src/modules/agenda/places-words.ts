/** What is said of the places: how many are left, never how many there are. `free` undefined: nobody counts. */
export const placesWords = (free: number | undefined, waiting: boolean): string => {
  if (free === undefined) return '';
  if (free <= 0) return waiting ? 'Complet : il reste la liste d’attente' : 'Complet';
  if (free === 1) return 'Il reste 1 place';
  return free <= 10 ? `Il reste ${free} places` : 'Il reste des places';
};
