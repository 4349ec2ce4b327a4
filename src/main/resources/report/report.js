"use strict";
(() => {
  const byId = id => document.getElementById(id);
  const cells = [...byId("cells").children];
  const rows = new Map([...document.querySelectorAll("#modules tbody tr")].map(row => [row.dataset.device, row]));
  const devices = [...document.querySelectorAll("#devices > details")].map((row, at) => ({
    row,
    cell: cells[at],
    modules: rows.get(row.id.slice(1)),
    name: row.querySelector(".name").textContent.toLowerCase(),
    status: row.classList[1],
  }));
  const tiles = [...document.querySelectorAll(".tile")];
  const search = byId("name");
  const all = byId("all");
  let status = "all";

  function show() {
    const words = search.value.trim().toLowerCase();
    let shown = 0;
    for (const device of devices) {
      const hidden = !((status === "all" || device.status === status) && device.name.includes(words));
      device.row.hidden = device.cell.hidden = hidden;
      if (device.modules) device.modules.hidden = hidden;
      if (!hidden) shown++;
    }
    const noun = devices.length === 1 ? "device" : "devices";
    byId("shown").value = shown === devices.length ? `${shown} ${noun}` : `${shown} of ${devices.length} ${noun}`;
    byId("none").hidden = shown > 0;
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
        show();
      }
      device.open = true;
      device.scrollIntoView({ block: "start" });
      device.firstElementChild.focus({ preventScroll: true });
    } else if (/^(status|name)=/.test(target)) {
      const parts = new URLSearchParams(target);
      const asked = parts.get("status") ?? "all";
      status = tiles.some(tile => tile.hash === `#status=${asked}`) ? asked : "all";
      search.value = parts.get("name") ?? "";
      show();
    }
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
    const top = cells.find(cell => !cell.hidden).offsetTop;
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
    for (const device of devices) if (!device.row.hidden) device.row.open = open;
    all.setAttribute("aria-expanded", open);
    all.textContent = open ? "Close all" : "Open all";
  });
  window.addEventListener("beforeprint", () => {
    for (const device of devices) {
      if (["failed", "unreachable", "stopped", "unfinished"].includes(device.status)) device.row.open = true;
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
