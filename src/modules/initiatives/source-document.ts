/** The documents that projects come from, as one cites them. */
export const sourceDocuments: Readonly<Record<string, { readonly title: string; readonly date: string }>> = {
  'document-000': {
    title:
      'Ministère des Solidarités et de la Santé, priorités d’action du projet des 1000 premiers jours, illustrées par des lauréats',
    date: 'document non daté',
  },
};
