// SPDX-License-Identifier: MIT
// What the html file looks like: on a screen, light or dark, and on paper. Used by html.cpp and
// chart_html.cpp.
#pragma once

#include <string_view>

namespace sondeo {

inline constexpr std::string_view html_style = R"css(
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1d21; --dim: #575d68; --line: #c9ced6;
  --band: #f3f5f8; --link: #1a5a9c; --bar: #4a86c5; --track: #eaedf1; --whisker: #14213a; }
@media (prefers-color-scheme: dark) { :root { --paper: #15171b; --ink: #e6e8ec; --dim: #a6adb9;
  --line: #3d434e; --band: #1e2127; --link: #8bbdf0; --bar: #3f79b5; --track: #262a31;
  --whisker: #f0f4fa; } }
body { margin: 0 auto; padding: 1.5rem; max-width: 90rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.4 system-ui, "Segoe UI", "Noto Sans", sans-serif;
  overflow-wrap: anywhere; }
a { color: var(--link); }
h1 { margin: 0 0 1rem; font-size: 1.4rem; line-height: 1.25; }
h2 { margin: 0; font-size: 1.15rem; line-height: 1.3; }
.id { margin-right: .6em; color: var(--dim); }
input.choice { position: absolute; opacity: 0; }
label.choice { display: inline-block; margin: 0 1rem 1.25rem 0; padding: .15rem 0;
  border-bottom: 2px solid transparent; color: var(--link); cursor: pointer; }
.choice:checked + label { border-color: var(--ink); color: var(--ink); font-weight: 700; }
.choice:focus-visible + label { outline: 2px solid var(--link); outline-offset: 3px; }
nav { margin-bottom: 2rem; }
nav ul { margin: .25rem 0; padding: 0; list-style: none; columns: auto 24rem; column-gap: 2rem; }
nav li { break-inside: avoid; padding: .1rem 0 .1rem 1.5rem; text-indent: -1.5rem; }
section { margin: 0 0 2.75rem; }
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; }
table { width: max-content; border-collapse: separate; border-spacing: 0; line-height: 1.3;
  font-variant-numeric: tabular-nums; border-bottom: 1px solid var(--line); }
caption { text-align: left; }
/* The margin keeps a wide caption from widening its table. */
caption div { position: sticky; left: 0; width: max-content; margin-right: -60rem;
  max-width: min(60rem, calc(100vw - 3rem)); padding-bottom: .6rem; }
caption p { margin: .15rem 0 0; color: var(--dim); font-size: .9rem; }
th, td { padding: .2rem .65rem; text-align: right; vertical-align: baseline; }
th { font-weight: 500; }
thead th { max-width: 18rem; vertical-align: bottom; overflow-wrap: break-word; }
thead th.leaf { width: 1px; }
thead th.some { min-width: 6.5rem; }
thead th.long { min-width: 16rem; }
thead th.group { text-align: center; background: bottom / calc(100% - .7rem) 1px
  no-repeat linear-gradient(var(--line), var(--line)); }
thead th.group.first { padding-left: .65rem; }
thead tr:last-child th, thead th.leaf, thead td { border-bottom: 2px solid var(--ink); }
thead th.group bdi { display: inline-block; position: sticky; left: 12rem; right: 1rem; }
tbody th { min-width: 9rem; max-width: 24rem; padding-left: 0; text-align: left;
  font-weight: 400; }
tbody th:first-child { position: sticky; left: 0; background: var(--paper); }
tbody th.tag { min-width: 0; color: var(--dim); font-size: .9rem; white-space: nowrap; }
tbody + tbody > tr:first-child > * { border-top: 1px solid var(--line); }
.topline { width: auto; }
.topline tbody th { min-width: min(15rem, 40vw); }
.topline thead th { white-space: nowrap; }
.bases { color: var(--dim); }
.first { padding-left: 1.4rem; }
.net > th:not(.tag) { font-weight: 700; }
.in1 { padding-left: 1.2rem; } .in2 { padding-left: 2.4rem; } .in3 { padding-left: 3.6rem; }
.in4 { padding-left: 4.8rem; }
tbody tr:hover > * { background: var(--band); }
td, .mark { white-space: nowrap; }
.mark { display: inline-block; width: 0; }
.bar { width: 16rem; min-width: 8rem; padding: 0 0 0 .8rem; vertical-align: middle; }
.bar svg { display: block; width: 100%; height: .85rem; }
.track { fill: var(--track); } .fill { fill: var(--bar); }
.whisker { stroke: var(--whisker); stroke-width: 1.5px; }
.foot { max-width: 60rem; margin: .5rem 0 0; color: var(--dim); font-size: .9rem; }
.foot + .foot { margin-top: .15rem; }
footer { color: var(--dim); font-size: .85rem; }
@page { margin: 15mm; }
@page wide { size: landscape; margin: 12mm; }
@media print {
  :root { --paper: #fff; --ink: #000; --dim: #333; --line: #999; --link: #000; --bar: #6b95bf;
    --track: #e8ebef; --whisker: #000; }
  body { padding: 0; max-width: none; font-size: 10pt; }
  a { text-decoration: none; }
  .choice, label.choice { display: none; }
  .scroll { overflow: visible; }
  .wide { page: wide; font-size: 8pt; }
  .wide caption div { max-width: 24cm; }
  .wide th, .wide td { padding: .15rem .3rem; }
  tbody th:first-child, caption div, thead th.group bdi { position: static; }
  caption div { max-width: 17cm; }
  section, tr { break-inside: avoid; }
  thead { display: table-header-group; }
  .track, .fill, thead th { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)css";

// Besides, where columns are tested: letters stand under their figures.
inline constexpr std::string_view html_letters_style = R"css(
td:has(.letters), tr:has(.letters) > * { vertical-align: top; }
.letters { display: block; font-size: .8em; font-weight: 600; line-height: 1.1; }
)css";

// Besides, where tables stand in sections.
inline constexpr std::string_view html_sections_style = R"css(
h2.part { margin: 0 0 1.25rem; padding-top: .9rem; border-top: 1px solid var(--line);
  font-size: 1.3rem; }
h3 { margin: 0; font-size: 1.15rem; line-height: 1.3; }
nav .part { margin: .8rem 0 0; font-weight: 700; }
nav .part a { color: var(--ink); }
@media print { h2.part { break-after: avoid; } }
)css";

}  // namespace sondeo
