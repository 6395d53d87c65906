
'use strict';
// Without this script everything is shown, and nothing can be filtered.
(() => {
  const filters = document.getElementById('filters');
  if (filters) {
    const hosts = Array.from(document.querySelectorAll('#host-names option'), (option) => option.value.toLowerCase());
    const checks = Array.from(document.querySelectorAll('article.check'), (element) => ({
      element,
      verdict: element.dataset.verdict,
      heading: element.querySelector('header').textContent.toLowerCase(),
      rows: Array.from(element.querySelectorAll('.rows > li'), (row) => ({
        element: row,
        severities: row.dataset.severity.split(' '),
        hosts: row.dataset.hosts === '' ? [] : row.dataset.hosts.split(' ').map(Number),
        count: Number(row.dataset.count),
        text: null,
      })),
    }));
    const total = checks.flatMap((check) => check.rows).reduce((sum, row) => sum + row.count, 0);

    const chosen = (name) => new Set(Array.from(filters.elements[name]).filter((box) => box.checked).map((box) => box.value));

    // A host that is called exactly so, else all that contain it.
    const wantedHosts = (typed) => {
      if (typed === '') {
        return null;
      }
      const exact = hosts.indexOf(typed);
      return new Set(exact >= 0 ? [exact] : hosts.flatMap((host, number) => (host.includes(typed) ? [number] : [])));
    };

    const show = (element, shown) => {
      if (element.hidden === shown) {
        element.hidden = !shown;
      }
    };

    const apply = () => {
      const verdicts = chosen('verdict');
      const severities = chosen('severity');
      const wanted = wantedHosts(filters.elements.host.value.trim().toLowerCase());
      const words = filters.elements.text.value.toLowerCase().split(/\s+/).filter((word) => word !== '');
      const counts = new Map();
      const add = (choice, count) => counts.set(choice, (counts.get(choice) ?? 0) + count);
      let found = 0;
      for (const check of checks) {
        let any = false;
        for (const row of check.rows) {
          if (words.length > 0 && row.text === null) {
            row.text = check.heading + ' ' + row.element.textContent.toLowerCase();
          }
          const verdict = verdicts.has(check.verdict);
          const severity = row.severities.some((one) => severities.has(one));
          const rest = (wanted === null || row.hosts.some((host) => wanted.has(host)))
            && words.every((word) => row.text.includes(word));
          const fits = verdict && severity && rest;
          if (severity && rest) {
            add(check.verdict, row.count);
          }
          if (check.verdict === 'fail' && verdict && rest) {
            row.severities.forEach((one) => add(one, row.count));
          }
          show(row.element, fits);
          any = any || fits;
          found += fits ? row.count : 0;
        }
        show(check.element, any);
      }
      // How many each choice has, all other choices given; of severities, how many failed.
      filters.querySelectorAll('input[type=checkbox]').forEach((box) => {
        box.parentNode.querySelector('b').textContent = counts.get(box.value) ?? 0;
      });
      document.getElementById('shown').textContent = found + ' of ' + total + ' findings are shown';
      show(document.getElementById('none'), found === 0);
    };

    // What went well is a click away; where nothing went wrong, it is the news. Somebody answers for
    // what is waived, and it is wrong still.
    const begin = () => {
      const boxes = Array.from(filters.elements.verdict);
      const open = boxes.filter((box) => ['fail', 'waived', 'unknown'].includes(box.value));
      const wrong = open.some((box) => box.dataset.count !== '0');
      boxes.forEach((box) => {
        box.checked = !wrong || open.includes(box);
      });
      apply();
    };

    filters.addEventListener('input', apply);
    filters.addEventListener('submit', (event) => event.preventDefault());
    filters.querySelector('button').addEventListener('click', () => {
      filters.reset();
      begin();
    });
    filters.hidden = false;
    begin();
  }

  const heatmap = document.getElementById('heatmap');
  if (heatmap) {
    const order = document.getElementById('order');
    const cell = document.getElementById('cell');
    const columns = Array.from(document.querySelectorAll('#columns > g'));
    const rows = Array.from(document.querySelectorAll('#rows > g'));
    const cells = new Map(rows.map((row) => [row, Array.from(row.querySelectorAll('g'))]));
    const names = new Intl.Collator('en', {numeric: true});
    const orders = {
      name: (a, b) => names.compare(a.dataset.name, b.dataset.name),
      slow: (a, b) => b.dataset.slow - a.dataset.slow,
    };

    // Where each line begins: as it was drawn by site, else one after the other.
    const places = (lines, by, size) => by === 'site'
      ? new Map(lines.map((line) => [line, Number(line.dataset.at)]))
      : new Map([...lines].sort(orders[by]).map((line, number) => [line, number * size]));

    const arrange = () => {
      const by = order.elements.order.value;
      const across = places(columns, by, Number(heatmap.dataset.cellWidth));
      const down = places(rows, by, Number(heatmap.dataset.cellHeight));
      columns.forEach((column) => column.setAttribute('transform', `translate(${across.get(column)} 0)`));
      rows.forEach((row) => {
        row.setAttribute('transform', `translate(0 ${down.get(row)})`);
        cells.get(row).forEach((spot, number) => spot.setAttribute('transform', `translate(${across.get(columns[number])} 0)`));
      });
    };

    heatmap.addEventListener('mouseover', (event) => {
      const spot = event.target.closest('#rows > g > g');
      const row = spot && spot.parentNode;
      const column = spot && columns[cells.get(row).indexOf(spot)];
      const ms = spot && (spot.dataset.ms ?? spot.textContent.trim());
      cell.textContent = ms ? `${row.dataset.name} → ${column.dataset.name}: ${ms === '?' ? 'not known' : ms + ' ms'}` : '';
      [...columns, ...rows].forEach((line) => line.classList.toggle('at', line === row || line === column));
    });
    heatmap.addEventListener('mouseleave', () => {
      cell.textContent = '';
      [...columns, ...rows].forEach((line) => line.classList.remove('at'));
    });
    order.addEventListener('change', arrange);
    order.addEventListener('submit', (event) => event.preventDefault());
    order.hidden = false;
  }
})();
