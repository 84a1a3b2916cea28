/* The wall's clock and every time written by the browser, in the region's zone (data-offset of the header). */
(function () {
  "use strict";
  const wall = ((window.dash_clientside ||= {}).wall ||= {});

  let east = -new Date().getTimezoneOffset(); // until the header has said; kept while the header has failed

  wall.minutesEast = function () {
    const meta = document.querySelector("[data-offset]");
    if (meta) east = Number(meta.dataset.offset);
    return east;
  };

  /* A date whose UTC fields read as local time of the region. */
  wall.inZone = function (instant) {
    return new Date(instant.getTime() + wall.minutesEast() * 60000);
  };

  wall.hours = function (instant) {
    return wall.inZone(instant).toISOString().slice(11, 19);
  };

  function write(node, text) {
    if (node && node.textContent !== text) node.textContent = text;
  }

  function showClock(now) {
    const clock = document.getElementById("wall-header-clock");
    if (!clock) return;
    const [hours, minutes, seconds] = wall.hours(now).split(":");
    write(clock.querySelector(".clock__time"), `${hours}:${minutes}`);
    write(clock.querySelector(".clock__seconds"), seconds);
    const local = wall.inZone(now);
    const words = { m: local.getUTCMonth() + 1, d: local.getUTCDate(), w: clock.dataset.days.split(",")[local.getUTCDay()] };
    write(clock.querySelector(".clock__day"), clock.dataset.format.replace(/\{(\w)\}/g, (_all, key) => words[key]));
  }

  function showTimes() {
    for (const node of document.querySelectorAll("time[data-local]")) write(node, wall.hours(new Date(node.dateTime)));
  }

  function beat() {
    const now = new Date();
    showClock(now);
    showTimes();
    setTimeout(beat, 1000 - (Date.now() % 1000));
  }
  beat();
})();
