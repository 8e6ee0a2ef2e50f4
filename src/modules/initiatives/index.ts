export { type CallFamily, type CallFilter, callFamilies, callFilters, callTitles } from './call-family.ts';
export { type Initiative, initiativePath, type NoteSubject } from './initiative.ts';
export { type Facet, type InitiativeFilters, sorts } from './search.ts';
export { similarProjects } from './similar.ts';
export { sourceDocuments } from './source-document.ts';
export { sourcesReport, type TerritoryNames } from './sources-report.ts';
