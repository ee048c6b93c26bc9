/*
 * The fields over a list: a row is shown that has every word and the chosen kind,
 * which is its second cell. Without scripts the list is whole and has no fields.
 */
document.addEventListener('DOMContentLoaded', function () {
  'use strict';

  document.querySelectorAll('[data-filter]').forEach(function (form) {
    var rows = Array.from(document.getElementById(form.getAttribute('data-filter')).tBodies[0].rows);
    var words = form.querySelector('input'), kind = form.querySelector('select'), output = form.querySelector('output');
    function show() {
      var wanted = words.value.toLowerCase().split(/\s+/), shown = 0;
      rows.forEach(function (row) {
        var text = row.textContent.toLowerCase();
        row.hidden = !wanted.every(function (w) { return text.includes(w); }) || Boolean(kind.value) && row.cells[1].textContent !== kind.value;
        shown += !row.hidden;
      });
      output.textContent = '共' + rows.length + '份，显示' + shown + '份';
    }
    form.addEventListener('input', show);
    form.addEventListener('submit', function (e) { e.preventDefault(); });
    if (words.value || kind.value) show(); // come back to
  });
});
