'use strict';
(() => {
const all = (what, inside = document) => [...inside.querySelectorAll(what)];

/* Charts: a value is said on hover, tap, and by the arrow keys while the chart has the focus. */
const words = mark => (mark.querySelector('title') || mark).textContent.trim();
const outlined = (figure, places) => { /* above all others: a later neighbour would lie on half the line */
  all('.outline', figure).forEach(line => line.remove());
  places.filter(place => place.classList.contains('place')).forEach(place => {
    const line = place.cloneNode();
    line.setAttribute('class', 'outline');
    place.closest('.shapes, svg').append(line);
  });
};
const say = (figure, mark) => {
  all('.here', figure).forEach(m => m.classList.remove('here'));
  let line = figure.querySelector('.reading');
  if (!line) {
    line = document.createElement('p');
    line.className = 'reading';
    line.setAttribute('aria-live', 'polite');
    figure.querySelector('.drawing').after(line);
  }
  mark.classList.add('here');
  outlined(figure, [mark]);
  line.textContent = words(mark);
};
all('figure').forEach(figure => {
  const marks = () => all('.v', figure).filter(m => m.getClientRects().length);
  if (!figure.querySelector('.v')) return;
  all('.v', figure).forEach(mark => {
    for (const kind of ['pointerenter', 'pointerdown']) mark.addEventListener(kind, () => say(figure, mark));
  });
  figure.addEventListener('keydown', event => {
    const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
    const ends = {Home: 0, End: -1}[event.key];
    if ((!step && ends === undefined) || event.target !== figure) return;
    event.preventDefault();
    const seen = marks();
    const at = seen.findIndex(m => m.classList.contains('here'));
    const next = step ? (at < 0 ? (step > 0 ? 0 : seen.length - 1) : Math.max(0, Math.min(seen.length - 1, at + step)))
      : (ends < 0 ? seen.length - 1 : 0);
    say(figure, seen[next]);
  });
});

/* A map's shapes are written once: they stand in the drawing that is seen, and on paper in the wide one. */
const shapes = paper => all('figure.map').forEach(figure => {
  const [wide, narrow] = all('.shapes', figure);
  if (!narrow) return;
  const there = !paper && narrow.closest('svg').getClientRects().length ? narrow : wide;
  const places = figure.querySelector('.shapes > g');
  if (places.parentNode !== there) there.append(places);
  narrow.querySelector('use').style.display = there === narrow ? 'none' : '';
});
addEventListener('resize', () => shapes(false));
shapes(false);

/* A map's places by name. */
all('figure.map').forEach(figure => {
  const box = document.createElement('label');
  box.className = 'find';
  box.textContent = 'Find a place: ';
  const field = document.createElement('input');
  field.type = 'search';
  box.append(field);
  figure.querySelector('.drawing').before(box);
  field.addEventListener('input', () => {
    const asked = field.value.trim().toLowerCase();
    const has = m => asked.length > 1 && words(m).toLowerCase().includes(asked);
    const seen = what => all(what, figure).filter(m => m.getClientRects().length);
    let hits = seen('.v').filter(has);
    if (!hits.length) seen('text').filter(has).forEach(label => { /* a name on the map: the neighbourhood below it */
      const box = label.getBBox();
      const middle = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2).matrixTransform(label.getCTM());
      hits = hits.concat(seen('.v').filter(m => m.isPointInFill && m.isPointInFill(middle.matrixTransform(m.getCTM().inverse()))));
    });
    if (hits.length) say(figure, hits[0]);
    outlined(figure, hits);
    box.classList.toggle('none', asked.length > 1 && !hits.length);
  });
});

/* Tables: sorting by a heading; a field that keeps the rows with a word. */
const figureOf = cell => {
  const text = (cell ? cell.textContent : '').trim();
  const number = parseFloat(text.replace(/[^0-9.\-−]/g, '').replace('−', '-'));
  return /[0-9]/.test(text) && !Number.isNaN(number) && cell.classList.contains('number') ? number : text.toLowerCase();
};
const compare = (a, b) => typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === 'number' ? -1 : 1;
all('.table').forEach(box => {
  const body = box.querySelector('tbody');
  const rows = body ? [...body.rows] : [];
  if (rows.length < 7 || rows.some(row => all('[rowspan]', row).length)) return;
  all('thead th', box).forEach((head, place) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const up = head.getAttribute('aria-sort') !== 'ascending';
      all('thead th', box).forEach(other => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      const key = row => figureOf(row.cells[Math.min(place, row.cells.length - 1)]);
      const total = row => /^(All|Total)$/.test(row.cells[0].textContent.trim());
      const last = rows.filter(total);
      const others = rows.filter(row => !total(row));
      others.sort((a, b) => (up ? 1 : -1) * compare(key(a), key(b)));
      body.append(...others, ...last);
    });
  });
  if (rows.length < 13) return;
  const label = document.createElement('label');
  label.className = 'find';
  label.textContent = 'Rows with: ';
  const field = document.createElement('input');
  field.type = 'search';
  label.append(field);
  box.before(label);
  field.addEventListener('input', () => {
    const words = field.value.trim().toLowerCase();
    rows.forEach(row => { row.hidden = !row.textContent.toLowerCase().includes(words); });
  });
});
/* A table that goes on at the side says so, and shows its newest period first. */
const begun = new Set();
const sideways = () => all('.table').forEach(box => {
  const more = box.scrollWidth > box.clientWidth + 2;
  box.classList.toggle('more', more);
  if (!more || begun.has(box)) return;
  begun.add(box);
  const heads = all('thead th', box);
  if (/^\d{4}(-\d\d)?( Q[1-4])?$/.test(heads[heads.length - 1].textContent.trim())) box.scrollLeft = box.scrollWidth;
});
addEventListener('resize', sideways);
all('details').forEach(fold => fold.addEventListener('toggle', sideways));
sideways();

/* Paper: what is folded follows the page as its annex, open. */
let moved = [];
const alone = fold => { /* below a heading with nothing else: on paper the heading says where it is */
  let next = fold;
  while (next && next.matches('details.fold')) next = next.nextElementSibling;
  const before = fold.previousElementSibling;
  return before && before.matches('h2, h3, h4') && (!next || next.matches('h2, h3'));
};
const toAnnex = () => {
  if (moved.length) return;
  const folds = all('main details.fold').filter(fold => !fold.parentElement.closest('details') && !fold.open);
  if (!folds.length) return;
  const annex = document.createElement('section');
  annex.className = 'annex';
  const title = document.createElement('h2');
  title.textContent = 'Annex: what is folded on the screen';
  annex.append(title);
  let last;
  const lonely = folds.map(alone);
  moved = folds.map((fold, number) => {
    const part = fold.closest('.part');
    if (part && part !== last) {
      const of = document.createElement('h3');
      of.textContent = part.querySelector('h2').textContent;
      annex.append(of);
      last = part;
    }
    const place = lonely[number] ? document.createElement('p') : document.createComment('');
    place.textContent = 'In the annex.';
    fold.before(place);
    annex.append(fold);
    all('details', fold).concat(fold).forEach(one => { one.open = true; });
    return [fold, place];
  });
  document.querySelector('main').append(annex);
};
const back = () => {
  moved.forEach(([fold, place]) => { place.replaceWith(fold); all('details', fold).concat(fold).forEach(one => { one.open = false; }); });
  moved = [];
  all('.annex').forEach(annex => annex.remove());
};
addEventListener('beforeprint', () => { shapes(true); toAnnex(); });
addEventListener('afterprint', () => { back(); shapes(false); });
const opened = () => {
  const aim = location.hash && document.getElementById(location.hash.slice(1));
  const fold = aim && aim.closest('details');
  if (fold) fold.open = true;
};
addEventListener('hashchange', opened);
opened();
})();
