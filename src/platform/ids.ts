declare const brand: unique symbol;

/** A string or number that cannot be taken for another: `Brand<string, 'CommuneCode'>`. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Whether a text is an identifier as the database and `crypto.randomUUID` write it. Anything else makes PostgreSQL throw. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** The identifier that no row has: before all others where rows are read in their order. */
export const noId = '00000000-0000-0000-0000-000000000000';

/** The number of a row, as an address or a form tells it. Nothing for anything else: PostgreSQL throws at a larger one. */
export const readRowId = (text: string | undefined): number | undefined => {
  const id = /^[1-9]\d{0,9}$/.test(text ?? '') ? Number(text) : 0;
  return id >= 1 && id <= 2_147_483_647 ? id : undefined;
};
