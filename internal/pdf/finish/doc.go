// Package finish mends the bytes that gopdf writes and adds what it cannot
// write: nested bookmarks, a right map back to Unicode, language, metadata,
// page labels, an identifier.
//
// The pass is read ([read]) → change objects ([Finish]) → write ([objects.write]).
// What else a reader or an archive asks of the file (a structure tree, an
// output intent) is one more step in [Finish]. Content streams come and stay
// uncompressed until the last step, so that a step can still change them.
package finish
