export { distanceKm, type Near, nearest, type Point } from './distance.ts';
