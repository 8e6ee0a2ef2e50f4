import '#modules/screening/device/start.ts';
