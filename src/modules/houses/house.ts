/** `asked`: waits for who moderates its territory. `open`: parents see what its team says. `closed`: refused, or ended. */
export type HouseStatus = 'asked' | 'open' | 'closed';

/** The kinds of the directory that are a Maison: of the 1000 days, of parents, of families. */
export const houseKinds = ['maison-1000-jours', 'maison-des-parents'] as const;

/** Whether a page of the directory is that of a Maison: by its kind, or by its name where it travels. */
export const looksLikeHouse = ({ kind, name }: { readonly kind: string; readonly name: string }): boolean =>
  houseKinds.some((one) => one === kind) || (kind === 'itinerant' && /^maison /i.test(name));

/** How an appointment is held. The codes are those of the directory’s ways. */
export const appointmentModes = [
  { code: 'sur-place', label: 'Sur place' },
  { code: 'telephone', label: 'Par téléphone' },
  { code: 'visio', label: 'En visio' },
] as const;
export type AppointmentMode = (typeof appointmentModes)[number]['code'];

/** What became of an appointment. `cancelled`: by the family. `closed`: by the house. */
export type AppointmentState = 'booked' | 'cancelled' | 'closed';

/** Days after an appointment when it is erased. */
export const DAYS_KEPT = 7;
