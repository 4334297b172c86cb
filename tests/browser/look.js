// SPDX-License-Identifier: MIT
// node look.js FILE:LANGUAGES...: see tests/browser/run.
'use strict';
const fs = require('fs');
const puppeteer = require('puppeteer-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let passed = 0;
let failed = 0;
function check(name, holds, what) {
  if (holds) {
    ++passed;
    return;
  }
  ++failed;
  console.log(`FAIL ${name}${what === undefined ? '' : ': ' + JSON.stringify(what)}`);
}

const shown = (page) => page.$$eval('.edition', (all) =>
  all.filter((each) => getComputedStyle(each).display !== 'none').map((each) => each.lang));

async function findings(page) {
  // By the debugger, which no policy of the page stops.
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document));
  return found.violations.filter((each) => ['serious', 'critical'].includes(each.impact))
    .map((each) => `${each.id}: ${each.nodes[0].html}`);
}

// Nothing wider than the window but what scrolls by itself.
const overflow = (page) => page.evaluate(() =>
  document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function look(browser, file, languages) {
  const name = file.replace(/.*\//, '');
  const page = await browser.newPage();
  const messages = [];
  const fetched = [];
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(String(error)));
  page.on('request', (request) => fetched.push(request.url()));
  await page.goto('file://' + file);
  const buttons = await page.$$('input.choice');
  check(`${name}: a button for each language`, buttons.length === languages, buttons.length);
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
    for (let i = 1; i <= Math.max(languages, 1); ++i) {
      const state = `${name}, ${scheme}, language ${i}`;
      if (languages > 0) {
        await page.click(`label[for=l${i}]`);
        const seen = await shown(page);
        check(`${state}: only the chosen language is seen`, seen.length === 1 &&
          seen[0] === (await page.$eval(`.in-l${i}`, (each) => each.lang)), seen);
      }
      for (const width of [400, 1100]) {
        await page.setViewport({width, height: 900});
        check(`${state}, ${width} wide: the page does not scroll sideways`,
          await overflow(page) <= 0, await overflow(page));
      }
      const serious = await findings(page);
      check(`${state}: axe-core`, serious.length === 0, serious);
    }
  }
  if (languages > 1) {
    await page.click('label[for=l1]');
    await page.keyboard.press('ArrowRight');
    check(`${name}: the arrow key switches`, (await shown(page))[0] ===
      (await page.$eval('.in-l2', (each) => each.lang)));
  }
  await page.emulateMediaType('print');
  if (languages > 0) {
    check(`${name}: on paper there are no buttons`, await page.$$eval('.choice', (all) =>
      all.every((each) => getComputedStyle(each).display === 'none')));
    check(`${name}: on paper there is one language`, (await shown(page)).length === 1);
  }
  check(`${name}: paper is white`, await page.$eval('body', (body) =>
    getComputedStyle(body).backgroundColor) === 'rgb(255, 255, 255)');
  check(`${name}: it prints`, (await page.pdf({preferCSSPageSize: true})).length > 1000);
  check(`${name}: no message on the console`, messages.length === 0, messages);
  check(`${name}: nothing is fetched`, fetched.length === 1, fetched);
  await page.close();
}

(async () => {
  const browser = await puppeteer.launch(
    {executablePath: process.env.CHROMIUM, args: ['--no-sandbox'], headless: true});
  try {
    for (const argument of process.argv.slice(2)) {
      const colon = argument.lastIndexOf(':');
      await look(browser, argument.slice(0, colon), Number(argument.slice(colon + 1)));
    }
  } finally {
    await browser.close();
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
})();
