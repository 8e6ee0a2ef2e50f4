export { relayLimits } from './message.ts';
