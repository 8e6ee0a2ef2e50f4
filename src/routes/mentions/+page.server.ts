import { unsent } from '#platform/unsent.ts';

/** Who publishes and hosts, as the operator has set it: all three or nothing (`readSettings`). */
export const load = ({ locals: { settings } }) => {
  const { PUBLISHER, PUBLICATION_DIRECTOR, HOSTING_PROVIDER } = settings;
  return unsent({
    notice:
      PUBLISHER && PUBLICATION_DIRECTOR && HOSTING_PROVIDER
        ? [
            { term: 'Éditeur', detail: PUBLISHER },
            { term: 'Direction de la publication', detail: PUBLICATION_DIRECTOR },
            { term: 'Hébergeur', detail: HOSTING_PROVIDER },
          ]
        : undefined,
  });
};
