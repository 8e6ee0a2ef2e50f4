import { ruleWords } from '#platform/server/retention/rule.ts';
import { retentionRules } from './retention.ts';

/**
 * What each table holds of people, why, by which right, for whom and for how long: the catalogue that
 * `docs/data-protection.md` is written from (`npm run content -- data-protection`). A table that is not here fails the
 * tests, and so does one that is gone.
 */
export interface TableEntry {
  /** What it holds, in French. */
  readonly holds: string;
  /**
   * `none`: nobody. `public`: what somebody chose to publish, or a public source published. `pseudonym`: identifiers that
   * lead to nobody once the account is erased. `personal`: the rest.
   */
  readonly people: 'none' | 'public' | 'pseudonym' | 'personal';
  readonly purpose: string;
  readonly basis: Basis;
  readonly recipients: string;
  /** How long, for a table without a rule in `retention.ts`: never both. */
  readonly kept?: string;
}

/** Article 6 of the GDPR, one ground each; `nobody` where no person is concerned. */
export const bases = {
  nobody: 'Sans objet : aucune donnée personnelle',
  task: 'Mission d’intérêt public (RGPD, art. 6.1.e)',
  consent: 'Consentement, retiré à tout moment (art. 6.1.a)',
  law: 'Obligation légale : rendre compte des décisions (art. 6.1.c)',
  security: 'Intérêt légitime : la sécurité du site (art. 6.1.f)',
} as const;
export type Basis = keyof typeof bases;

const nobody = (holds: string, purpose: string, kept = 'Tant que le site s’en sert'): TableEntry => ({
  ...{ holds, purpose, kept, people: 'none', basis: 'nobody', recipients: 'Tout le monde, ou le site seul' },
});

const ALL = 'Tout le monde : c’est publié';
const SITE = 'Le site seul';
const OPERATOR = 'Qui exploite le site';
const ITSELF = 'La personne elle-même ; qui administre le site, pour l’aider';

const listed = (holds: string): TableEntry => ({
  ...{ holds, people: 'public', basis: 'task', recipients: ALL },
  purpose: 'Montrer aux parents qui peut les recevoir, et publier l’annuaire en données ouvertes',
});

const account = (holds: string): TableEntry => ({
  ...{ holds, people: 'personal', basis: 'task', recipients: ITSELF },
  purpose: 'Reconnaître qui se connecte, et seulement cela',
});

const reference = 'Découpage administratif de la France';

export const tableCatalogue: Readonly<Record<string, TableEntry>> = {
  account: account('Adresse électronique et nom choisi'),
  account_challenge: account('Une question posée à une clé d’accès'),
  account_federation: account('Identifiant chez ProConnect ou Pro Santé Connect'),
  account_passkey: account('Clé publique et nom donné à l’appareil'),
  account_proof: account('Empreintes du lien et du code envoyés'),
  account_session: account('Appareil en deux mots, dates'),
  agency_grant: account('Rôle d’un agent et son territoire'),
  membership: account('Organisme et rôle'),
  invitation: account('Adresse d’une personne invitée'),
  attestation: {
    ...{ holds: 'Attestation d’une inscription : état, dates, jeton public', people: 'public', basis: 'consent' },
    purpose: 'Laisser chacun vérifier le badge d’un professionnel',
    recipients: 'Qui a le lien ou le code à flasher',
  },
  registration: {
    ...{ holds: 'Ce qu’une personne ou une structure dit d’elle : brouillon et version publiée', people: 'personal' },
    ...{ purpose: 'S’inscrire et apparaître près des parents, champ par champ', basis: 'consent' },
    recipients: 'La personne ; les modérateurs de son territoire ; tout le monde pour ce qu’elle publie',
  },
  moderation_case: {
    ...{
      holds: 'Une demande à relire : ce qui est proposé, par qui, ce qui est décidé',
      people: 'personal',
      basis: 'law',
    },
    purpose: 'Relire ce qui paraît, et pouvoir dire pourquoi',
    recipients: 'Les modérateurs du territoire ; qui a proposé',
  },
  claim: {
    ...{ holds: 'Demande de tenir une fiche : preuve donnée, empreinte du code d’une lettre', people: 'personal' },
    ...{ purpose: 'Confier une fiche à la structure qu’elle décrit, et à elle seule', basis: 'law' },
    recipients: 'L’équipe qui demande ; les modérateurs du territoire',
  },
  listing_owner: {
    ...{ holds: 'Quelle inscription tient quelle fiche', people: 'pseudonym', basis: 'task', recipients: SITE },
    purpose: 'Laisser une structure corriger sa fiche aussitôt',
  },
  probable_duplicate: {
    ...{ holds: 'Deux fiches qui décrivent peut-être un même lieu, et quel compte a dit que non' },
    ...{ people: 'pseudonym', basis: 'task', recipients: 'Les modérateurs du territoire' },
    ...{
      purpose: 'Ne montrer chaque lieu qu’une fois',
      kept: 'Tant que les fiches se ressemblent ; un « non », sans fin fixée',
    },
  },
  moderation_policy: {
    ...{ holds: 'Choix d’un territoire, et quel compte l’a fait', people: 'pseudonym', basis: 'task' },
    ...{ purpose: 'Relire avant ou après publication', recipients: 'Les modérateurs' },
  },
  moderation_reason: {
    ...{ holds: 'Le motif d’une décision, en toutes lettres', people: 'personal', basis: 'law' },
    purpose: 'Dire pourquoi à la personne, hors du journal qui ne s’efface pas',
    recipients: 'La personne ; les modérateurs',
  },
  listing_freshness: nobody(
    'Rythme d’une fiche, jour de sa dernière confirmation',
    'Demander si elle est toujours exacte',
  ),
  freshness_ask: {
    ...{ holds: 'Une demande envoyée : compte, empreinte de l’adresse et du lien', people: 'pseudonym', basis: 'task' },
    purpose:
      'Demander à qui tient une fiche si elle est toujours exacte. Une fiche importée que personne ne tient : à l’adresse publiée avec elle par sa source, seulement quand une agence du territoire le demande, au plus une fois par mois ; le message dit d’où vient l’adresse et comment ne plus jamais être sollicité',
    recipients: SITE,
  },
  freshness_question: {
    ...{ holds: 'Une fiche dans une demande, et ce qui a été répondu', people: 'pseudonym', basis: 'task' },
    ...{ purpose: 'Ne compter chaque réponse qu’une fois', recipients: 'Les modérateurs du territoire, sans adresse' },
  },
  freshness_campaign: {
    ...{ holds: 'Une campagne : territoire, choix, compte qui l’a lancée', people: 'pseudonym', basis: 'task' },
    ...{ purpose: 'Faire vérifier les fiches d’un territoire', recipients: 'Les modérateurs du territoire' },
  },
  freshness_target: {
    ...{
      holds: 'Les fiches d’une campagne, et pourquoi l’une est laissée de côté',
      people: 'pseudonym',
      basis: 'task',
    },
    ...{ purpose: 'Dire où en est la campagne', recipients: 'Les modérateurs du territoire' },
  },
  trusted_editor: {
    ...{ holds: 'Compte dont les changements paraissent aussitôt', people: 'pseudonym', basis: 'task' },
    ...{ purpose: 'Ne pas relire deux fois', recipients: 'Les modérateurs' },
  },
  callback_team: {
    ...{ holds: 'Organisme qui rappelle, où, quand, en quelles langues ; quel compte l’a choisi', people: 'pseudonym' },
    ...{ purpose: 'Proposer aux parents d’être rappelés', basis: 'task', recipients: ALL },
  },
  callback_request: {
    holds: 'Un numéro de téléphone, un moment, comment se présenter ; ni nom, ni motif, ni score, ni adresse de réseau',
    ...{ people: 'personal', basis: 'consent', purpose: 'Rappeler la personne qui le demande' },
    recipients: 'La personne de l’équipe choisie qui a pris la demande ; son équipe, sans le numéro',
  },
  call_frame: nobody('Empreinte des cadres nationaux publiés', 'Refuser qu’un cadre publié change', 'Toujours'),
  call_contact: {
    ...{
      holds: 'Nom, fonction, adresse et téléphone d’une personne qui dirige ou qui pilote un appel',
      people: 'personal',
    },
    ...{ purpose: 'Écrire au ministère, et à qui pilote', basis: 'task' },
    recipients: 'L’administration qui déclare ; le ministère',
    kept: 'Jusqu’à son remplacement ou au retrait de la déclaration',
  },
  call_declaration: {
    ...{ holds: 'Où en est la déclaration d’une ARS ou d’une DREETS', people: 'none', basis: 'nobody' },
    ...{ purpose: 'Savoir qui lance un appel', recipients: ALL, kept: 'Toujours : elle rend compte' },
  },
  call_text: {
    ...{
      holds:
        'Motif d’une décision, texte d’un additif, ce qu’une personne dit de ses intérêts, et quel compte l’a écrit',
      people: 'personal',
      basis: 'law',
    },
    ...{ purpose: 'Rendre compte' },
    recipients: 'Les organisateurs ; un additif, tout le monde ; ce qu’on dit de ses intérêts, la personne seule',
    kept: 'Toujours, tant que le ministère n’a pas fixé de durée ; ce qu’on dit de ses intérêts, jusqu’à l’effacement du compte',
  },
  call: nobody('Appels à projets : titre, dates, enveloppes', 'Les publier', 'Toujours : ils rendent compte'),
  call_words: {
    ...{ holds: 'Texte d’un appel à projets, et quel compte l’a écrit', people: 'pseudonym', basis: 'task' },
    ...{ purpose: 'Publier l’appel, prouver ce qu’il disait', recipients: ALL, kept: 'Toujours : il rend compte' },
  },
  call_partner: {
    ...{ holds: 'Partenaire d’un appel : organisme, adresse électronique', people: 'personal', basis: 'task' },
    ...{ purpose: 'Écrire et relayer l’appel ensemble', recipients: 'Les organisateurs de l’appel' },
    kept: 'Jusqu’à son retrait, ou à l’effacement du compte',
  },
  call_remark: {
    ...{ holds: 'Remarques sur un appel qui s’écrit : nom montré, texte', people: 'personal', basis: 'task' },
    ...{ purpose: 'Écrire l’appel ensemble', recipients: 'Les organisateurs et les partenaires de l’appel' },
    kept: 'Comme l’appel ; le nom, jusqu’à l’effacement du compte',
  },
  call_application: {
    ...{ holds: 'Candidature à un appel : structure, titre, montants, état, et quel compte l’a commencée' },
    ...{ people: 'pseudonym', basis: 'task', purpose: 'Instruire les candidatures' },
    recipients: 'Qui l’écrit ; une fois déposée, les organisateurs et le jury qui ont déclaré leurs intérêts',
    kept: 'Tant que le ministère et les organisateurs n’ont pas fixé de durée',
  },
  call_application_part: {
    ...{ holds: 'Texte d’une candidature qui s’écrit, dont la personne qui signe et son téléphone' },
    ...{ people: 'personal', basis: 'task', purpose: 'Écrire une candidature à plusieurs' },
    recipients: 'Qui écrit la candidature',
  },
  call_application_member: {
    ...{ holds: 'Qui dépose, écrit ou lit une candidature : adresse électronique', people: 'personal', basis: 'task' },
    ...{ purpose: 'Écrire une candidature à plusieurs', recipients: 'Qui écrit la candidature' },
    kept: 'Jusqu’à son retrait, ou à l’effacement du compte',
  },
  call_application_presence: {
    ...{ holds: 'Qui a une partie d’une candidature ouverte, et depuis quand', people: 'pseudonym', basis: 'task' },
    ...{ purpose: 'Que deux personnes ne s’écrasent pas', recipients: 'Qui écrit la candidature' },
  },
  call_attachment: {
    ...{ holds: 'Fichier joint à une candidature, et quel compte l’a envoyé', people: 'personal', basis: 'task' },
    ...{ purpose: 'Instruire les candidatures' },
    recipients: 'Qui l’écrit ; une fois déposée, les organisateurs et le jury qui ont déclaré leurs intérêts',
  },
  call_snapshot: {
    ...{ holds: 'Ce qui a été déposé, tel quel, dont la personne qui signe', people: 'personal', basis: 'task' },
    ...{ purpose: 'Instruire, prouver ce qui a été déposé' },
    recipients: 'Qui a déposé ; les organisateurs et le jury qui ont déclaré leurs intérêts',
    kept: 'Tant que le ministère et les organisateurs n’ont pas fixé de durée',
  },
  call_jury: nobody('Composition d’un jury, sans nom', 'Rendre compte de qui a jugé', 'Toujours : elle rend compte'),
  call_juror: {
    ...{ holds: 'Membre d’un jury : nom, adresse électronique, organisme, qualité', people: 'personal', basis: 'task' },
    ...{ purpose: 'Réunir un jury', recipients: 'Les organisateurs et le jury de l’appel' },
    kept: 'Comme l’appel ; le nom et l’adresse, jusqu’à l’effacement du compte',
  },
  call_interest: {
    ...{ holds: 'Intérêts déclarés par une personne pour un appel : réponse, liens, déports', people: 'personal' },
    ...{ basis: 'task', purpose: 'Que personne ne juge une candidature où il ou elle a un intérêt' },
    recipients: 'La personne ; la présidence du jury et les organisateurs, pour les déports',
    kept: 'Comme l’appel ; le nom, jusqu’à l’effacement du compte',
  },
  call_opinion: {
    ...{ holds: 'Avis demandé à une personne extérieure : adresse électronique, réponses', people: 'personal' },
    ...{ basis: 'task', purpose: 'Éclairer le jury', kept: 'Comme la candidature ; l’adresse, jusqu’à l’effacement' },
    recipients: 'Les organisateurs et la présidence ; le jury, sauf un avis confidentiel',
  },
  call_evaluation: {
    ...{ holds: 'Notes et mots d’un membre du jury sur une candidature', people: 'pseudonym', basis: 'task' },
    ...{ purpose: 'Choisir des projets', kept: 'Comme la candidature' },
    recipients: 'Les organisateurs et le jury qui ont déclaré leurs intérêts, déports exceptés',
  },
  call_completion: {
    ...{ holds: 'Complément demandé à une candidature : parties, motif, et quel compte l’a demandé' },
    ...{ people: 'pseudonym', basis: 'task', purpose: 'Instruire les candidatures' },
    recipients: 'Qui a déposé ; les organisateurs et le jury qui ont déclaré leurs intérêts',
    kept: 'Comme la candidature',
  },
  call_closing: nobody('Appels clos dont la liste est envoyée', 'Ne l’envoyer qu’une fois', 'Comme l’appel'),
  call_scenario: {
    ...{ holds: 'Répartition imaginée des montants, et quel compte l’a écrite', people: 'pseudonym', basis: 'task' },
    ...{ purpose: 'Préparer la séance', recipients: 'Les organisateurs et la présidence du jury' },
    kept: 'Comme l’appel',
  },
  call_scenario_item: nobody('Candidatures et montants d’un scénario', 'Préparer la séance', 'Comme l’appel'),
  call_session: {
    ...{ holds: 'Séance de jury : ordre du jour, présences, sorties et votes, par pseudonyme' },
    ...{ people: 'pseudonym', purpose: 'Établir le procès-verbal', basis: 'task' },
    kept: 'Comme l’appel : elle rend compte ; dans le procès-verbal signé, un nom, jusqu’à l’effacement du compte',
    recipients: 'Les organisateurs et le jury, déports exceptés',
  },
  call_decision: nobody('Décision sur une candidature : issue, montants, rang', 'Rendre compte', 'Comme l’appel'),
  call_allocation: nobody(
    'Ce qu’une décision prend sur une enveloppe',
    'Ne dépasser aucune enveloppe',
    'Comme l’appel',
  ),
  call_letter_template: {
    ...{ holds: 'Modèle de courrier d’un appel, et quel compte l’a écrit', people: 'pseudonym', basis: 'task' },
    ...{ purpose: 'Notifier les décisions', recipients: 'Les organisateurs', kept: 'Comme l’appel' },
  },
  call_letter: {
    ...{ holds: 'Courrier de décision tel qu’il a été lu, et quel compte l’a préparé', people: 'pseudonym' },
    ...{ purpose: 'Notifier les décisions, prouver ce qui a été notifié', basis: 'task' },
    ...{ recipients: 'Qui a déposé ; les organisateurs, déports exceptés', kept: 'Comme la candidature' },
  },
  call_recommendation: {
    ...{ holds: 'Préconisation à un projet ou à tous, et le nom de qui l’a écrite', people: 'personal', basis: 'task' },
    ...{ purpose: 'Accompagner les projets', recipients: 'Qui a déposé ; les organisateurs et le jury' },
    kept: 'Comme l’appel ; le nom, jusqu’à l’effacement du compte',
  },
  call_recommendation_step: {
    ...{ holds: 'Ce qu’une préconisation est devenue, et quel compte l’a noté', people: 'pseudonym', basis: 'task' },
    ...{ purpose: 'Suivre les préconisations', recipients: 'Les organisateurs et le jury', kept: 'Comme l’appel' },
  },
  call_agreement: {
    ...{
      holds: 'Où en est la convention d’un lauréat : montants, versements, bilans',
      people: 'none',
      basis: 'nobody',
    },
    ...{ purpose: 'Suivre un projet lauréat', recipients: 'Le porteur ; les organisateurs, déports exceptés' },
    kept: 'Comme la candidature : elle rend compte',
  },
  call_agreement_terms: {
    ...{
      holds: 'Texte d’une convention, dont qui la signe, et quel compte l’a écrit',
      people: 'personal',
      basis: 'task',
    },
    ...{ purpose: 'Signer, prouver ce qui a été signé', kept: 'Comme la candidature : elle rend compte' },
    recipients: 'Les parties ; le porteur ; les organisateurs, déports exceptés',
  },
  call_agreement_party: {
    ...{ holds: 'Adresse électronique de qui signe une convention', people: 'personal', basis: 'task' },
    ...{ purpose: 'Faire signer dans l’ordre', recipients: 'Les organisateurs' },
    kept: 'Comme la convention ; l’adresse, jusqu’à l’effacement du compte',
  },
  call_report: {
    ...{ holds: 'Bilan d’un projet lauréat, et quel compte l’a écrit', people: 'pseudonym', basis: 'task' },
    ...{ purpose: 'Évaluer les projets', kept: 'Comme la candidature' },
    recipients: 'Le porteur ; les organisateurs, déports exceptés ; le ministère, en nombres',
  },
  call_appeal: nobody('Recours contre une décision : nature, jour, état', 'Y répondre', 'Comme la candidature'),
  call_national_reading: {
    ...{ holds: 'Jusqu’à quand une personne du ministère dit avoir lu ce qui lui est venu', people: 'pseudonym' },
    ...{ purpose: 'Lui dire ce qui est nouveau', basis: 'task', recipients: 'La personne seule' },
    kept: 'Jusqu’à l’effacement du compte',
  },
  call_support: nobody(
    'Étapes d’un accompagnement technique : jours, états',
    'Suivre un accompagnement',
    'Comme la candidature',
  ),
  call_ministry_sending: {
    ...{ holds: 'Message au ministère avec les lauréats, et quel compte a noté son envoi', people: 'pseudonym' },
    ...{ purpose: 'Rendre compte du choix des projets', basis: 'law', kept: 'Comme l’appel' },
    recipients: 'Les organisateurs ; le ministère',
  },
  call_showcase: nobody('Où en est la fiche d’un lauréat dans la bibliothèque', 'Publier avec accord', 'Comme l’appel'),
  call_showcase_text: {
    ...{ holds: 'Texte proposé pour la bibliothèque, et quel compte l’a écrit', people: 'pseudonym', basis: 'task' },
    ...{ purpose: 'Faire connaître un projet avec l’accord de son porteur', kept: 'Comme la candidature' },
    recipients: 'Le porteur ; les organisateurs ; publié, tout le monde',
  },
  call_project: nobody('Un même projet à travers les appels', 'Une seule page par projet', 'Comme l’appel'),
  call_project_application: {
    ...{
      holds: 'Quelles candidatures sont un même projet, et quel compte l’a dit',
      people: 'pseudonym',
      basis: 'task',
    },
    ...{ purpose: 'Une seule page par projet', recipients: 'Les organisateurs', kept: 'Comme l’appel' },
  },
  call_application_source: nobody(
    'Initiative dont un brouillon s’inspire',
    'Garder la provenance',
    'Comme la candidature',
  ),
  network: {
    ...{
      holds: 'Réseau local de professionnels : nom, objet, territoire, et quel compte l’a ouvert',
      people: 'pseudonym',
    },
    ...{ purpose: 'Se connaître et se réunir dans un territoire', basis: 'task' },
    recipients: 'Les professionnels connectés',
  },
  network_request: {
    ...{ holds: 'Qui demande à rejoindre un réseau, et ses mots', people: 'personal', basis: 'consent' },
    ...{ purpose: 'Laisser la personne qui anime répondre', recipients: 'Qui anime le réseau' },
  },
  network_note: {
    ...{ holds: 'Notes de réunions, écrites par les membres', people: 'personal', basis: 'task' },
    ...{ purpose: 'Garder ce qui a été dit', recipients: 'Les membres du réseau' },
  },
  relay_thread: {
    ...{ holds: 'Quel compte a écrit à quelle inscription ou à quel réseau', people: 'pseudonym', basis: 'task' },
    ...{ purpose: 'Répondre, bloquer, signaler', recipients: SITE },
  },
  relay_message: {
    ...{ holds: 'Message d’un professionnel à un autre : nom montré, texte, date', people: 'personal', basis: 'task' },
    purpose: 'Le relire depuis le lien reçu, et le montrer à la modération s’il est signalé',
    recipients: 'Qui le reçoit ; les modérateurs du territoire s’il est signalé',
  },
  relay_delivery: {
    ...{ holds: 'Compte qui a reçu un message, et empreinte de son lien', people: 'pseudonym', basis: 'task' },
    ...{ purpose: 'Répondre et se désinscrire sans se connecter', recipients: SITE },
  },
  relay_refusal: {
    ...{ holds: 'Compte qui ne veut plus de messages', people: 'pseudonym', basis: 'consent', recipients: SITE },
    purpose: 'Ne plus rien lui envoyer',
  },
  relay_block: {
    ...{ holds: 'Deux comptes : qui bloque, qui est bloqué', people: 'pseudonym', basis: 'consent', recipients: SITE },
    purpose: 'Ne plus rien remettre de l’un à l’autre',
  },
  relay_ban: {
    ...{
      holds: 'Compte qui ne peut plus écrire, et qui l’a décidé',
      people: 'pseudonym',
      basis: 'law',
      recipients: SITE,
    },
    purpose: 'Protéger ceux qui reçoivent, après un signalement',
  },
  directory_report: {
    ...{ holds: 'Une erreur signalée, et l’adresse pour répondre si la personne la donne', people: 'personal' },
    ...{ purpose: 'Corriger une fiche', basis: 'task', recipients: OPERATOR },
  },
  mail_outbox: {
    ...{
      holds: 'Messages envoyés par le site : adresse, texte',
      people: 'personal',
      basis: 'task',
      recipients: OPERATOR,
    },
    purpose: 'Envoyer, et renvoyer ce qui a échoué',
  },
  mail_address: {
    ...{ holds: 'Empreinte d’une adresse électronique : refusée par son serveur, ou à ne plus solliciter' },
    ...{ people: 'pseudonym', basis: 'task', recipients: SITE },
    purpose: 'Ne pas écrire dans le vide, et ne plus écrire à qui l’a demandé',
  },
  rate_limit: {
    ...{ holds: 'Empreinte d’une adresse de réseau et nombre d’envois', people: 'pseudonym', basis: 'security' },
    ...{ purpose: 'Arrêter les envois en masse', recipients: SITE },
  },
  journal_event: {
    ...{
      holds: 'Qui a décidé quoi : un numéro de compte, jamais un nom ni un texte',
      people: 'pseudonym',
      basis: 'law',
    },
    purpose: 'Rendre compte des décisions, sans que rien puisse y être changé',
    recipients: 'Qui administre ; la personne, pour ses propres actes',
  },
  journal_checkpoint: nobody('Empreintes du journal', 'Prouver que le journal n’a pas été récrit', 'Toujours'),
  push_registration: {
    ...{
      holds: 'Adresse technique d’un navigateur chez son service de messages',
      people: 'personal',
      basis: 'consent',
    },
    purpose: 'Réveiller un appareil aux heures qu’il a choisies, sans savoir pourquoi',
    recipients: 'Le service de messages du navigateur',
  },
  push_moment: {
    ...{ holds: 'Des heures, arrondies, sans motif', people: 'personal', basis: 'consent', recipients: SITE },
    purpose: 'Savoir quand réveiller l’appareil',
  },
  push_key: nobody('Clés du site auprès des services de messages', 'Signer les rappels'),
  organisation: listed('Organismes : nom, SIRET, moyens de les joindre'),
  place: listed('Lieux : adresse, horaires, accès. Un lieu confidentiel n’est jamais situé'),
  professional: listed('Professionnels : nom, profession, moyens de les joindre qu’ils ont choisis'),
  service: listed('Services : à qui, quand, comment'),
  tour: listed('Tournées : nom, moyens de les joindre'),
  tour_stop: listed('Arrêts des tournées et leurs dates'),
  tour_visit_change: {
    ...listed('Passages annulés ou déplacés, avec le mot de l’équipe'),
    purpose: 'Le dire sur les pages et à qui l’a demandé',
  },
  tour_follow: {
    ...{ holds: 'Adresse électronique, et l’arrêt ou la commune dont on veut être prévenu', people: 'personal' },
    ...{ basis: 'consent', purpose: 'Prévenir d’un passage, ou de son changement', recipients: SITE },
  },
  tour_follow_mail: {
    ...{ holds: 'Empreintes des liens des messages de passage', people: 'pseudonym', basis: 'consent' },
    ...{ purpose: 'Arrêter en un geste, ne rien dire deux fois', recipients: SITE, kept: 'Comme la demande' },
  },
  placement: listed('Où chaque service est donné'),
  offer: listed('Ce qui est cherché : un service à un endroit'),
  export_file: nobody('Fichiers ouverts : nom, taille, empreinte', 'Donner l’annuaire entier'),
  export_record: {
    ...listed('Numéro et empreinte de chaque enregistrement publié'),
    ...{ purpose: 'Dire ce qui a changé à qui réutilise les données', people: 'pseudonym' },
  },
  export_run: nobody('Moments où les fichiers ont été écrits', 'Dater les changements', '400 jours'),
  export_seen: nobody('Ce que l’écriture en cours a rencontré', 'Trouver ce qui a disparu', 'Le temps d’une écriture'),
  directory_source: nobody('Sources de l’annuaire et leurs licences', 'Dire d’où vient chaque fiche'),
  free_place: {
    ...{ holds: 'Places libres annoncées par les structures, jour par jour', people: 'none', basis: 'nobody' },
    ...{ purpose: 'Dire aux parents où il reste une place', recipients: 'Tout le monde, jusqu’à leur fermeture' },
  },
  group_team: {
    ...{
      holds: 'Organisme qui anime des groupes de parents : où, lesquels, ses mots',
      people: 'public',
      basis: 'task',
    },
    ...{ purpose: 'Dire aux parents qui anime près d’eux', recipients: ALL },
  },
  birth_group: {
    ...{ holds: 'Un groupe de parents : mois, territoire, organisme', people: 'pseudonym', basis: 'consent' },
    ...{ purpose: 'Réunir des familles du même mois', recipients: 'L’organisme qui l’anime ; ses familles' },
  },
  group_seat: {
    holds:
      'Une famille qui veut en rencontrer d’autres : mois de naissance ou prévu, commune, pseudonyme, adresse électronique. Rien d’autre. À son départ, nom et adresse sont vidés aussitôt',
    ...{ people: 'personal', basis: 'consent', purpose: 'Former un groupe près de chez elle, et le lui dire' },
    recipients:
      'L’organisme qui anime : pseudonyme, mois et commune, jamais l’adresse ; les autres familles : un compte',
  },
  group_key: {
    ...{ holds: 'Empreintes des liens d’une famille', people: 'pseudonym', basis: 'consent', recipients: SITE },
    purpose: 'Ouvrir sa page et partir, sans compte',
  },
  group_message: {
    ...{ holds: 'Ce que l’organisme écrit à un groupe', people: 'personal', basis: 'consent' },
    ...{ purpose: 'Le lire sur sa page', recipients: 'Les familles du groupe ; l’organisme' },
  },
  group_report: {
    ...{ holds: 'Ce qu’une famille signale d’un groupe, sans dire qui', people: 'personal', basis: 'task' },
    ...{ purpose: 'Protéger les familles', recipients: 'Les modérateurs du territoire' },
  },
  group_series: nobody('Quel rendez-vous est réservé à quel groupe', 'Le montrer à ce groupe', 'Comme le groupe'),
  sitting_team: {
    ...{ holds: 'Organismes qui animent une garde solidaire, avec leurs mots', people: 'public', basis: 'task' },
    ...{ purpose: 'Dire aux parents qui l’anime, et comment', recipients: ALL, kept: 'Tant que l’organisme l’anime' },
  },
  sitting_volunteer: {
    ...{ holds: 'Bénévoles de la garde solidaire : prénom, adresse, téléphone', people: 'personal', basis: 'consent' },
    purpose: 'Leur proposer une garde',
    recipients: 'L’organisme ; une famille, quand les deux sont d’accord',
    kept: 'Jusqu’à leur retrait, en un geste depuis chaque message, ou celui de l’organisme',
  },
  sitting_request: {
    ...{ holds: 'Demandes de garde solidaire : jour, âges, prénom, adresse, téléphone', people: 'personal' },
    ...{ basis: 'consent', purpose: 'Trouver une personne bénévole' },
    recipients: 'L’organisme, sans l’adresse ni le téléphone ; une personne bénévole, quand les deux sont d’accord',
  },
  sitting_key: {
    ...{ holds: 'Empreintes des liens des messages de la garde solidaire', people: 'pseudonym', basis: 'consent' },
    ...{ purpose: 'Ouvrir la page d’une demande', recipients: SITE, kept: 'Comme la demande, ou la personne bénévole' },
  },
  sitting_report: {
    ...{ holds: 'Ce qui est signalé d’une garde solidaire, sans dire par qui', people: 'personal', basis: 'task' },
    ...{ purpose: 'Protéger les familles et les bénévoles' },
    recipients: 'Les modérateurs du territoire ; l’organisme, par message',
  },
  demonstration_entrance: nobody(
    'Les rôles fictifs d’une démonstration ; vide partout ailleurs',
    'Faire essayer le site',
    'Jusqu’au retrait de la démonstration',
  ),
  directory_content: nobody('Empreinte des fichiers livrés', 'Ne pas les relire à chaque démarrage'),
  directory_rules: nobody('Version des règles de l’annuaire', 'Le refaire quand une version les change'),
  import_seen: nobody('Ce qu’un import a rencontré', 'Fermer ce qui a disparu', 'Le temps d’un import'),
  timetable: nobody('Horaires calculés', 'Répondre « ouvert maintenant »'),
  event_series: {
    ...{
      holds: 'Rendez-vous de l’agenda : organisme, lieu, téléphone et adresse choisis pour être publiés',
      people: 'public',
    },
    ...{ purpose: 'Dire aux parents ce qui a lieu près d’eux', basis: 'task', recipients: ALL },
  },
  event_booking: {
    ...{
      holds: 'Inscription à un rendez-vous : prénom ou pseudonyme, nombre de personnes, un moyen de joindre',
      people: 'personal',
    },
    ...{ purpose: 'Garder une place, prévenir si la date change', basis: 'consent' },
    recipients: 'L’organisateur du rendez-vous',
  },
  event_report: {
    ...{ holds: 'Ce que quelqu’un signale d’un rendez-vous, et l’adresse pour répondre si la personne la donne' },
    ...{ people: 'personal', purpose: 'Protéger les familles, et répondre', basis: 'task' },
    recipients: 'L’organisme chargé du territoire',
  },
  event_occurrence: nobody('Dates des rendez-vous et places prises', 'Chercher par jour, compter les places'),
  house: {
    ...{ holds: 'Maisons : nom, présentation', people: 'public', basis: 'task', recipients: ALL },
    ...{ purpose: 'Dire aux parents ce que la Maison propose', kept: 'Tant que l’organisme la tient' },
  },
  house_site: nobody('Lieux et tournées où une Maison reçoit', 'Dire où venir'),
  house_member: {
    ...{ holds: 'Équipe d’une Maison : fonction, prénom si la personne le veut', people: 'public', basis: 'consent' },
    ...{
      purpose: 'Dire aux parents qui les reçoit',
      recipients: ALL,
      kept: 'Jusqu’à son retrait par l’équipe ; le prénom, jusqu’au départ de l’organisme',
    },
  },
  house_hours: {
    ...{ holds: 'Heures de rendez-vous et permanences d’une Maison', people: 'public', basis: 'task' },
    ...{ purpose: 'Proposer des rendez-vous, dire qui tient une permanence', recipients: ALL },
    kept: 'Tant que l’organisme tient la Maison ; le lien d’une visio n’est donné qu’à qui a rendez-vous',
  },
  house_absence: {
    ...{ holds: 'Jours où une personne de l’équipe ne reçoit pas, sans motif', people: 'pseudonym', basis: 'task' },
    ...{ purpose: 'Ne pas proposer de rendez-vous ces jours-là', recipients: SITE },
    kept: 'Jusqu’au retrait de la personne de l’équipe',
  },
  house_appointment: {
    ...{
      holds: 'Rendez-vous individuel : prénom ou pseudonyme, un moyen de joindre ; aucun motif',
      people: 'personal',
    },
    ...{ purpose: 'Garder un rendez-vous, prévenir s’il est annulé', basis: 'consent' },
    recipients: 'L’équipe de la Maison',
  },
  house_tap: {
    ...{ holds: 'Touches d’un accueil : lieu, demi-journée, réponse, clé tirée au hasard ; rien sur la personne' },
    ...{ people: 'none', basis: 'nobody', recipients: 'L’équipe de la Maison' },
    purpose: 'Ne pas compter deux fois ce qui est envoyé deux fois',
  },
  house_count: nobody(
    'Nombre de touches par demi-journée et réponse',
    'Le bilan de la Maison',
    'Tant que la Maison existe',
  ),
  house_partner: nobody('Structures vers qui une Maison oriente', 'Les compter, leur prêter une salle'),
  house_room: nobody('Salles d’une Maison', 'Les prêter'),
  house_room_use: nobody('Heures où une salle est prise, et par quelle structure', 'Ne pas la prêter deux fois'),
  house_date_count: nobody(
    'Nombre de personnes venues à une date',
    'Le bilan de la Maison',
    'Tant que la Maison existe',
  ),
  house_appointment_count: nobody('Nombre de rendez-vous d’un mois', 'Le bilan de la Maison'),
  initiative: nobody('Projets des territoires', 'Donner des idées'),
  initiative_call: nobody('Appels qui ont choisi un projet', 'Montrer tous les appels d’un projet'),
  commune: nobody(reference, 'Chercher par commune'),
  commune_point: nobody(reference, 'Situer une commune'),
  departement: nobody(reference, 'Chercher par département'),
  epci: nobody(reference, 'Chercher par intercommunalité'),
  former_commune: nobody(reference, 'Comprendre les anciens noms'),
  region: nobody(reference, 'Chercher par région'),
  territory_reference: nobody('Empreinte des données de territoire', 'Ne pas les relire à chaque démarrage'),
  kysely_migration: nobody('Versions du schéma', 'Mettre la base à jour'),
  kysely_migration_lock: nobody('Verrou des mises à jour', 'Mettre la base à jour'),
};

const levels: readonly (readonly [TableEntry['people'], string])[] = [
  ['personal', 'Données de personnes'],
  ['pseudonym', 'Pseudonymes et empreintes'],
  ['public', 'Ce qui est publié'],
  ['none', 'Sans donnée personnelle'],
];

/** How long a table is kept, in the words of its rules; of its entry, where it has none. */
const durationOf = (table: string, { kept }: TableEntry): string => {
  const rules = retentionRules.filter((rule) => rule.table === table).map(ruleWords);
  return rules.length > 0 ? rules.join('. ') : (kept ?? '');
};

/** The text of `docs/data-protection.md`. */
export const dataProtectionDocument = (): string => {
  const sections = levels.map(([people, title]) => {
    const rows = Object.entries(tableCatalogue)
      .filter(([, entry]) => entry.people === people)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([table, entry]) =>
        people === 'none'
          ? `| \`${table}\` | ${entry.holds} | ${entry.purpose} | ${durationOf(table, entry)} |`
          : `| \`${table}\` | ${entry.holds} | ${entry.purpose} | ${bases[entry.basis]} | ${entry.recipients} | ${durationOf(table, entry)} |`,
      );
    const head =
      people === 'none'
        ? '| table | contenu | finalité | durée |\n|---|---|---|---|'
        : '| table | contenu | finalité | base légale | destinataires | durée (règle ou travail) |\n|---|---|---|---|---|---|';
    return `## ${title}\n\n${head}\n${rows.join('\n')}\n`;
  });
  return `# Protection des données

Écrit par \`npm run content -- data-protection\` à partir du catalogue \`src/house/data-protection.ts\`. Une table de la base
qui n’y est pas fait échouer les tests. À relire par la personne chargée de la protection des données chez qui exploite le
site : bases légales et durées sont des propositions.

Les durées viennent des règles de conservation (\`src/house/retention.ts\`), les mêmes que le site applique chaque heure
(\`retention.apply\`). \`npm run db -- retention --dry-run\` dit ce que chacune effacerait maintenant.

**Les familles** n’ont pas de compte. Leur parcours, leurs réponses et leurs notes restent sur leur appareil : aucune table
ne les contient. Les recherches ne sont pas gardées.

${sections.join('\n')}
## Hors de la base

- \`DATA_DIR/files\` (ou le seau S3) : fichiers ouverts, publics.
- Journaux techniques : adresse de page sans ce qu’on y cherche, durée, numéro de demande. Ni adresse de réseau, ni nom.
- Sauvegardes : tout ce qui précède, à leur date. Leur durée est choisie par qui exploite le site.
- File des travaux (\`pgboss\`) : des numéros de lignes.
- L’appareil de l’accueil d’une Maison : les touches pas encore envoyées, sans rien sur personne.
`;
};
