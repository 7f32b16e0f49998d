// Charts, drawn from the tables below them: one source for what is seen and what is read. Colours are the page's own, by day and by night.
(() => {
  const charts = new Map();

  // Whatever way a colour is written in the style sheet, drawn once it is four numbers.
  const dot = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  function css(name) {
    const probe = document.createElement("span");
    document.body.append(probe);
    probe.style.color = `var(${name})`;
    dot.clearRect(0, 0, 1, 1);
    dot.fillStyle = getComputedStyle(probe).color;
    dot.fillRect(0, 0, 1, 1);
    probe.remove();
    const [red, green, blue, alpha] = dot.getImageData(0, 0, 1, 1).data;
    return `rgba(${red},${green},${blue},${alpha / 255})`;
  }

  function read(figure) {
    return {
      columns: [...figure.querySelectorAll("thead th")].map((cell) => cell.textContent.trim()),
      rows: [...figure.querySelectorAll("tbody tr")].map((row) => ({
        label: row.querySelector("th").textContent.trim(),
        values: [...row.querySelectorAll("td")].map((cell) => (cell.dataset.value ? Number(cell.dataset.value) : null)),
      })),
    };
  }

  function draw(figure) {
    const { columns, rows } = read(figure);
    const ink = css("--tblr-body-color");
    const faint = css("--tblr-border-color");
    const colours = [css("--tblr-primary"), css("--tblr-orange"), css("--tblr-green")];
    const axis = { axisLabel: { color: ink }, axisLine: { lineStyle: { color: faint } }, splitLine: { lineStyle: { color: faint } } };
    const common = {
      animation: false,
      color: colours,
      textStyle: { color: ink, fontFamily: getComputedStyle(document.body).fontFamily },
      tooltip: { renderMode: "richText", confine: true },
    };
    if (figure.dataset.chart === "heat") {
      const points = rows.flatMap((row, y) => row.values.map((value, x) => [x, y, value ?? 0]));
      return {
        ...common,
        grid: { left: 8, right: 8, top: 8, bottom: 40, containLabel: true },
        xAxis: { type: "category", data: columns, ...axis },
        yAxis: { type: "category", data: rows.map((row) => row.label), inverse: true, ...axis },
        visualMap: {
          min: 0,
          max: Math.max(1, ...points.map((point) => point[2])),
          calculable: false,
          orient: "horizontal",
          left: "center",
          bottom: 0,
          textStyle: { color: ink },
          inRange: { color: [css("--tblr-bg-surface-secondary"), css("--tblr-primary")] },
        },
        series: [{ type: "heatmap", data: points, itemStyle: { borderColor: faint, borderWidth: 1 } }],
      };
    }
    const stack = figure.dataset.chart === "stack" ? "all" : undefined;
    return {
      ...common,
      legend: columns.length > 1 ? { textStyle: { color: ink }, top: 0 } : undefined,
      grid: { left: 8, right: 24, top: columns.length > 1 ? 32 : 8, bottom: 8, containLabel: true },
      xAxis: { type: "value", minInterval: 1, ...axis },
      yAxis: {
        type: "category",
        data: rows.map((row) => row.label),
        inverse: true,
        ...axis,
        axisLabel: { color: ink, width: 110, overflow: "break" },
      },
      series: columns.map((name, index) => ({ name, type: "bar", stack, barMaxWidth: 28, data: rows.map((row) => row.values[index]) })),
    };
  }

  function show() {
    for (const figure of document.querySelectorAll("figure[data-chart]")) {
      const place = figure.querySelector(".chart");
      if (!place) continue;
      const chart = charts.get(place) ?? echarts.init(place, null, { renderer: "canvas" });
      charts.set(place, chart);
      chart.setOption(draw(figure), true);
    }
  }

  const fit = () => charts.forEach((chart) => chart.resize());
  show();
  addEventListener("resize", fit);
  addEventListener("beforeprint", fit);
  addEventListener("afterprint", fit);
  new MutationObserver(show).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
})();
