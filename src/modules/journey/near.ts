import type { Near } from './schedule.ts';

/** Filters of `/autour-de-moi`, in its own words. Within one, any will do; two together must both hold. */
interface Filter {
  readonly kind?: readonly string[];
  readonly priority?: number;
}

/** Where a midwife sees people: in a practice of her own, or in a place of care. */
const births = ['maternite', 'centre-perinatal', 'maison-de-naissance'];
const care = ['cabinet', 'centre-de-sante'];

const filters: Readonly<Record<Near, Filter>> = {
  midwife: { kind: [...births, ...care, 'pmi'] },
  doctor: { kind: [...care, 'pmi', 'consultation-infantile', 'hopital'] },
  ultrasound: { kind: [...births, ...care, 'hopital'] },
  maternity: { kind: births },
  dentist: { kind: [...care, 'hopital'] },
  pmi: { kind: ['pmi', 'consultation-infantile', 'itinerant'] },
  caf: { kind: ['caf', 'msa', 'france-services', 'centre-social'] },
  town_hall: { kind: ['mairie', 'france-services'] },
  childcare: { kind: ['creche', 'micro-creche', 'mam', 'relais-petite-enfance'] },
  parents: { kind: ['groupe-de-parents', 'laep', 'maison-des-parents', 'maison-1000-jours', 'centre-social'] },
  // Priority 4 « partager et souffler », priority 6 « éveiller les tout-petits ».
  respite: { priority: 4 },
  awakening: { priority: 6 },
  moral: { kind: ['pmi', 'maternite', 'centre-perinatal', ...care, 'cmp', 'unite-mere-bebe', 'maison-1000-jours'] },
  // Neither a nursery nor a waiting room of the PMI for parents who grieve.
  grief: { kind: ['maternite', 'centre-perinatal', ...care, 'cmp', 'association', 'maison-des-parents'] },
};

/**
 * The list of `/autour-de-moi` that answers a step. The filter is that of the row, the same for everyone: nothing of the
 * family is in it. Whoever follows it says there where they are.
 */
export const nearAddress = (near: Near): string => {
  const { kind, priority } = filters[near];
  return `/autour-de-moi?${kind ? `kind=${kind.join(',')}` : `priority=${priority}`}`;
};
