// Where the terminal belongs and where it was last seen, to scale, without a picture from anywhere: circles, a scale and a grid of the machine's own.
(() => {
  const place = document.getElementById("map");
  if (!place || !window.L) return;
  const number = (name) => (place.dataset[name] ? Number(place.dataset[name]) : null);
  const map = L.map(place, { attributionControl: false, zoomSnap: 0.25, scrollWheelZoom: false });
  const home = L.circle([number("lat"), number("lon")], { radius: number("radius"), color: "#0b4f9e" }).addTo(map);
  let bounds = home.getBounds ? L.latLng(number("lat"), number("lon")).toBounds(number("radius") * 2.4) : null;
  if (number("seenLat") !== null) {
    const seen = L.latLng(number("seenLat"), number("seenLon"));
    L.circle(seen, { radius: number("seenRadius") ?? 20, color: "#a3120d", dashArray: "6 4" }).addTo(map);
    bounds = bounds.extend(seen.toBounds(200));
  }
  map.fitBounds(bounds);
  L.control.scale({ imperial: false }).addTo(map);
})();
