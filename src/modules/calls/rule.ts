import { type Refusal, type Result, refuse } from '#platform/result.ts';

/**
 * The rules of the official texts that calls follow, each with its short quotation. `force`: a `limit` is refused;
 * a `date` and an `advice` may be departed from, with a motive that stays.
 * Source: instruction of 2021 to the ARS and DREETS and its annex (« annexe »).
 */
export const rules = {
  'R-01': {
    force: 'limit',
    reference: 'instruction 2021, objet',
    quotation:
      'les agences régionales de santé (ARS) et les directions régionales […] volontaires auront la possibilité de lancer un appel à projets',
  },
  'R-12': {
    force: 'limit',
    reference: 'instruction 2021, annexe',
    quotation: 'en cas d’engagement conjoint de l’ARS et de la DREETS d’une même région, un unique appel à projets',
  },
  'R-13': {
    force: 'advice',
    reference: 'instruction 2021, annexe',
    quotation: 'Cette configuration est fortement recommandée',
  },
  'R-21': {
    force: 'date',
    reference: 'instruction 2021, annexe §6',
    quotation: 'devront en informer la Direction générale de la cohésion sociale […] au plus tard le 17 mai 2021',
  },
  'R-25': {
    force: 'date',
    reference: 'instruction 2021, annexe §2',
    quotation: 'devront déterminer le ou les lauréats au plus tard en août 2021',
  },
  'R-27': {
    force: 'advice',
    reference: 'instruction 2021, annexe §2',
    quotation: 'un démarrage des projets au plus tard au début de l’automne 2021',
  },
  'R-28': {
    force: 'limit',
    reference: 'instruction 2021, annexe §2',
    quotation:
      'en portant une attention particulière au fait que le calendrier régional permette un démarrage des projets',
  },
  'R-30': {
    force: 'limit',
    reference: 'instruction 2021, annexe §3',
    quotation:
      'Chaque appel à projets régional devra permettre la dotation d’au moins 100 000 € au(x) projet(s) lauréat(s)',
  },
  'R-31': {
    force: 'limit',
    reference: 'instruction 2021, annexe §3',
    quotation: '200 000 € en cas d’appels à projets communs ARS-DREETS',
  },
  'R-32': {
    force: 'limit',
    reference: 'instruction 2021, annexe §3',
    quotation: 'bénéficiera d’une enveloppe financière de 100 000 €, […] qui pourra donc être abondée localement',
  },
  'R-33': {
    force: 'limit',
    reference: 'instruction 2021, annexe §3',
    quotation: 'dotation FIR pour les ARS, dotation P304 action 17 pour les DREETS',
  },
  'R-36': {
    force: 'limit',
    reference: 'instruction 2021, annexe §3',
    quotation: 'Cette dotation est annuelle et non reconductible',
  },
  'R-41': {
    force: 'limit',
    reference: 'présentation « Des Territoires des 1000 premiers jours »',
    quotation: 'Des possibilités de ciblages thématiques ou géographiques laissées à la main des ARS & DREETS',
  },
  'R-50': {
    force: 'limit',
    reference: 'instruction 2021, annexe §6',
    quotation: 'le rattachement du projet à l’un des 6 axes de l’appel à projets',
  },
  'R-51': {
    force: 'limit',
    reference: 'instruction 2021, annexe §6',
    quotation: 'l’impossibilité de financer des projets de portée extrarégionale',
  },
  'R-52': {
    force: 'limit',
    reference: 'instruction 2021, annexe §6',
    quotation:
      'porté par une structure pouvant bénéficier d’un financement dans le cadre d’une convention de subvention',
  },
  'R-53': {
    force: 'limit',
    reference: 'instruction 2021, annexe §6',
    quotation: 'Les seules contraintes sont le rattachement du projet à l’un des 6 axes […], l’impossibilité […]',
  },
  'R-60': {
    force: 'advice',
    reference: 'instruction 2021, annexe §6',
    quotation: 'De privilégier des projets à fort potentiel',
  },
  'R-61': {
    force: 'advice',
    reference: 'instruction 2021, annexe §6',
    quotation: 'D’apporter une attention particulière à la qualité de la description des indicateurs d’impact proposés',
  },
  'R-70': {
    force: 'advice',
    reference: 'instruction 2021, annexe §4',
    quotation:
      'Il est recommandé d’associer largement au pilotage de l’appel à projets ainsi qu’aux jurys de sélection, l’ensemble des acteurs locaux suivants',
  },
  'R-75': {
    force: 'limit',
    reference: 'instruction 2021, annexe §4',
    quotation:
      'être vigilant au rôle de chacun dans le processus décisionnel afin de bien distinguer les financeurs des opérateurs, dont le nombre peut parfois être réduit',
  },
  'R-76': {
    force: 'limit',
    reference: 'instruction 2021, annexe §4',
    quotation: 'n’a nullement vocation à se substituer à un mode de gouvernance préexistant au niveau local',
  },
  'R-77': {
    force: 'limit',
    reference: 'instruction 2021',
    quotation: 'Le choix des projets sera réalisé par vos soins et portés à la connaissance du ministère',
  },
  'R-81': {
    force: 'advice',
    reference: 'instruction 2021, annexe',
    quotation:
      'il conviendra dans les territoires concernés de prendre l’attache des commissaires à la lutte contre la pauvreté et des directions des caisses d’allocations familiales (CAF)',
  },
  'R-90': {
    force: 'limit',
    reference: 'instruction 2021',
    quotation: 'Le choix des projets sera réalisé par vos soins et portés à la connaissance du ministère',
  },
  'R-91': {
    force: 'limit',
    reference: 'instruction 2021, annexe §6',
    quotation: 'par courriel de leur directeur […], en indiquant la personne référente qui pilotera l’appel à projets',
  },
  'R-96': {
    force: 'limit',
    reference: 'instruction 2021, annexe §3',
    quotation:
      'l’évaluation des projets doit permettre de bien identifier leur capacité à répondre aux enjeux des 1000 premiers jours',
  },
} as const satisfies Readonly<Record<string, Rule>>;

interface Rule {
  readonly force: 'limit' | 'date' | 'advice';
  readonly reference: string;
  readonly quotation: string;
}

export type RuleNumber = keyof typeof rules;

/** A recommendation or a national date that was not followed. The motive is an ordinary row: only its id is journaled. */
export type Departure = {
  readonly rule: RuleNumber;
  readonly motive: string;
};

/** A refusal that shows the rule it comes from, by number and with its words. */
export const byRule = (number: RuleNumber, refusal: Omit<Refusal, 'rule'>): Refusal => {
  const { reference, quotation } = rules[number];
  return { ...refusal, rule: { reference: `${number}, ${reference}`, quotation } };
};

/**
 * The same in a call that the national frame binds. Elsewhere no official text asks it: the sentence stands alone, as the
 * call’s own rule.
 */
export const whereFramed = (framed: boolean, number: RuleNumber, refusal: Omit<Refusal, 'rule'>): Refusal =>
  framed ? byRule(number, refusal) : refusal;

/**
 * The departures from `broken`, with the motive given. Refuses, quoting the first rule, when something is departed from
 * and no motive is given.
 */
export const departures = (broken: readonly RuleNumber[], motive: string | undefined): Result<readonly Departure[]> => {
  const [first] = broken;
  if (first !== undefined && motive === undefined) {
    const reading = broken.map((rule) => readings[rule]).find((words) => words !== undefined);
    return refuse(
      byRule(first, {
        code: 'motive_missing',
        field: 'motive',
        message: `${reading ? `${reading} ` : ''}C’est possible, en disant pourquoi : le motif reste avec l’appel.`,
      }),
    );
  }
  return { ok: true, value: broken.map((rule) => ({ rule, motive: motive ?? '' })) };
};

/** How a rule is read here, where its words leave it open or where one may wonder what it is about; said with each departure. */
export const readings: { readonly [Number in RuleNumber]?: string } = {
  'R-13': 'L’ARS et la DREETS de cette région ont toutes les deux déclaré un appel.',
  'R-27':
    'Les textes demandent que les projets commencent au début de l’automne, sans donner de jour : ici, après le 30 septembre, c’est plus tard.',
  'R-70': 'Le pilotage laisse de côté des acteurs dont l’association est recommandée.',
};
