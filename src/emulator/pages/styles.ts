/** One sheet for all pages. `light-dark()` follows the system, or `?theme=` by way of `color-scheme`. */
export const STYLES = `
:root {
  color-scheme: light dark;
  --page: light-dark(#ffffff, #0c0d10);
  --panel: light-dark(#f6f7f9, #14161b);
  --card: light-dark(#ffffff, #1a1d23);
  --line: light-dark(#e3e6eb, #2b2f38);
  --text: light-dark(#14171f, #f2f4f8);
  --muted: light-dark(#5b6270, #9aa3b2);
  --accent: light-dark(#1f4fe0, #86a6ff);
  --on-accent: light-dark(#ffffff, #0b1020);
  --good: light-dark(#0b7a4b, #5fd6a0);
  --bad: light-dark(#b3261e, #ff9d94);
  --bad-soft: light-dark(#fdeceb, #3a1a18);
  --warn: light-dark(#8a5a00, #f2c063);
  --warn-soft: light-dark(#fff5df, #33270f);
}
:root[data-theme='light'] { color-scheme: light; }
:root[data-theme='dark'] { color-scheme: dark; }
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0;
  min-height: 100vh;
  display: flex;
  flex-direction: column;
  background: var(--page);
  color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  -webkit-font-smoothing: antialiased;
}
h1, h2, h3, p, ul, dl, dd, figure { margin: 0; padding: 0; }
h1 { font-size: 1.5rem; line-height: 1.25; letter-spacing: -0.02em; }
h2 { font-size: 1.05rem; letter-spacing: -0.01em; }
a { color: var(--accent); text-underline-offset: 3px; }
.muted { color: var(--muted); }
.small { font-size: 0.875rem; }
.banner {
  padding: 0.4rem 1rem;
  background: var(--warn-soft);
  color: var(--warn);
  font-size: 0.8125rem;
  text-align: center;
}
.stack { display: grid; align-content: start; gap: 1rem; }
.stack > * { min-width: 0; }
.stack.tight { gap: 0.35rem; }
.stack.wide { gap: 2rem; }
.row { display: flex; align-items: center; justify-content: space-between; gap: 1rem; flex-wrap: wrap; }
.row.top { align-items: flex-start; }
.number { font-variant-numeric: tabular-nums; }
dd.number, button .number { white-space: nowrap; }

.checkout { flex: 1; display: grid; }
.checkout > * { padding: 2rem 1.25rem; }
.checkout > * > * { width: 100%; max-width: 27rem; margin-inline: auto; }
.summary { background: var(--panel); border-bottom: 1px solid var(--line); }
.seller { display: flex; align-items: center; gap: 0.6rem; font-weight: 600; }
.logo {
  display: grid; place-items: center; width: 2rem; height: 2rem; border-radius: 0.6rem;
  background: var(--text); color: var(--page); font-weight: 700;
}
.back {
  display: grid; place-items: center; width: 2rem; height: 2rem; margin-left: -0.5rem; border-radius: 50%;
  color: var(--muted); text-decoration: none; font-size: 1.2rem;
}
.back:hover { background: var(--line); color: var(--text); }
.price { font-size: 2.6rem; font-weight: 650; letter-spacing: -0.04em; line-height: 1.1; }
.price span { font-size: 1rem; font-weight: 400; letter-spacing: 0; color: var(--muted); }
.features { list-style: none; display: grid; gap: 0.5rem; }
.features li { display: grid; grid-template-columns: 1.25rem 1fr; gap: 0.6rem; }
.features li::before { content: '✓'; color: var(--good); font-weight: 700; }
.totals { display: grid; gap: 0.6rem; border-top: 1px solid var(--line); padding-top: 1.1rem; }
.totals div { display: flex; justify-content: space-between; gap: 1rem; }
.totals .due { font-weight: 650; padding-top: 0.7rem; border-top: 1px solid var(--line); }

.field { display: grid; gap: 0.35rem; }
.field > span { font-size: 0.875rem; font-weight: 550; }
.fields { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
input:not([type='checkbox']), select {
  width: 100%; min-width: 0; padding: 0.7rem 0.8rem; border: 1px solid var(--line); border-radius: 0.65rem;
  background: var(--card); color: var(--text); font: inherit;
}
input[readonly] { background: var(--panel); color: var(--muted); }
.check { display: flex; align-items: center; gap: 0.6rem; }
.check input { width: 1.1rem; height: 1.1rem; accent-color: var(--accent); }
button {
  padding: 0.65rem 1rem; border: 1px solid var(--line); border-radius: 0.65rem; background: var(--card);
  color: var(--text); font: inherit; font-weight: 550; cursor: pointer;
}
button:hover { border-color: var(--muted); }
button.primary {
  width: 100%; padding: 0.85rem 1rem; border-color: transparent; background: var(--accent);
  color: var(--on-accent); font-weight: 650;
}
button.primary:hover { filter: brightness(1.08); }
button.danger { color: var(--bad); }
:is(button, a, input, select):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.alert {
  padding: 0.75rem 1rem; border-radius: 0.65rem; background: var(--bad-soft); color: var(--bad); font-weight: 550;
}
.choices { list-style: none; display: grid; gap: 0.5rem; }
.choices button { width: 100%; display: flex; justify-content: space-between; gap: 1rem; text-align: start; }
.choices [aria-current] { border-color: var(--accent); }

.portal { flex: 1; width: 100%; max-width: 52rem; margin-inline: auto; padding: 1.5rem 1.25rem 4rem; }
.card { padding: 1.25rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--card); }
.badge {
  display: inline-block; padding: 0.1rem 0.6rem; border-radius: 1rem; background: var(--panel);
  border: 1px solid var(--line); font-size: 0.8125rem; font-weight: 550;
}
.badge.good { color: var(--good); }
.badge.bad { color: var(--bad); }
.badge.warn { color: var(--warn); }
.lines { list-style: none; display: grid; }
.lines > li { padding-block: 0.9rem; border-top: 1px solid var(--line); }
.lines > li:first-child { border-top: 0; padding-top: 0; }
.lines > li:last-child { padding-bottom: 0; }
.message { flex: 1; display: grid; place-content: center; justify-items: center; gap: 0.75rem; padding: 3rem 1.25rem; text-align: center; }
.message p { max-width: 30rem; }

@media (min-width: 56rem) {
  .checkout { grid-template-columns: 1fr 1fr; }
  .checkout > * { padding: 4.5rem 3rem; }
  .summary { border-bottom: 0; border-inline-end: 1px solid var(--line); }
  .summary > * { margin-inline: auto 0; }
  .payment > * { margin-inline: 0 auto; }
}
`
