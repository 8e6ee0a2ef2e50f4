declare const brand: unique symbol;

/** A string or number that cannot be taken for another: `Brand<string, 'CommuneCode'>`. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** A new opaque identifier, sortable by nothing, guessable by nobody. */
export const newId = <T extends Brand<string, string>>(): T => crypto.randomUUID() as T;
