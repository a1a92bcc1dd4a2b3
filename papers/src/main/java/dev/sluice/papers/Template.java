package dev.sluice.papers;

import java.nio.file.Path;

/// What stands around each page. Light and dark follow the reader's system.
final class Template {

  private Template() {}

  static String page(String title, String navigation, String body, Path style) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    <link rel="stylesheet" href="%s">
    </head>
    <body>
    <nav aria-label="Pages">
    %s</nav>
    <main>
    %s</main>
    </body>
    </html>
    """
        .formatted(Html.escaped(title), style.toString().replace('\\', '/'), navigation, body);
  }

  static String style() {
    return """
    :root { color-scheme: light dark; --ink: #1d2430; --dim: #5b6675; --paper: #fff;
      --side: #f4f6f9; --line: #dde3ea; --link: #1257b0; --here: #e2ebf7 }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #dfe5ec; --dim: #9aa7b6; --paper: #14181e; --side: #1a2028; --line: #2d3743;
        --link: #79b2ff; --here: #23344a }
    }
    * { box-sizing: border-box }
    body { margin: 0; display: flex; color: var(--ink); background: var(--paper);
      font: 16px/1.6 system-ui, sans-serif }
    nav { flex: 0 0 17rem; min-height: 100vh; padding: 1.5rem 1rem; background: var(--side);
      border-right: 1px solid var(--line); font-size: .9rem }
    nav a { display: block; padding: .25rem .6rem; border-radius: 6px; color: var(--ink);
      text-decoration: none }
    nav a:hover, nav a[aria-current] { background: var(--here) }
    main { flex: 1; min-width: 0; max-width: 58rem; padding: 2rem 3rem 5rem }
    a { color: var(--link) }
    h1, h2, h3 { line-height: 1.25; margin: 2em 0 .6em }
    h1 { margin-top: 0 }
    img { max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: 8px }
    code, pre { font: .875em/1.5 ui-monospace, monospace }
    :not(pre) > code { background: var(--side); padding: .1em .3em; border-radius: 4px }
    pre { background: var(--side); border: 1px solid var(--line); border-radius: 8px;
      padding: .9rem 1rem; overflow-x: auto }
    table { border-collapse: collapse; display: block; overflow-x: auto; margin: 1em 0 }
    th, td { border: 1px solid var(--line); padding: .4rem .7rem; text-align: left;
      vertical-align: top }
    th { background: var(--side) }
    @media (max-width: 50rem) {
      body { display: block } nav { min-height: 0; border: 0 } main { padding: 1.2rem }
    }
    @media print { nav { display: none } }
    """;
  }
}
