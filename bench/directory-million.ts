import { measureDirectory } from './directory/measure.ts';

export default () => measureDirectory(1_000_000);
