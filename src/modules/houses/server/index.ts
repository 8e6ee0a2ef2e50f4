export {
  appointmentPath,
  cancelAppointment,
  readAppointment,
  takeAppointment,
} from './appointments.ts';
export { type House, houseOf, openHouse, ownHouse, type Site, sitesOf } from './houses.ts';
export { housesMigrations } from './migrations.ts';
export { housesRetention } from './retention.ts';
export { decideHouse, housesToDecide, houseToTell, tellHouse } from './run-house.ts';
export { openSlots } from './slots.ts';
export { addHours, addMember, endHours, membersOf, removeMember } from './team.ts';
export { closeDay, expectedDays, orderAppointment, readTeamDay } from './team-day.ts';
