export { type AppointmentMode, appointmentModes, type HouseStatus, houseKinds } from './house.ts';
