/** The servers that the open map asks, when the operator chose a base map from elsewhere. */
export const load = ({ locals }) => ({
  mapServers: (locals.house.baseMap?.origins ?? []).map((origin) => new URL(origin).host),
});
