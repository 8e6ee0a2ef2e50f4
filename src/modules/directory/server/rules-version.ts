/**
 * The version of the rules by which offers are made (`offer.ts`, `resolve.ts`, the vocabulary and its words) and hours are
 * compiled (`compile-hours.ts`). One more each time these rules change what they make: bases that exist then follow by
 * themselves (`rules.ts`). It never goes down.
 */
export const RULES = 1;
