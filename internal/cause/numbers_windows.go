package cause

import "golang.org/x/sys/windows"

// numbers are the errors of Windows.
var numbers = []known{
	{Full, "腾出空间再运行", []error{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL}},
	{"超过了磁盘配额", "腾出空间再运行", []error{windows.ERROR_DISK_QUOTA_EXCEEDED}},
	{"磁盘是只读的", "换到能写的磁盘", []error{windows.ERROR_WRITE_PROTECT}},
	{"正被别的程序占用", "关闭打开着它的窗口再运行", []error{windows.ERROR_SHARING_VIOLATION, windows.ERROR_LOCK_VIOLATION, windows.ERROR_BUSY}},
	{"两处不在同一个磁盘上", "把它们放在同一个磁盘上", []error{windows.ERROR_NOT_SAME_DEVICE}},
	{"文件名太长", "把文件名改短", []error{windows.ERROR_FILENAME_EXCED_RANGE}},
	{"名称里有不能用的字符", "换一个名称", []error{windows.ERROR_INVALID_NAME, windows.ERROR_DIRECTORY}},
	{"文件夹不是空的", "换一个文件夹，或先移走里面的文件", []error{windows.ERROR_DIR_NOT_EMPTY}},
	{TooManyOpen, "关掉别的程序再运行", []error{windows.ERROR_TOO_MANY_OPEN_FILES}},
	{"磁盘读写出错", "先检查磁盘", []error{windows.ERROR_CRC, windows.ERROR_IO_DEVICE, windows.ERROR_FILE_CORRUPT, windows.ERROR_DISK_CORRUPT}},
	{"磁盘没有准备好", "插好磁盘再运行", []error{windows.ERROR_NOT_READY}},
	{"内存不够", "关掉别的程序再运行", []error{windows.ERROR_NOT_ENOUGH_MEMORY, windows.ERROR_OUTOFMEMORY}},
	{"被杀毒软件拦下了", "在杀毒软件里放行这个程序", []error{windows.ERROR_VIRUS_INFECTED, windows.ERROR_VIRUS_DELETED}},
	{"要管理员才能做", "用管理员账号运行，或换一个文件夹", []error{windows.ERROR_PRIVILEGE_NOT_HELD, windows.ERROR_ELEVATION_REQUIRED}},
	{"不是能在这台电脑上运行的程序", "换成这种系统和处理器的", []error{windows.ERROR_BAD_EXE_FORMAT}},
	{"网络盘断开了", "重新连接它", []error{windows.ERROR_BAD_NETPATH, windows.ERROR_BAD_NET_NAME, windows.ERROR_NETNAME_DELETED, windows.ERROR_DEV_NOT_EXIST, windows.ERROR_UNEXP_NET_ERR}},
	{AddressInUse, "关掉它，或换一个端口", []error{windows.WSAEADDRINUSE}},
	{NoAddress, "换一个地址", []error{windows.WSAEADDRNOTAVAIL}},
	{Denied, "换一个端口", []error{windows.WSAEACCES}},
	{"对方没有开这个服务", "核对地址和端口", []error{windows.WSAECONNREFUSED}},
	{"对方断开了连接", "稍后再试", []error{windows.WSAECONNRESET, windows.WSAECONNABORTED, windows.ERROR_BROKEN_PIPE, windows.ERROR_NO_DATA}},
	{"等得太久", "检查网络，稍后再试", []error{windows.WSAETIMEDOUT}},
	{"网络不通", "检查网络", []error{windows.WSAENETUNREACH, windows.WSAEHOSTUNREACH, windows.WSAENETDOWN}},
	{"找不到这个网址的服务器", "核对网址", []error{windows.WSAHOST_NOT_FOUND}},
}
