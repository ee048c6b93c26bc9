//go:build linux || darwin

package cause

import "golang.org/x/sys/unix"

// numbers are the errors of Unix systems.
var numbers = []known{
	{Full, "腾出空间再运行", []error{unix.ENOSPC}},
	{"超过了磁盘配额", "腾出空间再运行", []error{unix.EDQUOT}},
	{"磁盘是只读的", "换到能写的磁盘", []error{unix.EROFS}},
	{"正被占用，或是一个挂载点", "关掉占用它的程序再运行，或换一个文件夹", []error{unix.EBUSY, unix.ETXTBSY}},
	{"两处不在同一个磁盘上", "把它们放在同一个磁盘上", []error{unix.EXDEV}},
	{TooManyOpen, "关掉别的程序再运行", []error{unix.EMFILE, unix.ENFILE}},
	{"磁盘读写出错", "先检查磁盘", []error{unix.EIO}},
	{"文件名太长", "把文件名改短", []error{unix.ENAMETOOLONG}},
	{"文件太大，这个磁盘放不下", "换一个磁盘", []error{unix.EFBIG}},
	{"这是一个文件夹", "写明是哪个文件", []error{unix.EISDIR}},
	{"这不是文件夹", "核对路径", []error{unix.ENOTDIR}},
	{"文件夹不是空的", "换一个文件夹，或先移走里面的文件", []error{unix.ENOTEMPTY}},
	{"链接绕了圈子", "核对符号链接", []error{unix.ELOOP}},
	{"内存不够", "关掉别的程序再运行", []error{unix.ENOMEM}},
	{"进程太多", "关掉别的程序再运行", []error{unix.EAGAIN}},
	{"不是能在这台电脑上运行的程序", "换成这种系统和处理器的", []error{unix.ENOEXEC}},
	{"网络盘断开了", "重新连接它", []error{unix.ESTALE, unix.ENODEV, unix.ENXIO, unix.ENOTCONN}},
	{AddressInUse, "关掉它，或换一个端口", []error{unix.EADDRINUSE}},
	{NoAddress, "换一个地址", []error{unix.EADDRNOTAVAIL}},
	{"对方没有开这个服务", "核对地址和端口", []error{unix.ECONNREFUSED}},
	{"对方断开了连接", "稍后再试", []error{unix.ECONNRESET, unix.ECONNABORTED, unix.EPIPE}},
	{"等得太久", "检查网络，稍后再试", []error{unix.ETIMEDOUT}},
	{"网络不通", "检查网络", []error{unix.ENETUNREACH, unix.EHOSTUNREACH, unix.ENETDOWN, unix.EHOSTDOWN}},
}
