/** Where the page of a booking is. */
export const bookingPath = (secret: string): string => `/agenda/inscription/${secret}`;

/** Address of the page of a booking; none when the site does not know its own. */
export const addressOf = (origin: string | undefined, secret: string): string | undefined =>
  origin === undefined ? undefined : `${origin}${bookingPath(secret)}`;
