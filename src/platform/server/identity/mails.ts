import { holdsAddress } from '#platform/text.ts';
import type { Mail } from '../mail/mail.ts';

type Words = Pick<Mail, 'subject' | 'text'>;

/** To sign in. The code is not in the subject: telephones show subjects to whoever passes by. `link` is absent when the site does not know its own address for sure. */
export const signInMail = (code: string, link: string | undefined, minutes: number): Words => ({
  subject: 'Votre code pour vous connecter à Mille jours',
  text: [
    'Bonjour,',
    '',
    ...proof('Pour vous connecter à Mille jours', code, link, minutes),
    '',
    'Vous n’avez rien demandé ? Ne faites rien : sans ce code, personne ne peut entrer.',
    'Ne donnez ce code à personne, même à quelqu’un qui dirait être de notre équipe.',
    ...signature,
  ].join('\n'),
});

/** To whoever has not signed in for nearly three years. `link` is absent when the site does not know its own address. */
export const idleMail = (link: string | undefined, days: number): Words => ({
  subject: 'Votre compte Mille jours va s’effacer',
  text: [
    'Bonjour,',
    '',
    'Votre compte n’a pas servi depuis près de trois ans. Pour le garder, il suffit de vous connecter une fois.',
    ...(link ? ['', link] : []),
    '',
    `Sinon, dans ${days} jours, il s’efface\u00a0: votre adresse, votre nom, vos clés d’accès, vos rôles et les messages reçus. La page d’une équipe reste entre les mains des autres personnes qui la tiennent\u00a0; une page que vous tenez sans personne d’autre ne sera plus montrée aux parents.`,
    '',
    'Et si vous n’en avez plus besoin, vous n’avez rien à faire. Merci de l’avoir ouvert.',
    ...signature,
  ].join('\n'),
});

/** To somebody whose address was typed by a person who came in by a provider. `provider`: « Pro Santé Connect ». No link, see `askProof`. */
export const tieMail = (provider: string, code: string, minutes: number): Words => ({
  subject: `Rattacher ${provider} à votre adresse\u00a0?`,
  text: [
    'Bonjour,',
    '',
    `Une personne entrée par ${provider} demande à rattacher cette identité à votre adresse\u00a0: elle entrerait ensuite dans votre compte Mille jours sans autre message.`,
    '',
    ...proof('Si c’est vous', code, undefined, minutes),
    '',
    'Si ce n’est pas vous, ne faites rien\u00a0: sans ce code, rien n’est rattaché.',
    'Ne donnez ce code à personne, même à quelqu’un qui dirait être de notre équipe.',
    ...signature,
  ].join('\n'),
});

/** When an identity of a provider is tied to the account: whoever did not do it must know. */
export const identityTiedMail = (provider: string): Words => ({
  subject: `${provider} ouvre maintenant votre compte`,
  text: [
    'Bonjour,',
    '',
    `Une identité ${provider} vient d’être rattachée à votre compte Mille jours\u00a0: elle suffit désormais pour y entrer.`,
    '',
    'Si ce n’est pas vous, connectez-vous, ouvrez «\u00a0Mon compte\u00a0», «\u00a0Connexion\u00a0», retirez cette identité et fermez toutes',
    'les autres connexions.',
    ...signature,
  ].join('\n'),
});

/** To prove a new address, sent to it. */
export const changeMail = (code: string, minutes: number): Words => ({
  subject: 'Confirmez votre nouvelle adresse',
  text: [
    'Bonjour,',
    '',
    ...proof('Pour que cette adresse devienne celle de votre compte Mille jours', code, undefined, minutes),
    '',
    'Vous n’avez rien demandé ? Ne faites rien : l’adresse ne changera pas.',
    ...signature,
  ].join('\n'),
});

/** To the mailbox that was the account's until now. */
export const changedMail = (): Words => ({
  subject: 'L’adresse de votre compte Mille jours a changé',
  text: [
    'Bonjour,',
    '',
    'Votre compte Mille jours a maintenant une autre adresse électronique. Celle-ci ne sert plus à se connecter.',
    '',
    'Si ce n’est pas vous, répondez vite à l’équipe qui tient le site : elle vous rendra votre compte.',
    ...signature,
  ].join('\n'),
});

/** When a way in is added: whoever did not do it must know. */
export const passkeyAddedMail = (name: string): Words => ({
  subject: 'Une clé d’accès a été ajoutée à votre compte',
  text: [
    'Bonjour,',
    '',
    `Une clé d’accès vient d’être ajoutée à votre compte Mille jours : ${name}.`,
    '',
    'Si ce n’est pas vous, connectez-vous, ouvrez « Mon compte », « Connexion », retirez cette clé et fermez toutes les',
    'autres connexions.',
    ...signature,
  ].join('\n'),
});

/** To somebody invited into an organisation. */
export const invitationMail = (given: {
  readonly organisation: string;
  readonly role: string;
  readonly invitedBy: string;
  readonly link: string | undefined;
  readonly days: number;
}): Words => {
  // A name goes into the mailbox of somebody who asked for nothing: one that holds an address is not repeated.
  const team = holdsAddress(given.organisation) ? 'une équipe' : `«\u00a0${oneLine(given.organisation)}\u00a0»`;
  return {
    subject: `Rejoindre ${team} sur Mille jours`,
    text: [
      'Bonjour,',
      '',
      `${oneLine(given.invitedBy)} vous propose de rejoindre ${team} sur Mille jours, pour ${given.role}.`,
      '',
      ...(given.link
        ? ['Connectez-vous avec cette adresse électronique, puis acceptez ou refusez :', given.link]
        : [
            'Ouvrez le site, connectez-vous avec cette adresse électronique, puis acceptez ou refusez dans « Mon compte ».',
          ]),
      '',
      `L’invitation tient ${given.days} jours. Si vous ne la comprenez pas, ne faites rien.`,
      ...signature,
    ].join('\n'),
  };
};

/** To an agent who receives a role. */
export const grantMail = (role: string, where: string, link: string | undefined): Words => ({
  subject: 'Un rôle vous a été confié sur Mille jours',
  text: [
    'Bonjour,',
    '',
    `Vous pouvez maintenant ${role}, pour ce territoire : ${where}.`,
    '',
    ...(link
      ? ['Connectez-vous avec cette adresse électronique :', link]
      : ['Ouvrez le site et connectez-vous avec cette adresse électronique.']),
    ...signature,
  ].join('\n'),
});

const proof = (what: string, code: string, link: string | undefined, minutes: number): string[] => [
  `${what}, écrivez ce code dans la page où vous l’avez demandé :`,
  '',
  `    ${spaced(code)}`,
  '',
  ...(link ? ['Ou ouvrez ce lien, sur n’importe quel appareil :', link, ''] : []),
  `Le code${link ? ' et le lien servent' : ' sert'} une seule fois, pendant ${minutes} minutes.`,
];

/** `123 456`: easier to carry from one screen to another. */
const spaced = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;

/** A name that somebody typed stays on its line: it can neither end a subject nor begin a sentence of ours. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');

const signature = ['', '—', 'Mille jours, la plateforme ouverte des 1000 premiers jours. Ce message est automatique.'];
