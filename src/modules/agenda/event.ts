import { z } from 'zod';
import { accessFacts, audiences, codesOf, costs, languages } from '#modules/directory/index.ts';

/** What meets: a public contract, as the words of the directory. */
export const eventKinds = [
  { code: 'atelier', label: 'Atelier' },
  { code: 'cafe', label: 'Café ou temps d’échange' },
  { code: 'groupe', label: 'Groupe de parents' },
  { code: 'conference', label: 'Conférence' },
  { code: 'spectacle', label: 'Spectacle ou lecture' },
  { code: 'accueil', label: 'Accueil libre' },
  { code: 'formation', label: 'Formation' },
  { code: 'autre', label: 'Autre rendez-vous' },
] as const;

/** Where it is held. */
export const eventModes = [
  { code: 'lieu', label: 'Dans un lieu' },
  { code: 'arret', label: 'À un arrêt, en tournée' },
  { code: 'domicile', label: 'Chez les familles' },
  { code: 'visio', label: 'En visio' },
] as const;
export type EventMode = (typeof eventModes)[number]['code'];

/** With or without the child. */
export const company = [
  { code: 'avec', label: 'Avec votre enfant' },
  { code: 'sans', label: 'Sans votre enfant' },
  { code: 'au-choix', label: 'Avec ou sans votre enfant' },
] as const;

/** Against the school holidays of its zone. */
export const schoolChoices = [
  { code: 'toujours', label: 'Toute l’année' },
  { code: 'hors', label: 'Hors vacances scolaires' },
  { code: 'pendant', label: 'Pendant les vacances scolaires seulement' },
] as const;

/** The most months of age that are told: six years. */
export const MOST_MONTHS = 72;

const isoDays = z.array(z.iso.date()).max(400);

/** A series as its organiser tells it: one date, or dates that come back. What the table keeps in `fields`. */
export const seriesSchema = z.object({
  title: z.string(),
  summary: z.string(),
  kind: z.enum(codesOf(eventKinds)),
  mode: z.enum(codesOf(eventModes)),
  /** « Salle des fêtes »; for a video, nothing: the link is sent, never published. */
  place_name: z.string(),
  line: z.string(),
  /** Commune of the place, or of who goes to homes. For a video, of the organiser. */
  insee: z.string(),
  lat: z.number(),
  lon: z.number(),
  /** The point is that of an address and not of the middle of the commune. */
  exact: z.boolean(),
  /** Page of the place in the directory. */
  place_page: z.string().nullable(),
  /** The stop of a tour at which it is held, on board: what becomes of a visit becomes of the date. */
  stop: z.number().nullable().default(null),
  starts_at: z.string(),
  minutes: z.number(),
  rrule: z.string().nullable(),
  except: isoDays,
  besides: isoDays,
  school: z.enum(codesOf(schoolChoices)),
  /** Also held on public holidays. */
  on_holidays: z.boolean(),
  audiences: z.array(z.enum(codesOf(audiences))),
  priorities: z.array(z.number()),
  languages: z.array(z.enum(codesOf(languages))),
  access: z.array(z.enum(codesOf(accessFacts))),
  costs: z.array(z.enum(codesOf(costs))),
  cost_note: z.string(),
  /** Age of the child in months; null: no limit. */
  age_from: z.number().nullable(),
  age_to: z.number().nullable(),
  company: z.enum(codesOf(company)),
  /** Persons, adults and children; null: as many as come. */
  places: z.number().nullable(),
  booking: z.enum(['libre', 'ici', 'ailleurs']),
  booking_url: z.string(),
  waiting_list: z.boolean(),
  phone: z.string(),
  email: z.string(),
});
export type SeriesFields = z.infer<typeof seriesSchema>;

/**
 * `waiting`: read before it appears. `withdrawn`: by who moderates. `closed`: by its organiser. `reserved`: for a group of
 * parents; it has dates as the others, and is in no list, page or calendar of the agenda.
 */
export type SeriesStatus = 'waiting' | 'published' | 'withdrawn' | 'closed' | 'reserved';
