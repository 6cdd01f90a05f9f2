"use strict";
// The map that moves: land and boundary lines from this server, drawn on a canvas; disputed lines are dashed.
(async () => {
  const place = document.getElementById("map");
  const [land, spots] = await Promise.all([place.dataset.shapes, place.dataset.spots].map(async (url) => (await fetch(url)).json()));
  place.replaceChildren();
  place.classList.add("open");
  const map = L.map(place, { preferCanvas: true, attributionControl: false, minZoom: 2, maxZoom: 10, zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches });
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const flip = (line) => line.map(([lon, lat]) => [lat, lon]);
  for (const ring of land.land) L.polygon(flip(ring), { color: colour("coast"), weight: 1, fillColor: colour("land"), fillOpacity: 1, interactive: false }).addTo(map);
  for (const line of land.borders) L.polyline(flip(line), { color: colour("coast"), weight: 1, interactive: false }).addTo(map);
  for (const line of land.disputed) L.polyline(flip(line), { color: colour("warn"), weight: 1.5, dashArray: "5 4", interactive: false }).addTo(map);
  const most = Math.max(1, ...spots.map((spot) => spot.weight));
  for (const spot of spots) {
    const label = document.createElement("p");
    const link = document.createElement("a");
    link.textContent = spot.title;
    if (spot.href) link.href = document.documentElement.dataset.root + spot.href.slice(1);
    label.append(link);
    if (spot.radius_km > 20) L.circle([spot.lat, spot.lon], { radius: spot.radius_km * 1000, color: colour("spot"), dashArray: "2 4", fill: false, weight: 1 }).addTo(map);
    L.circleMarker([spot.lat, spot.lon], { radius: 5 + 10 * Math.sqrt(spot.weight / most), color: colour("paper"), weight: 1, fillColor: colour("spot"), fillOpacity: 0.8 })
      .bindTooltip(spot.name).bindPopup(label).addTo(map);
  }
  if (spots.length) map.fitBounds(L.latLngBounds(spots.map((spot) => [spot.lat, spot.lon])).pad(0.3), { maxZoom: 8 });
  else map.setView([20, 0], 2);
  place.tabIndex = 0;
  place.focus();
})();
