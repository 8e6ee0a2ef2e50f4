import { z } from 'zod';
import { readSiret } from './siret.ts';

/** What the register of companies says of an establishment, to be proposed to who registers it. */
export interface Company {
  readonly name: string;
  /** Number and street, as the register writes them; empty when it does not publish them. */
  readonly line: string;
  readonly postcode: string;
  /** INSEE code of the commune; empty when it is not published. */
  readonly insee: string;
  /** False once the establishment has closed. */
  readonly open: boolean;
}

/**
 * Reads the answer of the public search of companies (API Recherche d’entreprises, DINUM: `GET /search?q=SIRET`) for one
 * SIRET: the establishment among those that match, else the head office when it is that one. Nothing for another SIRET.
 * What the register hides (« [NON-DIFFUSIBLE] ») is not known.
 */
export const readCompany = (answer: unknown, siret: string): Company | undefined => {
  const read = schema.safeParse(answer);
  for (const { nom_raison_sociale, nom_complet, siege, matching_etablissements } of read.data?.results ?? []) {
    const found = [...(matching_etablissements ?? []), ...(siege ? [siege] : [])].find((one) => one.siret === siret);
    if (!found) continue;
    const address = shown(found.adresse);
    const postcode = shown(found.code_postal) || (/\b\d{5}\b(?!.*\b\d{5}\b)/.exec(address)?.[0] ?? '');
    const name = shown(found.liste_enseignes?.[0]) || shown(nom_raison_sociale) || shown(nom_complet);
    return {
      name: inSentenceCase(name).slice(0, 120),
      line: inSentenceCase((postcode ? (address.split(postcode)[0] ?? '') : address).trim()).slice(0, 160),
      postcode: /^\d{5}$/.test(postcode) ? postcode : '',
      insee: /^(\d{2}|2[AB])\d{3}$/.test(found.commune ?? '') ? (found.commune ?? '') : '',
      open: found.etat_administratif !== 'F',
    };
  }
  return undefined;
};

/** An establishment that a search by name found, to be chosen. */
export interface CompanyChoice extends Company {
  readonly siret: string;
}

/**
 * Reads the same answer for a search by name in one commune (`insee`): its establishments there, those that are open first, in
 * the order of the register. One whose number is none is left out.
 */
export const readCompanies = (answer: unknown, insee: string): readonly CompanyChoice[] => {
  const found = new Map<string, CompanyChoice>();
  for (const { siege, matching_etablissements } of schema.safeParse(answer).data?.results ?? []) {
    for (const { siret, commune } of [...(siege ? [siege] : []), ...(matching_etablissements ?? [])]) {
      const read = readSiret(siret ?? '');
      const company = read.ok && commune === insee ? readCompany(answer, read.value) : undefined;
      if (read.ok && company) found.set(read.value, { siret: read.value, ...company });
    }
  }
  return [...found.values()].toSorted((one, other) => Number(other.open) - Number(one.open));
};

/** What was found of a name. `silent`: the register did not answer, which keeps nobody from going on. */
export type CompaniesFound =
  | { readonly state: 'found'; readonly choices: readonly CompanyChoice[] }
  | { readonly state: 'none' | 'silent' | 'short' | 'commune' | 'later' };

/** What a form looks for: the name of a structure and its commune, as they were typed. */
export interface CompanySought {
  readonly name: string;
  readonly commune: string;
}

const text = z.string().max(500).nullish();
const establishment = z.object({
  siret: text,
  adresse: text,
  commune: text,
  code_postal: text,
  etat_administratif: text,
  liste_enseignes: z.array(z.string()).nullish(),
});
const schema = z.object({
  results: z.array(
    z.object({
      nom_complet: text,
      nom_raison_sociale: text,
      siege: establishment.nullish(),
      matching_etablissements: z.array(establishment).nullish(),
    }),
  ),
});

const shown = (value: string | null | undefined): string =>
  value && !/NON.DIFFUSIBLE/i.test(value) ? value.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim() : '';

/** The register writes in capitals: « 12 RUE DES LILAS » is proposed as « 12 rue des lilas », to be put right by who knows. */
const inSentenceCase = (value: string): string => {
  if (value !== value.toUpperCase()) return value;
  const small = value.toLowerCase();
  return /^\p{L}/u.test(small) ? `${small[0]?.toUpperCase()}${small.slice(1)}` : small;
};
