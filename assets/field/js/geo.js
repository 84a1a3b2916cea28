/* Where the phone is, asked only when its holder wants it, and distances, worked out here: a position is sent with a
   report and with nothing else. */
const EARTH_M = 6_371_000;
const OPTIONS = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 };

/* {lon, lat, accuracy, at}; rejects with the browser's error (code 1: refused). */
export function locate() {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) return reject(Object.assign(new Error("no geolocation"), { code: 2 }));
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) =>
        resolve({ lon: coords.longitude, lat: coords.latitude, accuracy: Math.round(coords.accuracy), at: timestamp }),
      reject,
      OPTIONS,
    );
  });
}

/* Has the holder allowed it before? Then it may be asked for without a tap. */
export async function allowed() {
  try {
    return (await navigator.permissions.query({ name: "geolocation" })).state === "granted";
  } catch {
    return false;
  }
}

/* Metres between two {lon, lat}; null where one has no position. */
export function metres(a, b) {
  if (a?.lon == null || b?.lon == null) return null;
  const rad = Math.PI / 180;
  const dLat = (b.lat - a.lat) * rad;
  const dLon = (b.lon - a.lon) * rad;
  const root = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.sqrt(root));
}

/* The nearest of `places` to `here`, and how far: {place, metres}; null where none has a position. */
export function nearest(here, places) {
  let found = null;
  for (const place of places) {
    const far = metres(here, place);
    if (far !== null && (!found || far < found.metres)) found = { place, metres: far };
  }
  return found;
}

/* For the phone's own map: no other host is asked. */
export function mapLink({ lon, lat }, label) {
  return `geo:${lat},${lon}?q=${lat},${lon}(${encodeURIComponent(label)})`;
}
