// Package campaign is the base package: the plain types that every other package
// uses. It does no input or output and imports nothing of ours.
//
// A [Campaign] is what the files in data/ and content/ say, read whole, with
// every value's [Position] kept: departments, regions, priorities, rounds, the
// statistical [Form], the filled-in [Report]s, and the [Item]s (narratives,
// cases, warnings, documents, galleries, pages). Quantities are exact decimals
// ([Quantity]); whatever is wrong with the input is a [Finding].
//
// A Campaign holds everything, also what must never be public. Renderers do
// not take one: they take a release.View.
package campaign
