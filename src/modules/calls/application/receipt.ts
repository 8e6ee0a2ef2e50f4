/** The number of an application, as one says it on the telephone: `bretagne-2021-012`. */
export const receiptNumber = (slug: string, number: number): string => `${slug}-${String(number).padStart(3, '0')}`;
