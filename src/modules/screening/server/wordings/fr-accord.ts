import type { EpdsItem } from '../../epds.ts';
import type { EpdsWording } from '../../wording.ts';
import { french } from './fr.ts';

/**
 * The same French text for who does not answer in the feminine: only the agreements change, and the label says that
 * nobody has validated this wording. Points and the order of answers come from the published text, untouched.
 */
const statements: Readonly<Partial<Record<EpdsItem, string>>> = {
  2: 'Je me suis senti(e) confiant(e) et joyeux(se), en pensant à l’avenir',
  3: 'Je me suis reproché, sans raisons, d’être responsable quand les choses allaient mal',
  4: 'Je me suis senti(e) inquiet(e) ou soucieux(se) sans motifs',
  5: 'Je me suis senti(e) effrayé(e) ou paniqué(e) sans vraiment de raisons',
  6: 'J’ai eu tendance à me sentir dépassé(e) par les évènements',
  7: 'Je me suis senti(e) si malheureux(se) que j’ai eu des problèmes de sommeil',
  8: 'Je me suis senti(e) triste ou peu heureux(se)',
  9: 'Je me suis senti(e) si malheureux(se) que j’en ai pleuré',
};

const agreed = (text: string): string =>
  text
    .replace('je me suis sentie', 'je me suis senti(e)')
    .replace('je ne me suis pas sentie', 'je ne me suis pas senti(e)');

export const frenchAdapted: EpdsWording = {
  ...french,
  id: 'fr-accord',
  status: 'adapted',
  name: 'Accord adapté, non validé',
  instruction: french.instruction.replace('vous vous êtes sentie', 'vous vous êtes senti(e)'),
  example: {
    ...french.example,
    statement: 'Je me suis senti(e) heureux(se)',
    meaning:
      'Ceci signifiera : « je me suis senti(e) heureux(se) la plupart du temps durant la semaine qui vient de s’écouler ».',
  },
  items: french.items.map((worded) => ({
    ...worded,
    statement: statements[worded.item] ?? worded.statement,
    answers: worded.answers.map(({ text, points }) => ({ text: agreed(text), points })),
  })),
  provenance: 'Accord adapté, non validé : seuls les accords du texte de 1998 ont été changés.',
};
