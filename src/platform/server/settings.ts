import { z } from 'zod';
import { readMailbox } from './mail/address.ts';

const flag = z
  .enum(['0', '1'], { error: 'attend 0 (non) ou 1 (oui)' })
  .default('0')
  .transform((value) => value === '1');

const url = (protocols: RegExp, example: string) =>
  z.url({ protocol: protocols, hostname: /.*/, error: `attend une adresse comme ${example}` }).optional();

const notice = z
  .string()
  .min(3, { error: 'attend un nom et de quoi joindre, en une ligne' })
  .max(400, { error: 'attend 400 caractères au plus' })
  .optional();

/**
 * Everything an operator may set, read from the environment once at the start.
 * Each entry says in French what it expects, because the person who reads the refusal is setting up a server.
 */
const schema = z.object({
  PORT: z.coerce
    .number({ error: 'attend un numéro de port, par exemple 3000' })
    .int()
    .min(0)
    .max(65_535, { error: 'attend un numéro de port entre 0 et 65535' })
    .default(3000),
  HOST: z.string().min(1).default('0.0.0.0'),
  /** Public address of the site when a proxy stands before it. */
  ORIGIN: url(/^https?$/, 'https://mille-jours.example')
    .refine(
      (value) => value === undefined || !URL.canParse(value) || new URL(value).origin === value.replace(/\/$/, ''),
      {
        error: 'attend une origine seule, sans chemin, par exemple https://mille-jours.example',
      },
    )
    .transform((value) => value?.replace(/\/$/, '')),
  /** How many proxies to believe: their X-Forwarded-* headers tell the client's address, host and protocol. */
  TRUST_PROXY: z.coerce
    .number({ error: 'attend le nombre de serveurs mandataires devant le site : 0, 1, 2…' })
    .int()
    .min(0)
    .max(10)
    .default(0),
  DATABASE_URL: url(/^postgres(ql)?$/, 'postgres://utilisateur:motdepasse@hote:5432/base'),
  DATA_DIR: z.string().min(1).default('./data'),
  CONTENT_DIR: z.string().min(1).default('./content'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'attend debug, info, warn, error ou silent' })
    .default('info'),
  /** Where « Quitter vite » goes: an everyday page that says nothing of the person who reads it. */
  QUICK_EXIT_URL: z
    .url({ protocol: /^https?$/, error: 'attend une adresse comme https://meteofrance.com/' })
    .default('https://meteofrance.com/'),
  SMTP_URL: url(/^smtps?$/, 'smtps://utilisateur:motdepasse@hote:465'),
  MAIL_FROM: z
    .string()
    .refine((value) => readMailbox(value) !== undefined, {
      error: 'attend un expéditeur comme Mille jours <ne-pas-repondre@mille-jours.example>',
    })
    .default('Mille jours <ne-pas-repondre@localhost>'),
  /** The word with which the mail server sends back here what could not be delivered, see docs/operations.md. */
  MAIL_RETURN_TOKEN: z.string().min(32, { error: 'attend un mot secret de 32 signes ou plus' }).optional(),
  /** Who receives what people write on /contact. */
  CONTACT_EMAIL: z.email({ error: 'attend une adresse électronique' }).optional(),
  /** Who publishes the site, who answers for what it says and who hosts it: the legal notice (LCEN, article 1-1). */
  PUBLISHER: notice,
  PUBLICATION_DIRECTOR: notice,
  HOSTING_PROVIDER: notice,
  S3_URL: url(/^https?$/, 'https://s3.example/seau'),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  /** The heaviest file that one may join to an application, and all those of one, in megabytes. */
  ATTACHMENT_MEGABYTES: z.coerce
    .number({ error: 'attend un nombre de mégaoctets par fichier, par exemple 20' })
    .int()
    .min(1)
    .max(200, { error: 'attend 200 Mo au plus' })
    .default(20),
  APPLICATION_MEGABYTES: z.coerce
    .number({ error: 'attend un nombre de mégaoctets par candidature, par exemple 100' })
    .int()
    .min(1)
    .max(2_000, { error: 'attend 2 000 Mo au plus' })
    .default(100),
  /** ClamAV’s daemon. Without it, files are told to be unchecked. */
  CLAMD_URL: url(/^(tcp|unix)$/, 'tcp://127.0.0.1:3310 ou unix:///run/clamav/clamd.ctl'),
  GEOCODER_URL: url(/^https?$/, 'https://data.geopf.fr/geocodage/search'),
  /** Search of companies by their SIRET, to propose a name and an address to who registers a structure. */
  COMPANY_REGISTER_URL: url(/^https?$/, 'https://recherche-entreprises.api.gouv.fr/search'),
  /** A base map from elsewhere, instead of ours that needs no network: IGN's, through carte-facile's style. */
  BASE_MAP: z.enum(['carte-facile'], { error: 'attend carte-facile, ou rien' }).optional(),
  /**
   * Written permission of the Royal College of Psychiatrists to publish the EPDS, in a few words shown on the page.
   * Without it the scale is shown only at the machine itself, for a trial; « non » hides it there too.
   */
  EPDS_PERMISSION: z
    .string()
    .min(3, { error: 'attend la référence de l’accord en quelques mots, ou « non »' })
    .max(200, { error: 'attend 200 caractères au plus' })
    .optional(),
  /** Clinician who answers for the bands of the EPDS on this site: name, role, date. Shown to professionals. */
  EPDS_REVIEWED_BY: z.string().min(3).max(200, { error: 'attend 200 caractères au plus' }).optional(),
  /** Requests per minute and per address on the public API. */
  API_REQUESTS_PER_MINUTE: z.coerce
    .number({ error: 'attend un nombre de requêtes par minute, par exemple 600' })
    .int()
    .min(1)
    .default(600),
  /** How often one address may send one form. Many people share that of a maternity ward or of an office. */
  FORMS_PER_QUARTER_HOUR: z.coerce
    .number({ error: 'attend un nombre d’envois d’un formulaire par quart d’heure, par exemple 10' })
    .int()
    .min(1)
    .default(10),
  /**
   * Steps of signing in, per quarter of an hour and per address: a whole administration may stand behind one address, and
   * a machine that guesses too.
   */
  SIGN_INS_PER_QUARTER_HOUR: z.coerce
    .number({ error: 'attend un nombre d’essais de connexion par quart d’heure, par exemple 30' })
    .int()
    .min(1)
    .default(30),
  /** ProConnect, for public agents: the address of its issuer, and what it gave the site to be known by. */
  PROCONNECT_URL: url(/^https?$/, 'https://auth.agentconnect.gouv.fr/api/v2'),
  PROCONNECT_CLIENT_ID: z.string().optional(),
  PROCONNECT_CLIENT_SECRET: z.string().optional(),
  /** Pro Santé Connect, for health professionals. */
  PRO_SANTE_CONNECT_URL: url(/^https?$/, 'https://auth.esw.esante.gouv.fr/auth/realms/esante-wallet'),
  PRO_SANTE_CONNECT_CLIENT_ID: z.string().optional(),
  PRO_SANTE_CONNECT_CLIENT_SECRET: z.string().optional(),
  /** Set by `npm start` for the application it carries, never by hand. */
  MILLE_JOURS_EMBEDDED: flag,
});

export type Settings = z.infer<typeof schema>;

/** The settings that an operator may give, for the documentation and its test. */
export const settingNames: readonly string[] = Object.keys(schema.shape).filter(
  (name) => name !== 'MILLE_JOURS_EMBEDDED',
);

/**
 * Reads the settings. An empty variable counts as absent, as shells and unit files write it so.
 * Returns one sentence for each value that cannot be used; never throws.
 */
export const readSettings = (
  environment: Readonly<Record<string, string | undefined>>,
): { ok: true; value: Settings } | { ok: false; sentences: string[] } => {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  );
  const parsed = schema.safeParse(given);
  const sentences = parsed.success
    ? missingCompanions(parsed.data)
    : parsed.error.issues.map(
        (issue) => `${String(issue.path[0])} : ${issue.message}. Reçu : « ${shown(given, issue.path[0])} ».`,
      );
  return parsed.success && sentences.length === 0 ? { ok: true, value: parsed.data } : { ok: false, sentences };
};

/** What is worth nothing alone: an address and what opens it, a legal notice with a part missing. */
const missingCompanions = (settings: Settings): string[] =>
  (
    [
      ['S3_URL', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
      ['PROCONNECT_URL', 'PROCONNECT_CLIENT_ID', 'PROCONNECT_CLIENT_SECRET'],
      ['PRO_SANTE_CONNECT_URL', 'PRO_SANTE_CONNECT_CLIENT_ID', 'PRO_SANTE_CONNECT_CLIENT_SECRET'],
      ['PUBLISHER', 'PUBLICATION_DIRECTOR', 'HOSTING_PROVIDER'],
    ] as const
  )
    .filter(([name, one, other]) => settings[name] && !(settings[one] && settings[other]))
    .map(([name, one, other]) => `${name} : attend aussi ${one} et ${other}.`);

/** The value as given, unless it may hold a password: those are never printed. */
const shown = (given: Record<string, unknown>, name: PropertyKey | undefined): string =>
  typeof name === 'string' && !/URL|SECRET|KEY/.test(name) ? String(given[name] ?? '') : 'valeur non affichée';
