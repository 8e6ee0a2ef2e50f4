export {
  appointmentPath,
  cancelAppointment,
  readAppointment,
  takeAppointment,
} from './appointments.ts';
export { attendanceJob } from './attendance-job.ts';
export { count, readTaps } from './counter.ts';
export { counterMigrations } from './counter-migrations.ts';
export { counterRetention } from './counter-retention.ts';
export { readAttendanceOfMonth, readDesk } from './desk.ts';
export { houseList } from './house-list.ts';
export { appointmentTold, houseAt, houseView, type SiteView, slotWords } from './house-view.ts';
export { type House, houseOf, openHouse, ownHouse, type Site, sitesOf } from './houses.ts';
export { housesMigrations } from './migrations.ts';
export { addPartner, endPartner, nearbyStructures, partnersOf } from './partners.ts';
export { readReport } from './report.ts';
export { reportCsv, reportPdf } from './report-files.ts';
export { housesRetention } from './retention.ts';
export { bookRoom, closeRoom, freeRoom, openRoom, roomsFor, usesBetween } from './rooms.ts';
export { decideHouse, housesToDecide, houseToTell, tellHouse } from './run-house.ts';
export { openSlots } from './slots.ts';
export { structuredHouse } from './structured-house.ts';
export { addHours, addMember, endHours, hoursOf, membersOf, removeMember } from './team.ts';
export { closeDay, expectedDays, orderAppointment, readTeamDay } from './team-day.ts';
export { unseenHousesJob } from './unseen-job.ts';
