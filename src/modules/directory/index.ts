export { embedSnippets, readEmbedLook } from './embed-snippet.ts';
export { type FrameTheme, readFrameTheme } from './frame-theme.ts';
export type {
  Closure,
  DirectoryRecord,
  Entity,
  FieldsOf,
  OrganisationFields,
  PlaceFields,
  PlacementFields,
  PlacePrecision,
  ProfessionalFields,
  ServiceFields,
  State,
  StopFields,
  TourFields,
} from './model.ts';
export type { ShownOffer, ShownPlace } from './offer.ts';
export { dayWords, hourWords } from './opening-words.ts';
export { type FieldOrigin, PERSON, type Provenance } from './provenance.ts';
export { isPublicHoliday } from './public-holidays.ts';
export { readTileAddress } from './tile-address.ts';
export { stopPath, tourOfSlug, tourPath } from './tour-address.ts';
export {
  type AccessFact,
  type Audience,
  accessFacts,
  audiences,
  type Booking,
  bookings,
  type Cost,
  codesOf,
  costs,
  type Kind,
  kinds,
  type Language,
  labelOf,
  languages,
  type Mode,
  modes,
  type Stage,
  stages,
} from './vocabulary.ts';
