export { numbered } from './booklet.ts';
