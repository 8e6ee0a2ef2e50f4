import { fold } from '#platform/text.ts';

/**
 * A name as people write it, from one that a register keeps in capitals: « CTRE DE PMI DE ST MALO » → « Centre de PMI de
 * Saint Malo ». A name that has small letters stays as it is.
 */
export const spokenName = (name: string): string => {
  if (/\p{Ll}/u.test(name)) return name;
  let first = true;
  return name.replace(/[\p{L}\p{N}]+/gu, (word, at: number) => {
    const written = spoken(word, first, name[at - 1] === "'" || name[at - 1] === '’', name[at + word.length]);
    first = false;
    return written;
  });
};

/** A street as people write it, from the parts that registers keep: « 12 », « B », « RTE », « DE PARIS ». */
export const spokenStreet = (number: string, suffix: string, type: string, name: string): string => {
  const kind = streets[fold(type)] ?? type.toLowerCase();
  const bis = { b: 'bis', t: 'ter', q: 'quater' }[fold(suffix)] ?? suffix.toLowerCase();
  // The name goes on after its kind: « rue de Paris », « Le Bourg » when it stands alone.
  const rest = kind === '' ? spokenName(name) : spokenName(`X ${name}`).replace(/^X /i, '');
  return [number.replace(/^0+(?=\d)/, ''), bis, kind, rest].filter(Boolean).join(' ').trim();
};

const streets: Readonly<Record<string, string>> = {
  ...{ r: 'rue', av: 'avenue', ave: 'avenue', bd: 'boulevard', bld: 'boulevard', boul: 'boulevard', pl: 'place' },
  ...{ rte: 'route', che: 'chemin', chem: 'chemin', all: 'allée', allee: 'allée', imp: 'impasse', sq: 'square' },
  ...{
    crs: 'cours',
    qu: 'quai',
    res: 'résidence',
    lot: 'lotissement',
    ldt: 'lieu-dit',
    ham: 'hameau',
    pass: 'passage',
  },
  ...{
    esp: 'esplanade',
    fg: 'faubourg',
    cite: 'cité',
    rpt: 'rond-point',
    prom: 'promenade',
    zi: 'ZI',
    za: 'ZA',
    zac: 'ZAC',
  },
};

const spoken = (word: string, first: boolean, elided: boolean, after: string | undefined): string => {
  const folded = fold(word);
  const full = abbreviations[folded];
  if (full) return first ? capital(full) : full;
  if (acronyms.has(folded) || /^(?=.*\d)/.test(word)) return word;
  const lower = word.toLowerCase();
  if (first) return capital(lower);
  if (linking.has(lower) || (/^[cdjlmns]$/.test(lower) && (after === "'" || after === '’'))) return lower;
  return elided || lower.length > 1 ? capital(lower) : word;
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const linking = new Set('à a au aux de des du et en la le les ou par pour sur sous chez'.split(' '));

const acronyms = new Set(
  `pmi chu chru chr ch chi chg ghi gh gcs cpef cegidd camsp cmpp cmp cms mda mds utas uta ccas cias caf msa cpam cpp
  clcc hia ap hp aphp asbl adapei apajh ugecam mgen apf ars iii ii iv vi vii viii ix xi xii rpe laep mam eaje zac zi bp rn
  hcl aphm cesf csapa oseris sma smr ssr had imc ime idf ghu ght chm chp chs hup`.split(/\s+/),
);

/** What registers write short. */
const abbreviations: Readonly<Record<string, string>> = {
  ...{ ctre: 'Centre', ctr: 'Centre', hop: 'Hôpital', hopital: 'Hôpital', hosp: 'hospitalier', st: 'Saint' },
  ...{ ste: 'Sainte', cte: 'Comté', dept: 'départemental', mat: 'Maternité', maternite: 'Maternité', enf: 'Enfant' },
};
