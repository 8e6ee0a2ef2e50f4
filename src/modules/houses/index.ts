export { halfDayOf } from './counter.ts';
export { longest, most } from './hours.ts';
export { type AppointmentMode, appointmentModes, DAYS_KEPT, type HouseStatus, looksLikeHouse } from './house.ts';
export { reportMethod } from './report.ts';
export { yearsToReport } from './report-years.ts';
export { readRoomAsked, roomPurposes } from './room.ts';
