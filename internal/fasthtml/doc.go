// Package fasthtml executes the templates of html/template in a third of the
// time (a tenth of a build's CPU), byte for byte alike. html/template reads a
// template and works out how each value is escaped; of the resulting tree,
// [Set] makes functions, which look a field up once for each type.
//
// It knows what templates of pages are made of: fields and methods, if, with,
// range, variables, a few functions, and values that are texts, numbers or HTML.
// Whatever it does not know, and whatever goes wrong, it leaves to html/template,
// which executes the template again from the start: it stays the truth, and its
// errors are those that a reader sees.
//
//	set.go      templates, each made ready when it is first executed
//	compile.go  nodes to functions
//	value.go    fields, methods and truth
//	escape.go   values as they may stand in a text, an attribute, an address
package fasthtml
