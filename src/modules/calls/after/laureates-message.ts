import type { Frame } from '../frame.ts';
import type { MinistryMessage } from '../ministry-message.ts';
import { formatCents } from '../money.ts';
import type { GrantLine } from './agreement.ts';
import { lineLabel } from './agreement-text.ts';

/** A laureate as the ministry is told of it. */
export interface Told {
  readonly number: number;
  readonly title: string;
  readonly holder: string;
  readonly lines: readonly GrantLine[];
}

/**
 * Where the message to the ministry stands before the results are notified (R-90), for somebody who runs the call. `ready`: it
 * was read as it stands, or there is none. `own`: theirs to prepare. `others`: they are recused from a laureate, a colleague is
 * not. `nobody`: every agent who declared their interests is recused from one.
 */
export type MessageWaits = 'ready' | 'own' | 'others' | 'nobody';

/** The message that brings the choice of projects to the ministry’s knowledge (R-90). The director sends it: the site prepares it. */
export const laureatesMessage = (
  frame: Pick<Frame, 'edition' | 'ministry'>,
  call: string,
  laureates: readonly Told[],
): MinistryMessage => ({
  to: frame.ministry.address,
  subject: `Lauréats : ${call}`,
  text: [
    'Madame, Monsieur,',
    '',
    `J’ai l’honneur de porter à la connaissance de ${frame.ministry.recipients} le choix des projets à la suite de « ${call} » (édition ${frame.edition}) :`,
    '',
    ...(laureates.length === 0 ? ['Aucun projet n’a été retenu.'] : laureates.map(lineOf)),
  ].join('\n'),
});

const lineOf = ({ number, title, holder, lines }: Told): string => {
  const amounts = lines.map((line) => `${lineLabel(line)} : ${formatCents(line.cents)}`).join(' ; ');
  return `- n° ${number}, ${title}, porté par ${holder}${amounts === '' ? '' : ` (${amounts})`}`;
};
