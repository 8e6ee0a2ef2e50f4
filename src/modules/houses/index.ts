export { halfDayOf } from './counter.ts';
export { longest, most } from './hours.ts';
export { type AppointmentMode, appointmentModes, DAYS_KEPT, type HouseStatus, looksLikeHouse } from './house.ts';
export { reportMethod, yearsToReport } from './report.ts';
export { readRoomAsked, roomPurposes } from './room.ts';
