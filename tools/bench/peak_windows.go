package main

import "os"

// peak is not reported by this system.
func peak(*os.ProcessState) int64 { return 0 }
