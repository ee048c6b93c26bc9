// Package finish mends the bytes that gopdf writes and adds what it cannot
// write: nested bookmarks, a right map back to Unicode, the structure tree,
// language, metadata, page labels, an output intent, an identifier. The result
// is PDF/A-1b (ISO 19005-1, GB/T 23286.1), which archives take.
//
// The pass is read ([read]) → change objects ([Finish]) → write ([objects.write]).
// What else a reader or an archive asks of the file is one more step in
// [Finish]. Content streams come and stay uncompressed until the last step, so
// that a step can still change them.
package finish
