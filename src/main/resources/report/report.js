"use strict";
(() => {
  const byId = id => document.getElementById(id);
  const cellOf = new Map([...document.querySelectorAll("#cells a")].map(cell => [cell.hash.slice(1), cell]));
  const groups = [...document.querySelectorAll("#cells .group")].map(box => ({ box, cells: [...box.querySelectorAll("a")] }));
  const cells = groups.flatMap(group => group.cells);
  const rows = new Map([...document.querySelectorAll("#modules tbody tr")].map(row => [row.dataset.device, row]));
  const devices = [...document.querySelectorAll("#devices > details")].map(row => ({
    row,
    cell: cellOf.get(row.id),
    modules: rows.get(row.id.slice(1)),
    name: row.querySelector(".name").textContent.toLowerCase(),
    status: row.classList[1],
    wave: row.dataset.wave ?? "",
  }));
  const tiles = [...document.querySelectorAll(".tile")];
  const search = byId("name");
  const all = byId("all");
  const wave = byId("wave");
  // So many devices may be opened in one go.
  const OPENED = 300;
  let status = "all";

  function show() {
    const words = search.value.trim().toLowerCase();
    const inWave = wave?.value ?? "";
    let shown = 0;
    for (const device of devices) {
      const hidden = !((status === "all" || device.status === status) && (inWave === "" || device.wave === inWave) && device.name.includes(words));
      if (device.cell.hidden !== hidden) {
        device.row.hidden = device.cell.hidden = hidden;
        if (device.modules) device.modules.hidden = hidden;
      }
      if (!hidden) shown++;
    }
    const noun = devices.length === 1 ? "device" : "devices";
    byId("shown").value = shown === devices.length ? `${shown} ${noun}` : `${shown} of ${devices.length} ${noun}`;
    byId("none").hidden = shown > 0;
    all.hidden = shown > OPENED;
    if (groups.length > 1) for (const group of groups) group.box.hidden = group.cells.every(cell => cell.hidden);
    if (rows.size > 0) byId("modules").hidden = [...rows.values()].every(row => row.hidden);
    for (const tile of tiles) {
      if (tile.hash === `#status=${status}`) tile.setAttribute("aria-current", "true");
      else tile.removeAttribute("aria-current");
    }
    reachable(devices.find(device => !device.cell.hidden)?.cell);
  }

  // The address says what is shown, so that a filtered view can be sent to somebody.
  function remember() {
    const parts = new URLSearchParams();
    if (status !== "all") parts.set("status", status);
    if (search.value) parts.set("name", search.value);
    if (wave?.value) parts.set("wave", wave.value);
    history.replaceState(null, "", parts.size ? `#${parts}` : "#status=all");
  }

  function follow() {
    const target = location.hash.slice(1);
    if (/^d\d+$/.test(target)) {
      const device = byId(target);
      if (!device) return;
      if (device.hidden) {
        status = "all";
        search.value = "";
        if (wave) wave.value = "";
        show();
      }
      draw(device);
      device.open = true;
      device.scrollIntoView({ block: "start" });
      device.firstElementChild.focus({ preventScroll: true });
    } else if (/^(status|name|wave)=/.test(target)) {
      const parts = new URLSearchParams(target);
      const asked = parts.get("status") ?? "all";
      status = tiles.some(tile => tile.hash === `#status=${asked}`) ? asked : "all";
      search.value = parts.get("name") ?? "";
      if (wave) {
        const named = parts.get("wave") ?? "";
        wave.value = [...wave.options].some(option => option.value === named) ? named : "";
      }
      show();
    }
  }

  // In a large fleet steps wait, packed, until somebody looks: a page of them all would be slow.
  const packs = [...document.querySelectorAll(".pack")];
  const unpacked = new Map();
  async function unpack(number) {
    const bytes = Uint8Array.from(atob(packs[number].textContent), character => character.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  }
  async function draw(row) {
    const place = row.dataset.steps;
    if (!place) return;
    delete row.dataset.steps;
    const [pack, at] = place.split(".");
    if (!unpacked.has(pack)) unpacked.set(pack, unpack(pack));
    row.insertAdjacentHTML("beforeend", (await unpacked.get(pack))[at]);
  }

  // One stop for the Tab key in the whole fleet; arrows go from device to device.
  let stop;
  function reachable(cell) {
    if (!cell) return;
    if (stop) stop.tabIndex = -1;
    stop = cell;
    stop.tabIndex = 0;
  }
  function across() {
    const top = stop.offsetTop;
    return cells.filter(cell => !cell.hidden && cell.offsetTop === top).length;
  }
  byId("cells").addEventListener("keydown", event => {
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across(), ArrowUp: -across() }[event.key];
    if (!steps) return;
    const visible = cells.filter(cell => !cell.hidden);
    const next = visible[visible.indexOf(event.target) + steps];
    if (next) {
      reachable(next);
      next.focus();
    }
    event.preventDefault();
  });

  search.addEventListener("input", () => {
    show();
    remember();
  });
  wave?.addEventListener("change", () => {
    show();
    remember();
  });
  byId("devices").addEventListener("toggle", event => draw(event.target), true);
  byId("filter").addEventListener("submit", event => event.preventDefault());
  // A filter is not a place on the page: choosing one does not scroll.
  tiles.forEach(tile =>
    tile.addEventListener("click", event => {
      event.preventDefault();
      status = tile.hash.slice("#status=".length);
      show();
      remember();
    }));
  all.addEventListener("click", () => {
    const open = all.getAttribute("aria-expanded") !== "true";
    for (const device of devices) {
      if (device.row.hidden) continue;
      draw(device.row);
      device.row.open = open;
    }
    all.setAttribute("aria-expanded", open);
    all.textContent = open ? "Close all" : "Open all";
  });
  window.addEventListener("beforeprint", () => {
    for (const device of devices) {
      if (["failed", "unreachable", "held", "unhealthy", "stopped", "unfinished"].includes(device.status)) device.row.open = true;
    }
  });
  window.addEventListener("hashchange", follow);
  // A second click on the same link changes no address.
  document.addEventListener("click", event => {
    if (event.target.closest("a")?.hash === location.hash) follow();
  });

  cells.forEach(cell => (cell.tabIndex = -1));
  byId("filter").hidden = false;
  show();
  follow();
})();
