export { autosave } from './autosave.ts';
export { partPage } from './part-page.ts';
