/* bcryptprimitives.dll for Wine 8, which lacks it: Go programs ask it for random
   bytes when they start. */
#include <windows.h>

typedef BOOLEAN(APIENTRY *random_bytes)(PVOID, ULONG);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE p, SIZE_T n)
{
	static random_bytes get;
	if (!get)
		get = (random_bytes)GetProcAddress(LoadLibraryA("advapi32.dll"), "SystemFunction036");
	while (n) {
		ULONG part = n > 0x10000000 ? 0x10000000 : (ULONG)n;
		if (!get(p, part))
			return FALSE;
		p += part;
		n -= part;
	}
	return TRUE;
}
