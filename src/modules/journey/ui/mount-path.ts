import { type Component, mount } from 'svelte';
import PathApp from './PathApp.svelte';
import type { Parts } from './path.svelte.ts';

/** Draws the path in its place; with `SharedScreen`, for a screen on which nothing may stay. */
export const mountPath = (target: HTMLElement, parts: Parts, SharedScreen?: Component): void => {
  mount(PathApp, { target, props: { parts, SharedScreen } });
};
