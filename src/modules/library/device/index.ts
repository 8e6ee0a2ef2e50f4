export { eraseFavourites, favourites, keepFavourite } from './favourites.ts';
export { localVoice, type Reading, readAloud } from './speech.ts';
