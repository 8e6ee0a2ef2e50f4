export { badgePng } from './badge-image.ts';
export { caseView } from './case-view.ts';
export { decideOnCase } from './decide.ts';
export { labelView } from './label.ts';
export { professionalsMigrations } from './migrations.ts';
export { countOpenCases, moderates, openCases } from './moderation.ts';
export { keepStep, ownRegistrations, readRegistration, startRegistration } from './registrations.ts';
export { sendRegistration } from './send.ts';
