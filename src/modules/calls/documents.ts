import { afterRoles, agreementTable } from './after/agreement.ts';
import { appealTable } from './after/appeal.ts';
import { paymentTable } from './after/payment.ts';
import { reportTable } from './after/report.ts';
import { showcaseTable } from './after/showcase.ts';
import { supportTable } from './after/support.ts';
import { applicationRoles, applicationTable } from './application/application.ts';
import { callRoles, callTable } from './call.ts';
import { declarationRoles, declarationTable } from './declaration.ts';
import { decisionRoles, decisionTable } from './selection/decision.ts';
import { evaluationRoles, evaluationTable } from './selection/evaluation.ts';
import { interestRoles, interestTable } from './selection/interests.ts';
import { juryRoles, juryTable } from './selection/jury.ts';
import { opinionRoles, opinionTable } from './selection/opinion.ts';
import { sessionRoles, sessionTable } from './selection/session.ts';
import type { Step } from './step-table.ts';

type AnyStep = Step<string, string, string>;

const roleWords: Readonly<Record<string, string>> = {
  organiser: 'Organisateur (administration ou animation)',
  approver: 'Organisateur, administration',
  writer: 'Rédaction (animation de l’organisateur, ou porteur)',
  partner: 'Partenaire invité',
  reader: 'Lecture',
  ministry: 'Ministère',
  signatory: 'Porteur, signataire',
  instructor: 'Instruction (organisateur qui a déclaré ses intérêts)',
  president: 'Présidence du jury',
  manager: 'Organisateur qui a déclaré ses intérêts',
  juror: 'Membre du jury',
  self: 'La personne elle-même',
  evaluator: 'Membre du jury à qui la candidature est confiée',
  expert: 'Personne dont l’avis est demandé',
  party: 'Partie dont c’est le tour de signer',
  house: 'La plateforme, d’elle-même',
  other: 'Toute autre personne',
};

const tables: readonly {
  readonly title: string;
  readonly roles: readonly string[];
  readonly steps: Readonly<Record<string, AnyStep>>;
}[] = [
  { title: 'Déclaration au ministère', roles: declarationRoles, steps: declarationTable },
  { title: 'Appel à projets', roles: callRoles, steps: callTable },
  { title: 'Candidature, ou lettre d’intention', roles: applicationRoles, steps: applicationTable },
  { title: 'Jury', roles: juryRoles, steps: juryTable },
  { title: 'Intérêts d’une personne pour un appel', roles: interestRoles, steps: interestTable },
  { title: 'Évaluation d’une candidature par un membre du jury', roles: evaluationRoles, steps: evaluationTable },
  { title: 'Avis extérieur', roles: opinionRoles, steps: opinionTable },
  { title: 'Séance du jury', roles: sessionRoles, steps: sessionTable },
  { title: 'Décision', roles: decisionRoles, steps: decisionTable },
  { title: 'Convention', roles: afterRoles, steps: agreementTable },
  { title: 'Versement', roles: afterRoles, steps: paymentTable },
  { title: 'Bilan', roles: afterRoles, steps: reportTable },
  { title: 'Étape d’un accompagnement technique', roles: afterRoles, steps: supportTable },
  { title: 'Recours', roles: afterRoles, steps: appealTable },
  { title: 'Fiche dans la bibliothèque', roles: afterRoles, steps: showcaseTable },
];

/** The text of `docs/calls-permissions.md`: who may do what, from where to where, under which conditions. */
export const permissionsDocument = (): string =>
  [
    '# Appels à projets : qui peut quoi',
    '',
    'Écrit par `npm run content -- calls` depuis les tables du code. Ce qui n’y est pas est refusé.',
    ...tables.flatMap(({ title, roles, steps }) => [
      ...[
        '',
        `## ${title}`,
        '',
        `| commande | depuis | vers | ${roles.map((role) => roleWords[role]).join(' | ')} | conditions |`,
      ],
      `|---|---|---|${roles.map(() => '---|').join('')}---|`,
      ...Object.entries(steps).map(
        ([command, { words, from, to, by, guards }]) =>
          `| ${words} (\`${command}\`) | ${from.join(', ')} | ${to === 'same' ? 'le même' : to} | ${roles
            .map((role) => (by.includes(role) ? 'oui' : ''))
            .join(' | ')} | ${guards.join(', ')} |`,
      ),
    ]),
    '',
  ].join('\n');

/** The text of `docs/calls-states.md`: the same tables as diagrams. */
export const statesDocument = (): string =>
  [
    '# Appels à projets : les états',
    '',
    'Écrit par `npm run content -- calls` depuis les tables du code. Une fois publié, un appel est à venir, ouvert ou clos :',
    'seule l’horloge le dit.',
    ...tables.flatMap(({ title, steps }) => [
      ...['', `## ${title}`, '', '```mermaid', 'stateDiagram-v2'],
      ...Object.entries(steps).flatMap(([, { words, from, to }]) =>
        from.map((status) => `  ${place(status)} --> ${place(to === 'same' ? status : to)} : ${words}`),
      ),
      '```',
    ]),
    '',
  ].join('\n');

const place = (status: string): string => (status === 'absent' ? '[*]' : status);
