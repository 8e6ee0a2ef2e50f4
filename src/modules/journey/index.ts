export { writeCalendar } from './calendar.ts';
export type { AskedWord, Word } from './conditions.ts';
export { amenorrhoea, conceptionDate, type Dating, dueDate } from './dating.ts';
export { exportFileToText, readExportFile, type SealedText } from './export-file.ts';
export type { Child, Family, Loss, Mark, Person, Pregnancy, Role, Silence } from './family.ts';
export { checkFamily } from './family-check.ts';
export { cardToFragment, readCard } from './help-card.ts';
export {
  acceptInvitation,
  fromFragment,
  type Invitation,
  invitationOf,
  invitationToFragment,
  toFragment,
} from './invitation.ts';
export { calendarOf, cancelledCalendar } from './journey-calendar.ts';
export { emptyKept, type Kept, keptToText, readKept } from './kept.ts';
export { isEarly, mark, whatMoved } from './marks.ts';
export { canTakeBack, forget, MAY_TAKE_BACK_DAYS, takeBackLoss, tellLoss } from './remembrance.ts';
export { planReminders, type Reminder } from './reminders.ts';
export { type Reason, rowsToReview } from './review.ts';
export type { Kind, Level, Moment, Near, Schedule, ScheduleItem, Who } from './schedule.ts';
export { toConfirm } from './schedule.ts';
export { type Stage, stagesOf } from './stage.ts';
export { resolveTimeline, type State, type Step, type Timeline } from './timeline.ts';
export { chooseToday } from './today.ts';
export { sayDay, sayWhen, type WindowWords } from './wording.ts';
