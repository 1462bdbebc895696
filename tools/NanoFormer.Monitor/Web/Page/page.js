"use strict";
// Text from devices is only ever put into the page as text (textContent, canvas), never as markup.

const kept = 5000;           // answers a device keeps here
const findingsKept = 300;
const silentAfter = 15000;   // milliseconds without a record, while the source is live
const drawEvery = 500;       // milliseconds between two drawings of a device's charts; its text follows at once
const hues = [145, 215, 45, 290, 180, 20, 330, 95, 250, 0];
const weights = { note: 0, warning: 1, error: 2 };
const byId = id => document.getElementById(id);
const devices = new Map();
const labels = new Map();
const findings = [];
const counts = { note: 0, warning: 0, error: 0 };
let frozen = false, ended = false, selected = -1, dirty = true;

const dark = matchMedia("(prefers-color-scheme: dark)");
dark.addEventListener("change", () => { for (const device of devices.values()) device.rebuild(); dirty = true; });

function colorOf(label) {
  if (!labels.has(label)) labels.set(label, labels.size);
  if (label === "unknown") return dark.matches ? "#6b7580" : "#aab2bb";
  const index = labels.get(label);
  return `hsl(${hues[index % hues.length]} 60% ${dark.matches ? 58 : 42}%)`;
}

function number(value, digits = 0) { return value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: digits }); }

function count(value, what) { return `${number(value)} ${what}${value === 1 ? "" : "s"}`; }

function time(ms) {
  const s = Math.floor(ms / 1000);
  const part = value => String(value).padStart(2, "0");
  return `${s >= 3600 ? Math.floor(s / 3600) + ":" + part(Math.floor(s / 60) % 60) : Math.floor(s / 60)}:${part(s % 60)}`;
}

class Device {
  constructor(name) {
    this.element = byId("device").content.firstElementChild.cloneNode(true);
    this.find(".name").textContent = name;
    this.element.dataset.name = name;
    this.answers = [];
    this.seen = Date.now();
    byId("devices").append(this.element);
    this.isVisible = true;
    this.drawn = 0;
    new ResizeObserver(() => { this.resize(); this.draw(); }).observe(this.element);
    new IntersectionObserver(([entry]) => { this.isVisible = entry.isIntersecting; }).observe(this.element);
  }

  find(selector) { return this.element.querySelector(selector); }

  update(data) {
    this.data = data;
    this.seen = Date.now();
    this.answers.push(...data.answers);
    if (this.answers.length > kept) this.answers.splice(0, this.answers.length - kept);
    this.changed = true;
  }

  show() {
    this.element.classList.toggle("silent", !ended && Date.now() - this.seen > silentAfter);
    if (!this.changed) return;
    this.changed = false;
    const data = this.data, latest = this.answers.at(-1);
    this.element.classList.toggle("alarm", ["warning", "alarm"].includes(data.phase));
    this.find(".phase").textContent = `${data.phase}, ${time(data.time_ms)}`;
    if (latest) {
      this.find(".label").textContent = latest.l;
      this.find(".conf").textContent = `${number(latest.c / 2.55)} % sure`;
      this.find(".score").textContent = latest.s === null ? "" : `score ${latest.s}`;
      this.find(".latency").textContent = `${number(latest.u / 1000, 1)} ms`;
    }
    const rows = [["windows", `${number(data.windows)}; ${count(data.wakes, "wake")}`]];
    rows.push(["records", `${number(data.records)}, ${number(data.lost)} lost, ${count(data.boots, "boot")}`, data.lost > 0 && data.lost * 100 > data.records]);
    if (data.gap_samples || data.errors) rows.push(["gaps", `${count(data.gap_samples, "sample")}; ${count(data.errors, "error")}`, data.errors > 0]);
    if (data.estimated_milliamps !== null) rows.push(["battery", `${number(data.estimated_battery_days, 1)} days at ${number(data.estimated_milliamps, 2)} mA (estimate)`]);
    if (data.model) rows.push(["model", [data.model, data.model_crc, data.model_check].filter(Boolean).join(", "), / but /.test(data.model_check || "")]);
    if (data.firmware) rows.push(["firmware", [data.firmware, data.self_test && `self-test ${data.self_test}`, data.sensor && `sensor ${data.sensor}`].filter(Boolean).join(", ")]);
    this.find("dl").replaceChildren(...rows.flatMap(([name, value, bad]) => {
      const dt = document.createElement("dt"), dd = document.createElement("dd");
      dt.textContent = name;
      dd.textContent = value;
      dd.classList.toggle("bad", Boolean(bad));
      return [dt, dd];
    }));
    this.find(".legend").replaceChildren(...Object.keys(data.labels).map(label => {
      const li = document.createElement("li"), box = document.createElement("span");
      box.style.background = colorOf(label);
      li.append(box, `${label} ${number(data.labels[label])}`);
      return li;
    }));
    this.isStale = true;
  }

  isDue(now) { return this.isStale && this.isVisible && now - this.drawn >= drawEvery; }

  /** The answers of the present boot within the span that is shown. */
  shown() {
    const seconds = Number(byId("span").value), last = this.answers.at(-1);
    if (!last) return [];
    const from = seconds === 0 ? -Infinity : last.t - seconds * 1000;
    return this.answers.filter(answer => answer.b === last.b && answer.t >= from);
  }

  draw() {
    this.isStale = false;
    this.drawn = performance.now();
    const shown = this.shown();
    this.drawLabels(shown);
    if (shown.length < 2) return;
    const hasScore = shown.some(answer => answer.s !== null);
    if (!this.plot || this.hasScore !== hasScore) {
      this.hasScore = hasScore;
      this.rebuild();
    }
    const data = [shown.map(a => a.t / 1000), shown.map(a => a.c / 2.55), shown.map(a => a.u / 1000)];
    if (hasScore) data.push(shown.map(a => a.s));
    this.plot.setData(data);
  }

  drawLabels(shown) {
    const canvas = this.find(".labels"), scale = devicePixelRatio || 1, width = canvas.clientWidth, height = 28;
    canvas.width = width * scale;
    canvas.height = height * scale;
    if (shown.length === 0) return;
    const pen = canvas.getContext("2d"), from = shown[0].t, length = Math.max(1, shown.at(-1).t - from);
    pen.scale(scale, scale);
    let begin = 0;
    for (let i = 1; i <= shown.length; i++) {
      if (i < shown.length && shown[i].l === shown[begin].l) continue;
      const x = (shown[begin].t - from) / length * width;
      const end = i < shown.length ? (shown[i].t - from) / length * width : width;
      pen.fillStyle = colorOf(shown[begin].l);
      pen.fillRect(x, 0, Math.max(1, end - x), height);
      const text = shown[begin].l;
      pen.font = "12px system-ui, sans-serif";
      if (pen.measureText(text).width + 8 < end - x) {
        pen.fillStyle = dark.matches ? "#111" : "#fff";
        pen.fillText(text, x + 4, 18);
      }
      begin = i;
    }
  }

  rebuild() {
    this.plot?.destroy();
    const style = getComputedStyle(document.documentElement), soft = style.getPropertyValue("--soft"), line = style.getPropertyValue("--line");
    const axis = extra => ({ stroke: soft, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 }, ...extra });
    const pen = (light, black) => dark.matches ? black : light;
    const value = text => (_, v) => v === null ? "–" : text(v);
    const series = [{ label: "time", value: value(v => time(v * 1000)) },
      { label: "confidence %", stroke: pen("#0b62c4", "#7db4ff"), width: 1.5, scale: "y", value: value(v => number(v)) },
      { label: "latency ms", stroke: pen("#6b7580", "#9aa5b1"), width: 1, scale: "ms", value: value(v => number(v, 2)) }];
    if (this.hasScore) series.push({ label: "score", stroke: pen("#b3261e", "#ff8a80"), width: 1.5, scale: "score", value: value(v => number(v)) });
    this.plot = new uPlot({
      width: this.width(), height: 150, series,
      scales: { x: { time: false }, y: { range: [0, 100] }, score: { range: [0, 255] }, ms: { range: (_, low, high) => [0, Math.max(1, high * 1.2)] } },
      axes: [axis({ values: (_, all) => all.map(v => time(v * 1000)), size: 30 }), axis({ size: 36 }), axis({ scale: "ms", side: 1, size: 40, grid: { show: false } })],
    }, [[], [], [], ...(this.hasScore ? [[]] : [])], this.find(".traces"));
    this.draw();
  }

  width() { return Math.max(200, this.find(".traces").clientWidth); }

  resize() { this.plot?.setSize({ width: this.width(), height: 150 }); }
}

function showFindings() {
  const least = weights[byId("filter").value], shown = findings.filter(finding => weights[finding.weight] >= least);
  byId("findings").replaceChildren(...shown.slice(-100).reverse().map(finding => {
    const li = document.createElement("li"), text = document.createElement("p");
    li.className = finding.weight;
    li.tabIndex = -1;
    li.dataset.number = finding.number;
    text.textContent = (finding.line ? `line ${finding.line}: ` : "") + finding.text;
    li.append(text);
    if (finding.remedy) {
      const remedy = document.createElement("p");
      remedy.className = "remedy";
      remedy.textContent = finding.remedy;
      li.append(remedy);
    }
    return li;
  }));
  byId("nothing").hidden = shown.length > 0;
  byId("counts").textContent = ["error", "warning", "note"].map(weight => count(counts[weight], weight)).join(", ");
}

function nextError() {
  const errors = [...byId("findings").querySelectorAll("li.error")];
  if (errors.length === 0) return;
  selected = (selected + 1) % errors.length;
  errors[selected].focus();
  errors[selected].scrollIntoView({ block: "nearest" });
}

function take(update) {
  if (update.is_first) {
    devices.clear();
    byId("devices").replaceChildren();
    findings.length = 0;
    counts.note = counts.warning = counts.error = 0;
  }
  ended = update.is_ended;
  for (const data of update.devices) {
    if (!devices.has(data.name)) devices.set(data.name, new Device(data.name));
    devices.get(data.name).update(data);
  }
  for (const finding of update.findings) {
    findings.push(finding);
    counts[finding.weight]++;
  }
  if (findings.length > findingsKept) findings.splice(0, findings.length - findingsKept);
  if (update.findings.length > 0 || update.is_first) selected = -1, dirty = true;
  byId("state").textContent = `${count(update.records, "record")} of ${count(devices.size, "device")}${ended ? ", all read" : ""}`;
  byId("replay").hidden = !update.replay || ended;
  if (update.replay) {
    byId("done").value = update.replay.done;
    byId("pause").textContent = update.replay.is_paused ? "go on" : "pause";
    byId("pause").dataset.paused = update.replay.is_paused;
    showSpeed(String(update.replay.speed));
  }
}

/** The speed in force may be one of the command line, or another page's. */
function showSpeed(speed) {
  const select = byId("speed");
  if (select.value === speed || select === document.activeElement) return;
  if (![...select.options].some(option => option.value === speed)) select.add(new Option(speed));
  select.value = speed;
}

// Charts cost most: of those that are due, the one drawn longest ago is drawn, so that a frame stays short however many devices there are.
function drawOne() {
  const now = performance.now();
  let oldest = null;
  for (const device of devices.values()) {
    if (device.isDue(now) && (oldest === null || device.drawn < oldest.drawn)) oldest = device;
  }
  oldest?.draw();
}

function frame() {
  if (!frozen) {
    for (const device of devices.values()) device.show();
    drawOne();
    if (dirty) { dirty = false; showFindings(); }
  }
  requestAnimationFrame(frame);
}

function freeze() {
  frozen = !frozen;
  byId("freeze").setAttribute("aria-pressed", frozen);
  byId("freeze").textContent = frozen ? "go on" : "freeze";
}

const post = query => fetch(`replay?${query}`, { method: "POST" });
byId("pause").addEventListener("click", () => post(`paused=${byId("pause").dataset.paused !== "true"}`));
byId("speed").addEventListener("change", () => post(`speed=${byId("speed").value}`));
byId("span").addEventListener("change", () => { for (const device of devices.values()) device.draw(); });
byId("filter").addEventListener("change", () => { dirty = true; });
byId("freeze").addEventListener("click", freeze);
byId("next").addEventListener("click", nextError);
addEventListener("keydown", event => {
  if (event.target.closest?.("select, input") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "e") nextError();
  if (event.key === "p") freeze();
});

const events = new EventSource("events");
events.onmessage = event => take(JSON.parse(event.data));
events.onerror = () => { byId("state").textContent = "the monitor is not there; trying again"; };
requestAnimationFrame(frame);
