import type { Refusal } from '#platform/result.ts';

/**
 * How somebody shows that an imported listing is theirs to keep: an e-mail of its domain, a code that a letter brings to
 * its published address, or a moderator who knows.
 */
export const claimProofs = ['email', 'post', 'moderator'] as const;
export type ClaimProof = (typeof claimProofs)[number];

/** What a listing says of itself that may prove somebody’s claim, from its sources alone. */
export interface ClaimFacts {
  readonly emails: readonly string[];
  readonly websites: readonly string[];
  /** Street and postcode are published: a letter arrives. */
  readonly hasAddress: boolean;
}

/** The ways open to somebody whose proved e-mail is `email`, the quickest first. A moderator can always be asked. */
export const proofsFor = (facts: ClaimFacts, email: string): readonly ClaimProof[] => [
  ...(provesDomain(facts, email) ? (['email'] as const) : []),
  ...(facts.hasAddress ? (['post'] as const) : []),
  'moderator',
];

/**
 * Whether an e-mail is of the domain of the listing: exactly that of its own e-mail or of its site, `www.` apart. What
 * anybody may have (a free mailbox, a page at somebody else’s) proves nothing.
 */
export const provesDomain = ({ emails, websites }: ClaimFacts, email: string): boolean => {
  const mine = domainOfEmail(email);
  if (mine === undefined || isShared(mine)) return false;
  return [...emails.map(domainOfEmail), ...websites.map(domainOfSite)].includes(mine);
};

const domainOfEmail = (email: string): string | undefined => /@([^@\s]+)$/.exec(email)?.[1]?.toLowerCase();

const domainOfSite = (website: string): string | undefined =>
  URL.canParse(website) && /^https?:$/.test(new URL(website).protocol)
    ? new URL(website).hostname.replace(/^www\./, '')
    : undefined;

const isShared = (domain: string): boolean =>
  sharedDomains.some((shared) => domain === shared || domain.endsWith(`.${shared}`));

/** Mailboxes that anybody opens, and sites where anybody has a page: of the domain, one knows nothing of the person. */
const sharedDomains = `gmail.com googlemail.com outlook.com outlook.fr hotmail.com hotmail.fr live.com live.fr msn.com
  yahoo.com yahoo.fr ymail.com icloud.com me.com mac.com aol.com aol.fr gmx.com gmx.fr gmx.net proton.me protonmail.com pm.me
  mail.com zoho.com yandex.com mailo.com mailo.fr laposte.net orange.fr wanadoo.fr free.fr sfr.fr neuf.fr 9online.fr
  cegetel.net club-internet.fr numericable.fr noos.fr bbox.fr nordnet.fr aliceadsl.fr tutanota.com tuta.io hey.com
  facebook.com fb.com instagram.com linkedin.com google.com google.fr doctolib.fr maiia.com helloasso.com helloasso.org
  wixsite.com wix.com wordpress.com blogspot.com overblog.com over-blog.com jimdofree.com jimdosite.com e-monsite.com
  pagesperso-orange.fr webnode.fr github.io netlify.app canva.site pagesjaunes.fr linktr.ee eklablog.com sitew.fr`.split(
  /\s+/,
);

/** The most claims of one account in a day, and of letters, tries and days of one code. */
export const claimLimits = { aDay: 5, tries: 5, days: 45 } as const;

/** Read aloud and copied from paper: no sign that looks like another. Ten of 31 signs. */
export const codeSigns = '23456789abcdefghjkmnpqrstuvwxyz';
export const CODE_LENGTH = 10;

/** A code as somebody typed it, without what paper adds to it; nothing when it cannot be one. */
export const readClaimCode = (typed: string): string | undefined => {
  const code = typed.toLowerCase().replaceAll(/[\s.\p{Pd}]+/gu, '');
  return code.length === CODE_LENGTH && [...code].every((sign) => codeSigns.includes(sign)) ? code : undefined;
};

/** `abcde-fghij`. */
export const writeClaimCode = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`;

/** What each way is called, for who claims and for who decides. */
export const proofWords: Readonly<Record<ClaimProof, { readonly label: string; readonly hint: string }>> = {
  email: {
    label: 'Par votre adresse électronique',
    hint: 'Elle finit comme l’adresse ou le site de la fiche : c’est fait aussitôt, puis relu.',
  },
  post: {
    label: 'Par un code, dans une lettre',
    hint: 'Elle part à l’adresse publiée de la fiche. Vous recopiez ici le code qu’elle contient.',
  },
  moderator: {
    label: 'Par les personnes chargées du territoire',
    hint: 'Dites-leur qui vous êtes pour cette structure ; elles vérifient et vous répondent.',
  },
};

export const claimRefusals = {
  missing: { code: 'no_such_listing', message: 'Cette fiche n’est pas ou plus dans l’annuaire.' },
  held: {
    code: 'listing_held',
    message:
      'Cette fiche vient d’une inscription : la personne ou la structure qui l’a faite peut vous inviter dans son équipe.',
  },
  owned: { code: 'listing_owned', message: 'Votre équipe tient déjà cette fiche.' },
  asked: { code: 'already_asked', message: 'Votre équipe a déjà demandé cette fiche : la réponse est à venir.' },
  proof: {
    code: 'proof_unknown',
    field: 'proof',
    message: 'Choisissez une des façons de montrer que cette fiche est la vôtre.',
  },
  words: {
    code: 'words_missing',
    field: 'words',
    message: 'Dites qui vous êtes pour cette structure, en une phrase ou deux.',
  },
  tooMany: {
    code: 'too_many_claims',
    message: `Pas plus de ${claimLimits.aDay} demandes par jour. Pour un réseau entier, écrivez-nous.`,
  },
  noCode: {
    code: 'no_code',
    field: 'code',
    message: 'Aucun code n’est attendu : il a servi, il est trop ancien, ou la lettre n’est pas encore partie.',
  },
  wrongCode: {
    code: 'wrong_code',
    field: 'code',
    message: `Ce n’est pas le code de la lettre. Après ${claimLimits.tries} essais, il en faudra une autre.`,
  },
  noLetter: {
    code: 'no_letter',
    message: 'Aucune lettre n’est attendue ici, ou la fiche n’a plus d’adresse publiée.',
  },
} as const satisfies Readonly<Record<string, Refusal>>;
