import { accessFacts, audiences, costs, type Kind, kinds, labelOf } from '../vocabulary.ts';
import type { DataInclusionService, DataInclusionStructure, Thematique } from './data-inclusion-schema.ts';
import { emailOf, shapedOf, textOf, urlOf } from './fitting.ts';
import type { PublicOffer } from './public-offer.ts';

/** What a mapping needs to know of the world. */
export interface Publisher {
  /** Address of the site; undefined when the operator set none: links are then left out. */
  readonly origin: string | undefined;
  /** The départements of a region: data·inclusion has no code for a region. */
  readonly departementsOf: (region: string) => readonly string[];
}

/** The row that stands for the structure of an offer: its place, else who gives it, else the tour, else the service. */
export const structureOf = ({
  where,
  isStop,
  organisation,
  tour,
  service,
}: PublicOffer): { id: number; source: string } =>
  (where && !isStop ? where : undefined) ?? organisation ?? tour ?? service;

/**
 * The structure of an offer. `services`: names of what is given there, for the description. The same structure comes out
 * of any of its offers.
 */
export const structureRecord = (
  offer: PublicOffer,
  services: readonly string[],
  { origin }: Publisher,
): DataInclusionStructure => {
  const { where, isStop, organisation, tour, service } = offer;
  const place = isStop ? null : where;
  const { id, source } = structureOf(offer);
  const kind = place?.kind ?? (tour && !organisation ? 'itinerant' : null);
  const about = [kind ? labelOf(kinds, kind) : null, services.length > 0 ? `Services : ${services.join(', ')}` : null];
  const access = place?.access.map((fact) => labelOf(accessFacts, fact)).join(', ');
  return {
    ...{ source, id: identifier(source, id) },
    nom: nameOf(place?.name ?? (place ? service.name : (organisation?.name ?? tour?.name ?? service.name))),
    date_maj: place ? place.changedOn : (organisation?.changedOn ?? tour?.changedOn ?? service.changedOn),
    description: textOf([...about, access && `Accès : ${access}`].filter(Boolean).join('. '), 10_000),
    lien_source: pageOf(origin, place ? place.page : null),
    siret: shapedOf(place ? place.siret : organisation?.siret, /^\d{14}$/),
    ...addressOf(place),
    telephone: (place ? place.phone : organisation?.phone) ?? null,
    courriel: emailOf(place ? place.email : organisation?.email),
    site_web: urlOf(place ? place.website : organisation?.website),
    horaires_accueil: place?.hours ?? null,
    accessibilite_lieu: urlOf(place?.acceslibre),
    reseaux_porteurs: (kind && networks[kind]) ?? null,
  };
};

/** The service of an offer. */
export const serviceRecord = (offer: PublicOffer, { origin, departementsOf }: Publisher): DataInclusionService => {
  const { service, where, hours, areas, modes } = offer;
  const { source } = service;
  const structure = structureOf(offer);
  const given = service.audiences ?? [];
  const phone = service.phone ?? null;
  const courriel = emailOf(service.email);
  const website = urlOf(service.website);
  const bookings = service.bookings ?? [];
  const told = [service.summary, service.description].filter(Boolean).join('\n\n').trim();
  return {
    ...{ source, structure_id: identifier(structure.source, structure.id), id: identifier(source, offer.id) },
    nom: nameOf(service.name),
    description:
      textOf([...told].length < 5 ? `${service.name}. ${labelOf(kinds, service.kind)}.` : told, 10_000) ?? '',
    lien_source: pageOf(origin, where?.page ?? service.page),
    date_maj: offer.changedOn,
    type: types[service.kind] ?? null,
    thematiques: subjectsOf(service.kind, given),
    frais: feeOf(service.costs ?? []),
    frais_precisions: listed(
      (service.costs ?? []).map((cost) => labelOf(costs, cost)),
      service.cost_note,
    ),
    publics: publicsOf(given),
    publics_precisions: listed(given.map((audience) => labelOf(audiences, audience))),
    conditions_acces: null,
    ...addressOf(where),
    ...{ telephone: phone, courriel },
    modes_accueil: inOrder([
      modes.some((mode) => /^(visio|telephone|en-ligne)$/.test(mode)) && 'a-distance',
      modes.some((mode) => /^(sur-place|a-domicile|itinerant)$/.test(mode)) && 'en-presentiel',
    ]),
    zone_eligibilite: filled(areas.flatMap((area) => codesOfArea(area, departementsOf))),
    contact_nom_prenom: null,
    lien_mobilisation: website,
    modes_mobilisation: filled(
      inOrder([
        courriel !== null && 'envoyer-un-courriel',
        bookings.includes('sans-rendez-vous') && 'se-presenter',
        phone !== null && 'telephoner',
      ]),
    ),
    mobilisable_par: filled(
      inOrder([
        bookings.some((booking) => booking !== 'orientation') && 'usagers',
        bookings.includes('orientation') && 'professionnels',
      ]),
    ),
    mobilisation_precisions: textOf(service.booking_note, 10_000),
    ...{ volume_horaire_hebdomadaire: null, nombre_semaines: null, horaires_accueil: hours },
  };
};

/** Joined from who told it first and our own number, which never changes: nobody else of that source can have it. */
const identifier = (source: string, id: number): string => `${source}--mille-jours:${id}`;

const pageOf = (origin: string | undefined, page: string | null): string | null =>
  origin && page ? urlOf(`${origin}${page}`) : null;

/** Three characters at least, 150 at most, and no full stop at the end. */
const nameOf = (name: string): string => {
  const plain = name.trim().replace(/(?<!etc)[.\s]+$/, '');
  return textOf([...plain].length < 3 ? `Lieu « ${plain} »` : plain, 150) ?? plain;
};

const addressOf = (where: PublicOffer['where']) => ({
  commune: where?.commune ?? null,
  code_postal: shapedOf(where?.postcode, /^\d{5}$/),
  code_insee: shapedOf(where?.insee, /^\w{5}$/),
  adresse: where?.address ?? null,
  complement_adresse: where?.more ?? null,
  longitude: where?.lon ?? null,
  latitude: where?.lat ?? null,
});

const listed = (labels: readonly string[], note?: string | null): string | null =>
  textOf([labels.join(', '), note].filter(Boolean).join('. '), 10_000);

const inOrder = <T extends string>(values: readonly (T | false)[]): T[] =>
  values.filter((value): value is T => value !== false);

const filled = <T>(values: T[]): T[] | null => (values.length > 0 ? values : null);

/** Reimbursed is neither free nor paying: the words say it. */
const feeOf = (given: readonly string[]): DataInclusionService['frais'] => {
  const paying = given.some((cost) => /^(quotient-familial|adhesion|payant)$/.test(cost));
  return paying ? 'payant' : given.includes('gratuit') ? 'gratuit' : null;
};

/** Everything here is for parents; what is for professionals only says nothing of families. */
const publicsOf = (given: readonly string[]): DataInclusionService['publics'] =>
  given.length > 0 && given.every((audience) => audience === 'professionnels')
    ? null
    : [
        'familles' as const,
        ...inOrder([
          given.includes('jeunes-parents') && 'jeunes',
          given.includes('handicap') && 'personnes-en-situation-de-handicap',
          given.includes('violences') && 'personnes-en-situation-durgence',
        ]),
      ];

/** `region:84` as its départements; the other kinds of territory have their own code. */
const codesOfArea = (area: string, departementsOf: Publisher['departementsOf']): readonly string[] => {
  const [kind = '', code = ''] = area.split(':');
  if (kind === 'region') return departementsOf(code);
  return kind === 'france' ? ['france'] : code ? [code] : [];
};

const subjectsOf = (kind: Kind, given: readonly string[]): Thematique[] =>
  [
    ...new Set([
      ...(subjects[kind] ?? []),
      ...(given.includes('violences') ? (['famille--surmonter-conflits-separation-violence'] as const) : []),
    ]),
  ].sort();

const parenthood = 'famille--soutien-a-la-parentalite-et-a-leducation';
const rights = 'difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits';
const care = 'sante--acces-aux-soins';
const childcare = 'famille--garde-denfants';

/** Our kinds in the subjects of data·inclusion. A kind that is absent has none that fits. */
const subjects: Readonly<Partial<Record<Kind, readonly Thematique[]>>> = {
  ...{ maternite: [care], 'centre-perinatal': [care], 'maison-de-naissance': [care], hopital: [care] },
  ...{ pmi: [care, parenthood], 'consultation-infantile': [care, parenthood], 'centre-medico-scolaire': [care] },
  ...{ cabinet: [care], 'centre-de-sante': [care], camsp: [care], cmpp: [care] },
  ...{ 'sante-sexuelle': ['sante--sante-sexuelle'], cmp: ['sante--sante-mentale'] },
  'unite-mere-bebe': ['sante--sante-mentale', parenthood],
  'accueil-mere-enfant': ['logement-hebergement--rechercher-une-solution-dhebergement-temporaire', parenthood],
  ...{ creche: [childcare], 'micro-creche': [childcare], mam: [childcare] },
  'relais-petite-enfance': [childcare, parenthood],
  ...{ laep: [parenthood], 'maison-1000-jours': [parenthood], 'maison-des-parents': [parenthood] },
  ...{ 'groupe-de-parents': [parenthood, 'remobilisation--lien-social'], ludotheque: [parenthood] },
  'centre-social': [parenthood, 'remobilisation--lien-social'],
  ...{ caf: [rights], msa: [rights], cpam: [rights], ccas: [rights], 'france-services': [rights], mairie: [rights] },
};

const types: Readonly<Partial<Record<Kind, DataInclusionService['type']>>> = {
  ...{ 'groupe-de-parents': 'atelier', 'relais-petite-enfance': 'information' },
};

const networks: Readonly<Partial<Record<Kind, NonNullable<DataInclusionStructure['reseaux_porteurs']>>>> = {
  ...{ caf: ['caf'], msa: ['mutualite-sociale-agricole'], cpam: ['cpam'], ccas: ['unccas'], mairie: ['communes'] },
  ...{ pmi: ['departements'], 'france-services': ['france-service'] },
};
