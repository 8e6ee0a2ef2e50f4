import { measureDirectory } from './directory/measure.ts';

export default () => measureDirectory(200_000);
