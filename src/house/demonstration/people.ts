import type { AgencyKind, AgencyRole, Scope } from '#platform/permissions.ts';
import type { Entrance } from '#platform/server/demonstration/entrances.ts';

/** Somebody of the demonstration. Nobody is called Exemple, and no mailbox ends in `.example`. */
export interface Someone {
  readonly code: string;
  readonly name: string;
  readonly title: string;
  readonly words: string;
  readonly leadsTo: string;
  /** The role of an agent. */
  readonly grant?: {
    readonly agency: AgencyKind;
    readonly role: AgencyRole;
    readonly scope: Scope;
    readonly where: string;
  };
}

const space = '/professionnels/espace';
const queue = '/professionnels/espace/moderation';
const calls = '/appels/espace';

/** Every role of the site, in the order of a visit. The first one names the others. */
export const people = [
  {
    ...{ code: 'ministere', name: 'Maxime Exemple', title: 'Administration nationale et exploitation' },
    words: 'Confie les rôles à tous les organismes, voit les travaux et la boîte d’envoi.',
    leadsTo: '/mon-compte/roles',
  },
  {
    ...{ code: 'responsable', name: 'Camille Exemple', title: 'Responsable d’une structure, à Rennes' },
    words: 'A inscrit la maison des familles, tient sa page et ses rendez-vous, invite l’équipe, prend le badge.',
    leadsTo: space,
  },
  {
    ...{ code: 'redaction', name: 'Dominique Exemple', title: 'Membre de l’équipe, qui modifie' },
    words: 'Tient à jour les lieux et les horaires, la tournée du bus et le groupe de parents.',
    leadsTo: space,
  },
  {
    ...{ code: 'lecture', name: 'Sacha Exemple', title: 'Membre de l’équipe, en lecture' },
    words: 'Voit la fiche de la maison des familles, sans rien y changer.',
    leadsTo: space,
  },
  {
    ...{ code: 'sage-femme', name: 'Lou Exemple', title: 'Sage-femme libérale, à Rennes' },
    words: 'Inscrite seule, son attestation est donnée. Elle a proposé des corrections dans l’annuaire.',
    leadsTo: space,
  },
  {
    ...{ code: 'assistante-maternelle', name: 'Noa Exemple', title: 'Assistante maternelle, à Paimpont' },
    words: 'Travaille chez elle, dans une petite commune. Son attestation est arrivée à son terme.',
    leadsTo: space,
  },
  {
    ...{ code: 'debut', name: 'Charlie Exemple', title: 'Quelqu’un qui commence son inscription' },
    words: 'S’est arrêté en route : l’inscription l’attend là où il l’a laissée.',
    leadsTo: space,
  },
  {
    ...{ code: 'ile', name: 'Alix Exemple', title: 'Un groupe de parents, à La Réunion' },
    words: 'Trois inscriptions : une en ligne, une qui attend d’être lue, une refusée.',
    leadsTo: space,
  },
  {
    ...{ code: 'loin', name: 'Andréa Exemple', title: 'Une médiathèque et une crèche, ailleurs en France' },
    words: 'L’attestation de l’une est contestée, celle de l’autre est retirée.',
    leadsTo: space,
  },
  {
    ...{ code: 'ars', name: 'Élie Exemple', title: 'ARS, administration régionale' },
    words: 'En Bretagne : relit, décide et confie des rôles de son agence.',
    leadsTo: queue,
    grant: { agency: 'ars', role: 'administrator', scope: 'region:53', where: 'Bretagne' },
  },
  {
    ...{ code: 'dreets', name: 'Ange Exemple', title: 'Dreets, lecture seule' },
    words: 'En Bretagne : suit ce qui attend, sans décider.',
    leadsTo: queue,
    grant: { agency: 'dreets', role: 'reader', scope: 'region:53', where: 'Bretagne' },
  },
  {
    ...{ code: 'caf', name: 'Swan Exemple', title: 'Caf, administration départementale' },
    words: 'En Ille-et-Vilaine : relit, décide et confie des rôles de sa caisse.',
    leadsTo: queue,
    grant: { agency: 'caf', role: 'administrator', scope: 'departement:35', where: 'Ille-et-Vilaine' },
  },
  {
    ...{ code: 'pmi', name: 'Ariel Exemple', title: 'PMI du département, modération' },
    words: 'En Ille-et-Vilaine : lit les inscriptions, les corrections, les doublons et les signalements.',
    leadsTo: queue,
    grant: { agency: 'departement', role: 'moderator', scope: 'departement:35', where: 'Ille-et-Vilaine' },
  },
  {
    ...{ code: 'pmi-reunion', name: 'Yaël Exemple', title: 'PMI de La Réunion, modération' },
    words: 'À La Réunion, chaque inscription est lue avant de paraître.',
    leadsTo: queue,
    grant: { agency: 'departement', role: 'moderator', scope: 'departement:974', where: 'La Réunion' },
  },
  {
    ...{ code: 'agglomeration', name: 'Maé Exemple', title: 'Agent de l’intercommunalité, qui anime le réseau' },
    words: 'À Rennes Métropole : réunit les professionnels du territoire.',
    leadsTo: space,
    grant: { agency: 'local', role: 'coordinator', scope: 'epci:243500139', where: 'Rennes Métropole' },
  },
  {
    ...{ code: 'mairie', name: 'Jo Exemple', title: 'Agent d’une petite commune, modération' },
    words: 'À Paimpont : lit et décide pour sa commune seulement.',
    leadsTo: queue,
    grant: { agency: 'local', role: 'moderator', scope: 'commune:35211', where: 'Paimpont' },
  },
  {
    ...{ code: 'dreets-bretagne', name: 'Inès Exemple', title: 'Dreets, administration régionale' },
    words: 'En Bretagne : mène avec l’ARS l’appel à projets, qui en est à la sélection.',
    leadsTo: calls,
    grant: { agency: 'dreets', role: 'administrator', scope: 'region:53', where: 'Bretagne' },
  },
  {
    ...{ code: 'ars-normandie', name: 'Paul Exemple', title: 'ARS, un appel à projets ouvert' },
    words: 'En Normandie : tient l’appel à projets, reçoit une candidature et une lettre d’intention.',
    leadsTo: calls,
    grant: { agency: 'ars', role: 'administrator', scope: 'region:28', where: 'Normandie' },
  },
  {
    ...{ code: 'caf-landes', name: 'Léo Exemple', title: 'Caf, appel à projets des Landes' },
    words: 'Dans les Landes : labellise avec l’ARS, écrit les préconisations et suit ce qu’elles deviennent.',
    leadsTo: calls,
    grant: { agency: 'caf', role: 'administrator', scope: 'departement:40', where: 'Landes' },
  },
  {
    ...{ code: 'ars-landes', name: 'Rose Exemple', title: 'ARS, appel à projets des Landes' },
    words: 'En Nouvelle-Aquitaine : a signé avec la Caf les décisions de l’appel des Landes.',
    leadsTo: calls,
    grant: { agency: 'ars', role: 'administrator', scope: 'region:75', where: 'Nouvelle-Aquitaine' },
  },
  {
    ...{ code: 'porteuse', name: 'Nour Exemple', title: 'Porteuse de projets' },
    words: 'A déposé en Bretagne, y a répondu à une demande de complément, et écrit une candidature en Normandie.',
    leadsTo: `${calls}/candidatures`,
  },
  {
    ...{ code: 'porteuse-landes', name: 'Manon Exemple', title: 'Porteuse d’un projet des Landes' },
    words: 'A reçu le label avec des préconisations, et le courrier qui le lui dit.',
    leadsTo: `${calls}/candidatures`,
  },
  {
    ...{ code: 'cpam-normandie', name: 'Aïcha Exemple', title: 'CPAM, partenaire d’un appel à projets' },
    words: 'En Normandie : lit tout l’appel, commente chaque partie, propose d’autres mots et relaie.',
    leadsTo: calls,
  },
  {
    ...{ code: 'redaction-projet', name: 'Sami Exemple', title: 'Qui écrit une candidature avec sa porteuse' },
    words: 'En Normandie : écrit chaque partie, sans pouvoir déposer.',
    leadsTo: `${calls}/candidatures`,
  },
  {
    ...{ code: 'lecture-projet', name: 'Zoé Exemple', title: 'Qui relit une candidature' },
    words: 'En Normandie : lit la candidature, sans y écrire.',
    leadsTo: `${calls}/candidatures`,
  },
  {
    ...{ code: 'presidence', name: 'Claude Exemple', title: 'Présidence du jury, en Bretagne' },
    words: 'Voit le classement et les déports, peut lever un déport et rouvrir une évaluation.',
    leadsTo: calls,
  },
  {
    ...{ code: 'juree', name: 'Jeanne Exemple', title: 'Membre du jury, en Bretagne' },
    words: 'S’est déportée d’une candidature. Une évaluation est rendue, d’autres l’attendent.',
    leadsTo: calls,
  },
  {
    ...{ code: 'experte', name: 'Rim Exemple', title: 'Experte à qui on demande un avis' },
    words: 'Dit d’abord ses intérêts, puis lit la fiche d’une seule candidature et répond.',
    leadsTo: calls,
  },
] as const satisfies readonly Someone[];

export type PersonCode = (typeof people)[number]['code'];

/** The address by which an account of the demonstration is known. */
export const emailOf = (code: string): string => `${code}@demonstration.example`;

/** The ways in, as the site offers them. */
export const entrances: readonly Entrance[] = people.map(({ code, title, words, leadsTo, name }) => ({
  ...{ code, words, leadsTo, email: emailOf(code) },
  title: `${title} (${name})`,
}));
