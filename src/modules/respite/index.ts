export { ageGroups, dayParts, limits, partInWords, placesInWords, type Typed } from './free-place.ts';
export { daysOf, eventsFor, hoursOf, kindsFor, moments, needs, readNeed } from './need.ts';
export { childrenInWords, sittingLimits, type TypedSitting } from './sitting-request.ts';
