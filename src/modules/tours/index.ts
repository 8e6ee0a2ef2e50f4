export { readStopPlace, stopLimits } from './stop-form.ts';
export { vehicleLimits } from './vehicle-form.ts';
