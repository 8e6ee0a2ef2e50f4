import { mount } from 'svelte';
import PathApp from './PathApp.svelte';
import type { Parts } from './path.svelte.ts';

/** Draws the path in its place; with `shared`, for a screen on which nothing may stay. */
export const mountPath = (target: HTMLElement, parts: Parts, shared: boolean): void => {
  mount(PathApp, { target, props: { parts, shared } });
};
