// Package forms sends the annex's form out as workbooks and takes it back in.
//
//	[Export]     a campaign's form for one department (or one of its counties)
//	             as a workbook in which only the cells to fill in can be changed
//	[Import]     what comes back, read into the text of data/<期次>/<部门>.yaml
//	[Remind]     the words to send to those who have not reported
//	[Sign]       a sign-off put into a file's 审核, and nothing else changed
//
// Out: template.go says what a workbook carries, draw.go how it looks and what
// each cell accepts.
//
// Back: archive.go opens other people's files within bounds and knows what is
// not a form; grid.go and csv.go read them into a [grid] of cells with their
// exact text; table.go finds the form's table in a grid, owner.go whose
// it is, quantity.go reads single cells; rewrite.go puts the result
// into YAML. Nothing is guessed: what cannot be read surely is a [Finding] at
// its cell (公安局.xlsx!C7), and all findings come at once.
//
// The package writes no file. A [Result] holds the path, the text before and
// after, and their difference; the command shows it and writes.
//
// Reading does not go through excelize: that library returns numbers after a
// trip through float64 and sizes its tables by what a file claims. Here a
// cell's text is the file's own, and time and memory are bounded.
package forms
