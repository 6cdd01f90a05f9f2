"use strict";
// Charts that can be pointed at: what the drawn ones show, with who gave each figure. Every point leads to its words.
(async () => {
  const charts = await (await fetch(document.getElementById("open-charts").dataset.points)).json();
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const figures = document.querySelectorAll(".figure figure");
  charts.forEach((chart, at) => {
    const place = figures[at];
    if (!place) return;
    const legend = document.createElement("p");
    legend.className = "note";
    legend.setAttribute("aria-live", "polite");
    const times = chart.points.map((point) => point.t);
    const holder = document.createElement("div");
    place.replaceChildren(holder, legend);
    const plot = new uPlot({
      width: Math.min(760, place.clientWidth), height: 260, legend: { show: false },
      axes: [{ stroke: colour("soft"), grid: { stroke: colour("line") } }, { stroke: colour("soft"), grid: { stroke: colour("line") } }],
      series: [{}, { label: chart.what, stroke: colour("accent"), width: 2, points: { size: 9 } }, { stroke: colour("accent"), dash: [4, 4], points: { size: 5 } }],
      hooks: { setCursor: [(u) => {
        const point = chart.points[u.cursor.idx];
        if (!point) return;
        const link = document.createElement("a");
        link.href = document.documentElement.dataset.root + point.href.slice(1);
        link.textContent = `${point.words}: ${point.who}, ${point.outlet}`;
        legend.replaceChildren(link);
      }] },
    }, [times, chart.points.map((point) => point.low), chart.points.map((point) => (point.high > point.low ? point.high : null))], holder);
    addEventListener("resize", () => plot.setSize({ width: Math.min(760, place.clientWidth), height: 260 }));
  });
})();
