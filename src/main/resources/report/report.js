"use strict";
(() => {
  const byId = id => document.getElementById(id);
  const cellOf = new Map([...document.querySelectorAll("#cells a")].map(cell => [cell.getAttribute("href").slice(1), cell]));
  const groups = [...document.querySelectorAll("#cells .group")].map(box => ({ box, cells: [...box.querySelectorAll("a")] }));
  const cells = groups.flatMap(group => group.cells);
  const moduleRows = new Map([...document.querySelectorAll("#modules tbody tr")].map(row => [row.dataset.device, row]));
  const moduleRest = byId("modules")?.appendChild(document.createElement("p"));
  if (moduleRest) moduleRest.className = "rest";
  const list = byId("list");
  // A large fleet's devices stand in <noscript>, which is one text to a browser that runs this: only
  // those that are looked at become elements.
  const texts = byId("rows");
  const large = texts !== null;
  const AT_ONCE = large ? 200 : Infinity;
  const rows = large
    ? texts.textContent.split(/(?=<details id="d\d+" class="device )/).slice(1).map(text => ({ id: /"(d\d+)"/.exec(text)[1], text }))
    : [...list.children].map(row => ({ id: row.id, row }));
  texts?.remove();
  const devices = rows.map(device => {
    const cell = cellOf.get(device.id);
    const label = cell.getAttribute("aria-label");
    return {
      ...device,
      cell,
      modules: moduleRows.get(device.id.slice(1)),
      name: label.slice(0, label.lastIndexOf(": ")).toLowerCase(),
      status: cell.className,
      wave: cell.closest(".group").dataset.wave ?? "",
      hidden: false,
    };
  });
  const byRow = new Map(devices.map(device => [device.id, device]));
  const PROBLEMS = ["failed", "unreachable", "held", "unhealthy", "stopped", "unfinished"];
  const tiles = [...document.querySelectorAll(".tile")];
  const search = byId("name");
  const all = byId("all");
  const wave = byId("wave");
  // So many devices may be opened in one go.
  const OPENED = 300;
  let status = "all";
  let limit = AT_ONCE;
  let matching = devices;
  // A device that somebody followed a link to is listed first, however far down it belongs.
  let asked;

  function rowOf(device) {
    if (!device.row) {
      const holder = document.createElement("template");
      holder.innerHTML = device.text;
      device.row = holder.content.firstElementChild;
      delete device.text;
    }
    return device.row;
  }

  function drawn() {
    const first = matching.slice(0, limit);
    return asked && !first.includes(asked) ? [asked, ...first] : first;
  }

  function fill() {
    const listed = drawn().map(rowOf);
    if (listed.length !== list.childElementCount || listed.some((row, at) => row !== list.children[at])) list.replaceChildren(...listed);
    const left = Math.max(0, matching.length - limit);
    byId("more").hidden = left === 0;
    byId("left").textContent = left === 0 ? "" : `${left} more ${left === 1 ? "device matches" : "devices match"}, not listed.`;
    byId("further").textContent = `Show ${Math.min(left, AT_ONCE)} more`;
  }

  function show() {
    const words = search.value.trim().toLowerCase();
    const inWave = wave?.value ?? "";
    for (const device of devices) {
      const hidden = !((status === "all" || device.status === status) && (inWave === "" || device.wave === inWave) && device.name.includes(words));
      if (device.hidden !== hidden) {
        device.hidden = device.cell.hidden = hidden;
      }
    }
    let listedModules = 0;
    let foundModules = 0;
    for (const { modules, hidden } of devices) {
      if (!modules) continue;
      const out = hidden || ++foundModules > AT_ONCE;
      if (!out) listedModules++;
      if (modules.hidden !== out) modules.hidden = out;
    }
    if (moduleRest) moduleRest.textContent = foundModules > listedModules ? `${foundModules - listedModules} more match, not listed: search to see them.` : "";
    matching = devices.filter(device => !device.hidden);
    limit = AT_ONCE;
    asked = undefined;
    fill();
    const shown = matching.length;
    const noun = devices.length === 1 ? "device" : "devices";
    byId("shown").value = shown === devices.length ? `${shown} ${noun}` : `${shown} of ${devices.length} ${noun}`;
    byId("none").hidden = shown > 0;
    all.hidden = Math.min(shown, limit) > OPENED;
    if (groups.length > 1) for (const group of groups) group.box.hidden = group.cells.every(cell => cell.hidden);
    if (moduleRows.size > 0) byId("modules").hidden = foundModules === 0;
    for (const tile of tiles) {
      if (tile.hash === `#status=${status}`) tile.setAttribute("aria-current", "true");
      else tile.removeAttribute("aria-current");
    }
    reachable(matching[0]?.cell);
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
      const device = byRow.get(target);
      if (!device) return;
      if (device.hidden) {
        status = "all";
        search.value = "";
        if (wave) wave.value = "";
        show();
      }
      asked = device;
      fill();
      draw(device.row);
      device.row.open = true;
      device.row.scrollIntoView({ block: "start" });
      device.row.firstElementChild.focus({ preventScroll: true });
    } else if (/^(status|name|wave)=/.test(target)) {
      const parts = new URLSearchParams(target);
      const result = parts.get("status") ?? "all";
      status = tiles.some(tile => tile.hash === `#status=${result}`) ? result : "all";
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
  byId("further").addEventListener("click", () => {
    const next = matching[limit];
    limit += AT_ONCE;
    fill();
    all.hidden = Math.min(matching.length, limit) > OPENED;
    next.row.firstElementChild.focus({ preventScroll: true });
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
    for (const device of drawn()) {
      draw(device.row);
      device.row.open = open;
    }
    all.setAttribute("aria-expanded", open);
    all.textContent = open ? "Close all" : "Open all";
  });
  window.addEventListener("beforeprint", () => {
    for (const device of drawn()) {
      if (PROBLEMS.includes(device.status)) device.row.open = true;
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
