// Package markdown reads the campaign's Markdown into one [Node] tree, which
// the site, the PDF and the review all walk.
//
// It is goldmark set up once for Chinese official writing:
//
//   - bold and emphasis work beside full-width punctuation (emphasis.go);
//   - a line break inside a Chinese sentence leaves no space (convert.go);
//   - {{部门/项目}} references, charts and tables are nodes of their own, also
//     inside table cells (reference.go);
//   - a column of nothing but figures stands flush right (columns.go);
//   - raw HTML is text; tables, footnotes and strike-through are on.
//
// Parse returns the tree; Scan returns what the first pass keeps of a body.
package markdown
