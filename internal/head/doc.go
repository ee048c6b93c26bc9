// Package head shows the head of a text, its front matter, as a form made from the
// keys of its kind, and writes back what a person has changed in it. All other lines
// stay as they are: comments, keys that the form does not have, the order.
package head
