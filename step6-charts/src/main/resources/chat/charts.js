// Charts of what the server measures each second. A table below each one is its legend.

import { on } from "./connection.js";
import { element } from "./conversation.js";
import uPlot from "./uPlot.esm.js"; // https://github.com/leeoniya/uPlot

const charts = document.querySelector("#charts");
const members = document.querySelector("#members");
const seconds = []; // the last five minutes, as the server has measured them
globalThis.seconds = seconds; // for the browser's console

const count = (n) => (Number.isInteger(n) ? n.toLocaleString() : "");
const duration = (ms) => (ms === undefined ? "" : ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`);
const fromZero = { range: (_, min, max) => [0, 5 * Math.ceil((max + 1) / 5)] };
const powersOfTen = { distr: 3, range: () => [0.1, 100_000] }; // milliseconds
const drawings = [
  chart("#traffic", { said: "left", online: "right" }, { left: fromZero, right: fromZero }, count),
  chart("#delay", { median: "left", slowest: "left" }, { left: powersOfTen }, duration, {
    splits: () => [0.1, 10, 1000, 100_000], filter: (_, splits) => splits,
  }),
];

/** An empty chart of two lines, each with its scale; returns what draws it. A table is its legend. */
function chart(id, lines, scales, label, ticks) {
  const part = charts.querySelector(id);
  const box = part.querySelector("[role=img]");
  const em = parseInt(getComputedStyle(box).fontSize);
  const colour = (element, pseudo) => () => getComputedStyle(element, pseudo).color; // asked each time
  const grid = { stroke: colour(box, "::before"), width: 1 };
  const axis = { font: `${em}px system-ui`, stroke: colour(box), gap: em / 3, grid, ticks: { show: false } };
  const clock = (time) => new Date(time * 1000).toLocaleTimeString([], { timeStyle: "short" });
  const y = Object.keys(scales).map((scale, i) => (
    { ...axis, scale, side: 3 - 2 * i, size: 4 * em, values: (_, values) => values.map(label), ...ticks }
  ));
  const series = Object.entries(lines).map(([line, scale], i) => {
    const row = part.querySelector(`[data-of=${line}]`).previousElementSibling;
    return { scale, stroke: colour(row, "::before"), width: 2, dash: i ? [4, 4] : [], points: { show: false } };
  });
  const plot = new uPlot({
    width: 300, height: 150, legend: { show: false }, cursor: { show: false },
    scales: { x: { range: (_, min, max) => [max - 299, max] }, ...scales },
    axes: [{ ...axis, size: 2 * em, space: 5 * em, incrs: [60, 120, 300], values: (_, times) => times.map(clock) }, ...y],
    series: [{}, ...series],
  }, null, box);
  new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: box.clientHeight })).observe(box);
  return (now) => {
    plot.setData(["time", ...Object.keys(lines)].map((key) => seconds.map((second) => second[key] ?? null)));
    part.querySelectorAll("[data-of]").forEach((cell) => (cell.textContent = label(now[cell.dataset.of])));
  };
}

/** A hidden tab keeps them too, so it has no gap when it is shown again. */
function showMeasured(more) {
  for (const second of more) {
    const delays = Object.values(second.delay).sort((a, b) => a - b);
    const median = delays[(delays.length - 1) >> 1];
    seconds.push({ ...second, time: Date.parse(second.at) / 1000, median, slowest: delays.at(-1) });
  }
  seconds.splice(0, seconds.length - 300);
  drawMeasured();
}

on("welcome", ({ measured }) => showMeasured(measured));
on("measured", (second) => showMeasured([second]));

function drawMeasured() {
  const now = seconds.at(-1);
  if (!now || document.hidden || !charts.open) return;
  drawings.forEach((draw) => draw(now));
  const delays = Object.entries(now.delay);
  while (members.rows.length > delays.length) members.deleteRow(-1);
  delays.forEach(([name, ms], i) => {
    const row = members.rows[i] ?? members.insertRow(); // in place: who reads there stays there
    if (!row.cells.length) row.append(Object.assign(element("th", ""), { scope: "row" }), element("td", ""));
    row.cells[0].textContent = name;
    row.cells[1].textContent = duration(ms);
  });
}

charts.open = matchMedia("(min-width: 60rem)").matches; // on a phone it can be unfolded
charts.ontoggle = drawMeasured;
document.addEventListener("visibilitychange", drawMeasured);
matchMedia("(prefers-color-scheme: dark)").onchange = drawMeasured;
