export {
  closeFreePlaces,
  eraseFreePlaces,
  type FoundPlaces,
  freePlacesNear,
  ownFreePlaces,
  publishFreePlaces,
} from './free-places.ts';
export { respiteMigrations } from './migrations.ts';
export { nowAt, ownPlaces } from './own-places.ts';
