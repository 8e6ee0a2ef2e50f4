import { spaceData } from '../space-data.ts';

export const load = (event) => spaceData(event);
