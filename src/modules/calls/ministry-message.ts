import type { Configuration, Frame, StateAgency } from './frame.ts';

/** What the message that declares a call says, and to whom. */
export interface MinistryMessage {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

const configurationWords: Readonly<Record<Configuration, string>> = {
  ars: 'un appel à projets de l’ARS',
  dreets: 'un appel à projets de la DREETS',
  joint: 'un appel à projets commun à l’ARS et à la DREETS',
};

interface Declared {
  readonly frame: Pick<Frame, 'edition' | 'ministry'>;
  readonly agency: StateAgency;
  readonly configuration: Configuration;
  readonly region: string;
  readonly title: string;
  readonly director: { readonly name: string; readonly job: string };
  readonly referent: { readonly name: string; readonly job: string; readonly email: string; readonly phone: string };
}

/** The message that the director sends from their own mailbox: the site never writes to the ministry in their name. */
export const ministryMessage = (declared: Declared): MinistryMessage => {
  const { frame, agency, configuration, region, title, director, referent } = declared;
  const reach = [referent.job, referent.email, referent.phone].filter(Boolean).join(', ');
  return {
    to: frame.ministry.address,
    subject: `Appel à projets 1000 premiers jours ${frame.edition}, ${agency.toUpperCase()}, ${region}`,
    text: [
      'Madame, Monsieur,',
      '',
      `J’informe ${frame.ministry.recipients} que ${agency === 'ars' ? 'l’ARS' : 'la DREETS'} organisera, pour la région ${region}, ${configurationWords[configuration]} :`,
      '',
      title,
      '',
      `La personne référente qui pilotera l’appel à projets est ${referent.name} (${reach}).`,
      '',
      [director.name, director.job].filter(Boolean).join(', '),
    ].join('\n'),
  };
};
