export { halfDayOf } from './counter.ts';
export { type AppointmentMode, appointmentModes, type HouseStatus, houseKinds } from './house.ts';
export { reportMethod, yearsToReport } from './report.ts';
export { readRoomAsked, roomPurposes } from './room.ts';
